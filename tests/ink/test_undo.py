import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.ink import undo
from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ink.undo import UndoStack


@pytest.fixture
def drawings(drawing_of):
    return [drawing_of(*[[[n, n]]] * n) for n in range(1, 6)]


def all_undone(sheets):
    """What comes back, step by step, after these have been on the canvas."""
    stack = UndoStack()
    for sheet in sheets:
        stack.change_to(sheet)
    undone = []
    while stack.can_undo:
        stack.undo()
        undone.append(stack.present)
    return undone


def test_only_the_newest_steps_are_kept(drawings, monkeypatch):
    monkeypatch.setattr(undo, "MAX_STEPS", 2)
    assert all_undone(drawings) == [drawings[3], drawings[2]]


def test_of_pictures_only_a_few_are_kept_and_no_drawing_after_them_is_lost(drawings, monkeypatch):
    monkeypatch.setattr(undo, "MAX_PICTURES", 2)
    grey = np.full((40, 60), 255, dtype=np.uint8)
    grey[10:30, 20:24] = 0
    first, second, third = (page_of_picture(grey) for _ in range(3))
    sheets = [drawings[0], first, drawings[1], second, drawings[2], third, drawings[3]]
    assert all_undone(sheets) == [third, drawings[2], second, drawings[1]]
    monkeypatch.setattr(undo, "MAX_PICTURES", 20)
    assert third in all_undone(sheets)
    assert first in all_undone(sheets)
    monkeypatch.setattr(undo, "MOST_PICTURE_BYTES", 2 * first.nbytes)
    assert all_undone(sheets) == [third, drawings[2], second, drawings[1]]


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=60))
def test_it_behaves_as_a_list_with_a_cursor(drawing_of, actions):
    stack = UndoStack()
    assert not stack.present
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


def test_corrections_go_with_the_sheet_they_are_of(seven):
    stack = UndoStack()
    stack.change_to(seven)
    said = Correction((0, 0, 1, 1), "1", "7", seven, "canvas")
    stack.change_to(seven, (said,))
    stack.change_to(Drawing())
    assert stack.corrections == ()
    stack.undo()
    assert (stack.present, stack.corrections) == (seven, (said,))
    stack.undo()
    assert (stack.present, stack.corrections) == (seven, ())
    stack.redo()
    assert stack.corrections == (said,)


def test_a_picture_that_is_corrected_counts_once(monkeypatch, seven):
    monkeypatch.setattr(undo, "MAX_PICTURES", 1)
    grey = np.full((40, 40), 255, dtype=np.uint8)
    grey[10:30, 18:22] = 0
    picture = page_of_picture(grey)
    stack = UndoStack()
    stack.change_to(seven)
    stack.change_to(picture)
    for label in "123":
        stack.change_to(picture, (Correction((0, 0, 1, 1), "1", label, seven, "picture"),))
    for _ in range(4):
        stack.undo()
    assert stack.present is seven
