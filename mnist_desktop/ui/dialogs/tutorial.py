"""What is in the tutorial, and where it is here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QWidget,
)

from mnist_desktop.ui.dialogs.scrolled import ScrolledDialog
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.widgets.controls import heading, named, quiet_label
from mnist_desktop.ui.widgets.plain_text import PlainLabel
from mnist_desktop.ui.widgets.tabs import DATA, DRAW, EVALUATE, TRAIN

WIDTH = 800


class TutorialDialog(ScrolledDialog):
    """A tour: each step of the tutorial, and a button that leads to it.

    Signals:
        tab_wanted(int): the place of the tab where a step is seen.
    """

    tab_wanted = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "tutorialDialog")
        self.setWindowTitle(self.tr("The tutorial, here"))
        contents = QWidget(self)
        grid = QGridLayout(contents)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for column, text in enumerate((self.tr("In the tutorial"), self.tr("Here"))):
            grid.addWidget(heading(text), 0, column)
        for row, (tutorial, here, tab) in enumerate(self._steps(), start=1):
            for column, label in enumerate(
                (quiet_label(tutorial, wraps=True), PlainLabel(here, wraps=True))
            ):
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label, row, column)
            show = named(QPushButton(self.tr("Show")), f"showStep{row}Button")
            show.clicked.connect(lambda _checked=False, tab=tab: self._on_show(tab))
            grid.addWidget(show, row, 2, Qt.AlignmentFlag.AlignTop)
        self.show_contents(contents, scaled(WIDTH))

    def _on_show(self, tab: int) -> None:
        self.tab_wanted.emit(tab)
        self.accept()

    def _steps(self) -> list[tuple[str, str, int]]:
        return [
            (
                self.tr("mnist.pkl.gz: 50,000 pictures to train on, 10,000 to test with"),
                self.tr(
                    "File › Open data set opens that file. The bundled MNIST has the same splits; "
                    "the third, which the tutorial leaves out, is scored once when a run ends."
                ),
                DATA,
            ),
            (
                self.tr("One picture, (784,) reshaped to 28×28, grey"),
                self.tr("Choose a picture: it is enlarged, and each pixel says its value."),
                DATA,
            ),
            (
                self.tr("TensorDataset and DataLoader: batches, shuffled"),
                self.tr(
                    "A real batch: of 64, 782 of them in an epoch, the last one of 16. Shuffle it, "
                    "or go from batch to batch."
                ),
                DATA,
            ),
            (
                self.tr("784 → 128 → 256 → 10 with ReLU"),
                self.tr(
                    "Hidden layers: 128, 256. While you type, the parameters of each layer are "
                    "counted: 784 × 128 weights + 128 biases."
                ),
                TRAIN,
            ),
            (
                self.tr("Cross-entropy, or log-softmax and negative log-likelihood"),
                self.tr("Loss: the network’s last step follows what you choose."),
                TRAIN,
            ),
            (
                self.tr("Adam, learning rate 0.001, batches of 64, 10 epochs"),
                self.tr("The preset Article. Press Start."),
                TRAIN,
            ),
            (
                self.tr("Forward, loss, backward, step, zero grad"),
                self.tr("Tick Slow motion, and press One batch: each part, with its numbers."),
                TRAIN,
            ),
            (
                self.tr("Losses and accuracies of all batches, the mean every 2 epochs"),
                self.tr("The curves show every batch; the log says each second epoch."),
                TRAIN,
            ),
            (
                self.tr("MPS, else CPU"),
                self.tr("Device: automatic takes CUDA, else MPS, else the CPU."),
                TRAIN,
            ),
            (
                self.tr("Early stopping by a threshold"),
                self.tr("Patience and improvement; the best epoch’s weights are kept."),
                TRAIN,
            ),
            (
                self.tr("How well it reads what it has not seen"),
                self.tr("The confusion matrix, and every misread picture."),
                EVALUATE,
            ),
            (
                self.tr("And your own hand?"),
                self.tr("Draw a digit or a number, and see how sure it is."),
                DRAW,
            ),
        ]
