"""One rule a file: one question, asked in SQL."""
