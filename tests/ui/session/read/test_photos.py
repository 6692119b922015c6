import json
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QTabWidget,
    QWidget,
)

from mnist_desktop.errors import UserError
from mnist_desktop.ink.photo.file import PictureFileError
from mnist_desktop.ink.photo.parts import Page, page_of_picture
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.read.reading import ONE_OF_TWO, Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.progress import Cancelled, unwatched
from mnist_desktop.ui.session import opening as opening_module
from mnist_desktop.ui.session.read import clipboard as clipboard_module
from mnist_desktop.ui.session.read import reader as reader_module
from mnist_desktop.ui.session.read.photos import pixels_of, read_photo, to_picture

WIDTH, HEIGHT = 481, 240  # no multiple of four: a line of pixels is followed by bytes of none


@pytest.fixture(scope="module")
def built_tabs():
    return ()


@pytest.fixture
def paper() -> np.ndarray:
    """A photo of a seven and a one, dark on light."""
    picture = Image.new("L", (WIDTH, HEIGHT), 215)
    pen = ImageDraw.Draw(picture)
    pen.line([(80, 50), (180, 50), (110, 200)], fill=40, width=12, joint="curve")
    pen.line([(330, 50), (330, 200)], fill=40, width=12)
    return np.asarray(picture)


@pytest.fixture
def photo(tmp_path, paper) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(paper).save(path)
    return path


@pytest.fixture
def canvas(window):
    return window.findChild(QWidget, "drawingCanvas")


@pytest.fixture
def shown(qtbot, session, photo, answer):
    """The photo is on the canvas, and read."""
    session.opening.open(photo)
    qtbot.waitUntil(lambda: answer.text() == "71")
    return session.sketch.picture


def content(*files, picture=None):
    mime = QMimeData()
    if files:
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    if picture is not None:
        mime.setImageData(picture)
    return mime


def drop(window, mime):
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(
        QDropEvent(QPointF(5, 5), action, mime, button, Qt.KeyboardModifier.NoModifier)
    )


def write_strokes(path, *drawings):
    path.write_text("\n".join(json.dumps({"strokes": strokes}) for strokes in drawings))
    return path


def as_picture(paper, kind=QImage.Format.Format_RGB888):
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
def test_a_picture_s_pixels_are_those_of_the_picture(paper, kind):
    pixels = pixels_of(as_picture(paper, kind))
    assert pixels.shape == (HEIGHT, WIDTH, 4)
    for channel in range(3):
        np.testing.assert_array_equal(pixels[..., channel], paper)
    assert (pixels[..., 3] == 255).all()


def test_colours_and_alpha_stay_apart():
    picture = QImage(3, 2, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    picture.setPixelColor(2, 1, Qt.GlobalColor.red)
    pixels = pixels_of(picture)
    assert list(pixels[1, 2]) == [255, 0, 0, 255]
    assert not pixels[0].any()


def test_a_picture_that_is_too_large_is_refused_before_it_is_converted():
    with pytest.raises(PictureFileError, match=r"^The picture has more than 100 megapixels"):
        pixels_of(QImage(10_001, 10_000, QImage.Format.Format_Mono))


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


def test_a_dropped_picture_is_read(qtbot, window, paper, answer):
    drop(window, content(picture=as_picture(255 - paper)))
    qtbot.waitUntil(lambda: answer.text() == "71")


@pytest.mark.parametrize("as_file", [True, False])
def test_ctrl_v_pastes(qtbot, window, photo, paper, answer, as_file):
    mime = content(photo) if as_file else content(picture=as_picture(paper))
    QApplication.clipboard().setMimeData(mime)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: answer.text() == "71")


