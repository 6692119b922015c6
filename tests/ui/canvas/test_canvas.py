import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.ui.canvas.canvas import Canvas
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.theme import DARK, LIGHT
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Shelf
from mnist_desktop.ui.session.work import Jobs


@pytest.fixture
def sketch():
    return Sketch()


@pytest.fixture
def reader(sketch):
    """Reads nothing by itself, for want of a model."""
    shelf = Shelf()
    return Reader(sketch, shelf, Timeline(shelf), Jobs())


@pytest.fixture
def canvas(appear, sketch, reader):
    return appear(Canvas(sketch, reader), 400, 400)


@pytest.fixture
def light(qapp):
    dress(qapp, "light")
    yield
    dress(qapp, "light")


def ink_of(canvas: QWidget) -> np.ndarray:
    """(height, width) bool: where the canvas shows ink, its frame aside."""
    picture = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1)
    return np.abs(pixels[2:-2, 2 : picture.width() - 2].astype(int) - pixels[5, 5]) > 60


def press(canvas, *places):
    first, *rest = [QPointF(x, y).toPoint() for x, y in places]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    for place in rest:
        QTest.mouseMove(canvas, place)


def release(canvas, place):
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPointF(*place).toPoint())


def test_what_is_drawn_elsewhere_before_it_is_seen_is_there_when_it_is(
    sketch, reader, appear, light
):
    canvas = Canvas(sketch, reader)
    for x in (0.2, 0.5, 0.8):
        sketch.extend(x, 0.3, 0.05)
    appear(canvas, 400, 400)
    assert ink_of(canvas)[120, 200]
    canvas.hide()
    sketch.finish_stroke()
    sketch.clear()
    canvas.show()
    assert not ink_of(canvas)[120, 200]


def test_the_mouse_draws_in_parts_of_the_canvas_s_side(canvas, sketch):
    press(canvas, (40, 80), (200, 80), (200, 360))
    release(canvas, (200, 360))
    (stroke,) = sketch.finished.strokes
    np.testing.assert_allclose(stroke.points, [[0.1, 0.2], [0.5, 0.2], [0.5, 0.9]])
    np.testing.assert_allclose(stroke.widths, canvas.pen_width / 400)


def test_other_buttons_do_not_draw(canvas, sketch):
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, pos=QPointF(40, 80).toPoint())
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=QPointF(90, 80).toPoint())
    assert not sketch.drawing


def test_ink_is_where_it_was_drawn_and_as_wide_as_the_pen(canvas):
    canvas.pen_width = 20
    press(canvas, (200, 50), (200, 350))
    release(canvas, (200, 350))
    ink = ink_of(canvas)
    columns = np.flatnonzero(ink[150])
    assert abs(columns.mean() + 2 - 200) <= 1
    assert abs(len(columns) - 20) <= 2


def test_ink_has_no_gaps_while_it_is_drawn_and_is_the_same_afterwards(canvas):
    path = [(100 + 3 * step, 100 + 40 * np.sin(step / 8)) for step in range(60)]
    press(canvas, *path)
    while_drawing = ink_of(canvas)
    assert while_drawing.any(axis=0)[105:270].all()
    release(canvas, path[-1])
    assert (while_drawing != ink_of(canvas)).mean() < 0.0005


def test_who_leads_the_pen_beyond_the_canvas_draws_along_its_border_and_nothing_moves(
    canvas, sketch
):
    canvas.pen_width = 20
    press(canvas, (200, 200), (700, 230), (700, -90), (-40, -90), (-40, 600))
    while_drawing = ink_of(canvas)
    release(canvas, (-40, 600))
    assert (while_drawing != ink_of(canvas)).mean() < 0.0005, "ink stays where it was drawn"
    (stroke,) = sketch.finished.strokes
    assert stroke.points.min() == pytest.approx(0.025, abs=0.005)
    assert stroke.points.max() == pytest.approx(0.975, abs=0.005)


def test_a_pen_whose_stroke_was_undone_rests_until_it_is_lifted(canvas, sketch):
    press(canvas, (100, 100), (200, 100))
    sketch.undo()
    QTest.mouseMove(canvas, QPointF(300, 300).toPoint())
    release(canvas, (300, 300))
    assert not sketch.drawing
    press(canvas, (100, 300), (200, 300))
    release(canvas, (200, 300))
    assert len(sketch.finished.strokes) == 1


def test_a_single_touch_leaves_a_dot(canvas):
    press(canvas, (200, 200))
    release(canvas, (200, 200))
    assert ink_of(canvas).sum() == pytest.approx(np.pi * (canvas.pen_width / 2) ** 2, rel=0.2)


