"""How people write each digit: control points for a hand's strokes.

Each function takes a hand and gives a stroke, an array of (count, points, 2), or several, in the
frame of :mod:`mnist_desktop.ink.synthetic.hand`.
"""
