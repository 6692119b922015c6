"""All pictures of the data set, and those of them that a filter lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.learning.data.splits import Pictures, Split, Splits
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.data.data_set import class_names
from mnist_desktop.ui.session.data.specimen import CORRECTED, SPLITS, Place, Specimen
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.ui.session.session import Session

MOST_KEPT = 4
"""Models of which it is remembered what they read in the data set."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class GalleryFilter:
    """What is shown.

    Attributes:
        split: one of ``SPLITS``; None for all, one behind the other.
        label: a class, 0 to 9, as it is corrected; None for all.
        is_wrong: only what the model that reads reads wrongly.
        is_corrected: only what a person has put right.
    """

    split: str | None = "train"
    label: int | None = None
    is_wrong: bool = False
    is_corrected: bool = False


class Gallery(QObject):
    """Numbers below are of all pictures, those of one split behind those of the one before.

    Attributes:
        filter: what is asked for.
        numbers: (n,) of those that it lets through, ascending.
        chosen: of the one that is looked at.
        read: (all,) what each is read as, by the model that reads; None while that is not known.
        is_reading: whether it is being found out what is read wrongly.

    Signals:
        changed(): others are shown, or they are said to be something else.
        outdated(): what is shown may be another by now; whoever looks at it asks again.
    """

    changed = Signal()
    outdated = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.filter = GalleryFilter()
        self.numbers: Numbers = np.empty(0, dtype=np.int64)
        self.chosen = 0
        self._data_set = session.data_set
        self._shelf = session.shelf
        self._labels = session.labels
        self._reading = Latest(session.jobs)
        self._reads_with: Recognizer | None = None
        self._known: dict[Recognizer, NDArray[np.uint8]] = {}
        self._parts: list[Split] = []
        self._starts: Numbers = np.zeros(1, dtype=np.int64)
        self._own_labels = self._meant = np.empty(0, dtype=np.uint8)
        self._data_set.changed.connect(self._on_other_data)
        self._labels.changed.connect(self._on_labels_changed)
        self._shelf.current_changed.connect(self.outdated)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the classes."""
        return class_names(self._data_set.splits)

    @property
    def read(self) -> NDArray[np.uint8] | None:
        current = self._shelf.current
        return None if current is None else self._known.get(current.recognizer)

    @property
    def is_reading(self) -> bool:
        return self.filter.is_wrong and self.read is None and self._reading.is_busy

    @property
    def range(self) -> range:
        """The numbers of all pictures of the split, or the splits, that are asked for."""
        if self.filter.split is None or not self._parts:
            return range(int(self._starts[-1]))
        part = SPLITS.index(self.filter.split)
        return range(int(self._starts[part]), int(self._starts[part + 1]))

    @property
    def pictures(self) -> GalleryPictures:
        """Those that are shown, gathered one by one."""
        return GalleryPictures(self._parts, self._starts, self.numbers)

    @property
    def captions(self) -> list[str]:
        """What those that are shown are said to be, and read as where that is known and differs."""
        meant, own = self._meant[self.numbers], self._own_labels[self.numbers]
        read = meant if self.read is None else self.read[self.numbers]
        # Looked up, since to put 70,000 texts together takes as long as a person notices.
        names = [*self.names, "–"]
        texts = [
            f"{name if one == other else f'{name} → {names[other]}'}{mark}"
            for one, name in enumerate(names)
            for other in range(len(names))
            for mark in ("", CORRECTED)
        ]
        count, most = len(names), len(self.names)
        places = count * np.minimum(meant, most).astype(np.int64) + np.minimum(read, most)
        captions: list[str] = np.array(texts, dtype=object)[2 * places + (meant != own)].tolist()
        return captions

    def show(self, wanted: GalleryFilter) -> None:
        """Let others through; where it must be read first, when that is done."""
        self.filter = wanted
        self._labels.read()
        current = self._shelf.current
        if not wanted.is_wrong or self.read is not None:
            self._reading.cancel()
        elif current is not None and self._parts:
            self._read_all(current.recognizer)
        self._choose()

    def place(self, number: int) -> Place:
        """Where a picture is."""
        part = int(np.searchsorted(self._starts, number, side="right")) - 1
        return Place(SPLITS[part], int(number - self._starts[part]))

    def number(self, place: Place) -> int:
        """Of a picture."""
        return int(self._starts[SPLITS.index(place.split)]) + place.index

    def row(self, number: int) -> int | None:
        """Where a picture is among those that are shown; None where it is not."""
        row = int(np.searchsorted(self.numbers, number))
        return row if row < len(self.numbers) and self.numbers[row] == number else None

    def specimen(self, place: Place) -> Specimen:
        """A picture of the data set, shown or not."""
        self._labels.read()
        number = self.number(place)
        picture = self._parts[SPLITS.index(place.split)].pictures[place.index]
        label, own = self._name(self._meant[number]), self._name(self._own_labels[number])
        return Specimen(picture, label, own if own != label else "", place)

    def has(self, name: str, pictures: Pictures) -> bool:
        """Whether these are all pictures of the split of that name, as it is now."""
        parts = dict(zip(SPLITS, self._parts, strict=False))
        return name in parts and parts[name].pictures is pictures

    def look_at(self, place: Place) -> None:
        """Show a picture among all of its split."""
        self.chosen = self.number(place)
        self.show(GalleryFilter(place.split))

    def _name(self, label: np.uint8) -> str:
        return self.names[label] if label < len(self.names) else "–"

    def _read_all(self, recognizer: Recognizer) -> None:
        if self._reading.is_busy and self._reads_with is recognizer:
            return
        self._reads_with = recognizer
        parts = self._parts

        def work(progress: Progress) -> NDArray[np.uint8]:
            from mnist_desktop.learning.evaluate.evaluation import predict

            total = sum(map(len, parts))
            found: list[NDArray[np.uint8]] = []

            def report(done: float) -> None:
                progress((sum(map(len, found)) + done * len(parts[len(found)])) / total)

            for part in parts:
                found.append(predict(recognizer.network, part, report).digits.astype(np.uint8))
            return np.concatenate(found)

        def on_read(found: NDArray[np.uint8]) -> None:
            self._known[recognizer] = found
            while len(self._known) > MOST_KEPT:
                del self._known[next(iter(self._known))]
            self._choose()

        title = self.tr("Reading all pictures with {name}")
        name = self._shelf.current.name if self._shelf.current else ""
        self._reading.begin(title.format(name=name), work, on_read)

    def _choose(self) -> None:
        wanted, all_of_it = self.filter, self.range
        chosen = slice(all_of_it.start, all_of_it.stop)
        meant = self._meant[chosen]
        kept = np.ones(len(meant), dtype=np.bool_)
        if wanted.label is not None:
            kept &= meant == wanted.label
        if wanted.is_corrected:
            kept &= meant != self._own_labels[chosen]
        if wanted.is_wrong:
            kept &= np.bool_(False) if self.read is None else self.read[chosen] != meant
        numbers = np.flatnonzero(kept) + all_of_it.start
        if not np.array_equal(numbers, self.numbers):
            self.numbers = numbers  # another object tells whoever shows them that they are others
        self.changed.emit()

    @Slot()
    def _on_other_data(self) -> None:
        splits: Splits | None = self._data_set.splits
        self._reading.cancel()
        self._known.clear()
        self._parts = [] if splits is None else [getattr(splits, name) for name in SPLITS]
        self._starts = np.cumsum([0, *map(len, self._parts)])
        labels = [part.labels for part in self._parts]
        self._own_labels = np.concatenate(labels) if labels else np.empty(0, dtype=np.uint8)
        self._put_labels_in()
        self.numbers = np.empty(0, dtype=np.int64)
        self.chosen = 0
        self.outdated.emit()

    @Slot()
    def _on_labels_changed(self) -> None:
        """Those that are shown stay, as long as nobody asks anew: so none jumps from one's eyes."""
        self._put_labels_in()
        self.changed.emit()

    def _put_labels_in(self) -> None:
        self._meant = self._own_labels.copy()
        for split, labels in self._labels.corrected.items():
            start = self._starts[SPLITS.index(split)]
            for index, label in labels.items():
                if start + index < len(self._meant):
                    self._meant[start + index] = label


class GalleryPictures(Sequence[NDArray[np.uint8]]):
    """Some pictures of a data set, none of which is copied before it is asked for."""

    def __init__(self, parts: Sequence[Split], starts: Numbers, numbers: Numbers) -> None:
        self._parts = parts
        self._starts = starts
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> NDArray[np.uint8]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[NDArray[np.uint8]]: ...

    def __getitem__(self, place: int | slice) -> NDArray[np.uint8] | Sequence[NDArray[np.uint8]]:
        if isinstance(place, slice):
            return GalleryPictures(self._parts, self._starts, self._numbers[place])
        number = self._numbers[place]
        part = int(np.searchsorted(self._starts, number, side="right")) - 1
        picture: NDArray[np.uint8] = self._parts[part].pictures[number - self._starts[part]]
        return picture
