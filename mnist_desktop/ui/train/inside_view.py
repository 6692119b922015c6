"""Inside a network while it is trained."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_desktop.learning.train.events import Inspected
from mnist_desktop.ui.look.fonts import GRID, control_height, scaled
from mnist_desktop.ui.plots.figures import in_figures
from mnist_desktop.ui.plots.first_layer import FirstLayer
from mnist_desktop.ui.plots.inside_charts import (
    GAP,
    ROW_HEIGHTS,
    TEXT_WIDTH,
    GradientNormCurve,
    LayerHistograms,
)
from mnist_desktop.ui.widgets.controls import TickerLine, heading, quiet_label
from mnist_desktop.ui.widgets.hints import HintOr
from mnist_desktop.ui.widgets.layouts import REST, hbox, scrolling, vbox

WIDE = 896
"""From here on there is room for the first layer's weights and gradients."""


class InsideView(QWidget):
    """The first layer as pictures, every layer's weights and gradients, the gradient's length.

    Nothing is drawn, nor made ready for it, while it is hidden.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("insideView")
        self._latest: Inspected | None = None
        self._first_layer = FirstLayer()
        self._layers = LayerHistograms()
        self._curve = GradientNormCurve()
        self._norm = TickerLine()
        self._columns = hbox(self._first_layer, self._all_layers(), spacing=3 * GRID)
        self._arrange()

        full = QWidget()
        full.setLayout(self._columns)
        self._shown = HintOr(full, "insideHint")
        self.setLayout(vbox(self._shown))

    def _all_layers(self) -> QVBoxLayout:
        title = heading(self.tr("Layers"))
        title.setFixedWidth(scaled(TEXT_WIDTH) - GAP)
        names = (self.tr("weights"), self.tr("gradients"))
        self._head = hbox(title, *((quiet_label(name), 1) for name in names), spacing=GAP)
        self._head.addStrut(control_height())
        area = scrolling(self._layers, only_down=True)
        area.setMinimumHeight(2 * ROW_HEIGHTS[0])
        area.verticalScrollBar().rangeChanged.connect(self._align_head)
        self._area = area

        about_layers = self.tr(
            "How many are how large: blue below 0, orange above. A dead neuron says the "
            "same whatever the picture, so it learns nothing more."
        )
        about_norm = self.tr(
            "How steep the loss is: long while much can still be learned, near 0 when "
            "the training has arrived or is stuck."
        )
        norm = hbox(heading(self.tr("Length of the gradient")), (self._norm, 1), spacing=2 * GRID)
        return vbox(
            self._head,
            (area, 1000),
            quiet_label(about_layers, wraps=True),
            GRID,
            norm,
            (self._curve, 300),
            quiet_label(about_norm, wraps=True),
            REST,
        )

    @Slot(object)
    def show_inspection(self, inspected: Inspected) -> None:
        """Show what was seen after another step."""
        self._latest = inspected
        when = self.tr("epoch {epoch}, batch {batch:,}").format(
            epoch=inspected.epoch, batch=inspected.batch
        )
        self._curve.add(inspected.inspection.gradient_norm, when)
        self._shown.say("")
        if self.isVisible():
            self._refresh()

    def say(self, hint: str) -> None:
        """What to do to look inside, or what is waited for, while nothing is shown."""
        if self._latest is None:
            self._shown.say(hint)

    @Slot()
    def clear(self) -> None:
        """Another run begins."""
        self._latest = None
        self._curve.clear()
        self._shown.setCurrentIndex(0)  # with what was said last

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _refresh(self) -> None:
        if self._latest is None:
            return
        inspection = self._latest.inspection
        self._first_layer.show_inspection(inspection)
        is_other = len(inspection.layers) != len(self._layers.layers)
        self._layers.show_layers(inspection.layers)
        self._norm.show_text(in_figures(inspection.gradient_norm, 3))
        if is_other:
            self._area.setMaximumHeight(self._layers.maximumHeight())

    def _arrange(self) -> None:
        is_wide = self.width() >= WIDE
        self._first_layer.show_both(is_wide)
        self._columns.setStretch(0, 10 if is_wide else 5)
        self._columns.setStretch(1, 6)

    @Slot()
    def _align_head(self) -> None:
        """Let the names stand over their charts, which a scroll bar makes narrower."""
        bar = self._area.verticalScrollBar()
        self._head.setContentsMargins(0, 0, bar.sizeHint().width() if bar.maximum() else 0, 0)