def test_the_drawing_grows_with_the_canvas(canvas):
    press(canvas, (100, 100), (300, 300))
    release(canvas, (300, 300))
    small = ink_of(canvas).sum()
    canvas.setFixedSize(800, 800)
    QApplication.processEvents()
    assert ink_of(canvas).sum() == pytest.approx(4 * small, rel=0.1)


def test_an_empty_canvas_says_what_to_do_until_something_is_drawn(canvas):
    assert 0 < ink_of(canvas).sum() < 2000
    press(canvas, (20, 20), (30, 20))
    assert not ink_of(canvas)[180:220, 150:250].any()
    release(canvas, (30, 20))


@pytest.fixture(scope="module")
def stylus():
    """An event does not keep its device alive."""
    return QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure | QInputDevice.Capability.Position,
        1,
        1,
    )


def pen_event(stylus, kind, x, pressure, buttons):
    place = QPointF(x, 200)
    tilt = rotation = z = 0.0
    keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    return QTabletEvent(
        kind, stylus, place, place, pressure, tilt, tilt, 0.0, rotation, z, keys, button, buttons
    )


def test_a_tablet_pen_s_pressure_changes_the_ink(canvas, sketch, stylus):
    left = Qt.MouseButton.LeftButton
    for kind, x, pressure, buttons in (
        (QEvent.Type.TabletPress, 100, 0.1, left),
        (QEvent.Type.TabletMove, 200, 0.5, left),
        (QEvent.Type.TabletMove, 300, 1.0, left),
        (QEvent.Type.TabletRelease, 300, 0.0, Qt.MouseButton.NoButton),
    ):
        event = pen_event(stylus, kind, x, pressure, buttons)
        QApplication.sendEvent(canvas, event)
        assert event.isAccepted(), "Qt would make mouse events of it"
    (stroke,) = sketch.finished.strokes
    assert (np.diff(stroke.widths) > 0).all()
    assert stroke.widths[1] == pytest.approx(canvas.pen_width / 400)


def test_so_does_a_tablet_s_pen(canvas, sketch, stylus):
    left = Qt.MouseButton.LeftButton
    QApplication.sendEvent(canvas, pen_event(stylus, QEvent.Type.TabletPress, 100, 0.5, left))
    assert sketch.drawing
    sketch.clear()
    QApplication.sendEvent(canvas, pen_event(stylus, QEvent.Type.TabletMove, 200, 0.5, left))
    assert not sketch.drawing


def test_a_stroke_whose_end_was_not_told_ends_where_the_next_begins(canvas, sketch, stylus):
    for x in (100, 300):
        QApplication.sendEvent(
            canvas,
            pen_event(stylus, QEvent.Type.TabletPress, x, 0.5, Qt.MouseButton.LeftButton),
        )
    assert len(sketch.finished.strokes) == 1
    for x in (150, 250):
        place, left = QPointF(x, 50), Qt.MouseButton.LeftButton
        what = (place, canvas.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas, QMouseEvent(QEvent.Type.MouseButtonPress, *what))
    assert len(sketch.finished.strokes) == 3
    sketch.finish_stroke()


def test_what_is_left_of_a_drawing_stays_in_its_place(canvas, sketch, drawing_of):
    kept, far = [[0.2, 0.2], [0.2, 0.8]], [[2.4, 0.2], [2.4, 0.8]]
    sketch.show(drawing_of(kept, far))
    before = ink_of(canvas)
    sketch.erase(2.4, 0.5, 0.01)
    sketch.finish_stroke()
    assert len(sketch.finished.strokes) == 1
    left = ink_of(canvas)
    assert left.any()
    assert not (left & ~before).any()
    sketch.show(drawing_of(kept))
    assert (ink_of(canvas) & ~before).any(), "another drawing is as large as it can be"


def test_a_pen_that_hovers_does_not_draw(canvas, sketch, stylus):
    hover = pen_event(stylus, QEvent.Type.TabletMove, 100, 0.0, Qt.MouseButton.NoButton)
    QApplication.sendEvent(canvas, hover)
    assert not sketch.drawing


