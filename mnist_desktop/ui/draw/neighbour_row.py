"""The training pictures most alike, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from mnist_desktop.ui.look.fonts import tabular
from mnist_desktop.ui.session.neighbour_search import NEIGHBOURS
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.specimen import Place, Specimen
from mnist_desktop.ui.widgets.picture_grid import PictureStrip
from mnist_desktop.ui.widgets.picture_menu import PictureMenu

if TYPE_CHECKING:
    from mnist_desktop.learning.neighbours import Neighbours


class NeighbourRow(PictureStrip):
    """Each with what it is, and how far away; or, where there are none, why."""

    def __init__(self, session: Session) -> None:
        super().__init__(NEIGHBOURS)
        self.setFont(tabular(self.font()))
        self._explanation = session.explanation
        self._neighbours: Neighbours | None = None
        self._gallery = session.gallery
        # A digit that is typed here, and Ctrl+Z, are about the drawing.
        PictureMenu(self, session, self._specimen, enlarges_at_click=True, has_label_keys=False)
        session.labels.changed.connect(self._name)

    def show_neighbours(self, neighbours: Neighbours | None, hint: str = "") -> None:
        """Show those that the explanation has found, or the hint."""
        self._neighbours = neighbours
        self.show_pictures(() if neighbours is None else neighbours.pictures, self._texts, hint)
        self.setAccessibleDescription(
            hint if neighbours is None else ", ".join(map(str, neighbours.labels))
        )

    @property
    def _places(self) -> list[Place]:
        """None, too, where another data set has been opened since they were found."""
        found = self._neighbours
        if found is None or found is not self._explanation.neighbours:
            return []
        return [Place("train", index) for index in found.indices.tolist()]

    @property
    def _texts(self) -> list[str]:
        distances = [] if self._neighbours is None else self._neighbours.distances.tolist()
        return [
            f"{self._gallery.caption(place)} · {distance:.1f}"
            for place, distance in zip(self._places, distances, strict=False)
        ]

    @Slot()
    def _name(self) -> None:
        if texts := self._texts:
            self.show_captions(texts)

    def _specimen(self, row: int) -> Specimen | None:
        places = self._places
        return self._gallery.specimen(places[row]) if row < len(places) else None
