"""Which strokes an eraser touches. Knows neither torch nor Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.strokes import Drawing, Stroke

Place = tuple[float, float]


def touched(drawing: Drawing, start: Place, stop: Place, reach: float) -> list[Stroke]:
    """The strokes that an eraser comes upon on its way, the one drawn last first.

    Args:
        start: where the eraser's middle was, in the drawing's unit.
        stop: where it is now.
        reach: half the eraser's width.
    """
    way = np.array([start, stop])
    return [stroke for stroke in reversed(drawing.strokes) if _meet(stroke, way, reach)]


def without(drawing: Drawing, stroke: Stroke) -> Drawing:
    """The drawing without one of its strokes."""
    return Drawing(tuple(one for one in drawing.strokes if one is not stroke))


def _meet(stroke: Stroke, way: NDArray[np.float64], reach: float) -> bool:
    reach += 0.0 if stroke.widths is None else float(stroke.widths.max()) / 2
    low, high = stroke.points.min(axis=0) - reach, stroke.points.max(axis=0) + reach
    if (way.max(axis=0) < low).any() or (way.min(axis=0) > high).any():
        return False
    ends = np.concatenate([stroke.points, stroke.points[-1:]])  # of a dot, too
    begin, along = ends[:-1], np.diff(ends, axis=0)
    nearest = min(
        *(_distances(begin, along, place).min() for place in way),
        _distances(way[:1], way[1:] - way[:1], stroke.points).min(),
    )
    return bool(nearest <= reach or _cross(begin, along, way).any())


def _distances(
    begin: NDArray[np.float64], along: NDArray[np.float64], place: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(n,) from a place to lines that begin there and run along these, (n, 2) each; or from many
    places to one line.
    """
    squares = (along**2).sum(axis=1)
    share = ((place - begin) * along).sum(axis=1) / np.where(squares > 0, squares, 1.0)
    foot = begin + np.clip(share, 0.0, 1.0)[:, None] * along
    return np.asarray(np.linalg.norm(place - foot, axis=1))


def _cross(
    begin: NDArray[np.float64], along: NDArray[np.float64], way: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """(n,) whether lines that begin there and run along these cross the way."""
    ahead = way[1] - way[0]
    apart = begin - way[0]
    turn = ahead[0] * along[:, 1] - ahead[1] * along[:, 0]
    safe = np.where(turn == 0, 1.0, turn)
    on_way = (apart[:, 0] * along[:, 1] - apart[:, 1] * along[:, 0]) / safe
    on_line = (apart[:, 0] * ahead[1] - apart[:, 1] * ahead[0]) / safe
    inside = (on_way >= 0) & (on_way <= 1) & (on_line >= 0) & (on_line <= 1)
    return np.asarray(inside & (turn != 0))
