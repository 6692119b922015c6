"""Which colour and shape is which class."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.map_plot import SHAPES, shape_of
from mnist_desktop.ui.plots.pens import class_colour

RADIUS = 4.5
COLUMNS = 2


class ClassLegend(QWidget):
    """Two columns of names with their points.

    Signals:
        pointed(int): the class under the mouse; -1 where there is none.
    """

    pointed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: Sequence[str] = ()

    def show_names(self, names: Sequence[str]) -> None:
        """Show the names of the classes, in their order."""
        self._names = names
        self.setAccessibleName(", ".join(names))
        self.updateGeometry()
        self.update()

    @property
    def _rows(self) -> int:
        return -(-len(self._names) // COLUMNS)

    def sizeHint(self) -> QSize:
        return QSize(120, self._rows * (self.fontMetrics().height() + GRID // 2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        column = int(COLUMNS * place.x() / max(1, self.width()))
        row = int(self._rows * place.y() / max(1, self.height()))
        label = self._rows * column + row
        self.pointed.emit(label if 0 <= label < len(self._names) else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(-1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        if not self._names:
            return
        width, height = self.width() / COLUMNS, self.height() / self._rows
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for label, name in enumerate(self._names):
                column, row = divmod(label, self._rows)
                cell = QRectF(column * width, row * height, width - GRID, height)
                middle = QPointF(cell.left() + RADIUS + 1, cell.center().y())
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(class_colour(label, theme))
                if shape_of(label) == SHAPES[0]:
                    painter.drawEllipse(middle, RADIUS, RADIUS)
                else:
                    corners = ((-RADIUS, RADIUS), (RADIUS, RADIUS), (0, -RADIUS))
                    painter.drawPolygon(QPolygonF([middle + QPointF(*one) for one in corners]))
                painter.setPen(QColor(theme.text))
                text = cell.adjusted(2 * RADIUS + GRID, 0, 0, 0)
                elided = painter.fontMetrics().elidedText(
                    name, Qt.TextElideMode.ElideRight, int(text.width())
                )
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, elided)
