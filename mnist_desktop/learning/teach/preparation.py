"""All that can be done before a model is taught, so that nobody waits for it then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import Tensor

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.evaluate.measures import score
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.teach.neurons import Seen, see
from mnist_desktop.learning.teach.replay import Replay, replayed
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

CANDIDATES, HARDEST = 12_000, 1500
"""Of so many training pictures so many are practised: those that the model is least sure of."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """What is known before the first example comes. It serves for any number of lessons.

    Attributes:
        model: that is to be taught.
        network: its network.
        splits: the data set.
        replay: what is practised along: the data set's hardest, other digits, no digits.
        validation, test: the splits.
    """

    model: Model
    network: MLP
    splits: Splits
    replay: tuple[Seen, Seen, Seen]
    validation: Seen
    test: Seen


def prepare(
    model: Model, splits: Splits, replay: Replay | None = None, progress: Progress = unwatched
) -> Prepared:
    """See all that is practised along, and what tells whether something was forgotten.

    It takes a few seconds, the first time in a process some more, and 130 MB for the bundled model
    and MNIST, as long as somebody keeps it.

    Args:
        replay: what to practise beside the data set's hardest; None takes ``replayed``.
        progress: hears between its steps how much is done.

    Raises:
        UserError: the network has no hidden layer.
    """
    if not model.network.hidden:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "core", "This model has no hidden layer, and so nothing to keep a handwriting in."
            )
        )
    network = MLP(model.network)
    network.load_state_dict(model.state_dict)
    network.eval()
    progress(0.0)
    replay = replay or replayed(splits)
    progress(0.5)
    chosen = np.random.default_rng(0).permutation(len(splits.train))[:CANDIDATES]
    candidates = see(network, splits.train.some(chosen))
    first, second = candidates.logits.topk(2, dim=1).values.t()
    hardest = (first - second).argsort()[:HARDEST]
    practised = (candidates.some(hardest), see(network, replay.digits), see(network, replay.others))
    progress(0.8)
    validation = see(network, splits.validation)
    progress(0.9)
    return Prepared(model, network, splits, practised, validation, see(network, splits.test))


def score_of(logits: Tensor, seen: Seen) -> Score:
    """How many digits are read rightly."""
    return score(int((logits.argmax(dim=1) == seen.labels).sum()), len(seen.labels))