def test_one_finger_draws_and_a_second_one_does_not_disturb_it(canvas, sketch):
    screen = QTest.createTouchDevice()
    place = lambda x, y: QPointF(x, y).toPoint()  # noqa: E731
    QTest.touchEvent(canvas, screen).press(0, place(100, 100), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, place(200, 100), canvas).press(
        1, place(350, 350), canvas
    ).commit()
    QTest.touchEvent(canvas, screen).move(0, place(300, 100), canvas).move(
        1, place(350, 300), canvas
    ).commit()
    QTest.touchEvent(canvas, screen).release(0, place(300, 100), canvas).release(
        1, place(350, 300), canvas
    ).commit()
    (stroke,) = sketch.finished.strokes
    np.testing.assert_allclose(stroke.points[:, 1], 0.25)
    np.testing.assert_allclose(stroke.points[[0, -1], 0], [0.25, 0.75])


def test_when_the_screen_takes_a_touch_over_its_stroke_ends_and_another_finger_draws(
    canvas, sketch
):
    screen = QTest.createTouchDevice()
    place = lambda x, y: QPointF(x, y).toPoint()  # noqa: E731
    QTest.touchEvent(canvas, screen).press(0, place(100, 100), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, place(200, 100), canvas).commit()
    assert sketch.live_stroke is not None
    cancelled = QTouchEvent(QEvent.Type.TouchCancel, screen, Qt.KeyboardModifier.NoModifier, [])
    QApplication.sendEvent(canvas, cancelled)
    assert sketch.live_stroke is None
    assert len(sketch.finished.strokes) == 1
    QTest.touchEvent(canvas, screen).release(0, place(200, 100), canvas).commit()
    QTest.touchEvent(canvas, screen).press(1, place(100, 300), canvas).commit()
    QTest.touchEvent(canvas, screen).move(1, place(300, 300), canvas).commit()
    QTest.touchEvent(canvas, screen).release(1, place(300, 300), canvas).commit()
    first, second = sketch.finished.strokes
    np.testing.assert_allclose(first.points[:, 1], 0.25)
    np.testing.assert_allclose(second.points[:, 1], 0.75)


def test_it_is_painted_in_the_colours_of_another_theme(canvas, light):
    press(canvas, (200, 50), (200, 350))
    release(canvas, (200, 350))
    for scheme, theme in (("dark", DARK), ("light", LIGHT)):
        dress(QApplication.instance(), scheme)
        QApplication.processEvents()
        picture = canvas.grab().toImage()
        assert picture.pixelColor(200, 200) == QColor(theme.ink)
        assert picture.pixelColor(50, 200) == QColor(theme.paper)


def on_fine_screen(canvas):
    """(800, 800) grey levels: as a screen shows it that has four pixels for each of the canvas."""
    picture = QImage(2 * canvas.size(), QImage.Format.Format_Grayscale8)
    picture.setDevicePixelRatio(2.0)
    canvas.render(picture)
    return np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1).copy()


def test_ink_is_as_sharp_as_the_screen_it_comes_to(canvas, monkeypatch):
    press(canvas, (150, 50), (200, 350))
    release(canvas, (200, 350))
    coarse = on_fine_screen(canvas)[100:700, 100:700]
    assert (coarse[::2, ::2] == coarse[1::2, 1::2]).all(), "one of its pixels is four of the screen"
    monkeypatch.setattr(canvas, "devicePixelRatio", lambda: 2.0)
    fine = on_fine_screen(canvas)[100:700, 100:700]
    assert (fine[::2, ::2] != fine[1::2, 1::2]).mean() > 0.005
    assert (abs(fine.astype(int) - coarse) > 128).mean() < 0.005, "in the same place, as wide"


def test_it_takes_the_focus_by_a_click_or_by_tab_and_shows_it(qtbot, canvas, light):
    other = QPushButton("before")
    qtbot.addWidget(other)
    both = QWidget()
    qtbot.addWidget(both)
    layout = QVBoxLayout(both)
    layout.addWidget(other)
    layout.addWidget(canvas)
    both.show()
    both.activateWindow()
    qtbot.waitUntil(both.isActiveWindow)

    def edge():
        return canvas.grab().toImage().pixelColor(0, 200)

    other.setFocus()
    assert edge() == QColor(LIGHT.border)
    QTest.keyClick(other, Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    assert edge() == QColor(LIGHT.accent)
    other.setFocus()
    assert edge() == QColor(LIGHT.border)
    press(canvas, (200, 200))
    release(canvas, (200, 200))
    assert canvas.hasFocus()
    assert edge() == QColor(LIGHT.accent)
    canvas.setParent(None)


def accent_of(canvas):
    """(height, width) bool: where the canvas shows the accent colour, its edge aside."""
    picture = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1, 4)
    blue, green, red = (pixels[2:-2, 2:-2, index].astype(int) for index in range(3))
    return (blue - red > 60) & (blue > green)


