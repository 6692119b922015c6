"""One part of a step, as a station on its way."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.fonts import GRID, heading_font, tabular
from mnist_desktop.ui.look.theme import Theme, current_theme
from mnist_desktop.ui.train.slow_words import Figures, Part
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

DISC = 20
"""Pixels across, behind the number of the part."""

LEAST_WIDTH = 12 * GRID
CORNER = 6
WRAPPED = Qt.TextFlag.TextWordWrap


class PhaseBox(QWidget):
    """Which part it is, its line of code, and what it has come to.

    The one that has just been done has a thick frame and a filled disc.

    Args:
        number: from 1 on.

    Attributes:
        figures: what it has come to in the present batch; None before that.
        is_lit: it is what has just been done.
    """

    def __init__(self, number: int, part: Part) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tooltip(part.meaning))
        self.setAccessibleDescription(f"{part.code}: {part.meaning}")
        self._number = number
        self._part = part
        self.figures: Figures | None = None
        self.is_lit = False
        self._tell()

    def show_figures(self, figures: Figures | None, *, is_lit: bool) -> None:
        """Show what it has come to; be lit, or no longer."""
        if (figures, is_lit) != (self.figures, self.is_lit):
            self.figures, self.is_lit = figures, is_lit
            self._tell()
            self.update()

    def height_at(self, width: int) -> int:
        """That it needs where it is so wide."""
        return self._place_of_code(width).bottom() + GRID + self._height_of_figures(width) + GRID

    def sizeHint(self) -> QSize:
        return QSize(2 * LEAST_WIDTH, self.height_at(2 * LEAST_WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter, theme)
            painter.setFont(_code_font(self.font()))
            painter.setPen(QColor(theme.text if self.is_lit else theme.quiet))
            painter.drawText(
                self._place_of_code(self.width()), WRAPPED, _breakable(self._part.code)
            )
            if self.figures is not None:
                height = self._height_of_figures(self.width())
                place = self.rect().adjusted(GRID, 0, -GRID, -GRID)
                place.setTop(place.bottom() + 1 - height)
                painter.setFont(heading_font(self.font()))
                painter.drawText(place, 0, self.figures.number)
                painter.setFont(self.font())
                painter.setPen(QColor(theme.quiet))
                place.setTop(place.top() + _height(heading_font(self.font())))
                painter.drawText(place, WRAPPED, self._part.unit)

    def _paint_frame(self, painter: QPainter, theme: Theme) -> None:
        thickness = 2 if self.is_lit else 1
        frame = QRectF(self.rect()).adjusted(
            thickness / 2, thickness / 2, -thickness / 2, -thickness / 2
        )
        painter.setPen(QPen(QColor(theme.accent if self.is_lit else theme.border), thickness))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(frame, CORNER, CORNER)
        disc = QRectF(GRID, GRID, DISC, DISC)
        painter.setPen(Qt.PenStyle.NoPen if self.is_lit else QPen(QColor(theme.border), 1))
        painter.setBrush(QColor(theme.accent if self.is_lit else theme.raised))
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(theme.on_accent if self.is_lit else theme.quiet))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setPen(QColor(theme.text))
        painter.setFont(_name_font(self.font()))
        name = QRectF(2 * GRID + DISC, GRID, self.width(), DISC)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, self._part.name)

    def _place_of_code(self, width: int) -> QRect:
        top = GRID + DISC + GRID
        metrics = QFontMetrics(_code_font(self.font()))
        room = QRect(GRID, top, width - 2 * GRID, 999)
        return metrics.boundingRect(room, WRAPPED, _breakable(self._part.code))

    def _height_of_figures(self, width: int) -> int:
        room = QRect(0, 0, width - 2 * GRID, 999)
        unit = self.fontMetrics().boundingRect(room, WRAPPED, self._part.unit)
        return _height(heading_font(self.font())) + unit.height()

    def _tell(self) -> None:
        """What a screen reader says."""
        name = self._part.name
        if self.is_lit:
            name = self.tr("{name}, now").format(name=name)
        told = self.tr("to come") if self.figures is None else self.figures.sentence
        self.setAccessibleName(f"{name}: {told}")


def _breakable(code: str) -> str:
    """With a place to break after each dot and opening bracket."""
    return re.sub(r"([.(])(?=\w)", "\\1\u200b", code)


def _code_font(font: QFont) -> QFont:
    code = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    code.setPointSizeF(font.pointSizeF())
    return code


def _name_font(font: QFont) -> QFont:
    name = QFont(font)
    name.setWeight(QFont.Weight.DemiBold)
    return name


def _height(font: QFont) -> int:
    return QFontMetrics(font).height()
