"""From a picture that Pillow has opened to one plane of grey, the right way up."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

MAX_SIDE = 2000
"""The longer side of what is handed on, in pixels, at the most."""

STRIP_PIXELS = MAX_SIDE**2
"""A large picture is converted in strips of so many: a conversion takes four bytes a pixel."""

ORIENTATION = 0x0112
"""The EXIF tag for how the camera was held (EXIF 2.32, §4.6.4)."""

MAX_EXIF_BYTES = 2**20
"""A camera writes at most 64 kB."""

DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error),
)
"""What Pillow raises for damaged data: that depends on the format, the place and the version."""


def grey_of(picture: Image.Image) -> tuple[NDArray[np.uint8], int]:
    """Decoded, reduced, on paper where it is transparent, and the right way up.

    Returns:
        (h, w) uint8, 0 for black, the longer side at most ``MAX_SIDE``; and how many of the
        picture's pixels, along a side, each of them stands for.
    """
    # A JPEG can be decoded at a half, a quarter or an eighth of its size, in a part of the time.
    side = max(picture.size)
    picture.draft("L", (MAX_SIDE, MAX_SIDE))
    picture.load()
    reduced = round(side / max(picture.size))
    factor = -(-max(picture.size) // MAX_SIDE)
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits; Pillow would cut them off.
        grey = np.clip(np.rint(_means(picture, factor, "F") / 257), 0, 255)
    elif picture.has_transparency_data:
        grey = _on_paper(_means(picture, factor, "LA"))
    else:
        grey = _means(picture, factor, "L")
    return _upright(grey.astype(np.uint8), _orientation(picture)), reduced * factor


def _means(picture: Image.Image, factor: int, mode: str) -> NDArray[np.float32]:
    """The means of squares of ``factor`` pixels, in this mode: (h, w), or (h, w, 2) for "LA"."""
    strips = [strip.convert(mode).reduce(factor) for strip in _strips(picture, factor)]
    return np.concatenate([np.asarray(strip, dtype=np.float32) for strip in strips])


def _strips(picture: Image.Image, factor: int) -> Iterator[Image.Image]:
    """The picture from top to bottom, in strips of whole squares of ``factor`` pixels."""
    width, height = picture.size
    rows = factor * max(1, STRIP_PIXELS // (width * factor))
    for top in range(0, height, rows):
        yield picture.crop((0, top, width, min(top + rows, height)))


def _on_paper(tones_and_alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """A picture with alpha, (h, w, 2), on white; on black if everything in it is light."""
    tones, alpha = np.moveaxis(tones_and_alpha, 2, 0)
    solid = tones[alpha > 127]
    # Not the lightest or darkest pixel: edges and compression leave a few of any tone.
    paper = 0.0 if len(solid) and np.percentile(solid, 2) > 127 else 255.0
    mixed: NDArray[np.float32] = np.rint((tones * alpha + paper * (255 - alpha)) / 255)
    return mixed


def _orientation(picture: Image.Image) -> int:
    """1 to 8; 1, upright, where the EXIF data has none or is damaged."""
    if len(picture.info.get("exif", b"")) > MAX_EXIF_BYTES:
        return 1
    try:
        value = picture.getexif().get(ORIENTATION, 1)
    except DAMAGE:
        return 1
    return value if value in range(1, 9) else 1


def _upright(grey: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Turned and mirrored as its EXIF orientation says that it must be."""
    if orientation >= 5:
        grey = grey.T
    if orientation in (2, 3, 6, 7):
        grey = grey[:, ::-1]
    if orientation in (3, 4, 7, 8):
        grey = grey[::-1]
    return np.ascontiguousarray(grey)
