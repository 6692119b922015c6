"""Numbers as pictures on the screen: ink, and what may be above or below zero."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from mnist_desktop.ui.look.theme import Theme

Numbers = NDArray[np.floating]
Pixels = NDArray[np.uint32]
"""Of any shape, 0xffRRGGBB each."""


def to_picture(ink: NDArray[np.uint8], theme: Theme) -> QImage:
    """A picture of ink, 0 to 255, as Qt paints it: paper where it is 0, ink where it is 255.

    Ink is shown as it is on the canvas: dark on light in the light theme.
    """
    # Not as indexed colours: a list of 256 given to Qt takes ten times as long as looking them up.
    return image_of(_ramp(theme.paper, theme.ink)[ink])


def signed_picture(levels: Numbers, theme: Theme, ink: Numbers | None = None) -> QImage:
    """A pixel for each level, (height, width), in its colour; see ``signed_pixels``."""
    return image_of(signed_pixels(levels, theme, ink))


def signed_pixels(levels: Numbers, theme: Theme, ink: Numbers | None = None) -> Pixels:
    """Orange above zero, blue below; what lies beyond the ends has their colour.

    Args:
        levels: −1 to 1; at 0 the ground is seen.
        ink: of the same shape, 0 for paper to 1 for ink: the ground. None for paper.
    """
    paper, black, high, low = map(_rgb, (theme.paper, theme.ink, theme.test, theme.train))
    share = np.zeros(levels.shape) if ink is None else ink
    ground = paper + (black - paper) * share[..., None]
    level = np.clip(levels, -1, 1)[..., None]
    return _packed(ground + (np.where(level > 0, high, low) - ground) * np.abs(level))


def as_png(picture: QImage) -> bytes:
    """The content of a PNG file. It can be made in any thread."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(content.data())


def image_of(pixels: Pixels) -> QImage:
    """(height, width) pixels as a picture."""
    content = np.ascontiguousarray(pixels)
    height, width = content.shape
    return QImage(content.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


@cache
def _ramp(first: str, last: str) -> Pixels:
    """(256,) from the first colour to the last."""
    low, high = _rgb(first), _rgb(last)
    return _packed(low + (high - low) * np.linspace(0, 1, 256)[:, None])


def _rgb(name: str) -> NDArray[np.float64]:
    colour = QColor(name)
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=float)


def _packed(colours: Numbers) -> Pixels:
    """Of red, green and blue in the last dimension, 0 to 255."""
    whole = np.rint(colours).astype(np.uint32)
    pixels: Pixels = whole @ np.array([1 << 16, 1 << 8, 1], np.uint32) | np.uint32(0xFF000000)
    return pixels