@pytest.mark.parametrize("text", ["71", None])
def test_where_there_is_nothing_to_paste_it_says_so(qtbot, window, session, text):
    clipboard = QApplication.clipboard()
    clipboard.clear()
    if text is not None:
        clipboard.setText(text)
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
    session.opening.open(photo)
    qtbot.waitUntil(lambda: len(heard) == 1)
    session.opening.open_picture(as_picture(np.full_like(paper, 200)))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert all(isinstance(fault, UserError) for fault in heard)
    assert "photo.png: is damaged" in str(heard[0])
    assert "shows no ink" in str(heard[1])
    assert session.sketch.drawing == before
    for _ in heard:
        window.findChild(QMessageBox, "errorDialog").accept()
        QApplication.processEvents()


def test_it_is_opened_and_read_in_another_thread(qtbot, session, paper, monkeypatch):
    threads = []

    def note(module, name):
        real = getattr(module, name)

        def noted(*words):
            threads.append(threading.current_thread())
            return real(*words)

        monkeypatch.setattr(module, name, noted)

    note(clipboard_module, "pixels_of")
    note(clipboard_module, "open_page")
    note(reader_module, "read_photo")
    session.opening.open_picture(as_picture(paper))
    qtbot.waitUntil(lambda: session.reading.text == "71")
    assert len(threads) == 3
    assert threading.main_thread() not in threads


def test_the_picture_is_shown_whole_and_its_boxes_lie_on_its_ink(shown, session, canvas):
    side = canvas.width()
    picture = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1)
    pixels = lines[:, : picture.width()]
    margin = (side - side * HEIGHT / WIDTH) / 2
    for x, y in ((100, 50), (330, 120)):
        place = round(margin + y * side / WIDTH), round(x * side / WIDTH)
        assert pixels[place] < 70
    assert pixels[round(margin) + 4, 9] > 190
    (seven, one) = session.reading.digits
    assert np.multiply(seven.box, WIDTH) == pytest.approx((74, 164, 186, 327), abs=6)
    assert np.multiply(one.box, WIDTH) == pytest.approx((324, 170, 337, 322), abs=6)


def test_the_digit_under_the_mouse_is_looked_at(shown, session, canvas):
    assert session.reader.focused.digit == 1
    side = canvas.width()
    QTest.mouseMove(canvas, QPoint(round(130 / WIDTH * side), round(side / 2)))
    assert session.reader.focused.digit == 7


