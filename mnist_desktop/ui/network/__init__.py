"""A network laid open, in a window of its own."""
