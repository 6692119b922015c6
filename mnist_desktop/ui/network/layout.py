"""Where the neurons of a network stand when it is painted, and which connections matter most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from mnist_desktop.ink import SIDE

ROWS = 32
"""Neurons below each other in a column of cells, at most; an output's ten stand alone."""

LARGEST_CELL = 14.0
SMALLEST_CELL = 3.0
GAP = 56.0
"""Pixels from layer to layer, at least."""

MOST_LINES = 16
"""Between two layers."""

LOUDEST = 24
"""Neurons of a layer whose connections are compared."""


@dataclass(frozen=True)
class LayerPlace:
    """The cells of one layer, in columns from top to bottom.

    Attributes:
        area: all of them.
        cell: side of a cell in pixels.
        rows: of a column.
        shown: of its neurons, the first; of a layer that is too wide for the screen not all.
    """

    area: QRectF
    cell: float
    rows: int
    shown: int

    def place(self, neuron: int) -> QRectF:
        """The cell of a neuron."""
        column, row = divmod(neuron, self.rows)
        left = self.area.left() + column * self.cell
        return QRectF(left, self.area.top() + row * self.cell, self.cell, self.cell)

    def at(self, point: QPointF) -> int | None:
        """The neuron at a point."""
        if not self.area.contains(point):
            return None
        column = int((point.x() - self.area.left()) // self.cell)
        row = int((point.y() - self.area.top()) // self.cell)
        neuron = column * self.rows + row
        return neuron if row < self.rows and neuron < self.shown else None


def laid_out(widths: tuple[int, ...], room: QRectF) -> list[LayerPlace]:
    """The picture's 784 pixels, the hidden layers and the ten outputs, from left to right.

    Args:
        widths: of the layers, without the picture.
    """
    *hidden, outputs = widths
    picture = min(room.height() / SIDE, 0.24 * room.width() / SIDE)
    ends = picture * SIDE + min(room.height() / outputs, 28.0)
    between = room.width() - ends - GAP * (len(hidden) + 1)
    share = max(between / max(1, len(hidden)), SMALLEST_CELL)
    sizes = [(SIDE, picture, 28 * 28)]
    for width in hidden:
        cell = min(LARGEST_CELL, room.height() / min(width, ROWS))
        rows = min(width, ROWS)
        while cell > SMALLEST_CELL and cell * -(-width // rows) > share:
            cell -= 0.5
            rows = min(width, int(room.height() / cell))
        shown = min(width, rows * max(1, int(share / cell)))
        sizes.append((rows, cell, shown))
    sizes.append((outputs, min(room.height() / outputs, 28.0), outputs))
    taken = sum(cell * -(-shown // rows) for rows, cell, shown in sizes)
    gap = (room.width() - taken) / (len(sizes) - 1)
    places, left = [], room.left()
    for rows, cell, shown in sizes:
        columns = -(-shown // rows)
        top = room.center().y() - rows * cell / 2
        area = QRectF(left, top, columns * cell, rows * cell)
        places.append(LayerPlace(area, cell, rows, shown))
        left += columns * cell + gap
    return places


def strongest(
    values: NDArray[np.float32], weights: NDArray[np.float32], shown: tuple[int, int]
) -> list[tuple[int, int, float]]:
    """Connections that carry most: from which neuron to which, and what.

    They are looked for among those of the neurons that say most, since there may be millions.

    Args:
        values: (inputs,) what the neurons before hand on.
        weights: (outputs, inputs).
        shown: how many of inputs and outputs are seen.

    Returns:
        The weakest first, so that the strongest are painted over them.
    """
    sizes = np.abs(np.nan_to_num(values[: shown[0]]))
    loud = np.argsort(sizes)[-LOUDEST:]
    carried = np.nan_to_num(weights[: shown[1], loud] * values[loud])
    amounts = np.abs(carried).ravel()
    count = min(MOST_LINES, int(np.count_nonzero(amounts)))
    if not count:
        return []
    found = np.argpartition(amounts, -count)[-count:]
    found = found[np.argsort(amounts[found])]
    ends, starts = np.unravel_index(found, carried.shape)
    return [
        (int(loud[start]), int(end), float(carried[end, start]))
        for start, end in zip(starts, ends, strict=True)
    ]
