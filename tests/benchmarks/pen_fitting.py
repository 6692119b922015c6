"""How people's pens go: the networks of ``mnist_desktop/learning/models/pen.py`` are trained.

    python tests/benchmarks/pen_fitting.py [--out FILE]

They learn from the digits and letters that come with the program, each written again in slightly
other hands, and from digits and scribbles that a program draws. Some are written the other way
round, since few sources show how few people's pens go. Writes the file that comes with the program,
in a few minutes. How strangers are read with it is told by ``left_out_sources.py``, for which it is
trained anew without each of the sources.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from mnist_desktop.ink.real import real_digits, real_letters, write_again
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.ink.synthetic.scribbles import scribble
from mnist_desktop.ink.synthetic.styles import write_digits
from mnist_desktop.ink.trajectory import FEATURES, pen_features
from mnist_desktop.learning.models.pen import FILE, PenNetwork, save_pen
from mnist_desktop.learning.settings.config import CLASSES, NO_DIGIT

DIGITS, LETTERS, SYNTHETIC, SCRIBBLES = 60_000, 30_000, 40_000, 20_000
"""How many drawings there are of each kind."""

OTHER_WAY = 0.1
"""Share of the drawings with a stroke turned round, or strokes in another order."""

NETWORKS, HIDDEN = 3, 256
EPOCHS, BATCH, RATE, DECAY, SMOOTHING = 12, 256, 2e-3, 0.02, 0.02

NOISE = 0.03
"""Standard deviation of what is added to the features, which are within -0.5 and 1."""

Examples = tuple[NDArray[np.float32], NDArray[np.int64]]


def fit(wanted: Callable[[str], bool] = bool) -> PenNetwork:
    """Learn from the sources whose names are wanted, "val" for instance, and what is drawn."""
    random = np.random.default_rng(0)
    real = [
        write_again([one for one in read() if wanted(source(one))], count, random)
        for read, count in ((real_digits, DIGITS), (real_letters, LETTERS))
    ]
    parts = [_examples(drawings, random) for drawings in real] + [_drawn_by_program()]
    features, labels = (torch.from_numpy(np.concatenate(one)) for one in zip(*parts, strict=True))
    networks = [_trained(features, labels, seed) for seed in range(NETWORKS)]
    layers = [[one for one in network if isinstance(one, nn.Linear)] for network in networks]
    return PenNetwork(
        tuple(_stacked(one.weight.T for one in layer) for layer in zip(*layers, strict=True)),
        tuple(_stacked(one.bias[None] for one in layer) for layer in zip(*layers, strict=True)),
    )


def source(drawing: LabelledDrawing) -> str:
    """The first part of its writer's name."""
    return (drawing.writer or "").partition("/")[0]


@cache
def _drawn_by_program() -> Examples:
    random = np.random.default_rng(1)
    return _examples([*write_digits(SYNTHETIC, random), *scribble(SCRIBBLES, random)], random)


def _examples(drawings: list[LabelledDrawing], random: np.random.Generator) -> Examples:
    ways = [_perhaps_other_way(one.drawing, random) for one in drawings]
    labels = [NO_DIGIT if one.digits is None else int(one.digits) for one in drawings]
    return np.stack([pen_features(one) for one in ways]), np.array(labels)


def _perhaps_other_way(drawing: Drawing, random: np.random.Generator) -> Drawing:
    if random.random() >= OTHER_WAY:
        return drawing
    strokes = list(drawing.strokes)
    if len(strokes) > 1 and random.random() < 0.5:
        random.shuffle(strokes)
    else:
        turned = random.integers(len(strokes))
        strokes[turned] = Stroke(strokes[turned].points[::-1])
    return Drawing(tuple(strokes))


def _trained(features: Tensor, labels: Tensor, seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    network = nn.Sequential(
        *(nn.Linear(FEATURES, HIDDEN), nn.ReLU()),
        *(nn.Linear(HIDDEN, HIDDEN), nn.ReLU()),
        nn.Linear(HIDDEN, CLASSES + 1),
    )
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(labels) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps)
    for _ in range(EPOCHS):
        order = torch.randperm(len(labels))
        for batch in order[: steps // EPOCHS * BATCH].split(BATCH):
            noisy = features[batch] + NOISE * torch.randn(len(batch), FEATURES)
            loss = F.cross_entropy(network(noisy), labels[batch], label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return network


def _stacked(tensors: Iterable[Tensor]) -> NDArray[np.float32]:
    stacked: NDArray[np.float32] = torch.stack(list(tensors)).detach().numpy()
    return stacked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    torch.set_num_threads(1)
    save_pen(fit(), options.out)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
