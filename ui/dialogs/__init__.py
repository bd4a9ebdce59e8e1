"""Dialogs; none of them holds the program up."""
