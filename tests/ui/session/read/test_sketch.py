import numpy as np

from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.ui.session.read.sketch import Sketch

GREY = np.full((40, 40), 255, dtype=np.uint8)
GREY[10:30, 18:22] = 0
PICTURE = page_of_picture(GREY)


def draw(sketch, *points):
    for x, y in points:
        sketch.extend(x, y, 0.03)
    sketch.finish_stroke()


def test_the_stroke_being_drawn_is_part_of_the_drawing():
    sketch = Sketch()
    sketch.extend(0.1, 0.2, 0.03)
    sketch.extend(0.3, 0.4, 0.05)
    (stroke,) = sketch.drawing.strokes
    np.testing.assert_allclose(stroke.points, [[0.1, 0.2], [0.3, 0.4]])
    np.testing.assert_allclose(stroke.widths, [0.03, 0.05])
    assert not sketch.finished


def test_a_stroke_is_live_until_the_pen_is_up():
    sketch = Sketch()
    sketch.extend(0.1, 0.2, 0.03)
    assert [stroke.is_live for stroke in sketch.drawing.strokes] == [True]
    sketch.finish_stroke()
    sketch.extend(0.5, 0.2, 0.03)
    assert [stroke.is_live for stroke in sketch.drawing.strokes] == [False, True]


def test_a_point_where_the_pen_already_is_adds_nothing(qtbot):
    sketch = Sketch()
    sketch.extend(0.1, 0.2, 0.03)
    with qtbot.assertNotEmitted(sketch.extended):
        sketch.extend(0.1, 0.2, 0.03)
    assert len(sketch.live_stroke.points) == 1


def test_undo_takes_back_stroke_by_stroke_and_redo_brings_them_again():
    sketch = Sketch()
    draw(sketch, (0.1, 0.1), (0.2, 0.2))
    draw(sketch, (0.5, 0.1), (0.5, 0.9))
    whole = sketch.drawing
    sketch.undo()
    assert sketch.drawing.strokes == whole.strokes[:1]
    sketch.undo()
    assert not sketch.drawing
    sketch.redo()
    sketch.redo()
    assert sketch.drawing == whole


def test_clear_can_be_undone():
    sketch = Sketch()
    draw(sketch, (0.1, 0.1), (0.2, 0.2))
    whole = sketch.drawing
    sketch.clear()
    assert not sketch.drawing
    sketch.undo()
    assert sketch.drawing == whole


def test_that_the_first_stroke_is_cleared_while_it_is_drawn_is_told(qtbot):
    sketch = Sketch()
    sketch.extend(0.1, 0.1, 0.03)
    with qtbot.waitSignal(sketch.changed):
        sketch.clear()
    assert sketch.is_empty


def test_undo_while_drawing_drops_only_that_stroke():
    sketch = Sketch()
    draw(sketch, (0.1, 0.1), (0.2, 0.2))
    sketch.extend(0.5, 0.5, 0.03)
    sketch.undo()
    assert len(sketch.drawing.strokes) == 1
    assert sketch.live_stroke is None


def test_a_shown_drawing_replaces_the_present_one_and_can_be_taken_back():
    sketch = Sketch()
    draw(sketch, (0.1, 0.1), (0.2, 0.2))
    before = sketch.drawing
    sketch.show(Drawing((Stroke(np.array([[0.0, 0.0], [1.0, 1.0]])),)))
    assert sketch.drawing != before
    sketch.undo()
    assert sketch.drawing == before


def test_while_the_pen_is_down_nothing_else_is_shown():
    sketch = Sketch()
    first, second = (Drawing((Stroke(np.array([[0.0, y], [1.0, y]])),)) for y in (0.0, 1.0))
    sketch.extend(0.1, 0.1, 0.03)
    sketch.show(first)
    sketch.show(second)
    sketch.extend(0.2, 0.2, 0.03)
    assert len(sketch.live_stroke.points) == 2
    sketch.finish_stroke()
    assert sketch.drawing is second
    sketch.finish_stroke()
    assert sketch.drawing is second
    sketch.undo()
    assert len(sketch.drawing.strokes[0].points) == 2
    sketch.undo()
    assert sketch.is_empty


def test_what_waits_for_a_stroke_that_is_taken_back_is_shown_when_the_pen_is_up():
    sketch = Sketch()
    shown = Drawing((Stroke(np.array([[0.0, 0.0], [1.0, 1.0]])),))
    sketch.extend(0.1, 0.1, 0.03)
    sketch.undo()
    sketch.show(shown)
    assert sketch.is_empty
    sketch.finish_stroke()
    assert sketch.drawing is shown


