"""What the neurons of the first layer look for, and how that is about to change."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mnist_desktop.learning.train.inspection import Inspection
from mnist_desktop.texts import counted
from mnist_desktop.ui.look.fonts import GRID, control_height
from mnist_desktop.ui.plots.weight_pictures import WeightPictures
from mnist_desktop.ui.widgets.controls import heading, named
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox

WEIGHTS, GRADIENTS = range(2)


class FirstLayer(QWidget):
    """Weights or gradients, as one chooses, or both where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._inspection: Inspection | None = None
        self._are_both_shown = False
        self._what = named(QComboBox(), "firstLayerCombo")
        self._what.addItems([self.tr("weights"), self.tr("gradients")])
        self._what.setAccessibleName(self.tr("What to see of the first layer"))
        self._what.currentIndexChanged.connect(self._update)
        self._title = heading("")
        self._pictures = named(WeightPictures(), "firstLayerPictures")
        self._gradients = QWidget()
        # It is there only where there is room, and must not keep the window from becoming smaller.
        self._gradients.setMinimumWidth(1)
        self._gradient_pictures = named(WeightPictures(), "firstLayerGradientPictures")

        weights = _below(hbox(self._title, REST, self._what), self._pictures)
        title = hbox(heading(self._titles[GRADIENTS]))
        self._gradients.setLayout(_below(title, self._gradient_pictures))
        self.setLayout(hbox((weights, 1), (self._gradients, 1), spacing=3 * GRID))
        self.show_both(False)

    def show_inspection(self, inspection: Inspection) -> None:
        """Show another one."""
        self._inspection = inspection
        self._update()

    def show_both(self, are_both_shown: bool) -> None:
        """Weights and gradients side by side, or one of them."""
        self._are_both_shown = are_both_shown
        self._what.setVisible(not are_both_shown)
        self._gradients.setVisible(are_both_shown)
        self._title.setText(self._titles[WEIGHTS] if are_both_shown else self.tr("First layer"))
        self._update()

    @property
    def _titles(self) -> tuple[str, str]:
        return self.tr("First layer: weights"), self.tr("First layer: gradients")

    @Slot()
    def _update(self) -> None:
        if self._are_both_shown:
            self._fill(self._pictures, WEIGHTS)
            self._fill(self._gradient_pictures, GRADIENTS)
        else:
            self._fill(self._pictures, self._what.currentIndex())

    def _fill(self, sheet: WeightPictures, what: int) -> None:
        sheet.setAccessibleName(self._titles[what])
        if self._inspection is None:
            return
        pictures = self._inspection.pictures
        if what == WEIGHTS:
            note = counted(
                len(pictures),
                self.tr(
                    "What the only neuron looks for: ink where it is orange makes it answer more, "
                    "ink where it is blue less."
                ),
                self.tr(
                    "What each of the first {count} neurons looks for: ink where it is orange "
                    "makes it answer more, ink where it is blue less."
                ),
            ).format(count=len(pictures))
        else:
            pictures = self._inspection.gradient_pictures
            note = self.tr(
                "What would raise the loss: a larger weight where it is orange, a smaller one "
                "where it is blue. The step goes the other way."
            )
        sheet.show_pictures(pictures, note)


def _below(title: QHBoxLayout, sheet: WeightPictures) -> QVBoxLayout:
    """A title, as high as a control, and below it a sheet."""
    title.addStrut(control_height())
    return vbox(title, (sheet, 1))
