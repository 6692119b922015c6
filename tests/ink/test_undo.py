import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.ink import undo
from mnist_desktop.ink.photo.parts import parts_of_picture
from mnist_desktop.ink.undo import UndoStack


@pytest.fixture
def drawings(drawing_of):
    return [drawing_of(*[[[n, n]]] * n) for n in range(1, 6)]


def test_it_begins_with_nothing_drawn_and_nothing_to_undo():
    stack = UndoStack()
    assert not stack.present
    assert not stack.can_undo
    assert not stack.can_redo
    stack.undo()
    stack.redo()
    assert not stack.present


def test_undo_goes_back_step_by_step_and_redo_forward(drawings):
    stack = UndoStack()
    for drawing in drawings[:3]:
        stack.change_to(drawing)
    stack.undo()
    assert stack.present is drawings[1]
    stack.undo()
    assert stack.present is drawings[0]
    stack.redo()
    assert stack.present is drawings[1]
    stack.redo()
    assert stack.present is drawings[2]
    assert not stack.can_redo


def test_a_new_step_forgets_what_was_undone(drawings):
    stack = UndoStack()
    stack.change_to(drawings[0])
    stack.change_to(drawings[1])
    stack.undo()
    stack.change_to(drawings[2])
    assert not stack.can_redo
    stack.redo()
    assert stack.present is drawings[2]
    stack.undo()
    assert stack.present is drawings[0]


def test_only_the_newest_steps_are_kept(drawings, monkeypatch):
    monkeypatch.setattr(undo, "MAX_STEPS", 2)
    stack = UndoStack()
    for drawing in drawings:
        stack.change_to(drawing)
    undone = []
    while stack.can_undo:
        stack.undo()
        undone.append(stack.present)
    assert undone == [drawings[3], drawings[2]]


def test_of_pictures_only_a_few_are_kept_and_no_drawing_after_them_is_lost(drawings, monkeypatch):
    monkeypatch.setattr(undo, "MAX_PICTURES", 2)
    grey = np.full((40, 60), 255, dtype=np.uint8)
    grey[10:30, 20:24] = 0
    pictures = [parts_of_picture(grey) for _ in range(3)]
    stack = UndoStack()
    for sheet in (drawings[0], pictures[0], drawings[1], pictures[1], drawings[2], pictures[2]):
        stack.change_to(sheet)
    stack.change_to(drawings[3])
    undone = []
    while stack.can_undo:
        stack.undo()
        undone.append(stack.present)
    assert undone == [pictures[2], drawings[2], pictures[1]]


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=60))
def test_it_behaves_as_a_list_with_a_cursor(drawing_of, actions):
    stack = UndoStack()
    steps, cursor = [stack.present], 0
    for action in actions:
        if action == "change":
            drawing = drawing_of([[len(steps), cursor]])
            stack.change_to(drawing)
            steps, cursor = [*steps[: cursor + 1], drawing], cursor + 1
        elif action == "undo":
            stack.undo()
            cursor = max(0, cursor - 1)
        else:
            stack.redo()
            cursor = min(len(steps) - 1, cursor + 1)
        assert stack.present is steps[cursor]
        assert stack.can_undo == (cursor > 0)
        assert stack.can_redo == (cursor < len(steps) - 1)
