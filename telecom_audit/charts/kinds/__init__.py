"""One module a chart; the registry finds them by their file names."""
