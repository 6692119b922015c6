"""From pen strokes to the 28×28 picture a network reads. Knows neither torch nor Qt."""

SIDE = 28
"""Of that picture, in pixels. It stands here since settings, which know it, load no NumPy."""
