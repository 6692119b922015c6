"""Fonts, and sizes that grow with them."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout
from PySide6.QtWidgets import QApplication

GRID = 8
"""Space within a group; twice as much between groups."""

EDGE = 3 * GRID
"""Space around a tab."""

HEADING_SCALE = 1.25

USUAL_HEIGHT = 14.0
"""Of a line of the font, in pixels, with which sizes are as they are written."""

TEXT_SIZES = (100, 125, 150, 200)
"""Percent of the system's; the last can be read from the back of a classroom."""

_SYSTEM_SIZE = "systemPointSize"
"""A property of the application: in points, as the system has it."""


def set_text_size(application: QApplication, percent: int) -> None:
    """Show all texts in so many percent of the system's size."""
    usual = application.property(_SYSTEM_SIZE)
    if usual is None:
        usual = application.font().pointSizeF()
        application.setProperty(_SYSTEM_SIZE, usual)
    font = application.font()
    font.setPointSizeF(usual * percent / 100)
    application.setFont(font)


def scaled(pixels: float) -> int:
    """A width or height that is meant for the usual font, for the one that there is."""
    height = QFontMetricsF(QApplication.font()).height()
    return round(pixels * max(1.0, height / USUAL_HEIGHT))


def line_height(font: QFont) -> int:
    """Of a line of text in the window's language, whose characters may be of a taller font."""
    #: Only measured: any short text with the highest and lowest characters there are
    sample = QCoreApplication.translate("fonts", "Ag")
    layout = QTextLayout(sample, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1000)
    layout.endLayout()
    return math.ceil(max(line.height(), QFontMetricsF(font).lineSpacing()))


def control_height() -> int:
    """Of buttons and fields."""
    return scaled(32)


def heading_font(font: QFont) -> QFont:
    """A font for headings, from that of the text."""
    heading = QFont(font)
    heading.setPointSizeF(font.pointSizeF() * HEADING_SCALE)
    heading.setWeight(QFont.Weight.DemiBold)
    return heading


def tabular(font: QFont) -> QFont:
    """The same font with digits of one width, so that figures that change do not jump."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures
