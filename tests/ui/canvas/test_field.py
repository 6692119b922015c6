import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.ui.canvas.field import Field, field_of, ink_area

SQUARE, WIDE = QSizeF(400, 400), QSizeF(1040, 400)


def drawn_here(*points):
    return Drawing(tuple(Stroke(np.array([one]), np.array([0.04])) for one in points))


def whole(field, drawing):
    return field.canvas.contains(field.rectangle(ink_area(drawing)))


@pytest.mark.parametrize("size", [SQUARE, WIDE])
def test_the_unit_is_the_canvas_s_height(size):
    field = field_of(drawn_here((0.1, 0.2), (0.9, 0.9)), size)
    assert field.place(0.5, 0.25) == QPointF(200, 100)
    assert field.point(QPointF(200, 100)) == (0.5, 0.25)
    assert field.side == 400


def test_what_was_drawn_in_a_wide_field_is_seen_whole_in_a_square_one():
    drawing = drawn_here((0.1, 0.2), (2.5, 0.9))
    assert field_of(drawing, WIDE) == Field.empty(WIDE)
    field = field_of(drawing, SQUARE)
    assert whole(field, drawing)
    assert field.side == pytest.approx(400 / 2.55, rel=0.01), "and no smaller than need be"
    assert field.place(0, 0.5).y() == pytest.approx(200)
    assert field.point(field.place(2.5, 0.9)) == pytest.approx((2.5, 0.9))


def test_what_nearly_reaches_the_edge_stays_where_it_was_drawn():
    drawing = drawn_here((0.021, 0.5), (0.979, 0.979))
    assert field_of(drawing, SQUARE) == Field.empty(SQUARE)


@pytest.mark.parametrize("size", [SQUARE, WIDE])
def test_what_was_made_elsewhere_is_in_the_middle_and_as_large_as_can_be(drawing_of, size):
    drawing = drawing_of([[0.2, 0.0], [0.8, 0.0]], [[0.5, 0.0], [0.5, 0.7]]).fitted()
    field = field_of(drawing, size)
    assert whole(field, drawing)
    area = field.rectangle(ink_area(drawing))
    assert area.center() == field.canvas.center()
    assert area.height() == pytest.approx(0.7 * 400)


def test_a_point_and_an_empty_drawing_have_a_place_too(drawing_of):
    assert field_of(Drawing(), WIDE) == Field.empty(WIDE)
    assert field_of(drawing_of([[7.0, 7.0]]), SQUARE).place(7, 7) == QPointF(200, 200)


def test_a_wide_area_fills_a_wide_canvas():
    field = Field.around(WIDE, QRectF(0, 0.4, 1, 0.2))
    assert field.rectangle(QRectF(0, 0.4, 1, 0.2)).width() == pytest.approx(1040)
