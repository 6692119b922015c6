"""Photos and scans: from the clipboard, on the canvas, and read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from mnist_desktop.ink.photo.file import refuse_too_many
from mnist_desktop.ink.photo.parts import Page
from mnist_desktop.progress import Progress

if TYPE_CHECKING:
    from mnist_desktop.learning.read.reading import Box, Reading
    from mnist_desktop.learning.read.recognizer import Recognizer

FAINT = 0.3
"""The part of its contrast that is left of ink that was taken for no writing."""


def place_on_canvas(photo: Page) -> QRectF:
    """Where a photo is shown, in parts of the canvas's side: as large as it can be, centred."""
    height, width = photo.grey.shape
    longer = max(height, width)
    return QRectF(
        (1 - width / longer) / 2, (1 - height / longer) / 2, width / longer, height / longer
    )


def read_photo(recognizer: Recognizer, photo: Page, progress: Progress) -> Reading:
    """What a photo shows; boxes are in parts of the canvas's side, as a drawing's."""
    reading = recognizer.read_lines(photo.lines, progress=progress)
    place, longer = place_on_canvas(photo), max(photo.grey.shape)

    def moved(box: Box) -> Box:
        left, top, right, bottom = (edge / longer for edge in box)
        x, y = place.x(), place.y()
        return left + x, top + y, right + x, bottom + y

    return replace(
        reading,
        lines=tuple(
            tuple(replace(item, box=moved(item.box)) for item in line) for line in reading.lines
        ),
        unread=tuple(map(moved, reading.unread)),
    )


def to_picture(photo: Page) -> QImage:
    """A photo's greys; what was set aside, which is not read, is faint."""
    height, width = photo.grey.shape
    content = photo.grey.copy()
    faint = _grown(photo.aside)
    paper = np.median(content)
    content[faint] = paper + FAINT * (content[faint] - paper)
    return QImage(content.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def _grown(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """With the pixels next to it, which are grey where ink has a soft edge."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    return grown


def pixels_of(picture: QImage) -> NDArray[np.uint8]:
    """A picture of any format: (h, w, 4) uint8, red, green, blue and alpha.

    Raises:
        PictureFileError: it is too large.
    """
    refuse_too_many(picture.width(), picture.height())
    picture = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    # A line of pixels may be followed by bytes that belong to none.
    lines = np.frombuffer(picture.constBits(), np.uint8).reshape(
        picture.height(), picture.bytesPerLine()
    )
    return lines[:, : 4 * picture.width()].reshape(picture.height(), picture.width(), 4).copy()
