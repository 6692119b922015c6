"""What the curves of a run tell: plain rules on its figures. Needs no torch.

Each rule says what is seen, from which epoch on, and what may help. They are meant to be silent
where all is well: a training of the preset "Article" or "Robust" has nothing to be told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

import numpy as np

from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.settings.config import CLASSES, TrainingConfig
from mnist_desktop.learning.train.history import History
from mnist_desktop.texts import QT_TRANSLATE_NOOP, Translate, untranslated

GUESSING = log(CLASSES)
"""The loss of who finds all digits equally likely."""

CHANCE = 0.2
"""Accuracy up to which it is hardly better than guessing, which gives 0.1."""

RISE = 1.1
"""Times its lowest, a train loss has risen."""

WELL_LEARNED = 0.95
"""Train accuracy from which on a train loss is so small that it may rise by chance."""

TURNED, TURNED_FAR = 1.2, 1.5
"""Times its lowest, a test loss has turned: while accuracy grows no more, or in any case."""

BY_HEART, TURNED_A_LITTLE = 30, 1.05
"""Where a test loss is so many times the train loss, it has turned sooner."""

PATIENCE = 5
"""Epochs that something has to last to be told of."""

SPIKE = 5
"""Times the median of its epoch, a batch's loss is a spike, if it is worse than guessing too."""

DEAD = 0.3
"""Share of a layer's neurons."""

FLAT = 0.02
"""A loss that falls by a smaller part in ``PATIENCE`` epochs stands still."""

SLOW = 0.1
"""A loss that falls by a smaller part in an epoch, while it is still high, falls slowly."""


@dataclass(frozen=True)
class Remedy:
    """A setting that may help.

    Attributes:
        field, value: of the configuration.
        template: what it does, marked for translators.
    """

    field: str
    value: float
    template: str

    def text(self, translate: Translate = untranslated) -> str:
        """What stands on its button."""
        return translate("core", self.template).format(value=self.value)


@dataclass(frozen=True)
class Hint:
    """Something that the curves tell.

    Attributes:
        epoch: from which one on; where it is on the curves.
        template, values: the sentence, marked for translators.
        remedies: what may help; may be none.
    """

    epoch: int
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()

    def text(self, translate: Translate = untranslated) -> str:
        """The sentence."""
        return translate("core", self.template).format(epoch=self.epoch, **self.values)


def diagnose(
    config: TrainingConfig,
    history: History,
    *,
    has_diverged: bool = False,
    dead: Mapping[str, float] | None = None,
) -> tuple[Hint, ...]:
    """What there is to be told of a run so far, the most important first.

    What was before the last change of a setting tells nothing of the steps that are taken now.

    Args:
        has_diverged: the loss became NaN or infinite.
        dead: share of dead neurons, 0 to 1, by the layer's name, where it is known.
    """
    begin = history.changes[-1].epoch if history.changes else 1
    recent = [record for record in history.epochs if record.epoch >= begin]
    hints = [
        *_diverged(config, history, has_diverged=has_diverged),
        *_at_chance(config, recent),
        *_rising(config, recent),
        *_overfitting(config, history.epochs),
        *_dead(config, len(history.epochs), dead or {}),
        *_spikes(config, history, recent),
        *_flat(config, recent),
        *_slow(config, recent),
    ]
    return tuple(hints)


def _diverged(config: TrainingConfig, history: History, *, has_diverged: bool) -> Iterator[Hint]:
    if has_diverged:
        yield Hint(
            len(history.epochs) + 1,
            QT_TRANSLATE_NOOP(
                "core",
                "In epoch {epoch} the loss grew beyond all numbers: the steps are far too large.",
            ),
            remedies=(_rate(config.cautious_rate),),
        )


def _at_chance(config: TrainingConfig, epochs: Sequence[EpochRecord]) -> Iterator[Hint]:
    if not epochs or epochs[-1].train_accuracy > CHANCE:
        return
    losses = [record.train_loss for record in epochs]
    # One that learns too slowly is at chance as well, but its loss falls and never was higher.
    is_falling = len(losses) > 1 and losses[-1] < 0.98 * losses[-2]
    if max(losses) > RISE * GUESSING or (len(losses) > 1 and not is_falling):
        yield Hint(
            epochs[0].epoch,
            QT_TRANSLATE_NOOP(
                "core",
                "It reads no better than one who guesses: most likely the learning rate is too "
                "high, and each step goes astray.",
            ),
            remedies=(_rate(config.cautious_rate),),
        )


def _rising(config: TrainingConfig, epochs: Sequence[EpochRecord]) -> Iterator[Hint]:
    if len(epochs) < 3 or not CHANCE < epochs[-1].train_accuracy < WELL_LEARNED:
        return
    losses = [record.train_loss for record in epochs]
    lowest = int(np.argmin(losses))
    if losses[-3] < losses[-2] < losses[-1] and losses[-1] > RISE * losses[lowest]:
        yield Hint(
            epochs[lowest].epoch,
            QT_TRANSLATE_NOOP(
                "core",
                "Since epoch {epoch} the train loss rises: the learning rate is so high that "
                "steps lead past what they aim at.",
            ),
            remedies=(_rate(config.learning_rate * 0.1),),
        )


