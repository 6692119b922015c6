"""The pens of lines in plots, the same there, in their legends and in pictures of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPen

from mnist_desktop.ui.look.theme import DARK, LIGHT, Theme

SHADES = {
    LIGHT: ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9"),
    DARK: ("#56b4e9", "#e69f00", "#2cc79a", "#cc79a7", "#f2f4f6", "#f0e442", "#d55e00"),
}
"""Okabe and Ito's, without their yellow on white paper and their blue on dark, which are hardly
seen there."""

DASHES: tuple[list[float], ...] = ([], [4.0, 2.0], [1.0, 2.0])
"""In widths of the pen. As many shades and dashes as have no common factor, so that 21 curves
differ, and neighbours in both."""

CURVE_WIDTH = 2
FAINT = 0.25
"""How much is seen of a line that only makes the ground for others."""


def pen_of(colour: str, width: float = 1, dash: Sequence[float] = (), share: float = 1.0) -> QPen:
    """A pen as wide on the screen, whatever the scale of what it draws.

    Args:
        dash: in widths of the pen; none for a solid line.
        share: of the colour that is seen.
    """
    shade = QColor(colour)
    shade.setAlphaF(share)
    pen = QPen(shade, width)
    if dash:
        pen.setDashPattern(dash)
    pen.setCosmetic(True)
    return pen


def curve_pen(place: int, theme: Theme) -> QPen:
    """The pen of one of many curves."""
    shades = SHADES[theme]
    return pen_of(shades[place % len(shades)], CURVE_WIDTH, DASHES[place % len(DASHES)])
