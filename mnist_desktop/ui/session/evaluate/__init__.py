"""What a model makes of the test pictures."""
