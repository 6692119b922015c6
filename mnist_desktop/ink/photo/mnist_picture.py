"""Pictures that are MNIST's own, or made as they were: they are read pixel for pixel.

Such a picture has 28×28 pixels, its ink is in a box of 20×20, and the centre of mass is at the
centre (LeCun, Bottou, Bengio, Haffner 1998, §III.A). All but two of 10,000 in MNIST's validation
split are known by that; a picture of another origin would have to meet both by chance. Only the
tones of pale ones are stretched.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.normalise import CENTRE, PEN

BOX = 19, 20
"""Pixels of the ink's longer side."""

OFF_CENTRE = 0.6
"""Pixels between the centre of mass and the field's centre: it was moved by whole pixels."""

FAINT = 40
"""What differs less from white or black paper is not seen as ink where the box is measured."""

PALE = 200
"""Where no ink is as dark as this, the darkest is full ink."""


class MnistPicture:
    """One digit as one part, its pixels as they are; see ``ink.parts.Parts``.

    Made by ``mnist_picture``.

    Attributes:
        arrays: what it takes memory for.
    """

    def __init__(self, ink: NDArray[np.uint8]) -> None:
        self._ink = ink
        self.arrays = (ink,)
        self.boxes = np.array([_box(ink)], dtype=np.float64)
        self.cuts = self.joined = self.links = np.zeros(1, dtype=np.bool_)
        self.pen = PEN
        self.is_crowd = False

    def picture(self, first: int, last: int) -> NDArray[np.uint8]:  # noqa: ARG002
        """The one digit: (28, 28) uint8, 255 for full ink."""
        return self._ink

    def left_out(self, first: int, last: int) -> NDArray[np.float64]:  # noqa: ARG002
        """Nothing is."""
        return np.zeros((0, 4))

    def drawing(self, first: int, last: int) -> None:
        """There are no strokes."""

    def touch(self, first: int, border: int, last: int) -> bool:  # noqa: ARG002
        """There is only one."""
        return False


def mnist_picture(grey: NDArray[np.uint8]) -> MnistPicture | None:
    """A picture that was made as MNIST's are: (h, w) uint8, light on dark or dark on light.

    None where it was not.
    """
    if grey.shape != (SIDE, SIDE):
        return None
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    ink = 255 - grey if np.median(edge) > 127 else grey
    if not (ink > FAINT).any():
        return None
    if (full := int(ink.max())) < PALE:
        ink = np.rint(ink * (255 / full)).astype(np.uint8)
    left, top, right, bottom = _box(ink)
    indices = np.arange(SIDE)
    off = [ink.sum(axis=axis) @ indices / ink.sum() - CENTRE for axis in (0, 1)]
    if max(right - left, bottom - top) not in BOX or np.abs(off).max() > OFF_CENTRE:
        return None
    return MnistPicture(ink)


def _box(ink: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    rows, columns = (np.flatnonzero((ink > FAINT).any(axis=axis)) for axis in (1, 0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
