"""Many pictures of 28×28, or of several such side by side, each with a word below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from mnist_desktop.learning.splits import Pictures
from mnist_desktop.ui.look.theme import GRID, current_theme
from mnist_desktop.ui.widgets.pictures import to_picture

SCALES = (4, 3, 2)
"""Screen pixels for each of a picture's: the first with which all pictures are in sight at once, or
else the last."""


class PictureGrid(QScrollArea):
    """Scrolls through any number of pictures; only those in sight are painted.

    Signals:
        chosen(int): the picture of this index was clicked, or reached with the arrow keys.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self._sheet = _Sheet(self)
        self._sheet.chosen.connect(self.chosen)
        self.setWidget(self._sheet)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusProxy(self._sheet)

    def show_pictures(self, pictures: Pictures, captions: Sequence[str], empty: str = "") -> None:
        """Show others: n pictures and n words; or, where n is 0, say why."""
        self._sheet.show_pictures(pictures, captions, empty)
        self.verticalScrollBar().setValue(0)

    def choose(self, index: int) -> None:
        """Mark a picture and bring it into sight."""
        self._sheet.choose(index)


class _Sheet(QWidget):
    chosen = Signal(int)

    def __init__(self, area: QScrollArea) -> None:
        super().__init__()
        self._area = area
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._pictures: Pictures = []
        self._captions: Sequence[str] = ()
        self._empty = ""
        self._chosen = -1
        self._side = 28 * SCALES[-1]
        self._caption_width = 0

    def show_pictures(self, pictures: Pictures, captions: Sequence[str], empty: str) -> None:
        self._pictures, self._captions, self._empty = pictures, captions, empty
        self._chosen = -1
        self._fit()
        self.update()

    def choose(self, index: int) -> None:
        if 0 <= index < len(self._pictures):
            self._chosen = index
            cell = self._cell(index)
            self._area.ensureVisible(cell.center().x(), cell.center().y(), 0, cell.height())
            self.update()
            self.chosen.emit(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._fit()
            self.update()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        column = place.x() // self._step.width()
        index = place.y() // self._step.height() * self._columns + column
        if column < self._columns:
            self.choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self._chosen + step if self._chosen >= 0 else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        with QPainter(self) as painter:
            if not len(self._pictures):
                painter.setPen(QColor(theme.quiet))
                wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect(), wrapped, self._empty)
                return
            first = event.rect().top() // self._step.height() * self._columns
            last = (event.rect().bottom() // self._step.height() + 1) * self._columns
            for index in range(first, min(last, len(self._pictures))):
                cell = self._cell(index)
                picture = to_picture(self._pictures[index], theme)
                frame = self._frame(cell, picture.size())
                painter.setRenderHint(
                    QPainter.RenderHint.SmoothPixmapTransform, frame.height() < picture.height()
                )
                painter.drawImage(frame, picture)
                painter.setPen(QColor(theme.accent if index == self._chosen else theme.line))
                painter.drawRect(frame.adjusted(-1, -1, 0, 0))
                if index == self._chosen:
                    painter.drawRect(frame.adjusted(-2, -2, 1, 1))
                painter.setPen(QColor(theme.text if index == self._chosen else theme.quiet))
                below = cell.adjusted(0, self._side + 2, -GRID, 0)
                painter.drawText(
                    below,
                    Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
                    self._captions[index],
                )

    @property
    def _step(self) -> QSize:
        width = max(self._side, self._caption_width)
        return QSize(width + GRID, self._side + self.fontMetrics().height() + GRID)

    @property
    def _columns(self) -> int:
        return max(1, (self.width() - GRID // 2) // self._step.width())

    def _cell(self, index: int) -> QRect:
        row, column = divmod(index, self._columns)
        step = self._step
        return QRect(
            2 + column * step.width(), 2 + row * step.height(), step.width(), step.height()
        )

    def _frame(self, cell: QRect, extent: QSize) -> QRect:
        """Where in its cell a picture of this extent is, its proportions kept."""
        room = QRect(cell.left(), cell.top(), cell.width() - GRID, self._side)
        frame = QRect(
            room.topLeft(), extent.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        frame.moveCenter(room.center())
        return frame

    def _fit(self) -> None:
        """Choose how large pictures are, and be as high as their rows."""
        text_width = self.fontMetrics().horizontalAdvance
        self._caption_width = max(map(text_width, set(self._captions)), default=0)
        height = 0
        for scale in SCALES:
            self._side = 28 * scale
            rows = -(-len(self._pictures) // self._columns)
            height = rows * self._step.height() + 4
            if height <= self._area.viewport().height():
                break
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)
        self.update()