def test_redo_does_not_end_the_stroke_that_is_being_drawn():
    sketch = Sketch()
    draw(sketch, (0.1, 0.1), (0.2, 0.2))
    sketch.undo()
    sketch.extend(0.5, 0.5, 0.03)
    sketch.redo()
    assert len(sketch.drawing.strokes) == 1
    assert sketch.live_stroke is not None


def taken_out(sketch, x, y):
    before = sketch.drawing.strokes
    sketch.erase(x, y, 0.02)
    return [stroke for stroke in before if stroke not in sketch.drawing.strokes]


class TestEraser:
    def test_each_stroke_that_it_touches_is_a_step_back(self):
        sketch = Sketch()
        draw(sketch, (0.1, 0.1), (0.1, 0.9))
        draw(sketch, (0.5, 0.1), (0.5, 0.9))
        draw(sketch, (0.9, 0.1), (0.9, 0.9))
        left, middle, right = sketch.drawing.strokes
        assert taken_out(sketch, 0.3, 0.5) == []
        assert taken_out(sketch, 1.0, 0.5) == [middle, right]
        sketch.finish_stroke()
        assert sketch.drawing.strokes == (left,)
        sketch.undo()
        sketch.undo()
        assert sketch.drawing.strokes == (left, middle, right)

    def test_lifted_it_jumps(self):
        sketch = Sketch()
        draw(sketch, (0.5, 0.1), (0.5, 0.9))
        sketch.erase(0.1, 0.5, 0.02)
        sketch.finish_stroke()
        sketch.erase(0.9, 0.5, 0.02)
        assert len(sketch.drawing.strokes) == 1

    def test_a_picture_knows_none(self, qtbot):
        sketch = Sketch()
        sketch.set_erasing(is_erasing=True)
        with qtbot.waitSignal(sketch.tool_changed):
            sketch.show(PICTURE)
        assert not sketch.is_erasing
        sketch.set_erasing(is_erasing=True)
        assert not sketch.is_erasing
        sketch.erase(0.5, 0.5, 0.1)
        assert sketch.picture is PICTURE


class TestCorrections:
    def test_they_are_steps_that_change_nothing_that_is_drawn(self, qtbot, seven):
        sketch = Sketch()
        draw(sketch, (0.5, 0.1), (0.5, 0.9))
        first, second = (Correction((0, 0, 1, 1), "4", label, seven, "canvas") for label in "17")
        told = []
        sketch.corrected.connect(lambda new, old: told.append((new, old)))
        with qtbot.assertNotEmitted(sketch.changed):
            sketch.correct(first)
            sketch.correct(second)
            sketch.undo()
            sketch.redo()
        assert sketch.corrections == (second,)
        assert told == [
            ((first,), ()),
            ((second,), (first,)),
            ((first,), (second,)),
            ((second,), (first,)),
        ]

    def test_they_hold_on_while_the_drawing_is_changed_and_come_back_with_it(self, qtbot, seven):
        sketch = Sketch()
        draw(sketch, (0.5, 0.1), (0.5, 0.9))
        said = Correction((0, 0, 1, 1), "4", "1", seven, "canvas")
        sketch.correct(said)
        with qtbot.assertNotEmitted(sketch.corrected):
            draw(sketch, (0.9, 0.1), (0.9, 0.9))
            assert sketch.corrections == (said,)
            sketch.erase(0.9, 0.5, 0.02)
            assert sketch.corrections == (said,)
            sketch.finish_stroke()
            sketch.clear()
            assert sketch.corrections == ()
            sketch.undo()
        assert sketch.corrections == (said,)

    def test_several_are_one_step(self, qtbot, seven):
        sketch = Sketch()
        sketch.show(seven)
        said = [Correction((left, 0.0, 1.0, 1.0), "7", "7", seven, "canvas") for left in (0.1, 0.5)]
        other = Correction((0.5, 0.0, 1.0, 1.0), "1", "1", seven, "canvas")
        with qtbot.waitSignal(sketch.corrected) as told:
            sketch.correct(*said)
        assert told.args == [tuple(said), ()]
        with qtbot.waitSignal(sketch.corrected) as told:
            sketch.correct(other)
        assert told.args == [(other,), (said[1],)]
        sketch.undo()
        assert sketch.corrections == tuple(said)
        with qtbot.waitSignal(sketch.corrected) as told:
            sketch.undo()
        assert told.args == [(), tuple(said)]
        assert sketch.finished is seven
