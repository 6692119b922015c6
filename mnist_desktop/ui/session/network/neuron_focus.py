"""The neuron that is looked at, and the pictures that excite it most."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.models.editing import Neuron
    from mnist_desktop.learning.models.network import MLP
    from mnist_desktop.ui.session.session import Session

EXCITING = 6
"""So many pictures."""

LOOKED_THROUGH = 10_000
"""Training pictures in which they are looked for."""


class NeuronFocus(QObject):
    """One neuron at a time.

    Attributes:
        neuron: None where none is looked at.
        exciting: (k,) the indices of the training pictures that excite it most; None while not
            known.

    Signals:
        changed(): another one is looked at, or more is known of it.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.neuron: Neuron | None = None
        self.exciting: NDArray[np.int64] | None = None
        self._data_set = session.data_set
        self._work = Latest(session.jobs)

    def look_at(self, neuron: Neuron | None, network: MLP) -> None:
        """Look at another neuron, or at none; or anew at the same one, which has changed."""
        if neuron != self.neuron:
            self.neuron, self.exciting = neuron, None
            self.changed.emit()
        splits = self._data_set.splits
        if neuron is not None and splits is not None:
            self._work.begin(
                self.tr("Looking through the training pictures"),
                partial(_find, network, neuron, splits.train.first(LOOKED_THROUGH)),
                self._on_found,
            )

    def cancel(self) -> None:
        """Look for no more pictures."""
        self._work.cancel()

    def forget(self) -> None:
        """Know of no pictures any more: there are others."""
        self.cancel()
        self.exciting = None
        self.changed.emit()

    def _on_found(self, indices: NDArray[np.int64]) -> None:
        self.exciting = indices
        self.changed.emit()


def _find(network: MLP, neuron: Neuron, split: Split, progress: Progress) -> NDArray[np.int64]:
    from mnist_desktop.learning.explain.neighbours import most_exciting

    return most_exciting(network, neuron, split, EXCITING, progress)
