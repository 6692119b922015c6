"""What can be set: each setting once, with its label, bounds and help. Needs no torch."""
