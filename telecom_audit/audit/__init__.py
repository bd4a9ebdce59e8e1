"""What is billed and should not be: rules, and the ledger that claims no dollar twice."""
