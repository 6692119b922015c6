"""Undo and redo. Drawings and pictures are immutable, so each step is simply kept."""

from __future__ import annotations

from typing import NamedTuple

from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.photo.parts import Page
from mnist_desktop.ink.strokes import Drawing

MAX_STEPS = 500

MAX_PICTURES = 20
MOST_PICTURE_BYTES = 64 * 2**20
"""Of these steps, whichever is reached first: a large picture takes 16 MB, where a drawing takes
next to nothing."""

Content = Drawing | Page
"""What can be on the canvas."""


class Sheet(NamedTuple):
    """A drawing or a picture, and what a person says of what was read in it."""

    content: Content = Drawing()
    corrections: tuple[Correction, ...] = ()


class UndoStack:
    """The sheets that led to the present one, and those that were taken back."""

    def __init__(self) -> None:
        self._past: list[Sheet] = []
        self._future: list[Sheet] = []
        self._present = Sheet()

    @property
    def present(self) -> Content:
        """What is on the canvas."""
        return self._present.content

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Of what is on the canvas."""
        return self._present.corrections

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def change_to(self, content: Content, corrections: tuple[Correction, ...] = ()) -> None:
        """A step that can be undone; what had been undone before it is forgotten."""
        self._past.append(self._present)
        del self._past[:-MAX_STEPS]
        self._forget_pictures()
        self._future.clear()
        self._present = Sheet(content, corrections)

    def _forget_pictures(self) -> None:
        """Nor is there a way back to before a picture that is one too many."""
        known: set[int] = set()  # steps that correct a picture share it
        size = 0
        for index in reversed(range(len(self._past))):
            content = self._past[index].content
            if isinstance(content, Page) and id(content) not in known:
                known.add(id(content))
                size += content.nbytes
                if len(known) > MAX_PICTURES or size > MOST_PICTURE_BYTES:
                    del self._past[: index + 1]
                    return

    def undo(self) -> None:
        """Back by one step, if there is one."""
        if self._past:
            self._future.append(self._present)
            self._present = self._past.pop()

    def redo(self) -> None:
        """Forward again by one step, if there is one."""
        if self._future:
            self._past.append(self._present)
            self._present = self._future.pop()
