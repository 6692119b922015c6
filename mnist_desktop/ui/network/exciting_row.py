"""The training pictures that excite a neuron most, side by side."""

from __future__ import annotations

from PySide6.QtCore import Slot

from mnist_desktop.ui.session.neuron_focus import EXCITING
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.specimen import Place, Specimen
from mnist_desktop.ui.widgets.picture_grid import PictureStrip
from mnist_desktop.ui.widgets.picture_menu import PictureMenu


class ExcitingRow(PictureStrip):
    """Each with what it is."""

    def __init__(self, session: Session) -> None:
        super().__init__(EXCITING)
        self._focus = session.lab.focus
        self._gallery = session.gallery
        # Ctrl+Z takes back what was changed of the network.
        PictureMenu(self, session, self._specimen, enlarges_at_click=True, has_label_keys=False)
        session.labels.changed.connect(self._name)

    def show_exciting(self) -> None:
        """Show those of the neuron that is looked at; none while they are not known."""
        pictures = [self._gallery.specimen(place).picture for place in self._places]
        self.show_pictures(pictures, self._texts)

    @property
    def _places(self) -> list[Place]:
        found = self._focus.exciting
        return [] if found is None else [Place("train", index) for index in found.tolist()]

    @property
    def _texts(self) -> list[str]:
        return [self._gallery.caption(place) for place in self._places]

    @Slot()
    def _name(self) -> None:
        if len(self.pictures):
            self.show_captions(self._texts)

    def _specimen(self, row: int) -> Specimen | None:
        places = self._places
        return self._gallery.specimen(places[row]) if row < len(places) else None
