"""Inside a network that nobody trains: its first layer, and how large all weights are."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.plots.first_layer import FirstLayer
from mnist_desktop.ui.plots.inside_charts import LayerHistograms
from mnist_desktop.ui.session.network_lab import NetworkLab
from mnist_desktop.ui.widgets.controls import heading, named, quiet_label
from mnist_desktop.ui.widgets.layouts import hbox, vbox


class InsidePage(QWidget):
    """What *Inside* shows while a network is trained, of one that is as it is."""

    def __init__(self, lab: NetworkLab) -> None:
        super().__init__()
        named(self, "savedInsideView")
        self._lab = lab
        self._first = FirstLayer()
        self._layers = LayerHistograms()
        note = quiet_label(
            self.tr(
                "Weights on the left, gradients on the right: how many are how large, blue below "
                "0, orange above. The gradients are of the first 512 validation pictures. A dead "
                "neuron says the same whatever the picture."
            ),
            wraps=True,
        )
        area = QScrollArea(widgetResizable=True)
        area.setWidget(self._layers)
        right = vbox(heading(self.tr("Layers")), (area, 1), note)
        self.setLayout(hbox((self._first, 1), (right, 1), spacing=3 * GRID))
        lab.measured.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        inspection = self._lab.inspection
        if inspection is not None:
            self._first.show_inspection(inspection)
            self._layers.show_layers(inspection.layers)
