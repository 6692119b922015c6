import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QTabWidget,
    QWidget,
)

from mnist_desktop.errors import UserError
from mnist_desktop.ui import session as session_module
from mnist_desktop.ui.photos import pixels_of

WIDTH, HEIGHT = 481, 240  # no multiple of four: a line of pixels is followed by bytes of none


@pytest.fixture
def paper() -> np.ndarray:
    """A photo of a seven and a one, dark on light."""
    image = Image.new("L", (WIDTH, HEIGHT), 215)
    pen = ImageDraw.Draw(image)
    pen.line([(80, 50), (180, 50), (110, 200)], fill=40, width=12, joint="curve")
    pen.line([(330, 50), (330, 200)], fill=40, width=12)
    return np.asarray(image)


@pytest.fixture
def photo(tmp_path, paper) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(paper).save(path)
    return path


@pytest.fixture
def answer(window):
    return window.findChild(QLabel, "answerLabel")


@pytest.fixture
def canvas(window):
    return window.findChild(QWidget, "drawingCanvas")


@pytest.fixture
def shown(qtbot, session, photo, answer):
    """The photo is on the canvas, and read."""
    session.open(photo)
    qtbot.waitUntil(lambda: answer.text() == "71")
    return session.sketch.picture


def content(*files, image=None):
    mime = QMimeData()
    if files:
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    if image is not None:
        mime.setImageData(image)
    return mime


def drop(window, mime):
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(
        QDropEvent(QPointF(5, 5), action, mime, button, Qt.KeyboardModifier.NoModifier)
    )


def as_image(paper, kind=QImage.Format.Format_RGB888):
    grey = QImage(paper.tobytes(), WIDTH, HEIGHT, WIDTH, QImage.Format.Format_Grayscale8)
    return grey.convertToFormat(kind)


@pytest.mark.parametrize(
    "kind",
    [
        QImage.Format.Format_RGB888,
        QImage.Format.Format_ARGB32_Premultiplied,
        QImage.Format.Format_Grayscale8,
        QImage.Format.Format_Grayscale16,
    ],
)
def test_an_image_s_pixels_are_those_of_the_image(paper, kind):
    pixels = pixels_of(as_image(paper, kind))
    assert pixels.shape == (HEIGHT, WIDTH, 4)
    for channel in range(3):
        np.testing.assert_array_equal(pixels[..., channel], paper)
    assert (pixels[..., 3] == 255).all()


def test_colours_and_alpha_stay_apart():
    image = QImage(3, 2, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    image.setPixelColor(2, 1, Qt.GlobalColor.red)
    pixels = pixels_of(image)
    assert list(pixels[1, 2]) == [255, 0, 0, 255]
    assert not pixels[0].any()


def test_the_menu_opens_a_picture(qtbot, window, session, photo, answer, monkeypatch):
    asked = []

    def choose(*words):
        asked.append(words[-1])
        return str(photo), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    window.findChild(QTabWidget, "tabs").setCurrentIndex(2)
    window.findChild(QAction, "openPictureAction").trigger()
    qtbot.waitUntil(lambda: answer.text() == "71")
    assert "*.png *.jpg *.jpeg *.bmp *.webp" in asked[0]
    assert window.findChild(QTabWidget, "tabs").currentIndex() == 0


def test_a_dropped_file_is_read_even_without_a_suffix(qtbot, window, photo, answer):
    drop(window, content(photo.rename(photo.with_name("photo"))))
    qtbot.waitUntil(lambda: answer.text() == "71")


def test_a_dropped_image_is_read(qtbot, window, paper, answer):
    drop(window, content(image=as_image(255 - paper)))
    qtbot.waitUntil(lambda: answer.text() == "71")


@pytest.mark.parametrize("as_file", [True, False])
def test_ctrl_v_pastes(qtbot, window, photo, paper, answer, as_file):
    mime = content(photo) if as_file else content(image=as_image(paper))
    QApplication.clipboard().setMimeData(mime)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: answer.text() == "71")


def test_where_there_is_nothing_to_paste_it_says_so(qtbot, window, session):
    QApplication.clipboard().setText("71")
    window.findChild(QAction, "pasteAction").trigger()
    dialog = window.findChild(QMessageBox, "errorDialog")
    assert "no picture to paste" in dialog.text()
    dialog.accept()
    assert session.sketch.is_empty


def test_what_cannot_be_opened_is_told_and_the_drawing_stays(
    qtbot, window, session, draw, seven_points, photo, paper
):
    draw(seven_points)
    before = session.sketch.drawing
    heard = []
    session.failed.connect(heard.append)
    photo.write_bytes(photo.read_bytes()[:100])
    session.open(photo)
    qtbot.waitUntil(lambda: len(heard) == 1)
    session.open_picture(pixels_of(as_image(np.full_like(paper, 200))))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert all(isinstance(fault, UserError) for fault in heard)
    assert "photo.png: is damaged" in str(heard[0])
    assert "shows no ink" in str(heard[1])
    assert session.sketch.drawing == before
    for _ in heard:
        window.findChild(QMessageBox, "errorDialog").accept()
        QApplication.processEvents()


