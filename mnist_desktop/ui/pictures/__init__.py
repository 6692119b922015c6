"""Many pictures: a window of its own, with a list of what was read."""
