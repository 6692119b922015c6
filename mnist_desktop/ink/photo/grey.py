"""From a picture that Pillow has opened to one plane of grey, the right way up."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.paper import SMALL, enlarged, shrunk

if TYPE_CHECKING:
    from PIL import Image

MAX_SIDE = 2000
"""The longer side of what is handed on, in pixels, at the most."""

STRIP_PIXELS = MAX_SIDE**2
"""A large picture is converted in strips of so many: a conversion takes four bytes a pixel."""

LIGHT = 127
"""Tones above this are light."""

PALE = 64
"""The difference of a colour's largest and smallest component from which it counts as bright, and
at twice of which wholly."""

BRIGHTER = 0.5
"""How far a bright colour comes nearer to its smallest component."""

AROUND = (0.3, 0.15, 0.07, 0.03, 0.01)
"""How far around it, in parts of the shorter side, that is looked for which a colour is on."""

ENOUGH = 0.6
"""What is on another colour has at least this part of the other one around: ink has less."""

PAPER = 0.5
"""A bright colour that has this part of a picture is its paper."""

LEAST_SPREAD, ALIKE = 5.0, 0.2
"""Colours that differ by this standard deviation at least, of 255, and in lightness by no more than
this part of it, are told apart as colours."""

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
    picture.draft(None, (MAX_SIDE, MAX_SIDE))
    picture.load()
    reduced = round(side / max(picture.size))
    factor = -(-max(picture.size) // MAX_SIDE)
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits; Pillow would cut them off.
        grey = np.clip(np.rint(_means(picture, factor, "F") / 257), 0, 255)
    elif picture.has_transparency_data:
        grey = _of_colours(_on_paper(_means(picture, factor, "RGBA")))
    elif picture.mode in ("L", "1"):
        grey = _means(picture, factor, "L")
    else:
        grey = _of_colours(_means(picture, factor, "RGB"))
    return _upright(grey.astype(np.uint8), _orientation(picture)), reduced * factor


def _means(picture: Image.Image, factor: int, mode: str) -> NDArray[Any]:
    """The means of squares of ``factor`` pixels, in this mode: (h, w), or (h, w, bands)."""
    strips = [strip.convert(mode).reduce(factor) for strip in _strips(picture, factor)]
    return np.concatenate([np.asarray(strip) for strip in strips])


def _strips(picture: Image.Image, factor: int) -> Iterator[Image.Image]:
    """The picture from top to bottom, in strips of whole squares of ``factor`` pixels."""
    width, height = picture.size
    rows = factor * max(1, STRIP_PIXELS // (width * factor))
    for top in range(0, height, rows):
        yield picture.crop((0, top, width, min(top + rows, height)))


def _of_colours(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What divides colours, (h, w, 3) → (h, w): their lightness; where they are all as light, the
    direction in which they differ most (their first principal component).
    """
    grey = _darkened(colours)
    planes = [shrunk(plane, SMALL)[0].ravel() for plane in (*np.moveaxis(colours, 2, 0), grey)]
    spreads, directions = np.linalg.eigh(np.cov(planes[:3], bias=True))
    spread = float(np.sqrt(max(spreads[-1], 0.0)))
    if spread < LEAST_SPREAD or float(planes[3].std()) > ALIKE * spread:
        return grey
    along = colours.astype(np.float32) @ directions[:, -1].astype(np.float32)
    low, high = float(along.min()), float(along.max())
    # What there is most of is the paper, and light.
    if np.median(along) < (low + high) / 2:
        low, high = high, low
    found: NDArray[np.uint8] = np.rint(255 * (along - low) / (high - low)).astype(np.uint8)
    return found


def _darkened(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The lightness of colours, (h, w, 3) → (h, w); but on light paper a bright colour is darker.

    Yellow and cyan are nearly as light as paper: beside a black pen nobody would see them by their
    lightness. On what is dark, as a plot's picture amid light paper is, they stay as they are.
    """
    grey = _lightness(colours)
    if np.median(grey) <= LIGHT:
        return grey
    red, green, blue = np.moveaxis(colours, 2, 0)
    low = np.minimum(np.minimum(red, green), blue)
    chroma = np.maximum(np.maximum(red, green), blue) - low
    bright = chroma > PALE
    bright &= _is_on_light(grey, bright) | (grey <= LIGHT)
    excess = grey[bright].astype(np.float32) - low[bright]
    share = BRIGHTER * np.minimum(chroma[bright] / np.float32(PALE) - 1, 1)
    grey[bright] -= np.rint(share * excess).astype(np.uint8)
    return grey


def _is_on_light(grey: NDArray[np.uint8], bright: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether what is around each pixel, bright colours left out that are light, is light."""
    from scipy import ndimage

    other = (~bright | (grey <= LIGHT)).astype(np.float32)
    if other.mean() < 1 - PAPER:
        return np.ones_like(bright)
    tones, factor = shrunk(grey * other, SMALL)
    shares, _ = shrunk(other, SMALL)
    is_light = np.ones_like(shares)
    # The smallest surroundings that show enough decide: a line may be thin or broad.
    for reach in AROUND:
        size = 2 * round(reach * min(shares.shape)) + 1
        tone, share = (ndimage.uniform_filter(plane, size) for plane in (tones, shares))
        is_light = np.where(share >= ENOUGH, tone >= LIGHT * share, is_light)
    return np.asarray(enlarged(is_light.astype(np.float32), factor, grey.shape) >= 0.5)


def _lightness(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    from PIL import Image

    return np.array(Image.fromarray(colours).convert("L"))


def _on_paper(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Colours with alpha, (h, w, 4), on white, (h, w, 3); on black if everything is light."""
    colours, alpha = pixels[..., :3], pixels[..., 3:].astype(np.float32)
    solid = _lightness(np.ascontiguousarray(colours))[alpha[..., 0] > LIGHT]
    # Not the lightest or darkest pixel: edges and compression leave a few of any tone.
    paper = 0.0 if len(solid) and np.percentile(solid, 2) > LIGHT else 255.0
    mixed = np.rint((colours * alpha + paper * (255 - alpha)) / 255)
    return mixed.astype(np.uint8)


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
