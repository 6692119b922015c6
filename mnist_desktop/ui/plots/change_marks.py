"""Where something happened in a run, as lines across a plot: a setting was changed, or the curves
tell something.
"""

from __future__ import annotations

from itertools import zip_longest

import pyqtgraph as pg
from PySide6.QtGui import QPen

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.pens import pen_of

NEAR_PIXELS = 6

Marks = tuple[tuple[float, str], ...]
"""Positions in epochs, and what is to be told of them."""


class ChangeMarks:
    """The lines in a view box.

    Args:
        is_hint: they are where the curves tell something, and not where settings were changed.
    """

    def __init__(self, box: pg.ViewBox, *, is_hint: bool = False) -> None:
        self._box = box
        self._is_hint = is_hint
        self._marks: Marks = ()
        self._lines: list[pg.InfiniteLine] = []

    def show(self, marks: Marks) -> None:
        """Show these."""
        self._marks = marks
        places = sorted({place for place, _ in marks})
        while len(self._lines) < len(places):
            line = pg.InfiniteLine(angle=90, pen=self._pen())
            self._box.addItem(line, ignoreBounds=True)
            self._lines.append(line)
        for line, place in zip_longest(self._lines, places):
            line.setVisible(place is not None)
            if place is not None:
                line.setPos(place)

    def text_at(self, x: float) -> str:
        """What there is to be told of a position, or next to it; empty where there is nothing."""
        near = NEAR_PIXELS * self._box.viewPixelSize()[0]
        return "\n".join(text for place, text in self._marks if abs(place - x) <= near)

    def dress(self) -> None:
        """The theme's colours."""
        for line in self._lines:
            line.setPen(self._pen())

    def _pen(self) -> QPen:
        theme = current_theme()
        if self._is_hint:
            return pen_of(theme.accent, 2, dash=[1, 2])
        return pen_of(theme.text, dash=[2, 3])
