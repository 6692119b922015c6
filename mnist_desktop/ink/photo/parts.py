"""A photo or scan of one digit or a line of digits, in parts that are read as ink is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.lines import around, in_lines_by_boxes
from mnist_desktop.ink.photo.binarise import find_ink
from mnist_desktop.ink.photo.blocks import without_blocks
from mnist_desktop.ink.photo.centreline import pen_width
from mnist_desktop.ink.photo.clean import without_paper
from mnist_desktop.ink.photo.file import PictureFileError, Source, open_reduced
from mnist_desktop.ink.photo.joining import Labels, extents_of, has_stack, hats_joined, joined
from mnist_desktop.ink.photo.mnist_picture import MnistPicture, mnist_picture
from mnist_desktop.ink.photo.roads import SLACK, picture_of_ink
from mnist_desktop.ink.photo.split import SURELY_TWO, cut_at_valleys
from mnist_desktop.ink.photo.surface import only_sheet, without_bands
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

SHORTEST = 240
"""A picture whose shorter side has fewer pixels is enlarged first."""

LEAST_SCENE = 20
"""A picture whose longer side has fewer pixels shows a digit, and nothing around its paper."""

MOST_ENLARGED = 8
MOST_PIXELS = 4_000_000

MOST_SHAPES = 200
"""A page of more is too small and too full to be read."""

MAX_PARTS = 40
"""A line of more that stand apart is no line of digits: the page is one part."""

MAX_LINES = 30
"""Of more, too, nobody would read so small a writing."""

OPENED, INK_FOUND, CLEANED = 0.1, 0.7, 0.95
"""The part of the work that is done after each of its steps."""


class Divided(NamedTuple):
    """How a line is divided into parts from left to right.

    Attributes:
        joined, cuts: (n,) bool, see ``PictureParts``.
    """

    joined: NDArray[np.bool_]
    cuts: NDArray[np.bool_]


class PictureParts:
    """One line of a picture in parts, ordered from left to right; see ``ink.parts.Parts``.

    Made by ``page_of_picture``.

    Attributes:
        boxes: (n, 4) float64: left, top, right, bottom of each part, in the pixels of the page's
            ``grey``.
        joined: (n,) bool: a shape is cut between this part and the one before,
        cuts: (n,) bool: and it may be one digit. In what is surely two there is a gap, of no
            width: a cut would only be tried where nothing else is read.
        links: (n,) bool: no part is the way from one digit to the next.
        is_crowd: whether it is more than can be held apart, as one part.
        arrays: the large ones that it is cut out of, which all lines of a page share.
    """

    def __init__(
        self,
        labels: Labels,
        first: int,
        divided: Divided,
        darkness: NDArray[np.uint8],
        *,
        is_crowd: bool,
    ) -> None:
        """Of a page's labels, those from ``first`` + 1 on, as many as it is divided into."""
        self._scale = labels.shape[0] // darkness.shape[0]
        self.joined, self.cuts = divided
        self.links = np.zeros_like(self.cuts)
        self.boxes = extents_of(labels)[first : first + len(self.cuts)] / self._scale
        self.is_crowd = is_crowd
        self._labels = labels
        self._first = first
        self._darkness = darkness
        self.arrays = labels, darkness

    @cached_property
    def pen(self) -> float:
        """How wide the lines of the largest part are, in the pixels of the page's ``grey``."""
        largest = int((self.boxes[:, 2:] - self.boxes[:, :2]).prod(axis=1).argmax())
        left, top, right, bottom = (self.boxes[largest] * self._scale).astype(int)
        part = self._labels[top:bottom, left:right] == self._first + largest + 1
        return float(pen_width(part) / self._scale)

    def picture(self, first: int, last: int) -> NDArray[np.uint8]:
        """Parts ``first`` to ``last`` - 1 as one digit, normalised: (28, 28) uint8."""
        boxes = self.boxes[first:last]
        high, wide = self._darkness.shape
        left, top = np.maximum(np.floor(boxes[:, :2].min(axis=0)).astype(int) - SLACK, 0)
        right, bottom = np.ceil(boxes[:, 2:].max(axis=0)).astype(int) + SLACK
        right, bottom = min(right, wide), min(bottom, high)
        scale = self._scale
        labels = self._labels[top * scale : bottom * scale, left * scale : right * scale]
        own = (labels > self._first + first) & (labels <= self._first + last)
        others = (labels > 0) & ~own
        return picture_of_ink(own, others, self._darkness[top:bottom, left:right], scale)

    def left_out(self, first: int, last: int) -> NDArray[np.float64]:  # noqa: ARG002
        """Nothing is."""
        return np.zeros((0, 4))

    def drawing(self, first: int, last: int) -> None:
        """There are no strokes."""

    def touch(self, first: int, border: int, last: int) -> bool:  # noqa: ARG002
        """Whether the two parts at the border were cut from one shape."""
        return bool(self.joined[border])


@dataclass(frozen=True, eq=False)
class Page:
    """What a picture shows.

    Attributes:
        grey: (h, w) uint8, the picture itself, for showing behind the boxes; of one that was
            enlarged in blocks, the pixels that it was made of.
        lines: from top to bottom, each with at least one part.
        aside: (h, w) bool, what looked like ink and was taken for no writing: printed lines,
            frames, rims, captions, specks.
        reduced: how many of the file's pixels, along a side, each of ``grey`` stands for.
    """

    grey: NDArray[np.uint8]
    lines: tuple[PictureParts | MnistPicture, ...]
    aside: NDArray[np.bool_]
    reduced: int = 1

    @property
    def nbytes(self) -> int:
        """What it takes in memory, in bytes."""
        shared = {id(one): one for line in self.lines for one in line.arrays}
        return sum(one.nbytes for one in (self.grey, self.aside, *shared.values()))