@pytest.fixture
def two(make_digit):
    """A 3 at the left and an 8 at the right."""
    return Reading(
        ((make_digit(3, 0.7, (0.1, 0.3, 0.3, 0.7)), make_digit(8, 0.9, (0.6, 0.3, 0.8, 0.7))),)
    )


def hover(canvas, x, y):
    place = QPointF(x * canvas.width(), y * canvas.height()).toPoint()
    # Qt's test mouse may be there already, and then would not move.
    QTest.mouseMove(canvas, place + QPoint(3, 3))
    QTest.mouseMove(canvas, place)


def test_the_digit_under_the_mouse_is_looked_at_and_marked(canvas, reader, two):
    reader.show(two)
    assert accent_of(canvas)[:, 220:].any(), "the last digit, at first"
    assert not accent_of(canvas)[:, :180].any()
    hover(canvas, 0.2, 0.5)
    assert reader.focus == 0
    assert accent_of(canvas)[:, :180].any()
    assert not accent_of(canvas)[:, 220:].any()
    hover(canvas, 0.45, 0.5)
    assert reader.focus == 1
    hover(canvas, 0.2, 0.5)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert reader.focus == 1


class PaintWatch(QObject):
    def __init__(self):
        super().__init__()
        self.regions = []

    def eventFilter(self, watched, event):  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.regions.append(event.region())
        return False


def test_only_what_a_box_covers_is_painted_again(qtbot, canvas, reader, two):
    reader.show(two)
    QApplication.processEvents()
    watch = PaintWatch()
    canvas.installEventFilter(watch)
    hover(canvas, 0.2, 0.5)
    qtbot.waitUntil(lambda: bool(watch.regions))
    (region,) = watch.regions
    assert region.contains(QPointF(80, 200).toPoint())
    assert not region.contains(QPointF(200, 200).toPoint())
    assert not region.contains(QPointF(80, 380).toPoint())


def test_with_a_point_all_is_painted_that_it_changes_and_no_more(qtbot, canvas):
    watch = PaintWatch()
    canvas.installEventFilter(watch)
    press(canvas, (100, 100), (200, 100))
    QApplication.processEvents()
    watch.regions.clear()
    QTest.mouseMove(canvas, QPointF(300, 200).toPoint())
    qtbot.waitUntil(lambda: bool(watch.regions))
    (region,) = watch.regions
    for x, y in ((155, 100), (200, 100), (300, 200)):  # it is smooth from the middle before it on
        assert region.contains(QPointF(x, y).toPoint())
    assert not region.contains(QPointF(200, 300).toPoint())
    assert not region.contains(QPointF(50, 100).toPoint())
    release(canvas, (300, 200))


def test_no_digit_is_chosen_while_a_stroke_is_drawn(canvas, reader, two):
    reader.show(two)
    press(canvas, (300, 200), (80, 200))
    reader.show(two)
    QTest.mouseMove(canvas, QPointF(85, 205).toPoint())
    assert reader.focus == 1
    release(canvas, (85, 205))


def test_a_single_digit_has_no_box(canvas, reader, make_digit):
    before = ink_of(canvas)
    reader.show(Reading(((make_digit(3),),)))
    assert not accent_of(canvas).any()
    assert (ink_of(canvas) == before).all()


def test_the_digit_under_the_pen_has_no_box_until_it_is_up(canvas, reader, two):
    press(canvas, (250, 150), (300, 200))
    reader.show(two)
    assert not accent_of(canvas).any()
    release(canvas, (300, 200))
    reader.show(two)
    assert accent_of(canvas).any()


def test_boxes_grow_with_the_canvas(canvas, reader, two):
    reader.show(two)
    (row, column) = np.argwhere(accent_of(canvas)).max(axis=0)
    canvas.setFixedSize(800, 800)
    QApplication.processEvents()
    larger = np.argwhere(accent_of(canvas)).max(axis=0)
    np.testing.assert_allclose(larger, [2 * row, 2 * column], atol=12)


def test_the_arrow_keys_go_from_digit_to_digit(canvas, reader, two):
    reader.show(two)
    for key, expected in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 0)):
        QTest.keyClick(canvas, key)
        assert reader.focus == expected
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert reader.focus == 1


def test_the_window_s_canvas_is_square_at_any_size(qtbot, window):
    canvas = window.findChild(QWidget, "drawingCanvas")
    sides = []
    for size in ((1024, 700), (1600, 1000), (1000, 1000)):
        window.resize(*size)
        QApplication.processEvents()
        assert canvas.width() == canvas.height()
        sides.append(canvas.width())
    assert sides[1] > sides[0]


