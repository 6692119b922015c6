"""What was read of one of many pictures, what a person has put in its place, and its lessons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QImage

from mnist_desktop.errors import UserError
from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.photo.file import open_reduced
from mnist_desktop.ink.strokes import DIGITS
from mnist_desktop.learning.read.many_files import FileRead
from mnist_desktop.learning.read.reading import Digit, Reading
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.read.thumbnails import thumbnail


@dataclass(eq=False)
class PictureRow:
    """What was read of a picture, or of one drawing of a strokes file.

    Attributes:
        file: None where there was none, as of a folder that cannot be looked into.
        number: of the drawing in its file, from 1; 0 for a picture.
        result: the reading, or why there is none.
        picture: small; a null image where there is none.
        correction: what the person has put in the text's place; None while there is nothing.
        lessons: what can be learned from that, of single digits.
        confidence: 0 to 1, in what it is least sure of; None where it could not be read.
    """

    file: Path | None
    number: int
    result: Reading | UserError
    picture: QImage
    correction: str | None = None
    lessons: tuple[Correction, ...] = ()
    confidence: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if isinstance(self.result, Reading):
            self.confidence = self.result.confidence

    @property
    def text(self) -> str:
        """As it was read, "?" where it was declined or could not be."""
        return self.result.text if isinstance(self.result, Reading) else "?"

    @property
    def best_text(self) -> str:
        """As it was read, declined or not; "" where it could not be."""
        return self.result.best_text if isinstance(self.result, Reading) else ""

    @property
    def why(self) -> str | UserError | None:
        """Why it is a "?": a template, or the fault; None where it is none."""
        return self.result.declined if isinstance(self.result, Reading) else self.result

    @property
    def has_unread(self) -> bool:
        """Whether there is ink that was taken for nothing."""
        return isinstance(self.result, Reading) and bool(self.result.unread)

    @property
    def is_unsure(self) -> bool:
        """Whether it was read as "?"; it stays so when it is put right."""
        return self.why is not None

    @property
    def is_open(self) -> bool:
        """Whether it is a "?" still: it was read as one, and nobody has put it right."""
        return self.is_unsure and self.correction is None

    @property
    def is_unreadable(self) -> bool:
        """Whether there was nothing in which anything could be read."""
        return isinstance(self.result, UserError)

    @property
    def final_text(self) -> str:
        """The correction, or what was read."""
        return self.text if self.correction is None else self.correction

    @property
    def rank(self) -> tuple[bool, float]:
        """Sorts "?" first, and then what is less sure."""
        return (not self.is_unsure, -1.0 if self.confidence is None else self.confidence)

    def answer(self, strictness: float) -> None:
        """Decline it where it is less sure of something than this, unless it was put right."""
        if isinstance(self.result, Reading) and self.correction is None:
            # There may be very many rows, and most of them are sure before and after.
            is_sure = (self.confidence or 0.0) >= strictness and not self.result.is_mere_dot
            if self.is_unsure or not is_sure:
                self.result = self.result.answered(strictness)

    def correct(self, text: str | None, strictness: float) -> None:
        """Put a text in the place of what was read, or with None take it away again.

        Args:
            strictness: what was less sure than this is a lesson, also where it was right.
        """
        self.correction = text
        self.lessons = ()
        if text is None:
            self.answer(strictness)
        elif isinstance(self.result, Reading):
            source: Literal["file", "picture"] = "file" if self.number else "picture"
            self.lessons = tuple(
                Correction(digit.box, str(digit.digit), label, digit.picture, source)
                for digit, label in _pairs(self.result, text)
                if label != digit.text or digit.confidence < strictness
            )


def row_of(one: FileRead, progress: Progress) -> PictureRow:
    """Its row. Made in the thread, since a picture takes a while to become small."""
    if isinstance(one.result, UserError):
        picture = _picture_of(one.file, progress)
        return PictureRow(one.file, one.number, one.result, picture)
    assert one.content is not None
    return PictureRow(one.file, one.number, one.result, thumbnail(one.content))


def _pairs(reading: Reading, text: str) -> Iterator[tuple[Digit, str]]:
    """Each digit with what it is meant to be; none where a line has another number of them."""
    read = [[item for item in line if isinstance(item, Digit)] for line in reading.lines]
    meant = [[one for one in line if one in DIGITS] for line in text.split("\n")]
    if list(map(len, read)) == list(map(len, meant)):
        for line, labels in zip(read, meant, strict=True):
            yield from zip(line, labels, strict=True)


def _picture_of(file: Path | None, progress: Progress) -> QImage:
    """Of a file in which nothing was read, if it can be opened at all."""
    if file is not None:
        with suppress(UserError):
            return thumbnail(open_reduced(file, progress)[0])
    return QImage()