def open_page(source: Source, progress: Progress = unwatched) -> Page:
    """What a picture shows, see ``open_reduced``: at least one line.

    Raises:
        PictureFileError: it cannot be opened, or there is no ink in it.
    """
    grey, reduced = open_reduced(source, lambda done: progress(OPENED * done))
    page = page_of_picture(grey, reduced, progress)
    if not page.lines:
        raise PictureFileError(
            source if isinstance(source, Path) else None,
            QT_TRANSLATE_NOOP(
                "core",
                "shows no ink; take a picture of dark digits on light paper, or light on dark",
            ),
        )
    return page


def page_of_picture(
    grey: NDArray[np.uint8], reduced: int = 1, progress: Progress = unwatched
) -> Page:
    """Find the ink of a picture and divide it: (h, w) uint8, dark on light or light on dark.

    Where there is no ink, or nothing that may be a digit, there are no lines. Of ``reduced`` the
    page only remembers it, times the side of the blocks that a picture was enlarged in.
    """
    progress(OPENED)
    grey, side = without_blocks(grey)
    reduced *= side
    if (own := mnist_picture(grey)) is not None:
        return Page(grey, (own,), np.zeros_like(grey, dtype=np.bool_), reduced)
    scale = _enlargement(grey.shape)
    sheet = grey if max(grey.shape) < LEAST_SCENE else only_sheet(without_bands(grey))
    found = find_ink(sheet, scale)
    progress(INK_FOUND)
    ink = without_paper(found.mask, found.faint)
    progress(CLEANED)
    labels, divided, is_crowd = _divided_lines(_labelled(ink))
    # Kept for long, in as few bytes as there are parts: one, but for a strange picture.
    starts = np.cumsum([0, *(len(line.cuts) for line in divided)])
    labels = labels.astype(np.min_scalar_type(starts[-1]))
    darkness = found.darkness(sheet)
    lines = tuple(
        PictureParts(labels, int(first), line, darkness, is_crowd=is_crowd)
        for first, line in zip(starts, divided, strict=False)
    )
    aside = (found.mask & ~ink)[::scale, ::scale]
    return Page(grey, lines, aside, reduced)


def _divided_lines(shapes: Labels) -> tuple[Labels, list[Divided], bool]:
    """Labels of all parts, line after line; how each line is divided into them; and whether there
    is more than can be held apart, which is one part then.
    """
    extents = extents_of(shapes)
    labels = np.zeros_like(shapes)
    if not len(extents):
        return labels, [], False
    crowd = (shapes > 0).astype(np.int32), [Divided(*np.zeros((2, 1), dtype=np.bool_))], True
    if len(extents) > MOST_SHAPES:
        return crowd
    groups = hats_joined(extents)
    boxes = np.array([around(extents[group]) for group in groups])
    lines = in_lines_by_boxes(boxes)
    divided: list[Divided] = []
    count = 0
    for line in lines:
        members = [member for index in line for member in groups[index]]
        chosen = np.zeros(len(extents) + 1, dtype=np.int32)
        chosen[1 + np.array(members)] = np.arange(1, len(members) + 1)
        left, top, right, bottom = around(extents[members]).astype(int)
        window = np.s_[top:bottom, left:right]
        parts = joined(chosen[shapes[window]])
        own, how = _divided(parts)
        is_too_much = np.count_nonzero(~how.cuts) > MAX_PARTS or len(lines) > MAX_LINES
        if is_too_much or has_stack(extents[members] - [left, top, left, top], extents_of(parts)):
            return crowd
        labels[window][own > 0] = own[own > 0] + count
        count += len(how.cuts)
        divided.append(how)
    return labels, divided, False


def _enlargement(shape: tuple[int, ...]) -> int:
    wanted = -(-SHORTEST // min(shape))
    most = int(np.sqrt(MOST_PIXELS / (shape[0] * shape[1])))
    return max(1, min(wanted, MOST_ENLARGED, most))


def _labelled(ink: NDArray[np.bool_]) -> Labels:
    from scipy import ndimage

    labels, _ = ndimage.label(ink, np.ones((3, 3)))
    return np.asarray(labels, dtype=np.int32)


def _divided(shapes: Labels) -> tuple[Labels, Divided]:
    """Labels of the parts of a line from left to right, and how it is divided into them."""
    extents = extents_of(shapes)
    labels = np.zeros_like(shapes)
    cuts: list[bool] = []
    is_joined: list[bool] = []
    height = float((extents[:, 3] - extents[:, 1]).max())
    for index in np.argsort(extents[:, 0] + extents[:, 2], kind="stable"):
        left, top, right, bottom = extents[index].astype(int)
        window = np.s_[top:bottom, left:right]
        shape = shapes[window] == index + 1
        pieces = cut_at_valleys(shape, height)
        for number, piece in enumerate(pieces):
            is_joined.append(number > 0)
            cuts.append(number > 0 and right - left <= SURELY_TWO * height)
            labels[window][piece] = len(cuts)
    return labels, Divided(np.array(is_joined), np.array(cuts))
