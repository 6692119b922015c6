import pytest

from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.best import Best


def offered(best, *scores, first=1):
    """Whether each epoch, of an accuracy and a loss, is the best so far."""
    return [
        best.offer(epoch, accuracy, loss, {"of": epoch})
        for epoch, (accuracy, loss) in enumerate(scores, first)
    ]


def test_an_epoch_is_best_if_it_is_better_than_all_before():
    best = Best(TrainingConfig())
    scores = [(0.5, 1.0), (0.4, 0.5), (0.5, 0.9), (0.5, 1.0), (0.6, 2.0), (0.6, 2.0)]
    # Between equals the lower loss decides, and then the earlier epoch.
    assert offered(best, *scores) == [True, False, True, False, True, False]
    assert (best.so_far.epoch, best.so_far.accuracy, best.so_far.loss) == (5, 0.6, 2.0)
    assert best.state_dict == {"of": 5}


def test_an_epoch_that_reads_nothing_rightly_is_better_than_none():
    assert offered(Best(TrainingConfig()), (0.0, 5.0), (0.0, 5.0)) == [True, False]


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
    best = Best(config)
    for epoch, accuracy in enumerate(accuracies, 1):
        assert not best.out_of_patience
        offered(best, (accuracy, 1.0), first=epoch)
        if epoch == 2:  # it can be gone on with from what is kept of it
            best = Best(config, best.so_far, best.state_dict)
        if best.out_of_patience:
            break
    assert (epoch if best.out_of_patience else None) == ended
    assert best.so_far.epoch == best.state_dict["of"] == kept
