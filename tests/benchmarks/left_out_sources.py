"""How well people are read of whom nothing was in the training.

    python tests/benchmarks/left_out_sources.py [--epochs 4] [--sources val syn] [--limit 20000]
        [--models FOLDER]

Of the ink that comes with the program, one source after the other is left out: a network is trained
with the preset "best" on the rest, and reads that source's digits, and its letters that look like
no digit. For choosing styles, weights and strictness; the short training here reads worse than the
bundled model. What hears the pen (``pen_fitting.py``) is trained without that source, too. With a
folder both are kept there, and what is there already is not trained again: other benchmarks start
from them. Prints each source's accuracy, and for several strictnesses what is kept of the rightly
read, and how many of the letters are answered.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pen_fitting import fit

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.real import real_digits, real_letters, write_again
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Split, Splits, joined
from mnist_desktop.learning.evaluate.evaluation import read_strokes_set
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.model_file import open_model, save_model
from mnist_desktop.learning.models.pen import open_pen, save_pen
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NO_DIGIT, PRESETS, TrainingConfig
from mnist_desktop.learning.train.events import RunDone
from mnist_desktop.learning.train.training import train

SOURCES = ("apa", "ced", "gmd", "syn", "val")
STRICTNESSES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
COUNTS = ("synthetic_digits", "scribbles", "real_digits", "real_letters")
"""Settings that go with the limit."""


def written_again(drawings: list[LabelledDrawing], count: int, seed: int) -> Split:
    """Pictures of so many drawings, each one of these in a slightly other hand."""
    again = write_again(drawings, count, np.random.default_rng(seed))
    labels = [NO_DIGIT if each.digits is None else int(each.digits) for each in again]
    pictures = np.stack([normalise(each.drawing) for each in again])
    return Split(pictures, np.array(labels, dtype=np.uint8))


def trained_without(source: str, config: TrainingConfig, splits: Splits) -> Model:
    """What was trained on all other sources."""
    others = [
        written_again(_of(read, lambda name: name != source), count, config.seed)
        for read, count in ((real_digits, config.real_digits), (real_letters, config.real_letters))
    ]
    train_split = joined([splits.train.first(config.limit), *others])
    splits = dataclasses.replace(splits, train=train_split)
    without = dataclasses.replace(config, limit=None, real_digits=0, real_letters=0)
    *_, done = train(without, splits)
    assert isinstance(done, RunDone)
    model = done.model(without, splits)
    assert model is not None
    return model


def model_without(source: str, folder: Path) -> Model:
    """The one in the folder that was trained on all other sources.

    Raises:
        FileError: there is none.
    """
    pen = folder / f"pen-without-{source}.safetensors"
    if not pen.exists():
        save_pen(fit(lambda name: name != source), pen)
    model = open_model(folder / f"without-{source}.safetensors")
    return dataclasses.replace(model, pen=open_pen(pen))


def _kept_or_trained(
    source: str, config: TrainingConfig, splits: Splits, folder: Path
) -> Recognizer:
    file = folder / f"without-{source}.safetensors"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        save_model(file, trained_without(source, config, splits))
    return Recognizer(model_without(source, folder))


def _of(
    read: Callable[[], list[LabelledDrawing]], wanted: Callable[[str], bool]
) -> list[LabelledDrawing]:
    return [each for each in read() if wanted((each.writer or "").partition("/")[0])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--limit", type=int, default=20_000, help="MNIST's first so many pictures")
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=SOURCES)
    parser.add_argument("--models", type=Path, help="where without-apa.safetensors and so on are")
    options = parser.parse_args()
    splits = bundled_mnist()
    best = PRESETS["best"]
    share = options.limit / len(splits.train)
    drawn = {name: int(share * getattr(best, name)) for name in COUNTS}
    config = dataclasses.replace(best, epochs=options.epochs, limit=options.limit, **drawn)
    right: list[np.ndarray] = []
    sure: list[np.ndarray] = []
    letters: list[float] = []
    for source in options.sources:
        with tempfile.TemporaryDirectory() as folder:
            kept = options.models or Path(folder)
            recognizer = _kept_or_trained(source, config, splits, kept)
        digits = read_strokes_set(recognizer, _of(real_digits, lambda name, s=source: name == s))
        right.append(np.equal(digits.best_texts, digits.labels))
        sure.append(np.array(digits.confidences))
        others = _of(real_letters, lambda name, s=source: name == s)
        letters += read_strokes_set(recognizer, others).confidences
        print(f"without {source}: {100 * right[-1].mean():.2f} % of {len(right[-1]):,} digits")
    all_right, all_sure = np.concatenate(right), np.concatenate(sure)
    print(f"all: {100 * all_right.mean():.2f} % of {len(all_right):,}")
    for strictness in STRICTNESSES:
        kept = (all_sure[all_right] >= strictness).mean()
        answered = (np.array(letters) >= strictness).mean()
        print(
            f"strictness {strictness}: kept {100 * kept:.2f} % of the rightly read; answered "
            f"{100 * answered:.2f} % of {len(letters):,} letters and signs"
        )


if __name__ == "__main__":
    main()
