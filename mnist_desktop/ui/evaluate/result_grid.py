"""Pictures that were evaluated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot

from mnist_desktop.ui.session.data.specimen import Specimen
from mnist_desktop.ui.session.evaluate.evaluation import Result
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_menu import PictureMenu

MOST_PICTURES = 2000
"""Nobody looks at more."""

Caption = Callable[[str, Sequence[str]], str]
"""From what a picture is said to be, and what each model has read, to the text below it."""


class ResultGrid(PictureGrid):
    """Each with what it is said to be by now, and what it was read as.

    Args:
        name: for checks.
        caption: puts both together.
    """

    def __init__(self, session: Session, name: str, caption: Caption) -> None:
        super().__init__()
        named(self, name)
        self._specimens = session.specimens
        self._caption = caption
        self._results: Sequence[Result] = ()
        self._indices: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        PictureMenu(self, session, self._specimen, enlarges_at_click=True)
        session.labels.changed.connect(self._name)

    def show_results(self, results: Sequence[Result], indices: NDArray[np.int64]) -> None:
        """Show those of these indices, of what one or several models have read."""
        self._results, self._indices = results, indices[:MOST_PICTURES]
        pictures = [results[0].pictures[index] for index in self._indices]
        self.show_pictures(pictures, self._texts, self.tr("None."))

    @property
    def _texts(self) -> list[str]:
        texts = []
        for index in self._indices.tolist():
            specimen = self._specimens.of_result(self._results[0], index)
            read = [result.name_of(result.read[index]) or "–" for result in self._results]
            texts.append(f"{self._caption(specimen.label, read)}{specimen.mark}")
        return texts

    @Slot()
    def _name(self) -> None:
        if len(self.pictures):
            self.show_captions(self._texts)

    def _specimen(self, row: int) -> Specimen | None:
        if row >= len(self._indices):
            return None
        return self._specimens.of_result(self._results[0], int(self._indices[row]))
