"""The window in which the network that reads is laid open."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from mnist_desktop.texts import counted
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.network.layers_view import LayersView
from mnist_desktop.ui.network.neuron_panel import NeuronPanel
from mnist_desktop.ui.network.softmax_view import SoftmaxView
from mnist_desktop.ui.plots.first_layer import FirstLayer
from mnist_desktop.ui.plots.inside_charts import LayerHistograms
from mnist_desktop.ui.session.network.network_lab import NetworkLab
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent, short
from mnist_desktop.ui.widgets.controls import heading, named, push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import hbox, scrolling, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel, plain_tooltip

USUAL_SIZE = QSize(1000, 640)
EDGE = 2 * GRID


class NetworkWindow(QWidget):
    """Neurons, the softmax, the weights; and below them what a change has done.

    The session holds what was changed, so this window can be made anew.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Window)
        named(self, "networkWindow")
        self._lab = session.lab
        self._pages = named(QTabWidget(documentMode=True), "networkPages")
        self._what = quiet_label("")
        self._accuracy = named(PlainLabel(), "networkAccuracyLabel")
        self._undo = push_button(self.tr("Undo"), "networkUndoButton", self._lab.undo)
        self._undo.setShortcut(QKeySequence.StandardKey.Undo)
        keep = self.tr("Keep as a new model")
        self._keep = push_button(keep, "keepNetworkButton", self._lab.keep)
        self._keep.setToolTip(
            plain_tooltip(
                self.tr("It reads from then on; File › Save writes it to a file of its own.")
            )
        )
        self._arrange(session)
        self._lab.measured.connect(self._update)
        self._lab.changed.connect(self._show_pen)
        session.shelf.changed.connect(self._update)  # it may have another name
        self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize() - QSize(16, 48)))
        self._update()
        self._show_pen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Else it would always lie above the canvas, on which one draws to see what happens.
        self.windowHandle().setTransientParent(None)  # type: ignore[arg-type]

    def closeEvent(self, event: QCloseEvent) -> None:
        self._lab.close()
        super().closeEvent(event)

    def _arrange(self, session: Session) -> None:
        note = quiet_label(
            self.tr(
                "The last layer gives each digit a score, which may be any number. e to the power "
                "of it is never below 0 and grows fast; divided by the sum of all ten it is a "
                "share of 100 %. That is the softmax."
            ),
            wraps=True,
        )
        self._temperature = quiet_label(
            self.tr(
                "First the scores are divided by the temperature, one number that was found after "
                "the training so that the probabilities can be believed."
            ),
            wraps=True,
        )
        self._pen = quiet_label(
            self.tr(
                "To these is added what the way the pen went says for each digit; the network does "
                "not see it. The bars under Draw are lower by how likely it is no digit at all."
            ),
            wraps=True,
        )
        margins, softmax = (0, EDGE, 0, 0), (SoftmaxView(self._lab), 1)
        neurons = ((LayersView(self._lab), 1), NeuronPanel(session))
        for name, layout in (
            (self.tr("Neurons"), hbox(*neurons, spacing=3 * GRID, margins=margins)),
            (
                self.tr("Scores to probabilities"),
                vbox(
                    *(note, self._temperature, self._pen, softmax),
                    spacing=2 * GRID,
                    margins=margins,
                ),
            ),
            (self.tr("Inside"), vbox(InsidePage(self._lab), margins=margins)),
        ):
            page = QWidget()
            page.setLayout(layout)
            self._pages.addTab(page, name)
        foot = hbox(self._what, GRID, (self._accuracy, 1), self._undo, self._keep)
        around = (EDGE, GRID, EDGE, EDGE)
        self.setLayout(vbox((self._pages, 1), foot, spacing=2 * GRID, margins=around))

    @Slot()
    def _show_pen(self) -> None:
        self._pen.setVisible(self._lab.support is not None)

    @Slot()
    def _update(self) -> None:
        lab = self._lab
        name = "" if lab.entry is None else lab.entry.name
        self.setWindowTitle(self.tr("Network of {name}").format(name=short(name)))
        self._temperature.setVisible(lab.temperature != 1)
        self._undo.setEnabled(lab.can_undo)
        count = lab.edits.count
        self._keep.setEnabled(count > 0)
        changes = counted(count, self.tr("{count:,} change"), self.tr("{count:,} changes")).format(
            count=count
        )
        self._what.setText(changes if count else self.tr("Nothing is changed."))
        self._accuracy.setText(self._figures())

    def _figures(self) -> str:
        before, after = self._lab.accuracies
        if before is None:
            return ""
        first = percent(before.accuracy, 2)
        if not self._lab.edits.count:
            return self.tr("Of {count:,} validation pictures it reads {share} rightly.").format(
                count=before.total, share=first
            )
        if after is None:
            return self.tr("Validation pictures read rightly: {before}, now …").format(before=first)
        return self.tr("Validation pictures read rightly: {before}, now {after}.").format(
            before=first, after=percent(after.accuracy, 2)
        )


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
        right = vbox(heading(self.tr("Layers")), (scrolling(self._layers), 1), note)
        self.setLayout(hbox((self._first, 1), (right, 1), spacing=3 * GRID))
        lab.measured.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        inspection = self._lab.inspection
        if inspection is not None:
            self._first.show_inspection(inspection)
            self._layers.show_layers(inspection.layers)
