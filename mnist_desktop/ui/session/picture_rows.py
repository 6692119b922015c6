"""What was read of one of many pictures, and what a person has put in its place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from mnist_desktop.errors import UserError
from mnist_desktop.ink.photo.file import open_reduced
from mnist_desktop.learning.many_files import FileRead
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.thumbnails import thumbnail


@dataclass(eq=False)
class PictureRow:
    """What was read of a picture, or of one drawing of a strokes file.

    Attributes:
        file: None where there was none, as of a folder that cannot be looked into.
        number: of the drawing in its file, from 1; 0 for a picture.
        text: as it was read, "?" where it was declined or could not be.
        best_text: as it was read, declined or not; "" where it could not be.
        confidence: 0 to 1, in what it is least sure of; None where it could not be read.
        why: it is a "?": a template, or the fault; None where it is none.
        picture: small; a null image where there is none.
        has_unread: whether there is ink that was taken for nothing.
        correction: what the person has put in the text's place; None while there is nothing.
    """

    file: Path | None
    number: int
    text: str
    best_text: str
    confidence: float | None
    why: str | UserError | None
    picture: QImage
    has_unread: bool = False
    correction: str | None = None

    @property
    def is_unsure(self) -> bool:
        """Whether it was read as "?"; it stays so when it is put right."""
        return self.why is not None

    @property
    def final_text(self) -> str:
        """The correction, or what was read."""
        return self.text if self.correction is None else self.correction

    @property
    def rank(self) -> tuple[bool, float]:
        """Sorts "?" first, and then what is less sure."""
        return (not self.is_unsure, -1.0 if self.confidence is None else self.confidence)


def row_of(one: FileRead, progress: Progress) -> PictureRow:
    """Its row. Made in the thread, since a picture takes a while to become small."""
    if isinstance(one.result, UserError):
        picture = _picture_of(one.file, progress)
        return PictureRow(one.file, one.number, "?", "", None, one.result, picture)
    assert one.content is not None
    return PictureRow(
        one.file,
        one.number,
        one.result.text,
        one.result.best_text,
        one.result.confidence,
        one.result.declined,
        thumbnail(one.content),
        has_unread=bool(one.result.unread),
    )


def _picture_of(file: Path | None, progress: Progress) -> QImage:
    """Of a file in which nothing was read, if it can be opened at all."""
    if file is not None:
        with suppress(UserError):
            return thumbnail(open_reduced(file, progress)[0])
    return QImage()
