import numpy as np

from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.ui.sketch import Sketch


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
