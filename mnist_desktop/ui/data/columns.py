"""How the pages of the Data tab are laid out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.widgets.layouts import REST, Part, hbox, vbox

SIDE_WIDTH = 264


def lay_out(page: QWidget, controls: QWidget, grid: QWidget, panel: QWidget) -> None:
    """On the left what to show, in the middle the pictures, on the right one of them."""
    margins = (EDGE, GRID, EDGE, 0)
    page.setLayout(hbox(controls, (grid, 2), (panel, 1), spacing=EDGE, margins=margins))


def side_column(*parts: Part, width: int = SIDE_WIDTH) -> QWidget:
    """What stands beside the pictures, one below the other."""
    side = QWidget()
    side.setFixedWidth(scaled(width))
    side.setLayout(vbox(*parts, REST, spacing=2 * GRID))
    return side
