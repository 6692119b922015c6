import numpy as np
from PySide6.QtGui import QImage

from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.ui.draw import saving
from mnist_desktop.ui.draw.saving import png_of
from mnist_desktop.ui.look.appearance import dress


def pixels(content):
    picture = QImage.fromData(content, "PNG").convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1)
    return lines[:, : picture.width()].copy()


def bar(*places):
    return Drawing(tuple(Stroke(np.array([[x, 0.25], [x, 0.75]]), np.full(2, 0.1)) for x in places))


def test_it_is_dark_on_light_and_where_it_was_drawn(qapp, monkeypatch):
    monkeypatch.setattr(saving, "PICTURE_SIDE", 200)
    dress(qapp, "dark")
    try:
        seen = pixels(png_of(bar(0.25)))
    finally:
        dress(qapp, "light")
    assert seen.shape == (200, 200)
    rows, columns = np.nonzero(seen < 128)
    assert abs(columns.mean() - 50) < 1
    assert abs(rows.mean() - 100) < 1
    assert np.ptp(columns) + 1 == 20
    assert seen[0, 0] > 250


def test_it_has_four_times_the_canvas_s_pixels(qapp):
    assert pixels(png_of(bar(0.5))).shape == (2240, 2240)


def test_what_lies_beside_the_square_is_in_it_and_it_has_bounds(qapp, monkeypatch):
    monkeypatch.setattr(saving, "PICTURE_SIDE", 200)
    monkeypatch.setattr(saving, "LONGEST_SIDE", 500)
    seen = pixels(png_of(bar(0.25, 2.0)))
    assert seen.shape == (200, 416)
    assert (seen[100, [50, 400]] < 128).all()
    assert max(pixels(png_of(bar(-50, 50))).shape) <= 500
