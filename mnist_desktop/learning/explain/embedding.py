"""A two-dimensional map of what a layer makes of pictures: like ones lie close together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import count
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from mnist_desktop.errors import UserError
from mnist_desktop.learning.evaluate.evaluation import CHUNK
from mnist_desktop.learning.explain.principal import principal_axes
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

Method = Literal["pca", "tsne"]

Values = NDArray[np.float32]

NO_TSNE = QT_TRANSLATE_NOOP(
    "core", "t-SNE needs the package openTSNE. Install it with: pip install openTSNE"
)

NEIGHBOURS = 15
"""Between which a new picture is put on a map that has no formula."""

PERPLEXITY = 30
EARLY_STEPS, STEPS = 250, 500
"""van der Maaten and Hinton 2008, "Visualizing data using t-SNE", §3; the steps are openTSNE's."""

STEPS_BETWEEN_REPORTS = 10


@torch.inference_mode()
def activations(
    network: MLP, layer: int, pictures: NDArray[np.uint8], progress: Progress = unwatched
) -> Values:
    """What a layer makes of (n, 28, 28) pictures: (n, its outputs) float32.

    Args:
        network: in evaluation mode.
        layer: 0 is the input, 784 values from 0 to 1; then the network's layers, of which the last
            gives its scores.
    """
    parts = []
    for start in range(0, len(pictures), CHUNK):
        values = to_input(torch.from_numpy(np.ascontiguousarray(pictures[start : start + CHUNK])))
        for number, output in enumerate(network.outputs(values), start=1):
            if number == layer:
                values = output.sums if number == len(network.layers) else output.values
                break
        parts.append(values.nan_to_num())
        progress(min(1.0, (start + CHUNK) / len(pictures)))
    joined: Values = torch.cat(parts).numpy()
    return joined


@dataclass(frozen=True, eq=False)
class PcaMap:
    """The two directions in which values differ most (Pearson 1901).

    Attributes:
        points: (n, 2) float32.
        mean: (d,) float32.
        axes: (2, d) float32, each of length 1.
        explained: (2,) the share, 0 to 1, of all variance that lies along each.
    """

    points: Values
    mean: Values
    axes: Values
    explained: NDArray[np.float64]

    def project(self, values: Values) -> Values:
        """(m, d) → (m, 2)."""
        return np.asarray((values - self.mean) @ self.axes.T, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class TsneMap:
    """Neighbours stay neighbours; how far apart groups lie says little.

    Attributes:
        points: (n, 2) float32.
        values: (n, d) float32, of which it was made.
    """

    points: Values
    values: Values

    @cached_property
    def _lengths(self) -> Values:
        """(n,) the squares of the values' lengths."""
        return np.asarray(np.square(self.values).sum(axis=1))

    def project(self, values: Values) -> Values:
        """(m, d) → (m, 2): each where most of its nearest neighbours are.

        The median of their places is where openTSNE, too, begins with a new point (Poličar,
        Stražar and Zupan 2024, "openTSNE: a modular Python library for t-SNE").
        """
        most = min(NEIGHBOURS, len(self.values))
        placed = []
        for one in values:
            # The squared distances, but for what is the same in all of them.
            distances = self._lengths - 2 * (self.values @ one)
            nearest = np.argpartition(distances, most - 1)[:most]
            placed.append(np.median(self.points[nearest], axis=0))
        return np.array(placed, dtype=np.float32).reshape(-1, 2)


Map = PcaMap | TsneMap
"""Where pictures lie. It can ``project`` further ones, if they are of the same layer."""


def make_map(values: Values, method: Method, progress: Progress = unwatched) -> Map:
    """The map of (n, d) values, n at least 2.

    Args:
        progress: may raise ``Cancelled``.

    Raises:
        UserError: t-SNE is not installed.
    """
    return pca(values) if method == "pca" else tsne(values, progress)


def pca(values: Values) -> PcaMap:
    """The same values give the same map, not its mirror image."""
    mean = values.mean(axis=0, dtype=np.float32)
    centred = values - mean
    squares, directions = principal_axes(torch.from_numpy(centred), 2)
    axes = directions.numpy()
    if len(axes) < 2:
        axes = np.vstack([axes, np.zeros_like(axes)])
    strongest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    axes = axes * np.where(strongest < 0, -1, 1).astype(np.float32)
    explained = np.zeros(2)
    explained[: len(squares)] = squares / (np.square(centred, dtype=np.float64).sum() or 1.0)
    return PcaMap(centred @ axes.T, mean, axes, explained)


def has_tsne() -> bool:
    """Whether t-SNE can be had. Nothing is loaded for that."""
    return find_spec("openTSNE") is not None


def tsne(values: Values, progress: Progress = unwatched) -> TsneMap:
    """By openTSNE, always from the same random numbers.

    Raises:
        UserError: it is not installed.
    """
    try:
        from openTSNE import TSNE
    except ImportError as fault:
        raise UserError(NO_TSNE) from fault
    progress(0.0)
    steps = count(STEPS_BETWEEN_REPORTS, STEPS_BETWEEN_REPORTS)  # openTSNE counts two phases from 1

    def report(_step: int, _error: float, _points: object) -> None:
        progress(min(1.0, next(steps) / (EARLY_STEPS + STEPS)))

    method = TSNE(
        perplexity=min(PERPLEXITY, max(1.0, (len(values) - 1) / 3)),
        early_exaggeration_iter=EARLY_STEPS,
        n_iter=STEPS,
        random_state=0,
        n_jobs=1,
        callbacks=report,
        callbacks_every_iters=STEPS_BETWEEN_REPORTS,
    )
    return TsneMap(np.asarray(method.fit(values), dtype=np.float32), values)
