"""The map of what a layer of the model that reads makes of pictures, and of the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.data.specimen import Place
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.explain.embedding import Map, Method
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.ui.session.session import Session

MOST_PICTURES = 3000
"""More lie on top of each other, and t-SNE takes longer."""

SEED = 0
ACTIVATIONS_SHARE = 0.05
"""Of the time that t-SNE takes, what making the layer's values takes."""


@dataclass(frozen=True, eq=False)
class ShownMap:
    """A map.

    Attributes:
        map: the points.
        recognizer, split, layer, method: what they are made of, and how.
        indices: (n,) of the pictures in the validation split.
        labels: (n,) uint8, their classes.
    """

    map: Map
    recognizer: Recognizer
    split: Split
    layer: int
    method: Method
    indices: NDArray[np.int64]
    labels: NDArray[np.uint8]


class LayerMap(QObject):
    """One map at a time; the latest wish wins.

    It is of pictures of the validation split, which no network was trained on.

    Attributes:
        layer: 0 is the input; then those of the network. The last one there is, where it has fewer.
        method: "pca" or "tsne".
        shown: the map; None before the first, and while there is no model or data set.

    Signals:
        changed(): there is another map, or none any more.
        moved(): the drawing's point is somewhere else.
        outdated(): the map is of another model or data set; whoever looks at it asks again.
    """

    changed = Signal()
    moved = Signal()
    outdated = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.layer = 1
        self.method: Method = "pca"
        self.shown: ShownMap | None = None
        self._data_set = session.data_set
        self._shelf = session.shelf
        self._reader = session.reader
        self._making = Latest(session.jobs)
        self._underway: tuple[object, ...] = ()
        self._data_set.changed.connect(self._on_other_data)
        self._shelf.current_changed.connect(self.outdated)
        self._reader.changed.connect(self.moved)
        self._reader.focus_changed.connect(self.moved)

    @property
    def is_busy(self) -> bool:
        """Whether a map is being made."""
        return self._making.is_busy

    @property
    def sizes(self) -> list[int]:
        """How many values each layer of the model that reads has, the input first."""
        current = self._shelf.current
        if current is None:
            return []
        layers = current.model.network.layers
        return [layers[0].inputs, *(layer.outputs for layer in layers)]

    @property
    def is_up_to_date(self) -> bool:
        """Whether the map is the one that is asked for, of the model that reads."""
        shown = self.shown
        return shown is not None and self._wanted() == (
            shown.recognizer,
            shown.split,
            shown.layer,
            shown.method,
        )

    @property
    def obstacle(self) -> str:
        """Why there can be no such map, and what to do about it; "" where there can."""
        if self.method == "pca":
            return ""
        from mnist_desktop.learning.explain.embedding import NO_TSNE, has_tsne

        return "" if has_tsne() else translated("core", NO_TSNE)

    def show(self, layer: int, method: Method) -> None:
        """Make a map, unless it is the one that is there or on its way."""
        self.layer, self.method = layer, method
        wanted = self._wanted()
        if wanted is None or self.obstacle or self.is_up_to_date:
            self._making.cancel()
        elif not self.is_busy or wanted != self._underway:
            self._underway = wanted
            self._making.begin(self.tr("Making the map"), partial(_make, *wanted), self._on_made)
        self.changed.emit()

    def cancel(self) -> None:
        """Make no map after all."""
        self._making.cancel()
        self.changed.emit()

    def _wanted(self) -> tuple[Recognizer, Split, int, Method] | None:
        current, splits = self._shelf.current, self._data_set.splits
        if current is None or splits is None:
            return None
        layer = min(self.layer, len(current.model.network.layers))
        return current.recognizer, splits.validation, layer, self.method

    @property
    def drawing(self) -> NDArray[np.float32] | None:
        """(2,) where the digit that is looked at on the canvas lies; None where there is none."""
        shown, digit = self.shown, self._reader.focused_digit
        if shown is None or digit is None:
            return None
        from mnist_desktop.learning.explain.embedding import activations

        values = activations(shown.recognizer.network, shown.layer, digit.picture[None])
        place: NDArray[np.float32] = shown.map.project(values)[0]
        return place

    def place(self, point: int) -> Place:
        """Where in the data set the picture of a point is."""
        assert self.shown is not None
        return Place("validation", int(self.shown.indices[point]))

    def _on_made(self, shown: ShownMap) -> None:
        self.shown = shown
        self.changed.emit()
        self.moved.emit()

    @Slot()
    def _on_other_data(self) -> None:
        self._making.cancel()
        self.shown = None
        self.changed.emit()
        self.outdated.emit()


def _make(
    recognizer: Recognizer, split: Split, layer: int, method: Method, progress: Progress
) -> ShownMap:
    from mnist_desktop.learning.explain.embedding import activations, make_map

    count = min(len(split), MOST_PICTURES)
    # Not the first ones: a file may be sorted by class.
    indices = np.sort(np.random.default_rng(SEED).permutation(len(split))[:count])
    values = activations(
        recognizer.network,
        layer,
        split.pictures[indices],
        lambda done: progress(ACTIVATIONS_SHARE * done),
    )
    made = make_map(
        values,
        method,
        lambda done: progress(ACTIVATIONS_SHARE + (1 - ACTIVATIONS_SHARE) * done),
    )
    return ShownMap(made, recognizer, split, layer, method, indices, split.labels[indices])
