"""Reports on paper: the manager's brief, and tables. Figures in, pages out."""