def test_it_is_opened_and_read_in_another_thread(qtbot, session, photo, monkeypatch):
    threads = []

    def note(module, name):
        real = getattr(module, name)

        def noted(*words):
            threads.append(threading.current_thread())
            return real(*words)

        monkeypatch.setattr(module, name, noted)

    from mnist_desktop.ui import reader as reader_module

    note(session_module, "open_parts")
    note(reader_module, "read_photo")
    session.open(photo)
    qtbot.waitUntil(lambda: session.reading.text == "71")
    assert len(threads) == 2
    assert threading.main_thread() not in threads


def test_the_picture_is_shown_whole_and_its_boxes_lie_on_its_ink(shown, session, canvas):
    side = canvas.width()
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = lines[:, : image.width()]
    margin = (side - side * HEIGHT / WIDTH) / 2
    for x, y in ((100, 50), (330, 120)):
        place = round(margin + y * side / WIDTH), round(x * side / WIDTH)
        assert pixels[place] < 70
    assert pixels[round(margin) + 4, 9] > 190
    (seven, one) = session.reading.digits
    assert np.multiply(seven.box, WIDTH) == pytest.approx((74, 164, 186, 327), abs=6)
    assert np.multiply(one.box, WIDTH) == pytest.approx((324, 170, 337, 322), abs=6)


def test_the_digit_under_the_mouse_is_looked_at(shown, session, canvas):
    assert session.focused_digit.digit == 1
    side = canvas.width()
    QTest.mouseMove(canvas, QPoint(round(130 / WIDTH * side), round(side / 2)))
    assert session.focused_digit.digit == 7


def test_a_picture_of_one_digit(qtbot, session, paper):
    session.open_picture(pixels_of(as_image(paper).copy(0, 0, 240, HEIGHT)))
    qtbot.waitUntil(lambda: session.reading.text == "7")


def test_clear_goes_back_to_an_empty_canvas_and_undo_to_the_picture(
    qtbot, window, session, shown, answer
):
    clear = window.findChild(QPushButton, "clearButton")
    assert clear.isEnabled()
    clear.click()
    qtbot.waitUntil(lambda: answer.text() == "")
    assert session.sketch.is_empty
    assert not clear.isEnabled()
    window.findChild(QPushButton, "undoButton").click()
    qtbot.waitUntil(lambda: answer.text() == "71")
    assert session.sketch.picture is shown


def test_undo_brings_back_what_was_drawn_before(
    qtbot, window, session, draw, seven_points, photo, answer
):
    draw(seven_points)
    before = session.sketch.drawing
    session.open(photo)
    qtbot.waitUntil(lambda: answer.text() == "71")
    window.findChild(QPushButton, "undoButton").click()
    qtbot.waitUntil(lambda: answer.text() == "7")
    assert session.sketch.picture is None
    assert session.sketch.drawing == before
    window.findChild(QPushButton, "redoButton").click()
    qtbot.waitUntil(lambda: answer.text() == "71")


def test_starting_to_draw_takes_the_picture_s_place_at_once(
    qtbot, session, shown, draw, seven_points, answer, canvas
):
    draw(seven_points, lift=False)
    assert session.sketch.picture is None
    qtbot.waitUntil(lambda: answer.text() == "7")
    image = canvas.grab().toImage()
    assert image.pixelColor(40, canvas.width() // 2) == image.pixelColor(40, 40)
    session.sketch.finish_stroke()
    session.sketch.undo()
    assert session.sketch.picture is shown


def test_what_is_drawn_while_a_picture_is_being_read_is_not_overwritten(
    qtbot, session, photo, drawing_of, monkeypatch
):
    from mnist_desktop.ui import reader as reader_module

    begun, gate, done = threading.Event(), threading.Event(), threading.Event()
    real = reader_module.read_photo

    def slow(*words):
        begun.set()
        gate.wait(10)
        try:
            return real(*words)
        finally:
            done.set()

    monkeypatch.setattr(reader_module, "read_photo", slow)
    session.open(photo)
    qtbot.waitUntil(begun.is_set)
    session.sketch.show(drawing_of([[0.5, 0.2], [0.5, 0.8]]))
    qtbot.waitUntil(lambda: session.reading.text == "1")
    gate.set()
    qtbot.waitUntil(lambda: done.is_set() and not session.jobs.running)
    assert session.reading.text == "1"


def test_another_model_reads_the_picture_anew(qtbot, session, shown):
    first = session.reading
    session.shelf.read_with(session.shelf.current)
    session.shelf.current_changed.emit()
    qtbot.waitUntil(lambda: session.reading is not first)
    assert session.reading.text == "71"
