"""Points of ten classes, and one that moves."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QResizeEvent

from mnist_desktop.ink.strokes import DIGITS
from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.pens import class_colour, pen_of
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.hints import Hint

POINT_SIZE = 7
OWN_SIZE = 30
FADED = 0.08
NEAR_PIXELS = 12
"""A point further than that from the mouse is not pointed at."""

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
"""To the right, and up."""

SHAPES = ("o", "t1")
"""Of the first five classes and of the others, so that colour alone need not tell them."""


def shape_of(label: int) -> str:
    """The symbol of a class, by pyqtgraph's name."""
    return SHAPES[label * len(SHAPES) // CLASSES]


class MapPlot(pg.PlotWidget):  # type: ignore[misc]
    """Without axes, since only what lies near what counts. Wheel and drag zoom, and a double click
    shows all again. Either mouse button chooses a point, and the arrow keys go to the next one.

    Attributes:
        point: the one that is chosen; -1 where there is none.

    Args:
        name: for checks.

    Signals:
        pointed(int): the point under the mouse; -1 where there is none.
        chosen(int): this one is chosen.
        clicked(int): a point was clicked.
        digit_typed(int): the key of this digit was pressed.
    """

    pointed = Signal(int)
    chosen = Signal(int)
    clicked = Signal(int)
    digit_typed = Signal(int)
    _is_made = False  # pyqtgraph's constructor changes the palette

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setAccessibleName(QCoreApplication.translate("MapPlot", "Map of pictures"))
        self.setMenuEnabled(False)
        self.hideButtons()
        self.hideAxis("left")
        self.hideAxis("bottom")
        self._box = self.getViewBox()
        self._points: NDArray[np.float32] = np.empty((0, 2), dtype=np.float32)
        self._under_mouse = self.point = -1
        self._labels: NDArray[np.uint8] = np.empty(0, dtype=np.uint8)
        self._emphasised = -1
        # One for all: ten would take ten times as long to paint each time that the own point moves.
        self._others = pg.ScatterPlotItem(size=POINT_SIZE, pen=None)
        self._marked = pg.ScatterPlotItem(size=2 * POINT_SIZE, brush=None)
        self._own = pg.ScatterPlotItem(symbol="star", size=OWN_SIZE)
        for item in (self._others, self._marked, self._own):
            self._box.addItem(item, ignoreBounds=True)
        self._hint = Hint()
        self._hint.setParent(self)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self._is_made = True
        self.dress()

    @property
    def hint(self) -> str:
        """What is said in the middle."""
        return str(self._hint.text())

    @property
    def own_point(self) -> tuple[float, float] | None:
        """Where the point is that moves; None where there is none."""
        x, y = self._own.getData()
        return (float(x[0]), float(y[0])) if len(x) else None

    def show_points(self, points: NDArray[np.float32], labels: NDArray[np.uint8]) -> None:
        """Show others, all of them in sight: (n, 2), and (n,) classes."""
        self._points, self._labels = points, labels
        shapes = [shape_of(label) for label in range(CLASSES)]
        self._others.setData(*points.T, symbol=[shapes[label] for label in labels.tolist()])
        self._colour()
        self.point = -1
        self._point_at(-1)
        self._mark()
        self.move_own_point(None)
        self._show_all()

    def show_hint(self, hint: str) -> None:
        """Say something in the middle, in the place of all points; or nothing any more."""
        self._hint.say(hint)
        for item in (self._others, self._marked, self._own):
            item.setVisible(not hint)

    def move_own_point(self, place: NDArray[np.float32] | None) -> None:
        """Have it at (2,), or nowhere."""
        self._own.setData(*([], []) if place is None else ([place[0]], [place[1]]))

    @Slot(int)
    def emphasise(self, label: int) -> None:
        """Fade all classes but one; -1 for none."""
        if label != self._emphasised:
            self._emphasised = label
            self._colour()

    def dress(self) -> None:
        """Take the theme's colours."""
        theme = current_theme()
        self.setBackground(theme.paper)
        self._colour()
        self._marked.setPen(pen_of(theme.text, 2))
        self._own.setPen(pen_of(theme.paper, 2))
        self._own.setBrush(pg.mkBrush(theme.text))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None:  # pyqtgraph's constructor sends None
            self._hint.setGeometry(self.rect().adjusted(5 * GRID, 0, -5 * GRID, 0))

    def choose(self, point: int) -> None:
        """Mark a point, until the mouse is on another one; -1 for none."""
        if point != self.point:
            self._under_mouse, self.point = -1, point
            self._mark()
            if point >= 0:
                self.chosen.emit(point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:  # whose menu is about what lies there
            self.choose(self._nearest(self.mapToScene(event.position().toPoint())))
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and event.key() in ARROWS:
            self._go(*ARROWS[Qt.Key(event.key())])
        elif held == Qt.KeyboardModifier.NoModifier and event.text() and event.text() in DIGITS:
            self.digit_typed.emit(int(event.text()))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_made:
            self.dress()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _colour(self) -> None:
        """Each class its own; those that are not emphasised are hardly seen."""
        brushes = []
        for label in range(CLASSES):
            colour = class_colour(label, current_theme())
            if self._emphasised not in (-1, label):
                colour.setAlphaF(FADED)
            brushes.append(QBrush(colour))
        if len(self._labels):
            self._others.setBrush([brushes[label] for label in self._labels.tolist()])

    def _show_all(self) -> None:
        if len(self._points):
            low, high = self._points.min(axis=0).tolist(), self._points.max(axis=0).tolist()
            self._box.setRange(xRange=(low[0], high[0]), yRange=(low[1], high[1]), padding=0.04)

    def _nearest(self, position: QPointF) -> int:
        """The point that is seen there; -1 where there is none."""
        is_there = len(self._points) and not self.hint
        if not is_there or not self._box.sceneBoundingRect().contains(position):
            return -1
        there = self._box.mapSceneToView(position)
        distances = np.square(self._offsets(there.x(), there.y())).sum(axis=1)
        nearest = int(distances.argmin())
        return nearest if distances[nearest] <= NEAR_PIXELS**2 else -1

    def _offsets(self, x: float, y: float) -> NDArray[np.float64]:
        """(n, 2): pixels from a place to each point, to the right and up."""
        offsets: NDArray[np.float64] = (self._points - np.array([x, y])) / self._box.viewPixelSize()
        return offsets

    def _go(self, right: int, up: int) -> None:
        """To the point that is next in a direction; at first to one in the middle."""
        if not len(self._points) or self.hint:
            return
        if self.point < 0:
            middle = self._box.viewRect().center()
            self.choose(int(np.square(self._offsets(middle.x(), middle.y())).sum(axis=1).argmin()))
            return
        offsets = self._offsets(*self._points[self.point].tolist())
        ahead, aside = offsets @ (right, up), offsets @ (up, right)
        distances = np.hypot(ahead, aside)
        distances[(ahead <= 0) | (np.abs(aside) > ahead)] = np.inf
        nearest = int(distances.argmin())
        if np.isfinite(distances[nearest]):
            self.choose(nearest)

    def _point_at(self, point: int) -> None:
        if point != self._under_mouse:
            self._under_mouse = point
            self._mark()
            self.pointed.emit(point)

    def _mark(self) -> None:
        """The point under the mouse; where there is none, the one that is chosen."""
        point = self._under_mouse if self._under_mouse >= 0 else self.point
        self._marked.setData(*self._points[[point]].T if point >= 0 else ([], []))

    @Slot(object)
    def _on_mouse_moved(self, position: QPointF) -> None:
        self._point_at(self._nearest(position))

    @Slot(object)
    def _on_mouse_clicked(self, event: object) -> None:
        if event.button() != Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        if event.double():  # type: ignore[attr-defined]
            self._show_all()
        elif (point := self._nearest(event.scenePos())) >= 0:  # type: ignore[attr-defined]
            self.choose(point)
            self.clicked.emit(point)
