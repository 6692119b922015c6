"""What pictures of the data set are said to show."""

import pytest

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.labels import read_labels
from mnist_desktop.ui.session.data import labels as labels_module


@pytest.fixture
def labels(desk):
    return desk.labels


@pytest.fixture
def at_rest(qtbot, desk):
    return lambda: qtbot.waitUntil(lambda: not desk.jobs.running)


@pytest.fixture
def kept(desk, labels, at_rest):
    """What the library holds of a split."""

    def kept(split="train"):
        at_rest()
        return read_labels(desk.library, getattr(desk.data_set.splits, split).sha256)

    return kept


def other_than(split, index):
    return (int(split.labels[index]) + 1) % 10


def test_a_correction_holds_at_once_and_is_kept_beside_the_data_set(desk, labels, kept):
    train, before = desk.data_set.splits.train, desk.data_set.splits.train.labels.copy()
    label = other_than(train, 5)
    labels.correct("train", 5, label)
    assert labels.corrected == {"train": {5: label}}
    assert kept() == {5: label}
    assert kept("test") == {}
    assert (train.labels == before).all()


def test_it_is_undone_step_by_step(desk, labels, kept):
    own = int(desk.data_set.splits.train.labels[5])
    for label in ((own + 1) % 10, (own + 2) % 10):
        labels.correct("train", 5, label)
    assert labels.count == 1
    labels.undo()
    assert kept() == {5: (own + 1) % 10}
    labels.undo()
    assert not labels.can_undo
    assert kept() == {}
    labels.undo()  # nothing is left to be undone


def test_what_the_data_set_says_itself_is_no_correction(qtbot, desk, labels, kept):
    own = int(desk.data_set.splits.train.labels[5])
    with qtbot.assertNotEmitted(labels.changed):
        labels.correct("train", 5, own)
    assert not labels.can_undo
    labels.correct("train", 5, (own + 1) % 10)
    labels.correct("train", 5, own)
    assert labels.count == 0
    assert kept() == {}


def test_the_last_word_is_written_last(desk, labels, kept):
    own = int(desk.data_set.splits.train.labels[5])
    said = [(own + step) % 10 for step in (1, 2, 3, 4, 5)]
    for label in said:
        labels.correct("train", 5, label)
    assert kept() == {5: said[-1]}


def test_each_is_written_for_its_own_split(desk, labels, kept, small):
    labels.correct("train", 0, other_than(small.train, 0))
    labels.correct("train", 1, other_than(small.train, 1))  # these wait for the first
    labels.correct("test", 2, other_than(small.test, 2))
    assert list(kept("train")) == [0, 1]
    assert list(kept("test")) == [2]


def test_another_session_reads_them(desk, labels, at_rest, small):
    label = other_than(small.test, 3)
    labels.correct("test", 3, label)
    at_rest()
    desk.data_set.take(Splits("again", small.train, small.validation, small.test))
    assert labels.corrected == {}
    assert not labels.can_undo, "what was undone would be of another data set"
    labels.read()
    at_rest()
    assert labels.corrected == {"train": {}, "validation": {}, "test": {3: label}}


def test_of_another_data_set_they_are_others(desk, labels, at_rest, small):
    labels.read()
    labels.correct("train", 3, other_than(small.train, 3))
    at_rest()
    desk.data_set.take(Splits("other", small.test, small.validation, small.train))
    at_rest()
    assert labels.corrected["train"] == {}
    assert len(labels.corrected["test"]) == 1, "the same pictures, in another place"


def test_what_is_said_while_they_are_read_is_not_lost(desk, labels, at_rest, small):
    for index in (3, 5):
        labels.correct("train", index, other_than(small.train, index))
    at_rest()
    desk.data_set.take(small)
    labels.read()
    said = {3: (int(small.train.labels[3]) + 2) % 10, 4: other_than(small.train, 4)}
    for index, label in said.items():
        labels.correct("train", index, label)
    at_rest()
    assert labels.corrected["train"] == said | {5: other_than(small.train, 5)}


def test_what_is_not_written_when_the_program_ends_is_written_then(desk, labels, small):
    for index in range(3):
        labels.correct("train", index, other_than(small.train, index))
    desk.jobs.shut_down()
    labels.writes.finish()
    assert len(read_labels(desk.library, small.train.sha256)) == 3


def test_that_they_cannot_be_kept_is_told(qtbot, desk, labels, small):
    desk.library.path.parent.mkdir(exist_ok=True, parents=True)
    desk.library.path.write_bytes(b"no database at all" * 100)
    with qtbot.waitSignal(desk.jobs.failed) as caught:
        labels.correct("train", 3, other_than(small.train, 3))
    assert "damaged" in str(caught.args[0])


def test_what_could_not_be_kept_is_kept_with_the_next_one(
    qtbot, desk, labels, at_rest, small, monkeypatch
):
    def fail(library, *_):
        raise LibraryError(library.path, "the disk is full")

    first, second, third = (other_than(small.train, index) for index in range(3))
    told = []
    desk.jobs.failed.connect(told.append)
    monkeypatch.setattr(labels_module, "keep_labels", fail)
    labels.correct("train", 0, first)
    labels.correct("train", 1, second)
    at_rest()
    assert len(told) == 1, "it is not tried again and again"
    monkeypatch.undo()
    labels.correct("train", 1, None)
    labels.correct("train", 2, third)
    at_rest()
    assert read_labels(desk.library, small.train.sha256) == {0: first, 2: third}


def test_of_what_could_not_be_kept_the_newer_word_counts(
    desk, labels, kept, at_rest, small, monkeypatch
):
    def fail(library, *_):
        raise LibraryError(library.path, "the disk is full")

    own = int(small.train.labels[0])
    with monkeypatch.context() as patch:
        patch.setattr(labels_module, "keep_labels", fail)
        labels.correct("train", 0, (own + 1) % 10)
        labels.correct("train", 0, (own + 2) % 10)  # while the first is being written
        at_rest()
    labels.correct("train", 1, other_than(small.train, 1))
    assert kept() == {0: (own + 2) % 10, 1: other_than(small.train, 1)}


def test_what_could_not_be_kept_is_kept_at_the_end(desk, labels, at_rest, small, monkeypatch):
    def fail(library, *_):
        raise LibraryError(library.path, "the disk is full")

    monkeypatch.setattr(labels_module, "keep_labels", fail)
    labels.correct("train", 0, other_than(small.train, 0))
    at_rest()
    monkeypatch.undo()
    labels.writes.finish()
    assert len(read_labels(desk.library, small.train.sha256)) == 1
