import dataclasses

import numpy as np

from mnist_desktop.learning.settings.config import NO_DIGIT, TrainingConfig
from mnist_desktop.learning.train.events import Preparing
from mnist_desktop.learning.train.synthetic import AT_ONCE, with_synthetic

CONFIG = TrainingConfig(synthetic_digits=AT_ONCE + 20, scribbles=40)


def joined(split, config):
    """The new split, and what was reported."""
    reports = []
    run = with_synthetic(split, config)
    try:
        while True:
            reports.append(next(run))
    except StopIteration as end:
        return end.value, reports


def test_the_split_stays_in_front_and_the_drawings_come_behind(small):
    split, reports = joined(small.train, CONFIG)
    count = len(small.train)
    assert len(split) == len(split.pictures) == count + AT_ONCE + 60
    assert np.array_equal(split.pictures[:count], small.train.pictures)
    assert np.array_equal(split.labels[:count], small.train.labels)
    written = split.labels[count : count + AT_ONCE + 20]
    assert set(written) == set(range(10))
    assert set(split.labels[count + AT_ONCE + 20 :]) == {NO_DIGIT}
    assert split.pictures[count:].any(axis=(1, 2)).all()
    # At every hundredth of 500 and of the 20 and 40 after them.
    assert [type(report) for report in reports] == [Preparing] * 7


def test_they_are_what_their_labels_say(small, recognizer):
    split, _ = joined(small.train, CONFIG)
    written = slice(len(small.train), len(small.train) + CONFIG.synthetic_digits)
    read = recognizer.probabilities(split.pictures[written]).argmax(axis=1)
    assert (read == split.labels[written]).mean() > 0.9


def test_the_seed_decides_what_is_drawn(small):
    first, second = (joined(small.train, CONFIG)[0] for _ in range(2))
    other, _ = joined(small.train, dataclasses.replace(CONFIG, seed=1))
    assert np.array_equal(first.pictures, second.pictures)
    assert not np.array_equal(first.pictures, other.pictures)


def test_without_drawings_it_is_the_split_itself(small):
    split, reports = joined(small.train, TrainingConfig())
    assert split is small.train
    assert reports == []


def test_what_people_wrote_joins_as_digits_and_as_no_digits(small, recognizer):
    config = TrainingConfig(scribbles=10, real_digits=200, real_letters=60)
    split, _ = joined(small.train, config)
    count = len(small.train)
    assert len(split) == count + 270
    digits = slice(count + 10, count + 210)
    read = recognizer.probabilities(split.pictures[digits]).argmax(axis=1)
    assert (read == split.labels[digits]).mean() > 0.9
    assert set(split.labels[count + 210 :]) == {NO_DIGIT}
    letters = recognizer.probabilities(split.pictures[count + 210 :]).max(axis=1)
    assert np.median(letters) < 0.6


def test_what_people_wrote_changes_nothing_of_what_the_program_draws(small):
    alone, _ = joined(small.train, CONFIG)
    beside, _ = joined(small.train, dataclasses.replace(CONFIG, real_digits=20))
    assert np.array_equal(alone.pictures, beside.pictures[: len(alone)])