def test_a_picture_of_one_digit(qtbot, session, paper):
    session.opening.open_picture(as_picture(paper).copy(0, 0, 240, HEIGHT))
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
    session.opening.open(photo)
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
    picture = canvas.grab().toImage()
    assert picture.pixelColor(40, canvas.width() // 2) == picture.pixelColor(40, 40)
    session.sketch.finish_stroke()
    session.sketch.undo()
    assert session.sketch.picture is shown


def test_what_is_drawn_while_a_picture_is_being_read_is_not_overwritten(
    qtbot, session, photo, drawing_of, monkeypatch
):
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
    session.opening.open(photo)
    qtbot.waitUntil(begun.is_set)
    session.sketch.show(drawing_of([[0.5, 0.2], [0.5, 0.8]]))
    qtbot.waitUntil(lambda: session.reading.text == "1")
    gate.set()
    qtbot.waitUntil(lambda: done.is_set() and not session.jobs.running)
    assert session.reading.text == "1"


def test_another_model_reads_the_picture_anew(qtbot, session, shown):
    seen = []
    session.reader.changed.connect(lambda: seen.append(session.reading.text))
    session.shelf.current_changed.emit()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["71"], "what was read before stays until then"


@pytest.mark.parametrize("kind", ["picture", "strokes"])
def test_what_arrives_in_the_middle_of_a_stroke_waits_for_its_end(
    qtbot, session, tmp_path, photo, seven_points, kind
):
    strokes = write_strokes(tmp_path / "one.jsonl", [[[0, 0], [0, 9]]])
    sketch = session.sketch
    for x, y in seven_points[:8]:
        sketch.extend(x, y, 0.03)
    with qtbot.waitSignal(session.opening.filled_canvas):
        session.opening.open(photo if kind == "picture" else strokes)
    assert len(sketch.live_stroke.points) == 8
    for x, y in seven_points[8:]:
        sketch.extend(x, y, 0.03)
    sketch.finish_stroke()
    qtbot.waitUntil(lambda: session.reading.text == ("71" if kind == "picture" else "1"))
    sketch.undo()
    (stroke,) = sketch.drawing.strokes
    np.testing.assert_array_equal(stroke.points, seven_points)


@pytest.mark.parametrize("second", ["picture", "strokes"])
def test_of_what_is_opened_together_the_last_is_shown_even_if_it_is_the_first_to_be_ready(
    qtbot, window, session, tmp_path, photo, paper, answer, monkeypatch, second
):
    gate, done = threading.Event(), threading.Event()
    real = opening_module.open_page

    def open_page(source, progress):
        if source == photo:
            gate.wait(10)
        try:
            return real(source)
        finally:
            if source == photo:
                done.set()

    monkeypatch.setattr(opening_module, "open_page", open_page)
    other = tmp_path / "other.png"
    Image.fromarray(paper[:, :240]).save(other)
    if second == "strokes":
        other = write_strokes(tmp_path / "one.jsonl", [[[0, 0], [60, 0], [20, 100]]])
    for path in (photo, other):
        drop(window, content(path))
    qtbot.waitUntil(lambda: answer.text() == "7")
    gate.set()
    qtbot.waitUntil(lambda: done.is_set() and not session.jobs.running)
    assert answer.text() == "7"
    session.sketch.undo()
    assert session.sketch.is_empty


def test_dropped_drawings_are_brought_into_sight_too(qtbot, window, tmp_path, answer):
    tabs = window.findChild(QTabWidget, "tabs")
    tabs.setCurrentIndex(1)
    drop(window, content(write_strokes(tmp_path / "one.jsonl", [[[0, 0], [0, 9]]])))
    qtbot.waitUntil(lambda: answer.text() == "1")
    assert tabs.currentIndex() == 0


def test_another_strictness_does_not_read_the_picture_anew(
    qtbot, session, shown, answer, monkeypatch
):
    read = []
    monkeypatch.setattr(reader_module, "read_photo", lambda *words: read.append(words))
    lines = session.reading.lines
    session.reader.set_strictness(1.0)
    assert answer.text() == "?"
    assert session.reading.declined == ONE_OF_TWO
    session.reader.set_strictness(0.0)
    assert answer.text() == "71"
    assert session.reading.lines is lines
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert not read


def test_a_picture_is_answered_as_strictly_as_is_asked_when_it_has_been_read(
    qtbot, session, photo, monkeypatch
):
    begun, gate = threading.Event(), threading.Event()
    real = reader_module.read_photo

    def slow(*words):
        begun.set()
        gate.wait(10)
        return real(*words)

    monkeypatch.setattr(reader_module, "read_photo", slow)
    session.opening.open(photo)
    qtbot.waitUntil(begun.is_set)
    session.reader.set_strictness(1.0)
    gate.set()
    qtbot.waitUntil(lambda: session.reading.text == "?")
    assert session.reading.best_text == "71"


def test_a_sign_of_a_broad_pen_is_read_as_outside_of_the_window(session):
    picture = Image.new("L", (WIDTH, HEIGHT), 215)
    pen = ImageDraw.Draw(picture)
    pen.line([(80, 50), (180, 50), (110, 200)], fill=40, width=28, joint="curve")
    pen.line([(240, 125), (300, 125)], fill=40, width=28)
    pen.line([(370, 50), (370, 200)], fill=40, width=28)
    page = page_of_picture(np.asarray(picture))
    assert read_photo(session.shelf.current.recognizer, page, unwatched).text == "7-1"


def test_what_is_not_read_of_a_picture_lies_on_the_canvas_where_its_ink_is(paper):
    speck = (390.0, 188.0, 404.0, 202.0)
    recognizer = SimpleNamespace(read_lines=lambda _lines, **_options: Reading(unread=(speck,)))
    ((left, top, right, bottom),) = read_photo(recognizer, page_of_picture(paper), unwatched).unread
    above = (WIDTH - HEIGHT) / 2
    assert (left * WIDTH, right * WIDTH) == pytest.approx((390, 404))
    assert (top * WIDTH, bottom * WIDTH) == pytest.approx((above + 188, above + 202))


def test_a_model_that_knows_its_writer_reads_a_photo_by_its_look(session, paper, seven):
    recognizer = session.shelf.current.recognizer
    known = replace(recognizer.model, templates=Templates().with_drawings([(seven, 3)]))
    page = page_of_picture(paper)
    alone, read = (read_photo(one, page, unwatched) for one in (recognizer, Recognizer(known)))
    assert read.text == alone.text
    assert {digit.support for digit in read.digits} == {None}


def test_reading_can_be_called_off(session, paper):
    heard = []

    def call_off(done):
        heard.append(done)
        if len(heard) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_photo(session.shelf.current.recognizer, page_of_picture(paper), call_off)
    assert len(heard) == 2


@pytest.mark.parametrize("module", [opening_module, reader_module])
def test_after_the_footer_s_cancel_others_are_opened_and_read(
    qtbot, window, session, photo, answer, monkeypatch, module
):
    begun = threading.Event()
    name = "open_page" if module is opening_module else "read_photo"

    def endless(*words):
        begun.set()
        while True:
            words[-1](0.0)

    with monkeypatch.context() as patch:
        patch.setattr(module, name, endless)
        session.opening.open(photo)
        qtbot.waitUntil(begun.is_set)
        window.findChild(QPushButton, "cancelJobButton").click()
        qtbot.waitUntil(lambda: not session.jobs.running)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert answer.text() == ""
    session.opening.open(photo)
    qtbot.waitUntil(lambda: answer.text() == "71")


def test_a_digit_of_a_picture_is_put_right_and_nothing_is_read_anew(
    qtbot, shown, session, answer, monkeypatch
):
    monkeypatch.setattr(reader_module, "read_photo", None)
    session.reader.focus_on(0)
    picture = session.reader.focused.picture
    assert session.reader.correct("1")
    assert answer.text() == "11"
    (said,) = session.sketch.corrections
    assert (said.label, said.source) == ("1", "picture")
    np.testing.assert_array_equal(said.ink, picture)
    session.sketch.undo()
    assert answer.text() == "71"
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_a_picture_fills_a_wide_canvas_and_its_boxes_go_with_it(
    qtbot, shown, session, canvas, window
):
    session.preferences.set("wide_field", True)
    QApplication.processEvents()
    left, _, right, _ = session.reading.digits[0].box
    scale = min(canvas.width(), canvas.height() * WIDTH / HEIGHT)
    seven = canvas.width() / 2 + ((left + right) / 2 - 0.5) * scale
    QTest.mouseMove(canvas, QPoint(round(seven) + 3, canvas.height() // 2))
    QTest.mouseMove(canvas, QPoint(round(seven), canvas.height() // 2))
    assert session.reader.focused.digit == 7
    assert not window.findChild(QPushButton, "eraserButton").isEnabled()


def test_what_was_set_aside_is_faint_and_all_else_as_it_was():
    grey = np.full((40, 60), 200, np.uint8)
    grey[10:30, 10:14] = 20
    grey[35] = 50
    aside = np.zeros(grey.shape, dtype=bool)
    aside[35] = True
    shown = to_picture(Page(grey, (), aside))
    assert (shown.width(), shown.height()) == (60, 40)
    assert shown.pixelColor(11, 20).red() == 20
    assert shown.pixelColor(30, 20).red() == 200
    assert 140 < shown.pixelColor(30, 35).red() < 180
    assert grey[35, 30] == 50, "the page stays what it is"