def test_a_digit_drawn_in_the_window_is_read(window, session, draw, seven_points):
    draw(seven_points)
    assert session.reading.text == "7"


class TestEraser:
    @pytest.fixture(autouse=True)
    def _two(self, canvas):
        for x in (100, 300):
            press(canvas, (x, 100), (x, 300))
            release(canvas, (x, 300))

    def test_the_mouse_takes_out_what_it_goes_over(self, canvas, sketch):
        sketch.set_erasing(is_erasing=True)
        press(canvas, (30, 200), (160, 200))
        release(canvas, (160, 200))
        (left,) = sketch.finished.strokes
        assert left.points[0, 0] == 0.75
        assert not ink_of(canvas)[:, 60:160].any()
        sketch.set_erasing(is_erasing=False)
        press(canvas, (30, 50), (60, 50))
        release(canvas, (60, 50))
        assert len(sketch.finished.strokes) == 2

    def test_the_pen_s_other_end_erases(self, canvas, sketch):
        end = QPointingDevice(
            "pen's end",
            2,
            QInputDevice.DeviceType.Stylus,
            QPointingDevice.PointerType.Eraser,
            QInputDevice.Capability.Pressure | QInputDevice.Capability.Position,
            1,
            1,
        )
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        pen = canvas.cursor().shape()
        QApplication.sendEvent(canvas, pen_event(end, QEvent.Type.TabletMove, 100, 0.0, none))
        assert len(sketch.finished.strokes) == 2, "it only hovers"
        assert canvas.cursor().shape() != pen
        for kind, buttons in ((QEvent.Type.TabletPress, left), (QEvent.Type.TabletRelease, none)):
            QApplication.sendEvent(canvas, pen_event(end, kind, 100, 0.5, buttons))
        assert len(sketch.finished.strokes) == 1
        sketch.undo()
        assert len(sketch.finished.strokes) == 2


class TestWideCanvas:
    @pytest.fixture(autouse=True)
    def _wide(self, canvas):
        canvas.setFixedSize(1000, 400)
        QApplication.processEvents()

    def test_its_height_is_the_unit(self, canvas, sketch):
        press(canvas, (40, 80), (900, 80))
        release(canvas, (900, 80))
        (stroke,) = sketch.finished.strokes
        np.testing.assert_allclose(stroke.points, [[0.1, 0.2], [2.25, 0.2]])
        np.testing.assert_allclose(stroke.widths, canvas.pen_width / 400)

    def test_in_a_square_all_of_it_is_seen_and_drawn_at(self, canvas, sketch):
        for x in (100, 900):
            press(canvas, (x, 50), (x, 350))
            release(canvas, (x, 350))
        canvas.setFixedSize(400, 400)
        QApplication.processEvents()
        ink = ink_of(canvas)
        columns = np.flatnonzero(ink.any(axis=0)) + 2
        middle = ink[:, : columns[-1] // 2].any(axis=1)
        press(canvas, (columns[0] + 1, 200), (columns[-1] - 1, 200))
        release(canvas, (columns[-1] - 1, 200))
        stroke = sketch.finished.strokes[-1]
        np.testing.assert_allclose(stroke.points[:, 0], [0.25, 2.25], atol=0.03)
        assert middle.sum() < 200
        after = ink_of(canvas)
        assert (after & ink).sum() == ink.sum(), "nothing has moved"
        canvas.setFixedSize(1000, 400)
        QApplication.processEvents()
        assert ink_of(canvas)[198, 98:900].all()

    def test_boxes_are_where_the_ink_is(self, canvas, sketch, reader, make_digit):
        press(canvas, (880, 100), (880, 300))
        release(canvas, (880, 300))
        digits = make_digit(1, box=(2.2, 0.25, 2.2, 0.75)), make_digit(7, box=(0.2, 0.2, 0.4, 0.8))
        QApplication.processEvents()  # without a model nothing is read
        reader.show(Reading((digits,)))
        QTest.mouseMove(canvas, QPoint(880, 200))
        assert reader.focus == 0
        QTest.mouseMove(canvas, QPoint(120, 200))
        assert reader.focus == 1


def test_a_pen_that_hovers_looks_at_a_digit(canvas, reader, two, stylus):
    QApplication.processEvents()
    reader.show(two)
    left, _, right, _ = two.digits[0].box
    place = 400 * (left + right) / 2
    hover = pen_event(stylus, QEvent.Type.TabletMove, place, 0.0, Qt.MouseButton.NoButton)
    QApplication.sendEvent(canvas, hover)
    assert reader.focus == 0
