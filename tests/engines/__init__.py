"""Independent engines that the program is measured against; they import nothing of it."""
