"""Inside a network while it is trained."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.learning.events import Inspected
from mnist_desktop.ui.theme import GRID, tabular
from mnist_desktop.ui.train.inside_charts import GradientNormCurve, LayerHistograms, WeightSheet
from mnist_desktop.ui.widgets import heading, named, quiet_label

WEIGHTS, GRADIENTS = range(2)


class InsideView(QWidget):
    """The first layer as pictures, every layer's weights and gradients, the gradient's length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insideView")
        self._latest: Inspected | None = None
        self._what = named(QComboBox(), "firstLayerCombo")
        self._what.addItems([self.tr("weights"), self.tr("gradients")])
        self._what.setAccessibleName(self.tr("What to see of the first layer"))
        self._what.currentIndexChanged.connect(self._show_first_layer)
        self._sheet = named(WeightSheet(), "firstLayerSheet")
        self._sheet.setAccessibleName(self.tr("The first layer’s neurons as pictures"))
        self._layers = LayerHistograms()
        self._curve = GradientNormCurve()
        self._norm = QLabel()
        self._norm.setFont(tabular(self._norm.font()))

        empty = quiet_label(self.tr("Start a training to look inside it."))
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        full = QWidget()
        columns = QHBoxLayout(full)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(3 * GRID)
        columns.addLayout(self._first_layer(), 2)
        columns.addLayout(self._all_layers(), 3)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(full)

    def _first_layer(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        top = QHBoxLayout()
        top.addWidget(heading(self.tr("First layer")))
        top.addStretch(1)
        top.addWidget(self._what)
        column.addLayout(top)
        column.addWidget(self._sheet, 1)
        column.addWidget(
            _note(
                self.tr(
                    "What each of the first neurons looks for: ink where it is orange makes it "
                    "answer, ink where it is blue holds it back."
                )
            )
        )
        return column

    def _all_layers(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.addWidget(heading(self.tr("Layers: weights and gradients")))
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._layers)
        column.addWidget(area, 1)
        column.addWidget(
            _note(
                self.tr(
                    "How many weights (blue) and gradients (orange) are how large. A dead neuron "
                    "gives the same for every picture, so it learns nothing."
                )
            )
        )
        top = QHBoxLayout()
        top.addWidget(heading(self.tr("Length of the gradient")))
        top.addStretch(1)
        top.addWidget(self._norm)
        column.addLayout(top)
        column.addWidget(self._curve)
        return column

    @Slot(object)
    def show_inspection(self, inspected: Inspected) -> None:
        """Show what was seen after another step."""
        self._latest = inspected
        inspection = inspected.inspection
        self._layers.show_layers(inspection.layers)
        self._curve.add(inspection.gradient_norm)
        self._norm.setText(f"{inspection.gradient_norm:.3g}")
        self._show_first_layer()
        self._stack.setCurrentIndex(1)

    def clear(self) -> None:
        """Another run begins."""
        self._latest = None
        self._curve.clear()
        self._stack.setCurrentIndex(0)

    @Slot()
    def _show_first_layer(self) -> None:
        if self._latest is not None:
            inspection = self._latest.inspection
            is_weights = self._what.currentIndex() == WEIGHTS
            self._sheet.show_pictures(
                inspection.pictures if is_weights else inspection.gradient_pictures
            )


def _note(text: str) -> QLabel:
    label = quiet_label(text)
    label.setWordWrap(True)
    return label
