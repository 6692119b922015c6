"""Finds the training pictures that the model that reads takes for most alike."""

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
    from mnist_desktop.learning.explain.neighbours import NeighbourIndex, Neighbours
    from mnist_desktop.learning.models.network import MLP
    from mnist_desktop.ui.session.session import Session

NEIGHBOURS = 6


class NeighbourSearch(QObject):
    """Has an index of one model and one data set, made in the background when it is first wanted.

    Signals:
        ready(): there is an index.
    """

    ready = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._work = Latest(session.jobs)
        self._index: NeighbourIndex | None = None
        self._indexed: tuple[MLP, Split] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an index is being made."""
        return self._work.is_busy

    def cancel(self) -> None:
        """Make no more of an index that is not ready."""
        self._work.cancel()

    def nearest(self, network: MLP, picture: NDArray[np.uint8]) -> Neighbours | None:
        """Those of (28, 28) uint8; None while that is not known."""
        if self._index is None or self._indexed != self._worth_it(network):
            return None
        return self._index.nearest(picture, NEIGHBOURS)

    def prepare(self, network: MLP) -> None:
        """Make the index of this network, where it is worth the seconds that this takes."""
        wanted = self._worth_it(network)
        is_there = self._index is not None or self.is_busy  # else somebody has cancelled it
        if wanted is None or (wanted == self._indexed and is_there):
            return
        self._indexed, self._index = wanted, None
        self._work.begin(
            self.tr("Comparing the training pictures"),
            partial(_index, *wanted),
            self._on_made,
        )

    def _worth_it(self, network: MLP) -> tuple[MLP, Split] | None:
        """Not of a network that is about to change, nor of an epoch that one passes by."""
        entry, splits = self._session.shelf.current, self._session.data_set.splits
        if entry is None or entry.is_training or splits is None:
            return None
        return (network, splits.train) if network is entry.recognizer.network else None

    def _on_made(self, index: NeighbourIndex) -> None:
        self._index = index
        self.ready.emit()


def _index(network: MLP, split: Split, progress: Progress) -> NeighbourIndex:
    from mnist_desktop.learning.explain.neighbours import NeighbourIndex

    return NeighbourIndex(network, split, progress)
