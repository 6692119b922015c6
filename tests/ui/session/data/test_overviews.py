"""Figures of the splits."""

import numpy as np
import pytest


@pytest.fixture
def overviews(desk):
    return desk.overviews


def test_a_split_is_counted_once(qtbot, desk, overviews, small):
    with qtbot.waitSignal(overviews.changed):
        assert overviews.of("test") is None
    found = overviews.of("test")
    assert found.counts.sum() == 500
    qtbot.waitUntil(lambda: not desk.jobs.running)
    with qtbot.assertNotEmitted(desk.jobs.changed):
        assert overviews.of("test") is found


def test_of_another_data_set_it_is_another(qtbot, desk, overviews, small):
    with qtbot.waitSignal(overviews.changed):
        overviews.of("test")
    with qtbot.waitSignal(overviews.changed):
        desk.data_set.take(type(small)("other", small.train, small.validation, small.validation))
    with qtbot.waitSignal(overviews.changed):
        assert overviews.of("test") is None
    assert overviews.of("test").counts.tolist() == np.bincount(small.validation.labels).tolist()
    desk.data_set.splits = None
    assert overviews.of("test") is None


def test_what_was_being_counted_of_another_data_set_is_counted_no_further(desk, overviews, small):
    overviews.of("train")
    (job,) = desk.jobs.running
    desk.data_set.take(type(small)("other", small.validation, small.validation, small.test))
    assert job.is_cancelled
    assert not overviews.is_counting
