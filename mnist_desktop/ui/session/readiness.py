"""What can be done before somebody presses Learn, so that nobody waits for it then."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mnist_desktop.library.database import Library
from mnist_desktop.ui.session.hand import get_ready
from mnist_desktop.ui.session.work import Jobs, Latest, ignore

if TYPE_CHECKING:
    from mnist_desktop.learning.model import Model
    from mnist_desktop.learning.preparation import Prepared


class Readiness(QObject):
    """Holds what was prepared for one model.

    Attributes:
        prepared: what there is; None while there is nothing.
    """

    def __init__(self, library: Library, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.prepared: Prepared | None = None
        self._library = library
        self._preparing = Latest(jobs)
        self._wanted: Model | int | None = None

    def begin(self, base: Model | int) -> None:
        """Prepare for a model, or that of a lesson, in the background, unless that is done."""
        is_there = self.prepared is not None and self.prepared.model == base
        if is_there or (self._preparing.is_busy and self._wanted == base):
            return
        self._wanted = base
        # A fault is told when somebody wants to learn.
        self._preparing.begin(
            self.tr("Getting ready to learn"),
            partial(get_ready, self._library, base),
            self.keep,
            ignore,
        )

    def take(self, base: Model | int) -> Prepared | None:
        """What is prepared for this one; what is still on its way is called off."""
        self._preparing.cancel()
        is_there = self.prepared is not None and self.prepared.model == base
        return self.prepared if is_there else None

    def keep(self, prepared: Prepared) -> None:
        """Have this instead of what there was."""
        self.prepared = prepared

    def base_of(self, taught: Model) -> Model | None:
        """The untaught model of one that was taught, if it is the one that is prepared for."""
        lessons, prepared = taught.lessons, self.prepared
        if prepared is None or not lessons or lessons[-1].base != prepared.model.sha256:
            return None
        return prepared.model
