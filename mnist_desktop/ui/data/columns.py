"""What the pages of the Data tab have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import REST, Part, hbox, vbox

SIDE_WIDTH = 264

FEWEST_CHARACTERS = 8
"""That are seen where there is little room; the list that opens has room for all."""


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


class SplitCombo(QComboBox):
    """Its data are the names of the splits, attributes of ``Splits``; None stands for all.

    Args:
        name: for checks.
        has_all: whether all of them can be chosen at once.
    """

    def __init__(self, name: str, *, has_all: bool = False) -> None:
        super().__init__()
        named(self, name)
        shrink(self)
        if has_all:
            self.addItem(self.tr("all"), None)
        self.addItem(self.tr("training"), "train")
        self.addItem(self.tr("validation (live test curve)"), "validation")
        self.addItem(self.tr("official test"), "test")


def shrink(combo: QComboBox) -> None:
    """Let a combo box be narrower than its longest text."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(FEWEST_CHARACTERS)
