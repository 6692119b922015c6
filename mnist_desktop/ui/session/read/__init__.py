"""What is drawn or photographed, and how it is read."""
