"""Undo and redo. Drawings and pictures are immutable, so each step is simply kept."""

from __future__ import annotations

from mnist_desktop.ink.photo.parts import Page
from mnist_desktop.ink.strokes import Drawing

MAX_STEPS = 500

MAX_PICTURES = 20
"""Of these steps: a large picture takes 8 MB, where a drawing takes next to nothing."""

Content = Drawing | Page
"""What can be on the canvas."""


class UndoStack:
    """The sheets that led to the present one, and those that were taken back."""

    def __init__(self) -> None:
        self._past: list[Content] = []
        self._future: list[Content] = []
        self.present: Content = Drawing()

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def change_to(self, content: Content) -> None:
        """A step that can be undone; what had been undone before it is forgotten."""
        self._past.append(self.present)
        del self._past[:-MAX_STEPS]
        pictures = [i for i, one in enumerate(self._past) if isinstance(one, Page)]
        if len(pictures) > MAX_PICTURES:
            del self._past[: pictures[-MAX_PICTURES]]
        self._future.clear()
        self.present = content

    def undo(self) -> None:
        """Back by one step, if there is one."""
        if self._past:
            self._future.append(self.present)
            self.present = self._past.pop()

    def redo(self) -> None:
        """Forward again by one step, if there is one."""
        if self._future:
            self._past.append(self.present)
            self.present = self._future.pop()
