"""Digits and scribbles that a program draws, for a network to learn from."""
