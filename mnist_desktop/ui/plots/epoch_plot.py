"""A plot over epochs, as several tabs have one."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsItem

from mnist_desktop.ui.look.theme import current_theme

SIDES = ("left", "bottom")


class EpochPlot(pg.PlotWidget):  # type: ignore[misc]
    """Without pyqtgraph's own menu and buttons, and with a line that is put under the mouse.

    Args:
        name: for checks.
        epoch_axis: in place of the usual axis.

    Attributes:
        box: where curves are added.
        hover: the line, hidden.
    """

    def __init__(self, name: str, epoch_axis: pg.AxisItem | None = None) -> None:
        super().__init__(axisItems={} if epoch_axis is None else {"bottom": epoch_axis})
        self.setObjectName(name)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setLabel("bottom", QCoreApplication.translate("EpochPlot", "epoch"))
        self.getAxis("left").setWidth(48)
        for side in SIDES:
            # Axes change seldom, and painting one takes ten times as long as a curve.
            self.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.box = self.getViewBox()
        self.hover = pg.InfiniteLine(angle=90)
        self.hover.setVisible(False)
        self.box.addItem(self.hover, ignoreBounds=True)

    def dress(self) -> None:
        """The theme's colours."""
        theme = current_theme()
        self.setBackground(theme.paper)
        for side in SIDES:
            axis = self.getAxis(side)
            axis.setPen(theme.line)
            axis.setTextPen(theme.quiet)
        self.showGrid(x=False, y=True, alpha=0.25)
        pen = QPen(QColor(theme.quiet))
        pen.setStyle(Qt.PenStyle.DotLine)
        pen.setCosmetic(True)
        self.hover.setPen(pen)
