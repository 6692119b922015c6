"""The data set with and without what was taught."""

import numpy as np
import pytest

from mnist_desktop.errors import UserError
from mnist_desktop.ink.correction import NO_DIGIT, Correction
from mnist_desktop.library import taught
from mnist_desktop.library.profiles import FIRST, add_profile
from mnist_desktop.ui.session.data.data_set import DataSet, own_split
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.teach.people import People

BLACK = np.full((28, 28), 255, dtype=np.uint8)
WHOLE = (0.0, 0.0, 1.0, 1.0)


@pytest.fixture
def own_session(session_of, library, jobs):
    session = session_of(library=library, jobs=jobs, preferences=Preferences())
    session.people = People(session)
    return session


@pytest.fixture
def people(own_session):
    return own_session.people


@pytest.fixture
def data_set(own_session, library, seven, small):
    """I have taught each digit and what is none, Ada one more than too few."""
    labels = [*"0123456789", NO_DIGIT]
    mine = [Correction(WHOLE, label, label, BLACK, "picture") for label in labels]
    taught.keep(library, mine, [], FIRST)
    ada = add_profile(library, "Ada")
    taught.keep(library, [Correction(WHOLE, "7", "7", seven, "canvas")] * 9, [], ada)
    data_set = DataSet(own_session)
    data_set.take(small)
    return data_set


@pytest.fixture
def use(qtbot, data_set, jobs):
    def use(own):
        with qtbot.waitSignal(data_set.changed):
            data_set.use_own(own)
        qtbot.waitUntil(lambda: not jobs.running)
        return data_set.splits

    return use


def test_without_a_data_set_there_is_nothing_to_join(qtbot, own_session):
    data_set = DataSet(own_session)
    with qtbot.assertNotEmitted(data_set.changed):
        data_set.use_own("join")
    assert (data_set.splits, data_set.own) == (None, "none")


def test_own_digits_join_are_alone_or_are_left_out_again(use, data_set, small):
    joined = use("join")
    assert (joined.name, data_set.own) == ("small + 10 own digits", "join")
    assert (joined.train.pictures[len(small.train) :] == 255).all()
    alone = use("alone")
    assert (alone.name, data_set.own) == ("10 own digits", "alone")
    assert use("join").name == "small + 10 own digits", "the one that was opened, once"
    assert use("none") is small
    assert data_set.own == "none"


def test_another_data_set_is_used_as_it_is(qtbot, use, data_set, mnist):
    use("alone")
    data_set.take(mnist)
    assert (data_set.splits, data_set.own) == (mnist, "none")
    assert use("join").name.startswith(mnist.name)


def test_a_data_set_that_is_opened_meanwhile_is_not_replaced(qtbot, data_set, jobs, mnist):
    data_set.use_own("alone")
    data_set.take(mnist)
    qtbot.waitUntil(lambda: not jobs.running)
    assert (data_set.splits, data_set.own) == (mnist, "none")


def test_too_few_are_told_and_it_stays_as_it_is(qtbot, use, data_set, people, jobs):
    before = use("join")
    people.choose(2)
    changed = []
    data_set.changed.connect(lambda: changed.append(True))
    with qtbot.waitSignal(data_set.settled), qtbot.waitSignal(jobs.failed) as told:
        data_set.use_own("alone")
    assert isinstance(told.args[0], UserError)
    assert changed == [], "what is looked at of it stays"
    assert (data_set.splits, data_set.own) == (before, "join")


def test_who_has_asked_sees_that_it_was_called_off(qtbot, data_set, jobs, small):
    with qtbot.waitSignal(data_set.settled):
        data_set.use_own("join")
        jobs.newest.cancel()
    assert (data_set.splits, data_set.own) == (small, "none")


def test_one_s_own_are_the_digits_as_the_network_sees_them(data_set, library):
    mine, theirs = own_split(library, FIRST), own_split(library, 2)
    assert mine.labels.tolist() == list(range(10)), "and nothing that is none"
    assert (mine.pictures == 255).all()
    assert set(theirs.labels.tolist()) == {7}
    assert theirs.pictures.dtype == theirs.labels.dtype == np.uint8
    assert own_split(library, 99).pictures.shape == (0, 28, 28)
