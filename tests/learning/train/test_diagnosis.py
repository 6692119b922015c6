import dataclasses

import numpy as np
import pytest

from mnist_desktop.learning.records import Change, EpochRecord
from mnist_desktop.learning.settings.config import PRESETS, NetworkConfig, TrainingConfig
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.learning.train.diagnosis import Remedy, diagnose
from mnist_desktop.learning.train.history import History

ARTICLE = PRESETS["article"]

NORMAL = [
    # Train and test loss, train and test accuracy: a run of the preset "Article", seed 0.
    (0.2669, 0.1337, 0.9213, 0.9609),
    (0.1061, 0.0991, 0.9678, 0.9716),
    (0.0714, 0.0941, 0.9778, 0.9729),
    (0.0531, 0.0977, 0.9833, 0.9727),
    (0.0415, 0.0780, 0.9866, 0.9784),
    (0.0310, 0.0885, 0.9900, 0.9770),
    (0.0273, 0.0877, 0.9909, 0.9773),
    (0.0229, 0.0914, 0.9924, 0.9776),
    (0.0233, 0.0866, 0.9924, 0.9787),
    (0.0128, 0.0948, 0.9961, 0.9771),
]
OVERFITTED = [
    # The same with 2,000 training pictures, every third epoch.
    *[(1.2655, 0.6243, 0.65, 0.8107), (0.2016, 0.3107, 0.95, 0.9048)],
    *[(0.0876, 0.2968, 0.98, 0.9118), (0.0308, 0.2952, 0.999, 0.9169)],
    *[(0.0182, 0.3044, 1.0, 0.9180), (0.0069, 0.3053, 1.0, 0.9212)],
    *[(0.0044, 0.3219, 1.0, 0.9207), (0.0029, 0.3250, 1.0, 0.9225)],
    *[(0.0021, 0.3342, 1.0, 0.9214), (0.0016, 0.3419, 1.0, 0.9218)],
]
TOO_HIGH = [
    # Adam with a rate of 0.05.
    *[(0.8726, 0.6765, 0.7313, 0.7613), (0.6086, 0.5522, 0.7973, 0.8076)],
    *[(0.5659, 0.5361, 0.8047, 0.8100), (0.5909, 0.5787, 0.8031, 0.8158)],
    (0.6519, 0.7645, 0.7905, 0.7592),
]
ASTRAY = [(25.0872, 2.3415, 0.1006, 0.0990), (2.3742, 2.3242, 0.1033, 0.0991)]
CRAWLING = [
    # Adam with a rate of 0.000001.
    *[(2.3405, 2.2889, 0.1295, 0.1537), (2.2547, 2.2053, 0.1759, 0.2072)],
    *[(2.1746, 2.1254, 0.2341, 0.2733), (2.0968, 2.0467, 0.3028, 0.3515)],
]
STANDING = [(0.5, 0.55, 0.85, 0.84)] + 7 * [(0.399, 0.449, 0.88, 0.87)]


