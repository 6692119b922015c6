"""A drawing in parts, of which neighbours may together be one digit. Knows neither torch nor Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.cuts import Piece, cut_pieces
from mnist_desktop.ink.lines import MOST_STROKES, around, connected, lines_of
from mnist_desktop.ink.normalise import normalise, stray_dots
from mnist_desktop.ink.overlaps import above, come_near, places_along, upon
from mnist_desktop.ink.strokes import Drawing, Stroke, extent

# Lengths below are parts of the line's height: the height of the highest stroke.

TOUCH = 0.01
"""Lines that come as near as this touch, or cross."""

MAX_PARTS = 60
"""A drawing of more is no number: it is one part."""

MOST_PIECES = 200
"""Of waves in a row there would be more, and each run of them a picture: they stay uncut."""

FLAT = 0.2
"""The line is at least this part of its widest stroke high: a dash has no height."""

MOST_HEIGHTS = 1000.0
"""No line is wider than this: what is, is dots far apart."""

NOTHING = 1e-290
"""By small parts of a length like this one could not divide."""

Part = list[tuple[int, Piece]]
"""Pieces of strokes, each with its stroke's index."""


class StrokeParts:
    """A drawing in parts.

    Strokes above each other are one part from the start. A wide stroke that goes on to the right
    is offered cut where a second digit may begin, once the pen is up: half an 8 looks like two
    digits. A group of parts has its strokes in the order in which they were drawn, and those that
    were cut whole again: so the group of all parts is the drawing itself.

    Attributes:
        boxes: (n, 4) float64: left, top, right, bottom of each part, in the drawing's unit.
        pen: none.
        cuts, joined: (n,) bool: a stroke has been cut between this part and the one before.
        links: (n,) bool: a part that may be the way from one digit to the next, and in neither.
        is_crowd: whether it is more than can be held apart, as one part.

    Args:
        drawing: with at least one stroke.
        picture_of: the road from a drawing to a picture; for one that remembers. Strokes that are
            not cut are handed on as they are, not as copies.
    """

    pen = 0.0

    def __init__(
        self, drawing: Drawing, picture_of: Callable[[Drawing], NDArray[np.uint8]] = normalise
    ) -> None:
        self._drawing = drawing
        self._strokes = drawing.strokes
        self._picture_of = picture_of
        self.is_crowd = False
        parts = self._found()
        boxes = np.array([self._box(part) for part in parts])
        order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
        self._parts = [parts[index] for index in order]
        self.boxes: NDArray[np.float64] = boxes[order]
        self.links: NDArray[np.bool_] = np.array([part[0][1].is_link for part in self._parts])
        self._known_places: dict[int, NDArray[np.float64]] = {}
        # A cut goes through all borders between the first and the last part of its stroke.
        self.cuts = np.zeros(len(parts), dtype=np.bool_)
        first: dict[int, int] = {}
        for place, part in enumerate(self._parts):
            for stroke, _ in part:
                self.cuts[first.setdefault(stroke, place) + 1 : place + 1] = True
        self.joined = self.cuts  # there is no cut that is surely between two digits

    def _found(self) -> list[Part]:
        """The parts in any order."""
        everything = list(range(len(self._strokes)))
        wholes: Part = [(i, Piece(0, len(self._strokes[i].points))) for i in everything]
        members = []
        if not (is_scribble := len(wholes) > MOST_STROKES):
            height = line_height(self._drawing.boxes)
            lines = [stroke.points for stroke in self._strokes]
            alone = len(lines) == 1
            members = [[0]] if alone else connected(above(lines, height) | upon(lines, height))
        if is_scribble or len(members) > MAX_PARTS:
            self.is_crowd = True
            return [wholes]
        height = line_height(np.array([self._box([wholes[i] for i in group]) for group in members]))
        pieces = [
            (index, piece)
            for index, whole in wholes
            for piece in (
                [whole]
                if self._strokes[index].is_live
                else cut_pieces(self._strokes[index].points, height)
            )
        ]
        if len(pieces) == len(wholes) or len(pieces) > MOST_PIECES:
            return [[wholes[i] for i in group] for group in members]
        return self._divided(pieces, members, height)

    def picture(self, first: int, last: int) -> NDArray[np.uint8]:
        """Parts ``first`` to ``last`` - 1 as one digit, normalised: (28, 28) uint8."""
        return self._picture_of(self.drawing(first, last))

    def left_out(self, first: int, last: int) -> NDArray[np.float64]:
        """(n, 4) the boxes of stray dots, which are in these parts and not in their picture."""
        boxes = self.drawing(first, last).boxes
        return boxes[stray_dots(boxes)]

    def touch(self, first: int, border: int, last: int) -> bool:
        """Whether ink of parts ``first`` to ``border`` - 1 touches that of ``border`` to ``last``
        - 1, though no line runs on between the two that meet.
        """
        return any(
            self._come_near(one, other)
            for one in range(first, border)
            for other in range(border, last)
            if {index for index, _ in self._parts[one]}.isdisjoint(
                index for index, _ in self._parts[other]
            )
        )

    def _come_near(self, one: int, other: int) -> bool:
        reach, places = self._reach, self._places
        low, high = self.boxes[[one, other], :2] - reach, self.boxes[[other, one], 2:]
        return bool((low <= high).all()) and come_near(places(one), places(other), reach)

    @cached_property
    def _reach(self) -> float:
        return TOUCH * line_height(self.boxes)

    def drawing(self, first: int, last: int) -> Drawing:
        """The strokes of parts ``first`` to ``last`` - 1."""
        strokes: list[Stroke] = []
        begun: tuple[int, int, int] | None = None
        for index, piece in sorted(one for part in self._parts[first:last] for one in part):
            if begun and begun[0] == index and begun[2] == piece.start:
                begun = (index, begun[1], piece.stop)
                strokes.pop()
            else:
                begun = (index, piece.start, piece.stop)
            strokes.append(self._stroke(*begun))
        return Drawing(tuple(strokes))

    def _stroke(self, index: int, start: int, stop: int) -> Stroke:
        whole = self._strokes[index]
        return whole if stop - start == len(whole.points) else Stroke(whole.points[start:stop])

    def _points(self, part: Part) -> NDArray[np.float64]:
        return np.concatenate(
            [self._strokes[index].points[piece.start : piece.stop] for index, piece in part]
        )

    def _places(self, index: int) -> NDArray[np.float64]:
        """(n, 2) along a part's lines, see ``places_along``."""
        if (known := self._known_places.get(index)) is not None:
            return known
        lines = [self._points([piece]) for piece in self._parts[index]]
        self._known_places[index] = places = places_along(lines, self._reach)
        return places

    def _box(self, part: Part) -> NDArray[np.float64]:
        return around(np.array([self._piece_box(*one) for one in part]))

    def _piece_box(self, index: int, piece: Piece) -> NDArray[np.float64]:
        whole = self._strokes[index]
        if piece.stop - piece.start == len(whole.points):
            return whole.box
        return extent(whole.points[piece.start : piece.stop])

    def _divided(self, pieces: Part, members: list[list[int]], height: float) -> list[Part]:
        """Parts of pieces, where strokes can be cut; ``members`` belong together uncut."""
        others = [one for one in pieces if not one[1].is_link]
        lines, strokes = [self._points([one]) for one in others], np.array([i for i, _ in others])
        together = above(lines, height)
        if len(self._strokes) > 1:
            together |= upon(lines, height) & (strokes[:, None] != strokes)
        parts = [[others[i] for i in group] for group in connected(together)]
        counts = Counter(index for index, _ in pieces)
        divided = {index for index, count in counts.items() if count > 1}
        # A stroke that was above another one is not left beside that one's pieces.
        for group in members:
            mine = [part for part in parts if any(index in group for index, _ in part)]
            cut = [part for part in mine if any(index in divided for index, _ in part)]
            if not cut:
                continue
            places = np.array([self._box(part)[[0, 2]].mean() for part in cut])
            for part in mine:
                if part not in cut:
                    place = self._box(part)[[0, 2]].mean()
                    cut[int(np.abs(places - place).argmin())] += part
                    parts.remove(part)
        return parts + [[one] for one in pieces if one[1].is_link]


def in_lines(
    drawing: Drawing, picture_of: Callable[[Drawing], NDArray[np.uint8]] = normalise
) -> list[StrokeParts]:
    """The lines of a drawing with at least one stroke, from top to bottom; see ``StrokeParts``."""
    return [StrokeParts(line, picture_of) for line in lines_of(drawing)]


def line_height(boxes: NDArray[np.float64]) -> float:
    """The height of the highest of boxes (n, 4), n ≥ 1; never as good as 0, however flat."""
    width, height = (boxes[:, 2:] - boxes[:, :2]).max(axis=0)
    whole = boxes[:, 2].max() - boxes[:, 0].min()
    found = float(max(height, FLAT * width, whole / MOST_HEIGHTS))
    return found if found > NOTHING else 1.0
