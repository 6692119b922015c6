"""A plot over epochs, as several tabs have one."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QGraphicsItem, QPushButton

from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.look.shapes import recoloured
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.pens import pen_of
from mnist_desktop.ui.plots.ticks import Range, log_ticks
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.hints import Hint

SIDES = ("left", "bottom")

LEAST_HEIGHT = 96
"""Pixels. In less than that, axes take the place of what they are about."""

RESET_HEIGHT = 20
"""Of the button below the curves."""


class EpochPlot(pg.PlotWidget):  # type: ignore[misc]
    """Wheel and drag zoom; a button, which is there as long as it is of use, and a double click
    reset that. Without pyqtgraph's own menu and buttons, and with a line under the mouse.

    Args:
        name: for checks.
        epoch_axis: in place of the usual axis.

    Attributes:
        box: where curves are added.

    Signals:
        pointed(object): the place in the scene where the mouse is; None where it is not over the
            curves.
        zoomed(object): the epochs that were zoomed to; None where the zoom was reset.
    """

    pointed = Signal(object)
    zoomed = Signal(object)
    _is_made = False  # pyqtgraph's constructor changes the palette

    def __init__(self, name: str, epoch_axis: pg.AxisItem | None = None) -> None:
        axes = {"left": _ValueAxis("left"), "bottom": epoch_axis or pg.AxisItem("bottom")}
        super().__init__(axisItems=axes)
        self.setObjectName(name)
        self.setMinimumHeight(scaled(LEAST_HEIGHT))
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setLabel("bottom", QCoreApplication.translate("EpochPlot", "epoch"))
        self.getAxis("left").setWidth(scaled(48))
        # Above for half of the highest value's text, below for what of the title hangs down.
        self.plotItem.layout.setContentsMargins(1, scaled(5), 1, scaled(3))
        for side in SIDES:
            # Axes change seldom, and painting one takes ten times as long as a curve.
            self.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.box = self.getViewBox()
        self.box.sigRangeChangedManually.connect(self._on_zoomed)
        self._whole: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self._epochs: Range | None = None
        self._are_values_zoomed = False
        self._shown: tuple[Range, Range | None] | None = None
        self._line = pg.InfiniteLine(angle=90)
        self._line.setVisible(False)
        self.box.addItem(self._line, ignoreBounds=True)
        self._hint = Hint()
        self._hint.setParent(self)
        text = QCoreApplication.translate("EpochPlot", "Reset zoom")
        self._reset = named(QPushButton(text, self, flat=True), f"{name}Reset")
        self._reset.setFixedHeight(scaled(RESET_HEIGHT))
        self._reset.hide()
        self._reset.clicked.connect(self._on_reset)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self._is_made = True
        self.dress()

    @property
    def epochs(self) -> Range:
        """Those that are shown."""
        return self._epochs or self._whole[0]

    @property
    def line(self) -> float | None:
        """Where the line is; None while it is not seen."""
        return float(self._line.value()) if self._line.isVisible() else None

    @property
    def hint(self) -> str:
        """What is said in the middle."""
        return self._hint.text()

    def fit(self, epochs: Range, values: Range) -> None:
        """Show these, except where there is a zoom, and when it is reset."""
        self._whole = (epochs, values)
        wanted = (self.epochs, None if self._are_values_zoomed else values)
        if wanted != self._shown:
            self._shown = wanted
            self.box.setRange(xRange=wanted[0], yRange=wanted[1], padding=0)
            # Left to the first painting, it would bring a second one of all curves.
            self.box.prepareForPaint()

    def zoom_to(self, epochs: Range | None) -> None:
        """Show these epochs, or all that there is."""
        self._epochs = epochs
        self._are_values_zoomed &= epochs is not None
        self._update_zoom()

    def point_at(self, x: float | None) -> None:
        """Have the line there, or nowhere."""
        self._line.setVisible(x is not None)
        if x is not None:
            self._line.setPos(x)

    def show_hint(self, hint: str) -> None:
        """Say something in the middle, where there are no curves; or nothing any more."""
        self._hint.say(hint)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_made:
            self.dress()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None:  # pyqtgraph's constructor sends None
            self._place_children()

    def _place_children(self) -> None:
        self._hint.setGeometry(self.rect().adjusted(6 * GRID, 0, 0, -5 * GRID))
        # Beside the axis's title, where it covers nothing, and no layout has to make room for it.
        self._reset.adjustSize()
        corner = self.rect().bottomRight() - self._reset.rect().bottomRight()
        self._reset.move(corner)

    def dress(self) -> None:
        """Take the theme's colours."""
        theme = current_theme()
        self.setBackground(theme.paper)
        for side in SIDES:
            axis = self.getAxis(side)
            axis.setPen(theme.border)
            axis.setTextPen(theme.quiet)
        self.showGrid(x=False, y=True, alpha=0.25)
        self._line.setPen(pen_of(theme.quiet, dash=[1, 2]))
        role = QPalette.ColorRole.ButtonText
        self._reset.setPalette(recoloured(self._reset.palette(), role, theme.accent))

    @Slot(object)
    def _on_zoomed(self, which: Sequence[bool]) -> None:
        self._are_values_zoomed |= bool(which[1])
        if which[0]:
            left, right = self.box.viewRange()[0]
            self._epochs = (left, right)
        self._update_zoom()
        if which[0]:
            self.zoomed.emit(self._epochs)

    @Slot()
    def _on_reset(self) -> None:
        self.zoom_to(None)
        self.zoomed.emit(None)

    def _update_zoom(self) -> None:
        self._shown = None
        self._reset.setVisible(self._epochs is not None or self._are_values_zoomed)
        self.fit(*self._whole)

    @Slot(object)
    def _on_mouse_clicked(self, event: object) -> None:
        if event.double():  # type: ignore[attr-defined]
            self._on_reset()

    @Slot(object)
    def _on_mouse_moved(self, position: QPointF) -> None:
        is_inside = self.box.sceneBoundingRect().contains(position)
        self.pointed.emit(position if is_inside else None)


class _ValueAxis(pg.AxisItem):  # type: ignore[misc]
    """Marked up to its ends, and on a logarithmic scale as densely as is needed to read it."""

    def boundingRect(self) -> QRectF:
        # pyqtgraph writes no value that it cannot wholly write in here, so not 100 %.
        whole: QRectF = super().boundingRect()
        return whole.adjusted(0, -scaled(GRID), 0, scaled(GRID))

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        if not self.logMode:
            return super().tickValues(low, high, size)  # type: ignore[no-any-return]
        return [(1.0, [place for place, _ in log_ticks(low, high)])]

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [f"{10**value:.3g}" for value in values]
