"""The parts of a data set, to choose from."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from mnist_desktop.ui.widgets.controls import named

FEWEST_CHARACTERS = 8
"""That are seen where there is little room; the list that opens has room for all."""


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