def _overfitting(config: TrainingConfig, epochs: Sequence[EpochRecord]) -> Iterator[Hint]:
    if len(epochs) <= PATIENCE:
        return
    losses = np.array([record.test_loss for record in epochs])
    lowest = int(losses.argmin())
    best = int(np.argmax([record.test_accuracy for record in epochs]))
    now, then = float(np.median(losses[-3:])), float(losses[lowest])
    has_lasted = len(epochs) - 1 - lowest >= PATIENCE
    is_stale = len(epochs) - 1 - best >= PATIENCE
    falls = epochs[-1].train_loss < 0.7 * epochs[lowest].train_loss
    is_by_heart = epochs[-1].test_loss > BY_HEART * epochs[-1].train_loss
    has_turned = (
        now > TURNED_FAR * then
        or (is_stale and now > TURNED * then)
        or (is_by_heart and now > TURNED_A_LITTLE * then)
    )
    if has_lasted and falls and has_turned:
        remedies = []
        if config.patience is None:
            text = QT_TRANSLATE_NOOP("core", "Stop early, after {value} epochs")
            remedies.append(Remedy("patience", 3, text))
        if config.network.hidden and config.network.dropout == 0:
            text = QT_TRANSLATE_NOOP("core", "Dropout {value:g}")
            remedies.append(Remedy("dropout", 0.2, text))
        yield Hint(
            epochs[lowest].epoch,
            QT_TRANSLATE_NOOP(
                "core",
                "Since epoch {epoch} the test loss rises while the train loss falls: it learns "
                "the training pictures by heart (overfitting).",
            ),
            remedies=tuple(remedies),
        )


def _dead(config: TrainingConfig, epoch: int, dead: Mapping[str, float]) -> Iterator[Hint]:
    for layer, share in dead.items():
        if share >= DEAD:
            yield Hint(
                max(1, epoch),
                QT_TRANSLATE_NOOP(
                    "core",
                    "{share:.0f} % of the neurons of {layer} are dead: they say the same whatever "
                    "the picture, and learn nothing more.",
                ),
                {"share": 100 * share, "layer": layer},
                (_rate(config.learning_rate * 0.3),),
            )


def _spikes(
    config: TrainingConfig, history: History, epochs: Sequence[EpochRecord]
) -> Iterator[Hint]:
    """In the first epoch there is much to learn, and losses are high."""
    positions, losses = history.batch_position.values, history.batch_loss.values
    highest, where = 0.0, 0
    for record in epochs:
        if record.epoch > 1:
            first, last = np.searchsorted(positions, [record.epoch - 1 + 1e-6, record.epoch + 1e-6])
            batches = losses[first:last]
            peak = float(batches.max(initial=0.0))
            # Medians take longer than all the rest, and are seldom needed.
            if peak > max(highest, GUESSING) and peak > SPIKE * np.median(batches):
                highest, where = peak, record.epoch
    if where:
        yield Hint(
            where,
            QT_TRANSLATE_NOOP(
                "core",
                "In epoch {epoch} the loss of a batch leapt to {loss:.1f}, worse than guessing: "
                "a step was too large.",
            ),
            {"loss": highest},
            (_rate(config.learning_rate * 0.3),),
        )


def _flat(config: TrainingConfig, epochs: Sequence[EpochRecord]) -> Iterator[Hint]:
    """Other schedules than the constant one make smaller steps by themselves."""
    if config.schedule != "constant" or len(epochs) <= PATIENCE:
        return
    if not CHANCE < epochs[-1].train_accuracy < WELL_LEARNED:
        return
    train = [record.train_loss for record in epochs]
    test = [record.test_loss for record in epochs]
    stands = all(
        min(losses[-PATIENCE:]) > (1 - FLAT) * min(losses[:-PATIENCE]) for losses in (train, test)
    )
    if stands:
        yield Hint(
            epochs[-PATIENCE].epoch,
            QT_TRANSLATE_NOOP(
                "core",
                "Since epoch {epoch} neither loss has fallen. Smaller steps may lead further; if "
                "not, the network has learned what it can.",
            ),
            remedies=(_rate(config.learning_rate * 0.3),),
        )


def _slow(config: TrainingConfig, epochs: Sequence[EpochRecord]) -> Iterator[Hint]:
    if config.schedule != "constant" or len(epochs) < 3:
        return
    losses = [record.train_loss for record in epochs[-3:]]
    if min(losses) <= GUESSING / 2:
        return
    parts = [1 - after / before for before, after in pairwise(losses)]
    if all(FLAT < part < SLOW for part in parts):
        yield Hint(
            epochs[0].epoch,
            QT_TRANSLATE_NOOP(
                "core",
                "The train loss falls by {percent:.0f} % an epoch only: the learning rate may be "
                "too low.",
            ),
            {"percent": 100 * parts[-1]},
            (_rate(config.learning_rate * 10),),
        )


def _rate(value: float) -> Remedy:
    text = QT_TRANSLATE_NOOP("core", "Learning rate {value:g}")
    return Remedy("learning_rate", float(f"{value:.1g}"), text)
