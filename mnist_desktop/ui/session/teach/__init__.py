"""Whose hand it is, what they wrote, and what is learned from it."""
