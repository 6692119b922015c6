"""Which line is which, and the lines' values under the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.look.theme import Theme, current_theme

LINE_HEIGHT = 22
SAMPLE = 28
"""Pixels of line that show what a line looks like."""

SHORT_SAMPLE = 20
"""The same where there is little room."""

GAP = 6
"""Between a sample, a name and a value."""

BETWEEN = GRID + GRID // 2
"""From one entry of a row to the next."""

SPARE = 2
"""Pixels without which Qt now and then cuts a name short that just has room."""

RING = 5
"""The radius of a ring's sample."""

POINT = 9
"""Across a point's."""


@dataclass(frozen=True)
class Entry:
    """One line of a plot.

    Attributes:
        pen: in the colours of a theme.
        mark: of what is no line: around a point a "ring", or a point's shape, by pyqtgraph's name.
    """

    name: str
    pen: Callable[[Theme], QPen]
    mark: str = ""


def paint_entry(
    painter: QPainter,
    room: QRectF,
    entry: Entry,
    theme: Theme,
    value: str = "",
    *,
    sample_width: int = SAMPLE,
) -> None:
    """Paint a line's sample, its name, and on the right its value; a long name is cut short."""
    middle = room.center().y()
    sample = QRectF(room.left(), middle - RING, sample_width, 2 * RING)
    pen = entry.pen(theme)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if entry.mark == "ring":
        painter.drawEllipse(sample.center(), RING, RING)
    elif entry.mark:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        shape = QTransform.fromTranslate(*sample.center().toTuple()).scale(POINT, POINT)
        painter.drawPath(shape.map(Symbols[entry.mark]))
    else:
        painter.drawLine(QPointF(sample.left(), middle), QPointF(sample.right(), middle))
    text = room.adjusted(sample_width + GAP, 0, 0, 0)
    metrics = QFontMetricsF(painter.font(), painter.device())
    left = text.width() - (metrics.horizontalAdvance(value) + GAP if value else 0)
    painter.setPen(QColor(theme.text))
    name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, left + SPARE)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
    right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(text, right, value)


class Legend(QWidget):
    """An entry below the other.

    Attributes:
        entries: what it tells apart.
        values: what stands behind the names: a text for each of them, or none at all.
    """

    _sample_width = SAMPLE

    def __init__(self) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.entries: Sequence[Entry] = ()
        self.values: list[str] = []
        self._nearest: int | None = None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Tell other lines apart."""
        self.entries = entries
        names = ", ".join(entry.name for entry in entries)
        self.setAccessibleName(self.tr("Curves of {names}").format(names=names))
        self.setMinimumHeight(round(self._room(len(entries) - 1).bottom()) if entries else 0)
        self.updateGeometry()
        self.update()

    def show_values(self, values: list[str], nearest: int | None = None) -> None:
        """Put values behind the names, or take them away, and tell which line is pointed at."""
        if (values, nearest) != (self.values, self._nearest):
            self.values, self._nearest = values, nearest
            self.update()

    def middle_of(self, place: int) -> int:
        """How far down an entry is, in pixels."""
        return round(self._room(place).center().y())

    def sizeHint(self) -> QSize:
        return QSize(200, LINE_HEIGHT)

    def _room(self, place: int) -> QRectF:
        """Where an entry is."""
        return QRectF(0, LINE_HEIGHT * place, self.width() - GRID, LINE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, entry in enumerate(self.entries):
                font = self.font()
                font.setBold(place == self._nearest)
                painter.setFont(font)
                value = self.values[place] if self.values else ""
                room = self._room(place)
                width = self._sample_width
                paint_entry(painter, room, entry, theme, value, sample_width=width)


class LegendRow(Legend):
    """An entry beside the other, each with room for a value.

    Args:
        widest_value: as a text.
    """

    _sample_width = SHORT_SAMPLE

    def __init__(self, widest_value: str) -> None:
        super().__init__()
        # Where the window is narrow it gives way, rather than that the window grows.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._widest_value = widest_value

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths)), LINE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LINE_HEIGHT)

    @property
    def _widths(self) -> list[float]:
        """Of the entries, with what is between them."""
        advance = QFontMetricsF(self.font()).horizontalAdvance
        fixed = self._sample_width + 2 * GAP + advance(self._widest_value) + BETWEEN
        return [fixed + advance(entry.name) for entry in self.entries]

    def _room(self, place: int) -> QRectF:
        widths = self._widths
        part = min(1.0, self.width() / sum(widths))
        left = part * sum(widths[:place])
        return QRectF(left, 0, part * widths[place] - BETWEEN, LINE_HEIGHT)
