"""Places of the tabs in the window."""

from __future__ import annotations

DRAW, TRAIN, EVALUATE, DATA, MODELS = range(5)
