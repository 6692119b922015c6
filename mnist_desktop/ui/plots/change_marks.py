"""Where settings were changed while a run went on, as lines across a plot."""

from __future__ import annotations

from itertools import zip_longest

import pyqtgraph as pg
from PySide6.QtGui import QPen

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.pens import pen_of

NEAR_PIXELS = 6

Marks = tuple[tuple[float, str], ...]
"""Positions in epochs, and what was changed there."""


class ChangeMarks:
    """The lines in a view box."""

    def __init__(self, box: pg.ViewBox) -> None:
        self._box = box
        self._marks: Marks = ()
        self._lines: list[pg.InfiniteLine] = []

    @property
    def positions(self) -> list[float]:
        """Of the lines that are seen."""
        return [line.pos().x() for line in self._lines if line.isVisible()]

    def show(self, marks: Marks) -> None:
        """Show these."""
        self._marks = marks
        places = sorted({place for place, _ in marks})
        while len(self._lines) < len(places):
            line = pg.InfiniteLine(angle=90, pen=_pen())
            self._box.addItem(line, ignoreBounds=True)
            self._lines.append(line)
        for line, place in zip_longest(self._lines, places):
            line.setVisible(place is not None)
            if place is not None:
                line.setPos(place)

    def text_at(self, x: float) -> str:
        """What was changed at a position, or next to it; empty where nothing was."""
        near = NEAR_PIXELS * self._box.viewPixelSize()[0]
        return "\n".join(text for place, text in self._marks if abs(place - x) <= near)

    def dress(self) -> None:
        """The theme's colours."""
        for line in self._lines:
            line.setPen(_pen())


def _pen() -> QPen:
    return pen_of(current_theme().text, dash=[2, 3])
