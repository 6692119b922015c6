import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.ink import history as history_module
from mnist_desktop.ink.history import History
from mnist_desktop.ink.pictures import parts_of_picture


@pytest.fixture
def drawings(drawing_of):
    return [drawing_of(*[[[n, n]]] * n) for n in range(1, 6)]


def test_it_begins_with_nothing_drawn_and_nothing_to_undo():
    history = History()
    assert not history.present
    assert not history.can_undo
    assert not history.can_redo
    history.undo()
    history.redo()
    assert not history.present


def test_undo_goes_back_step_by_step_and_redo_forward(drawings):
    history = History()
    for drawing in drawings[:3]:
        history.change_to(drawing)
    history.undo()
    assert history.present is drawings[1]
    history.undo()
    assert history.present is drawings[0]
    history.redo()
    assert history.present is drawings[1]
    history.redo()
    assert history.present is drawings[2]
    assert not history.can_redo


def test_a_new_step_forgets_what_was_undone(drawings):
    history = History()
    history.change_to(drawings[0])
    history.change_to(drawings[1])
    history.undo()
    history.change_to(drawings[2])
    assert not history.can_redo
    history.redo()
    assert history.present is drawings[2]
    history.undo()
    assert history.present is drawings[0]


def test_only_the_newest_steps_are_kept(drawings, monkeypatch):
    monkeypatch.setattr(history_module, "MAX_STEPS", 2)
    history = History()
    for drawing in drawings:
        history.change_to(drawing)
    undone = []
    while history.can_undo:
        history.undo()
        undone.append(history.present)
    assert undone == [drawings[3], drawings[2]]


def test_of_pictures_only_a_few_are_kept_and_no_drawing_after_them_is_lost(drawings, monkeypatch):
    monkeypatch.setattr(history_module, "MAX_PICTURES", 2)
    grey = np.full((40, 60), 255, dtype=np.uint8)
    grey[10:30, 20:24] = 0
    pictures = [parts_of_picture(grey) for _ in range(3)]
    history = History()
    for sheet in (drawings[0], pictures[0], drawings[1], pictures[1], drawings[2], pictures[2]):
        history.change_to(sheet)
    history.change_to(drawings[3])
    undone = []
    while history.can_undo:
        history.undo()
        undone.append(history.present)
    assert undone == [pictures[2], drawings[2], pictures[1]]


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=60))
def test_it_behaves_as_a_list_with_a_cursor(drawing_of, actions):
    history = History()
    steps, cursor = [history.present], 0
    for action in actions:
        if action == "change":
            drawing = drawing_of([[len(steps), cursor]])
            history.change_to(drawing)
            steps, cursor = [*steps[: cursor + 1], drawing], cursor + 1
        elif action == "undo":
            history.undo()
            cursor = max(0, cursor - 1)
        else:
            history.redo()
            cursor = min(len(steps) - 1, cursor + 1)
        assert history.present is steps[cursor]
        assert history.can_undo == (cursor > 0)
        assert history.can_redo == (cursor < len(steps) - 1)
