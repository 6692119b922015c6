"""The network that reads, laid open: what it makes of the drawing, and what becomes of it when a
person changes it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.records import Score
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.network.neuron_focus import NeuronFocus
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.models.editing import Edits, Neuron
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.learning.train.inspection import Inspection
    from mnist_desktop.ui.session.session import Session

REST_MILLISECONDS = 300
"""So long after the last change what takes longer begins."""

FRAME_MILLISECONDS = 33


class NetworkLab(QObject):
    """A copy of the network that reads, which can be changed and changed back.

    Once something is changed it stays with that model, whichever reads by then.

    Attributes:
        entry: the model it is a copy of; None until there is one.
        recognizer: the copy, changed.
        picture: (28, 28) uint8, the digit that is looked at; empty where there is none.
        support: (10,) float32, what is added to its scores for the way the pen went; None where
            nothing is known of that.
        outputs: what each layer makes of it, (neurons,) each; of the last one, the scores.
        focus: the neuron that is looked at.
        accuracies: of the validation pictures, unchanged and changed; None where not known.
        inspection: histograms of its weights, and its first layer; None while not known.

    Signals:
        opened(): somebody wants to see it.
        changed(): another drawing, network or change; ``outputs`` are others.
        measured(): ``accuracies`` or ``inspection`` are others.
    """

    opened = Signal()
    changed = Signal()
    measured = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.entry: Entry | None = None
        self.recognizer: Recognizer | None = None
        self.picture = np.zeros((SIDE, SIDE), dtype=np.uint8)
        self.support: NDArray[np.float32] | None = None
        self.outputs: list[NDArray[np.float32]] = []
        self.focus = NeuronFocus(session)
        self.accuracies: tuple[Score | None, Score | None] = (None, None)
        self.inspection: Inspection | None = None
        self._is_open = False
        self._past: list[tuple[Edits, object]] = []
        self._base: Recognizer | None = None
        self._session = session
        self._measuring, self._inspecting = Latest(session.jobs), Latest(session.jobs)
        self._soon = QTimer(self, singleShot=True, interval=FRAME_MILLISECONDS)
        self._soon.timeout.connect(self._show)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._measure)
        session.reader.changed.connect(self._begin)
        session.reader.focus_changed.connect(self._begin)
        session.shelf.current_changed.connect(self._on_model)
        session.data_set.changed.connect(self._on_data)

    @property
    def edits(self) -> Edits:
        """All that is changed."""
        from mnist_desktop.learning.models.editing import Edits

        return self._past[-1][0] if self._past else Edits()

    @property
    def is_changed(self) -> bool:
        """Whether something is changed that no model keeps."""
        return bool(self._past and self._past[-1][0].count)

    @property
    def temperature(self) -> float:
        """What the scores are divided by before their softmax."""
        return 1.0 if self.recognizer is None else self.recognizer.model.temperature

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """(10,): what the scores come to."""
        scores = np.nan_to_num(self.outputs[-1].astype(float)) / self.temperature
        if self.support is not None:
            scores += self.support
        exponentials = np.exp(scores - scores.max())
        shares: NDArray[np.float64] = exponentials / exponentials.sum()
        return shares

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def kept_name(self) -> str:
        """What the changed network is called when it is kept."""
        name = self.entry.name if self.entry is not None else ""
        return self.tr("{name}, changed").format(name=name)

    def open(self) -> None:
        """Show it, and follow the drawing from now on."""
        self._is_open = True
        self._rest.start()
        self._show()
        self.opened.emit()

    def close(self) -> None:
        """Follow the drawing no more. What was changed stays."""
        self._is_open = False
        self._soon.stop()
        self._rest.stop()
        for work in (self._measuring, self._inspecting, self.focus):
            work.cancel()

    def change(self, edits: Edits, what: object) -> None:
        """Change it like this.

        Args:
            what: that is being changed; as long as it is the same, it is one step to undo.
        """
        if edits == self.edits:
            return
        if self._past and self._past[-1][1] == what:
            self._past.pop()
        if edits.count or self._past:
            self._past.append((edits, what))
        self._apply()

    def undo(self) -> None:
        """Take the last change back."""
        if self._past:
            self._past.pop()
            self._apply()

    def look_at(self, neuron: Neuron | None) -> None:
        """Look at one neuron."""
        if neuron != self.focus.neuron and self.recognizer is not None:
            self.focus.look_at(neuron, self.recognizer.network)

    def keep(self) -> Entry | None:
        """Put the changed network on the shelf, as a new model that reads from now on."""
        if self.recognizer is None:
            return None
        kept = Entry(self.kept_name, self.recognizer)
        self._past = []
        self._session.shelf.add(kept)
        self._session.shelf.read_with(kept)
        self._show()
        return kept

    @Slot()
    def _begin(self) -> None:
        if self._is_open and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _on_model(self) -> None:
        """Another one reads, or the same has been trained further, or is trained no more."""
        self._begin()
        if self._is_open and self.accuracies[0] is None:
            self._rest.start()

    @Slot()
    def _on_data(self) -> None:
        for work in (self._measuring, self._inspecting):
            work.cancel()  # of the data set as it was
        self.focus.forget()
        self.accuracies, self.inspection = (None, None), None
        if self._is_open:
            self._rest.start()

    @Slot()
    def _show(self) -> None:
        """The digit that is looked at, in the model that reads, or in the one that was changed."""
        current = self._session.shelf.current
        is_gone = self.entry is not None and self.entry not in self._session.shelf.entries
        is_free = current is not None and (not self._past or is_gone)
        if current is not None and is_free and current.recognizer is not self._base:
            self.entry, self._base = current, current.recognizer
            self._past, self.accuracies = [], (None, None)
            self._apply()
            return
        digit = self._session.reader.focused_digit
        self.picture = np.zeros((SIDE, SIDE), np.uint8) if digit is None else digit.picture
        # What is known of the writer is the model's that has read, which may be another one.
        is_own = self._session.reader.timeline.recognizer is self._base
        self.support = digit.support if digit is not None and is_own else None
        self._forward()

    def _apply(self) -> None:
        """Make the network anew from the unchanged one."""
        from mnist_desktop.learning.models.editing import edited
        from mnist_desktop.learning.read.recognizer import Recognizer

        base = self._base
        if base is None:
            return
        edits = self.edits
        self.recognizer = Recognizer(edited(base.model, edits)) if edits.count else base
        sizes = base.model.network.layers
        if self.focus.neuron is not None:
            layer, number = self.focus.neuron
            if layer >= len(sizes) or number >= sizes[layer].outputs:
                self.look_at(None)
        self.accuracies = (self.accuracies[0], None if edits.count else self.accuracies[0])
        self.inspection = None
        for work in (self._measuring, self._inspecting):
            work.cancel()  # of the network as it was
        self._rest.start()
        self._show()
        self.measured.emit()

    def _forward(self) -> None:
        import torch

        from mnist_desktop.learning.models.network import to_input

        if self.recognizer is not None:
            with torch.inference_mode():
                ink = to_input(torch.from_numpy(self.picture)[None])
                *hidden, last = self.recognizer.network.outputs(ink)
            self.outputs = [output.values[0].numpy() for output in hidden]
            self.outputs.append(last.sums[0].numpy())
        self.changed.emit()

    @Slot()
    def _measure(self) -> None:
        """How many validation pictures are read rightly, and how large the weights are."""
        splits, base, recognizer = self._session.data_set.splits, self._base, self.recognizer
        if splits is None or base is None or recognizer is None:
            return
        if self.entry is not None and self.entry.is_training:
            return  # it is another one with every epoch, and the training needs the time
        self.focus.look_at(self.focus.neuron, recognizer.network)
        # The official test set is for the end: nothing is to be chosen by it.
        split, known = splits.validation, self.accuracies[0]
        self._measuring.begin(
            self.tr("Testing the changed network"),
            partial(_accuracies, base, recognizer, split, known),
            self._on_measured,
        )
        self._inspecting.begin(
            self.tr("Looking into the network"),
            partial(_inspect, recognizer, split),
            self._on_inspected,
        )

    def _on_measured(self, accuracies: tuple[Score, Score]) -> None:
        self.accuracies = accuracies
        self.measured.emit()

    def _on_inspected(self, inspection: Inspection) -> None:
        self.inspection = inspection
        self.measured.emit()


def _accuracies(
    base: Recognizer, recognizer: Recognizer, split: Split, known: Score | None, progress: Progress
) -> tuple[Score, Score]:
    """Unchanged, where that is not known yet, and changed."""
    from mnist_desktop.learning.evaluate.evaluation import predict

    first = known or predict(base.network, split, progress).score
    if recognizer is base:
        return first, first
    return first, predict(recognizer.network, split, progress).score


def _inspect(recognizer: Recognizer, split: Split, _progress: Progress) -> Inspection:
    from mnist_desktop.learning.train.inspection import inspect_at_rest

    return inspect_at_rest(recognizer.network, split)
