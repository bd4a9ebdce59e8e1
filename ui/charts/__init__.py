"""Charts in the window: drawn by a job, pointed at, opened, shown as a table, saved, printed."""
