"""Tables that page their rows from the project file."""
