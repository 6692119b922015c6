"""A few training pictures, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from PySide6.QtCore import Slot

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.ui.look.fonts import tabular
from mnist_desktop.ui.session.data.specimen import Place, Specimen
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.picture_grid import PictureStrip
from mnist_desktop.ui.widgets.picture_menu import PictureMenu


class TrainingStrip(PictureStrip):
    """Each with what it is said to be, and what else there is to say of it.

    Where another data set has been opened since, they are still seen, but nothing opens.
    """

    def __init__(self, session: Session, count: int) -> None:
        super().__init__(count)
        self.setFont(tabular(self.font()))
        self._session = session
        self._splits: Splits | None = None
        self._indices: Sequence[int] = ()
        self._notes: Sequence[str] = ()
        # A digit that is typed here, and Ctrl+Z, are about what the strip stands beside.
        PictureMenu(self, session, self._specimen, enlarges_at_click=True, has_label_keys=False)
        session.labels.changed.connect(self._name)

    def show_training(
        self, indices: Sequence[int], notes: Sequence[str] = (), empty: str = ""
    ) -> None:
        """Show those of these indices in the training split, or say why there are none.

        Args:
            notes: of each, behind what it is said to be.
        """
        self._splits, self._indices, self._notes = self._session.splits, indices, notes
        found = [self._session.gallery.specimen(place) for place in self._places]
        self.show_pictures([one.picture for one in found], self._texts, empty)
        self.setAccessibleDescription(empty or ", ".join(one.label for one in found))

    @property
    def _places(self) -> list[Place]:
        # The gallery hears of another data set later than some of those who ask for names.
        splits, gallery = self._splits, self._session.gallery
        is_there = splits is not None and gallery.has("train", splits.train.pictures)
        return [Place("train", index) for index in self._indices] if is_there else []

    @property
    def _texts(self) -> list[str]:
        found = map(self._session.gallery.specimen, self._places)
        pairs = zip(found, self._notes or repeat(""), strict=False)
        return [f"{one.label}{one.mark}{note}" for one, note in pairs]

    @Slot()
    def _name(self) -> None:
        if texts := self._texts:
            self.show_captions(texts)

    def _specimen(self, row: int) -> Specimen | None:
        places = self._places
        return self._session.gallery.specimen(places[row]) if row < len(places) else None
