"""What can be done with a picture that is looked at, wherever that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from mnist_desktop.ink.photo.mnist_picture import MnistPicture
from mnist_desktop.ink.photo.parts import Page
from mnist_desktop.ui.session.data.specimen import Place, Specimen
from mnist_desktop.ui.session.evaluate.evaluation import Result

if TYPE_CHECKING:
    from mnist_desktop.ui.session.session import Session


class Specimens(QObject):
    """Takes pictures to where something is done with them.

    Signals:
        put_on_canvas(): one was put there.
        data_wanted(): the gallery looks at one that is to be seen among the others.
    """

    put_on_canvas = Signal()
    data_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._gallery = session.gallery

    def of_result(self, result: Result, index: int) -> Specimen:
        """A picture that was evaluated; where it is in the data set, with its place there."""
        if isinstance(result.target, str) and self._gallery.has(result.target, result.pictures):
            return self._gallery.specimen(Place(result.target, index))
        return Specimen(result.pictures[index], result.name_of(str(result.truth[index])))

    def probabilities(self, specimen: Specimen) -> NDArray[np.float32] | None:
        """(10,) of the model that reads; None where there is none, or it is no single digit."""
        current = self._session.shelf.current
        if current is None or not specimen.is_single:
            return None
        drawings, pictures = [specimen.drawing], specimen.picture[None]
        found: NDArray[np.float32] = current.recognizer.probabilities_of(drawings, pictures)[0]
        return found

    def to_canvas(self, specimen: Specimen) -> None:
        """Have it read on the canvas, its strokes where they are known; else pixel for pixel."""
        self._session.drawings.close()
        if specimen.drawing is not None:
            self._session.sketch.show(specimen.drawing.fitted())
        else:
            ink = specimen.picture
            nothing_aside = np.zeros(ink.shape, dtype=np.bool_)
            self._session.sketch.show(Page(255 - ink, (MnistPicture(ink),), nothing_aside))
        self.put_on_canvas.emit()

    def explain(self, specimen: Specimen) -> None:
        """Put it on the canvas, and have it told there why it is read as it is."""
        self.to_canvas(specimen)
        self._session.preferences.set("explain", True)

    def show_in_data(self, place: Place) -> None:
        """Have it seen among the others of its split."""
        self._gallery.look_at(place)
        self.data_wanted.emit()
