"""How the pages of the Data tab are laid out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.widgets.layouts import spaced

SIDE_WIDTH = 264


def lay_out(page: QWidget, controls: QWidget, grid: QWidget, panel: QWidget) -> None:
    """On the left what to show, in the middle the pictures, on the right one of them."""
    layout = spaced(QHBoxLayout(page), EDGE, (EDGE, GRID, EDGE, 0))
    layout.addWidget(controls)
    layout.addWidget(grid, 2)
    layout.addWidget(panel, 1)


def side_column(*parts: QWidget | QLayout, width: int = SIDE_WIDTH) -> QWidget:
    """What stands beside the pictures, one below the other."""
    side = QWidget()
    side.setFixedWidth(scaled(width))
    layout = spaced(QVBoxLayout(side), 2 * GRID)
    for part in parts:
        if isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    layout.addStretch(1)
    return side
