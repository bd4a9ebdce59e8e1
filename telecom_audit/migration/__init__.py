"""What a migration would save: scenario, forecast, metrics."""
