"""Hostile and damaged files: what they are made from, how they are spoiled, and who opens them."""
