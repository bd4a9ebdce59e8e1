"""The rules of the house that no tool keeps."""
