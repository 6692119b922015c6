import pytest

from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.best import BestSoFar

CONFIG = TrainingConfig()


def after_each(*scores):
    """What is the best after each epoch, of an accuracy and a loss."""
    best, found = BestSoFar(), []
    for epoch, (accuracy, loss) in enumerate(scores, 1):
        best = best.after(epoch, accuracy, loss, CONFIG)
        found.append((best.epoch, best.accuracy, best.loss))
    return found


def test_an_epoch_is_best_if_it_is_better_than_all_before():
    first, third, fifth = (1, 0.5, 1.0), (3, 0.5, 0.9), (5, 0.6, 2.0)
    scores = [(0.5, 1.0), (0.4, 0.5), (0.5, 0.9), (0.5, 1.0), (0.6, 2.0), (0.6, 2.0)]
    # Between equals the lower loss decides, and then the earlier epoch.
    assert after_each(*scores) == [first, first, third, third, fifth, fifth]


def test_an_epoch_that_reads_nothing_rightly_is_better_than_none():
    assert after_each((0.0, 5.0), (0.0, 5.0)) == [(1, 0.0, 5.0)] * 2


@pytest.mark.parametrize(
    ("patience", "improvement", "accuracies", "ended", "kept"),
    [
        (2, 0.0, [0.5, 0.6, 0.6, 0.6, 0.9], 4, 2),
        (2, 0.0, [0.5, 0.4, 0.6, 0.5, 0.61, 0.6, 0.6, 0.9], 7, 5),
        (1, 0.0, [0.5, 0.5, 0.9], 2, 1),
        # Small steps count for nothing, even where they add up to a large one later.
        (2, 0.05, [0.5, 0.52, 0.54, 0.9], 3, 3),
        (2, 0.05, [0.5, 0.54, 0.56, 0.58, 0.6, 0.9], 5, 5),
        (3, 1.0, [0.5, 0.6, 0.7, 0.8, 0.9], 4, 4),
        (1, 0.0, [0.5, 0.6, 0.7], None, 3),
        (None, 0.5, [0.5] * 6, None, 1),
    ],
)
def test_patience_ends_when_so_many_epochs_in_a_row_bring_too_little(
    patience, improvement, accuracies, ended, kept
):
    config = TrainingConfig(patience=patience, minimum_improvement=improvement)
    best = BestSoFar()
    for epoch, accuracy in enumerate(accuracies, 1):
        assert not best.is_out_of_patience(config)
        best = best.after(epoch, accuracy, 1.0, config)
        if best.is_out_of_patience(config):
            break
    assert (epoch if best.is_out_of_patience(config) else None) == ended
    assert best.epoch == kept
