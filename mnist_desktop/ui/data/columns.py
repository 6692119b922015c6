"""How the pages of the Data tab are laid out that show pictures."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_desktop.ui.look.fonts import EDGE, GRID
from mnist_desktop.ui.widgets.layouts import spaced


def lay_out(page: QWidget, controls: QWidget, grid: QWidget, panel: QWidget) -> None:
    """On the left what to show, in the middle the pictures, on the right one of them."""
    layout = spaced(QHBoxLayout(page), EDGE, (EDGE, GRID, EDGE, 0))
    layout.addWidget(controls)
    layout.addWidget(grid, 2)
    layout.addWidget(panel, 1)
