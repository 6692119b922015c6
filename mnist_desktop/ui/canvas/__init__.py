"""What one draws on, in several tabs."""
