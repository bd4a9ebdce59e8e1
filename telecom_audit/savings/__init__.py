"""What was really saved: baseline, counterfactual, realized."""
