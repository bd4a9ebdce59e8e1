"""What charts and reports are drawn with: colours, measured words, sheets of paper. No Qt."""
