"""Many pictures of 28×28, or of several such side by side, each with a word below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QRect,
    QSignalBlocker,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.strokes import DIGITS
from mnist_desktop.learning.data.splits import Pictures
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.widgets.pictures import to_picture
from mnist_desktop.ui.widgets.table import Index

SCALES = (4, 3, 2)
"""Screen pixels for each of a picture's: the first with which all pictures are in sight at once, or
else the last."""

FEWEST_COLUMNS = 2
"""Of the smallest pictures, whole, however little room there is."""

FRAME = 2
"""Pixels around a picture."""


class PictureGrid(QListView):
    """Scrolls through any number of pictures; only those in sight are painted.

    Attributes:
        pictures: those that are shown.
        wrong: the rows of those that stand out, since they are read wrongly.
        gap: pixels from picture to picture.
        caption_lines: of each picture.

    Signals:
        chosen(int): the picture of this index was clicked, or reached by the keyboard.
        digit_typed(int): the key of this digit was pressed.
    """

    chosen = Signal(int)
    digit_typed = Signal(int)

    gap = GRID
    caption_lines = 1

    def __init__(self) -> None:
        super().__init__(
            flow=QListView.Flow.LeftToRight,
            isWrapping=True,
            resizeMode=QListView.ResizeMode.Adjust,
            uniformItemSizes=True,
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Opaque, though in the window's colour: so what is in sight is moved when it scrolls, and
        # only what comes into sight is painted.
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self._empty = ""
        # Qt asks for the number of rows at each row; Qt's own model need not go through Python.
        self._captions = QStringListModel(self)
        self.setModel(self._captions)
        self.pictures: Pictures = ()
        self.wrong: frozenset[int] = frozenset()
        self._kinds: set[str] = set()
        self.setItemDelegate(_PictureDelegate(self))

    def show_pictures(self, pictures: Pictures, captions: Sequence[str], empty: str = "") -> None:
        """Show others: n pictures and n words; or, where n is 0, say why."""
        self._empty = empty
        self.pictures = pictures
        self._kinds = set(captions)
        self._captions.setStringList(captions)
        self.updateGeometry()
        self._fit()
        self.scrollToTop()

    def show_captions(self, captions: Sequence[str]) -> None:
        """Have other words below the same pictures; neither the place nor the choice is lost."""
        place, row = self.verticalScrollBar().value(), self.currentIndex().row()
        with QSignalBlocker(self):
            self._kinds = set(captions)
            self._captions.setStringList(captions)
            self.updateGeometry()
            self._fit()
            self.choose(row)
            self.verticalScrollBar().setValue(place)

    @property
    def captions(self) -> list[str]:
        """The words below them."""
        return self._captions.stringList()

    def choose(self, index: int) -> None:
        """Mark a picture and bring it into sight."""
        self.setCurrentIndex(self._captions.index(index))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text() and event.text() in DIGITS and held == Qt.KeyboardModifier.NoModifier:
            self.digit_typed.emit(int(event.text()))  # Qt would search for a caption
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Without its frame: with it Qt would paint all, beyond an area where this scrolls, too."""
        return event.type() == QEvent.Type.Paint or super().event(event)

    def minimumSizeHint(self) -> QSize:
        """A picture that is wider than the view would be cut, and begin in its second row."""
        width = max(FEWEST_COLUMNS * (SIDE * SCALES[-1] + self.gap), self._widest + self.gap)
        # One more: Qt begins another row for what ends at the very edge.
        return QSize(width + self._bar_width + 1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._captions.rowCount():
            with QPainter(self.viewport()) as painter:
                painter.setPen(QColor(current_theme().quiet))
                wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.viewport().rect(), wrapped, self._empty)

    @property
    def caption_height(self) -> int:
        """In pixels."""
        return self.caption_lines * self.fontMetrics().height()

    @property
    def _widest(self) -> int:
        """Pixels of the widest caption."""
        return max(map(self.fontMetrics().horizontalAdvance, self._kinds), default=0)

    @property
    def _bar_width(self) -> int:
        """Qt keeps so much room for the scroll bar, whether there is one or not."""
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)

    def _fit(self) -> None:
        """Choose how large pictures are."""
        room, count = self.maximumViewportSize(), self._captions.rowCount()
        for scale in SCALES:
            side = SIDE * scale
            cell = QSize(max(side, self._widest) + self.gap, side + self.caption_height + self.gap)
            width = room.width() - self._bar_width
            rows = -(-count // max(1, width // cell.width()))
            if cell.width() <= width and rows * cell.height() <= room.height():
                break
        if cell != self.gridSize():
            self.setGridSize(cell)


class PictureStrip(PictureGrid):
    """One row of a few pictures, as large as they have room.

    It stands beside something that has keys of its own: only those that go from picture to picture
    are its.

    Args:
        count: of pictures there is room for.

    Attributes:
        scales: screen pixels for each of a picture's: the first for which there is room.
    """

    gap = GRID // 2
    scales: tuple[float, ...] = (2, 1.5, 1)

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self.setWrapping(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._size(self.scales[0])

    def minimumSizeHint(self) -> QSize:
        return QSize(self._size(self.scales[-1]).width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _size(self, scale: float) -> QSize:
        side = round(SIDE * scale)
        return QSize(self._count * (side + self.gap), side + self.caption_height + self.gap)

    def _fit(self) -> None:
        room = self.viewport().size()
        self.setGridSize(QSize(room.width() // self._count, self._within(room).height()))

    def _within(self, room: QSize) -> QSize:
        """All pictures, as large as there is room for."""
        fitting = (size for size in map(self._size, self.scales) if size == size.boundedTo(room))
        return next(fitting, self._size(self.scales[-1]))


class PlainStrip(PictureStrip):
    """Pictures without captions, as large as its width allows. Mouse and keys pass it over."""

    caption_lines = 0

    def __init__(self, count: int, scales: tuple[float, ...]) -> None:
        super().__init__(count)
        self.scales = scales
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _fit(self) -> None:
        """Be as high as the pictures are, and have what is too little for each on both sides."""
        self.setViewportMargins(self.width() % self._count // 2, 0, 0, 0)
        self.setFixedHeight(self._within(QSize(self.width(), self.sizeHint().height())).height())
        super()._fit()


class _PictureDelegate(QStyledItemDelegate):
    """A picture in a frame, its proportions kept, above its caption."""

    def __init__(self, grid: PictureGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._grid.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        picture = to_picture(self._grid.pictures[index.row()], theme)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_marked = is_chosen and self._grid.hasFocus()
        is_wrong = index.row() in self._grid.wrong
        caption_height = self._grid.caption_height
        right = FRAME - self._grid.gap
        # Not the option's, which in a single row is as high as the view.
        cell = QRect(option.rect.topLeft(), self._grid.gridSize())
        room = cell.adjusted(FRAME, FRAME, right, right - caption_height)
        place = QRect(
            room.topLeft(), picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        place.moveCenter(room.center())
        # A little wider than the picture: Qt rounds the width of a text down, and would cut it.
        below = QRect(
            room.left() - FRAME, room.bottom() + FRAME, room.width() + 2 * FRAME, caption_height
        )
        is_uneven = place.height() % picture.height() > 0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_uneven)
        painter.setOpacity(1.0 if option.state & QStyle.StateFlag.State_Enabled else 0.5)
        painter.drawImage(place, picture)
        usual = theme.error if is_wrong else theme.quiet if is_chosen else theme.border
        frame = QColor(theme.accent if is_marked else usual)
        for width in range(1, FRAME + 1 if is_chosen else FRAME):
            painter.setPen(frame)
            painter.drawRect(place.adjusted(-width, -width, width - 1, width - 1))
        if not caption_height:
            return
        usual = theme.text if is_chosen or self._grid.caption_lines > 1 else theme.quiet
        painter.setPen(QColor(theme.error if is_wrong else usual))
        lines = (
            option.fontMetrics.elidedText(line, Qt.TextElideMode.ElideRight, below.width())
            for line in index.data().split("\n")
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))
