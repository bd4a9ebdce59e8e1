"""The project file: one SQLite database that holds sources, bills, results and the log."""
