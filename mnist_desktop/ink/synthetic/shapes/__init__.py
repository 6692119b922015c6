"""How people write each digit, as control points for a hand's strokes."""
