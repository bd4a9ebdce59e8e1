"""The parts of the Savings page: what is read, and the panels that show it."""