def history(figures, batches=10, peaks=()):
    """Of epochs; all batches of an epoch have its train loss, but for peaks: epoch and loss."""
    made = History()
    best = 0.0
    for epoch, (train_loss, test_loss, train_accuracy, test_accuracy) in enumerate(figures, 1):
        made.epochs.append(
            EpochRecord(
                epoch,
                train_loss,
                train_accuracy,
                test_loss,
                test_accuracy,
                1.0,
                test_accuracy > best,
            )
        )
        best = max(best, test_accuracy)
        losses = np.full(batches, train_loss)
        losses[batches // 2] = dict(peaks).get(epoch, train_loss)
        for batch, loss in enumerate(losses, 1):
            made.batch_position.append(epoch - 1 + batch / batches)
            made.batch_loss.append(loss)
            made.batch_accuracy.append(train_accuracy)
    return made


def told(config, figures, **rest):
    """The beginning of each sentence, and where it is marked."""
    made = figures if isinstance(figures, History) else history(figures)
    return [(hint.text().split(" ")[-1], hint.epoch) for hint in diagnose(config, made, **rest)]


@pytest.mark.parametrize("epochs", range(11))
def test_of_a_training_that_goes_well_there_is_nothing_to_be_told(epochs):
    assert diagnose(ARTICLE, history(NORMAL[:epochs], peaks=[(1, 9.0), (3, 0.4)])) == ()


def test_overfitting_is_told_from_where_the_test_loss_has_turned():
    (hint,) = diagnose(ARTICLE, history(OVERFITTED))
    assert hint.epoch == 4
    assert hint.text().startswith("Since epoch 4 the test loss rises while the train loss falls")
    assert [(one.field, one.value) for one in hint.remedies] == [("patience", 3), ("dropout", 0.2)]
    assert diagnose(ARTICLE, history(OVERFITTED[:8])) == ()


def test_what_is_tried_against_overfitting_already_is_not_proposed():
    config = dataclasses.replace(ARTICLE, patience=5, network=NetworkConfig(dropout=0.3))
    (hint,) = diagnose(config, history(OVERFITTED))
    assert hint.remedies == ()


def test_a_test_loss_that_rises_far_is_overfitting_though_accuracy_grows():
    rising = [
        (0.2 / epoch, 0.1 + 0.01 * abs(epoch - 4), 0.97, 0.97 + epoch / 1000)
        for epoch in range(1, 13)
    ]
    assert [hint.epoch for hint in diagnose(ARTICLE, history(rising))] == [4]
    assert diagnose(ARTICLE, history(rising[:8])) == ()


def test_a_test_loss_that_rises_with_the_train_loss_is_none():
    both = [(0.3, 0.3, 0.96, 0.95)] + 9 * [(0.29, 0.6, 0.96, 0.94)]
    assert diagnose(ARTICLE, history(both)) == ()


def test_a_train_loss_that_rises_is_of_too_high_a_rate():
    config = dataclasses.replace(ARTICLE, learning_rate=0.05)
    (hint,) = diagnose(config, history(TOO_HIGH))
    assert hint.text().startswith("Since epoch 3 the train loss rises")
    assert hint.remedies == (Remedy("learning_rate", 0.005, "Learning rate {value:g}"),)
    assert hint.remedies[0].text() == "Learning rate 0.005"
    assert diagnose(config, history(TOO_HIGH[:4])) == ()


def test_a_train_loss_that_is_next_to_nothing_may_rise():
    tiny = [(loss, 0.08, 0.996, 0.98) for loss in (0.012, 0.010, 0.012, 0.014)]
    assert diagnose(ARTICLE, history(tiny)) == ()


@pytest.mark.parametrize("epochs", [1, 2])
def test_no_better_than_guessing_is_of_too_high_a_rate(epochs):
    for optimizer, rate, better in (
        ("adam", 0.005, 0.0005),
        ("adam", 5.0, 0.001),
        ("adamw", 5.0, 0.001),
        ("sgd", 5.0, 0.05),
    ):
        config = dataclasses.replace(ARTICLE, learning_rate=rate, optimizer=optimizer)
        (hint,) = diagnose(config, history(ASTRAY[:epochs]))
        assert "no better than one who guesses" in hint.text()
        assert hint.remedies[0].value == better


def test_a_loss_that_stays_where_guessing_is_tells_it_too():
    stuck = 2 * [(2.303, 2.303, 0.11, 0.11)]
    assert "guesses" in diagnose(ARTICLE, history(stuck))[0].text()


def test_one_that_has_just_begun_to_learn_is_given_time():
    assert diagnose(ARTICLE, history(CRAWLING[:1])) == ()


def test_a_loss_that_hardly_falls_is_of_too_low_a_rate():
    config = dataclasses.replace(ARTICLE, learning_rate=1e-6)
    (hint,) = diagnose(config, history(CRAWLING))
    assert hint.text().startswith("The train loss falls by 4 % an epoch only")
    assert hint.remedies[0].value == 1e-5
    schedule = dataclasses.replace(config, schedule="one_cycle")
    assert diagnose(schedule, history(CRAWLING)) == ()


@pytest.mark.parametrize("figures", [(0.0, 0.0, 1.0, 1.0), (0.0, 2.0, 1.0, 0.9)])
def test_of_a_loss_of_nothing_there_is_nothing_to_be_told(figures):
    """As of pictures that all show the same."""
    assert diagnose(ARTICLE, history(8 * [figures])) == ()
    assert diagnose(ARTICLE, history([*3 * [(0.0, 0.0, 1.0, 1.0)], *5 * [figures]])) == ()
    falls_to_nothing = [(2.0, 0.0, 0.9, 1.0), *2 * [(0.0, 0.0, 1.0, 1.0)]]
    assert diagnose(ARTICLE, history(falls_to_nothing)) == ()


def test_a_loss_beyond_all_numbers_comes_first():
    hints = diagnose(ARTICLE, history(ASTRAY), has_diverged=True)
    assert len(hints) == 2
    assert hints[0].text().startswith("In epoch 3 the loss grew beyond all numbers")
    assert hints[0].remedies[0].value == 1e-4


def test_a_batch_that_is_worse_than_guessing_is_a_spike():
    (hint,) = diagnose(ARTICLE, history(NORMAL, peaks=[(3, 2.5), (6, 7.25), (8, 0.9)]))
    assert hint.epoch == 6
    assert "leapt to 7.2," in hint.text()
    assert hint.remedies[0].value == 0.0003


def test_a_loss_that_is_high_anyway_has_no_spikes():
    assert diagnose(ARTICLE, history(CRAWLING[:2], peaks=[(2, 4.0)])) == ()


def test_where_neither_loss_falls_smaller_steps_may_help():
    (hint,) = diagnose(ARTICLE, history(STANDING))
    assert hint.text().startswith("Since epoch 4 neither loss has fallen.")
    assert hint.remedies[0].field == "learning_rate"
    still_falls = [*STANDING[:-1], (0.38, 0.449, 0.88, 0.87)]
    assert diagnose(ARTICLE, history(still_falls)) == ()


def test_other_schedules_end_with_small_steps_and_are_meant_to():
    config = dataclasses.replace(ARTICLE, schedule="cosine")
    assert diagnose(config, history(STANDING)) == ()


def test_dead_neurons_are_told_layer_by_layer():
    dead = {"hidden1": 0.4, "hidden2": 0.1}
    (hint,) = diagnose(ARTICLE, history(NORMAL[:3]), dead=dead)
    assert hint.text().startswith("40 % of the neurons of hidden1 are dead")
    assert hint.epoch == 3


def test_what_was_before_a_setting_was_changed_is_forgotten():
    made = history(TOO_HIGH)
    made.changes.append(Change(6, 1, "learning_rate", 0.05, 0.005))
    assert diagnose(ARTICLE, made) == ()


@pytest.mark.parametrize("figures", [OVERFITTED, TOO_HIGH, ASTRAY, CRAWLING, STANDING], ids=len)
def test_what_is_proposed_can_be_set(figures):
    for hint in diagnose(ARTICLE, history(figures)):
        for remedy in hint.remedies:
            owner = ARTICLE.network if hasattr(ARTICLE.network, remedy.field) else ARTICLE
            dataclasses.replace(owner, **{remedy.field: remedy.value})
    with pytest.raises(ConfigError):
        TrainingConfig(learning_rate=-1)
