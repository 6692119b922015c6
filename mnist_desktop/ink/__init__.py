"""From pen strokes to the 28×28 picture a network reads. Knows neither torch nor Qt."""
