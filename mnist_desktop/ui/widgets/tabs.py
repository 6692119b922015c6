"""Places of the tabs in the window, and of the pages of the Data tab."""

from __future__ import annotations

DRAW, TRAIN, EVALUATE, DATA, MODELS = range(5)
BATCHES, GALLERY, OVERVIEW, MAP, MY_DIGITS = range(5)
