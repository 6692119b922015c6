"""Changes of the library are made in order, and those that cannot be made yet are made later."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.profiles import GONE
from mnist_desktop.ui.session.write_queue import WriteQueue


@pytest.fixture
def made():
    return []


@pytest.fixture
def fails():
    """What a change raises now; None where it can be made."""
    return {"fault": None}


@pytest.fixture
def add(made, fails):
    """Asks a queue for a change that leaves a mark."""

    def add(queue, mark):
        def change():
            if fails["fault"]:
                raise fails["fault"]
            made.append(mark)

        queue.add("Keeping it", change)

    return add


@pytest.fixture
def owner():
    return QObject()


@pytest.fixture
def told(jobs):
    told = []
    jobs.failed.connect(told.append)
    return told


@pytest.fixture
def at_rest(qtbot, jobs):
    return lambda: qtbot.waitUntil(lambda: not jobs.running)


@pytest.fixture
def full(tmp_path):
    return LibraryError(tmp_path, "the disk is full")


@pytest.mark.parametrize("tries_again", [True, False])
def test_changes_are_made_in_order_and_each_is_told(jobs, owner, add, made, at_rest, tries_again):
    queue, written = WriteQueue(jobs, owner, tries_again=tries_again), []
    queue.written.connect(lambda: written.append(len(made)))
    for mark in range(5):
        add(queue, mark)
    at_rest()
    assert made == [0, 1, 2, 3, 4]
    assert written == [1, 2, 3, 4, 5]


def test_what_the_library_could_not_take_is_tried_with_the_next_one_before_it(
    jobs, owner, add, made, at_rest, told, fails, full
):
    queue = WriteQueue(jobs, owner, tries_again=True)
    fails["fault"] = full
    add(queue, 0)
    add(queue, 1)
    at_rest()
    assert told == [full], "it is not tried again and again"
    fails["fault"] = None
    add(queue, 2)
    at_rest()
    assert made == [0, 1, 2]


def test_or_it_is_given_up_and_those_after_it_are_made(
    jobs, owner, add, made, at_rest, told, fails, full
):
    queue = WriteQueue(jobs, owner, tries_again=False)
    fails["fault"] = full
    add(queue, 0)
    at_rest()
    assert told == [full]
    fails["fault"] = None
    add(queue, 1)
    at_rest()
    assert made == [1]


@pytest.mark.parametrize("fault", [LibraryError(Path("library"), GONE), ZeroDivisionError()])
def test_what_can_never_be_made_is_not_tried_again(
    jobs, owner, add, made, at_rest, told, fails, fault
):
    queue = WriteQueue(jobs, owner, tries_again=True)
    fails["fault"] = fault
    add(queue, 0)
    at_rest()
    fails["fault"] = None
    add(queue, 1)
    at_rest()
    assert told == [fault]
    assert made == [1]


@pytest.mark.parametrize("tries_again", [True, False])
def test_what_is_left_is_made_at_the_end(jobs, owner, add, made, tries_again):
    queue = WriteQueue(jobs, owner, tries_again=tries_again)
    for mark in range(3):
        add(queue, mark)
    jobs.shut_down()
    queue.finish()
    assert made == [0, 1, 2]


def test_what_still_cannot_be_made_at_the_end_is_tried_once(jobs, owner, add, fails, full, at_rest):
    queue = WriteQueue(jobs, owner, tries_again=True)
    fails["fault"] = full
    add(queue, 0)
    at_rest()
    tries = []
    queue.add("Keeping it", lambda: tries.append(1))
    at_rest()
    jobs.shut_down()
    queue.finish()
    assert tries == [], "nothing is made before what came before it"
