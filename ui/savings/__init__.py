"""The parts of the Savings page."""
