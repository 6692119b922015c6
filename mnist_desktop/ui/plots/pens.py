"""The pens of lines in plots, the same there, in their legends and in pictures of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPen

from mnist_desktop.ui.look.theme import Theme

ON_LIGHT = ("#0072b2", "#d55e00", "#009e73", "#c0699a", "#000000", "#b87d00", "#2a8fc4")
ON_DARK = ("#56b4e9", "#e69f00", "#2cc79a", "#cc79a7", "#f2f4f6", "#f0e442", "#d55e00")
"""Okabe and Ito's, without their yellow on white paper and their blue on dark; some are darker on
white, where all stand out three to one."""

CLASSES_ON_LIGHT = (*ON_LIGHT[:4], "#8a5a2b", *ON_LIGHT[5:], "#7a3db8", "#6b7280", "#000000")
CLASSES_ON_DARK = (*ON_DARK[:4], "#c9a27a", *ON_DARK[5:], "#b794f4", "#9aa3ae", "#f2f4f6")
"""Ten, of which five at a time have the same shape as well; see ``MapPlot``."""

DASHES: tuple[list[float], ...] = ([], [4.0, 2.0], [1.0, 2.0])
"""In widths of the pen. As many shades and dashes as have no common factor, so that 21 curves
differ, and neighbours in both."""

CURVE_WIDTH = 2


def pen_of(colour: str, width: float = 1, dash: Sequence[float] = ()) -> QPen:
    """A pen as wide on the screen, whatever the scale of what it draws.

    Args:
        dash: in widths of the pen; none for a solid line.
    """
    pen = QPen(QColor(colour), width)
    if dash:
        pen.setDashPattern(dash)
    pen.setCosmetic(True)
    return pen


def curve_pen(place: int, theme: Theme) -> QPen:
    """The pen of one of many curves."""
    shades = ON_DARK if theme.is_dark else ON_LIGHT
    return pen_of(shades[place % len(shades)], CURVE_WIDTH, DASHES[place % len(DASHES)])


def class_colour(label: int, theme: Theme) -> QColor:
    """Of one of ten classes."""
    shades = CLASSES_ON_DARK if theme.is_dark else CLASSES_ON_LIGHT
    return QColor(shades[label % len(shades)])


def class_pen(label: int, theme: Theme) -> QPen:
    """Of one of ten classes, whose points are filled with it."""
    return pen_of(class_colour(label, theme).name())
