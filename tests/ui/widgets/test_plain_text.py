import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QTabWidget,
    QToolTip,
    QWidget,
)

from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.plain_text import (
    PlainLabel,
    confirmed,
    message_box,
    plain_tooltip,
    pressed,
)


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def show_label(parent, text):
    label = PlainLabel(text)
    label.setParent(parent)
    label.show()


def show_text(parent, text):
    message_box(parent, text).open()


def show_details(parent, text):
    message_box(parent, "text", text).open()


def show_tooltip(parent, text):
    QToolTip.showText(QPoint(9, 9), plain_tooltip(text), parent)


def test_the_pipe_notices_a_label_that_takes_a_text_for_html(parent, pipe):
    QLabel(pipe.markup, parent).show()
    parent.grab()
    assert pipe.was_opened


@pytest.mark.parametrize("show", [show_label, show_text, show_details, show_tooltip])
@pytest.mark.parametrize("text", ["{}", "“{}” is there", "first line\n{}", '<p background="{}">'])
def test_what_a_text_names_is_not_opened(parent, pipe, show, text):
    show(parent, text.format(pipe.markup if text.endswith("}") else pipe.path))
    for widget in (parent, *parent.findChildren(QWidget)):
        widget.grab()
    assert not pipe.was_opened


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        "run &lt;1&gt;",
        "<i>first</i> line\nsecond <b>line</b> & more",
        "<p>&amp;</p>",
        "<!doctype html>",
    ],
)
def test_a_tooltip_shows_tags_as_they_stand(text):
    document = QTextDocument()
    document.setHtml(plain_tooltip(text))
    assert document.toPlainText() == text


@pytest.mark.parametrize("text", ["", "run 7", "2 < 3 & 4 > 1", "first\nsecond"])
def test_a_tooltip_without_tags_stays_what_it_is(text):
    assert plain_tooltip(text) == text


def test_a_closed_message_box_is_gone(qtbot, parent):
    box = message_box(parent, "text", "details")
    assert (box.text(), box.informativeText()) == ("text", "details")
    with qtbot.waitSignal(box.destroyed):
        box.open()
        box.reject()
    assert not parent.findChildren(QMessageBox)


def test_who_only_presses_return_has_not_said_yes(parent, monkeypatch):
    def answer(box):
        box.show()
        QTest.keyClick(box, Qt.Key.Key_Return)
        return box.standardButton(box.clickedButton())

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert not confirmed(parent, "Delete all?")


def test_no_label_of_the_window_guesses(window):
    labels = window.findChildren(QLabel)
    assert len(labels) > 50
    assert {label.textFormat() for label in labels} == {PlainLabel().textFormat()}


@pytest.fixture
def file_markup(pipe, monkeypatch):
    """For names of files: without a slash, but from where the program is the pipe is found."""
    monkeypatch.chdir(pipe.path.parent)
    return "<img src=pipe>\n\u202egpj"


def look_around(window, rest_everywhere):
    tips = []
    tabs = window.findChild(QTabWidget, "tabs")
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        window.grab()
        tips += rest_everywhere(window)
    return tips


def test_the_name_of_a_model_file_is_a_name(
    qtbot, window, session, pipe, file_markup, rest_everywhere
):
    path = pipe.path.with_name(f"{file_markup}.safetensors")
    path.write_bytes(DEFAULT_MODEL.read_bytes())
    session.opening.open(path)
    qtbot.waitUntil(lambda: session.shelf.current.path != DEFAULT_MODEL)
    session.evaluator.evaluate("validation")
    qtbot.waitUntil(lambda: session.evaluator.result is not None and not session.jobs.running)
    tips = look_around(window, rest_everywhere)
    name = "<img src=pipe> gpj"
    assert session.shelf.current.name == name
    assert window.findChild(QComboBox, "modelCombo").currentText() == name
    beginning = plain_tooltip(name).removesuffix("</p>")
    assert any(tip.startswith(beginning) for tip in tips)
    assert not any("\u202e" in tip for tip in tips)
    assert not pipe.was_opened


def test_the_name_of_a_data_set_is_a_name(
    qtbot, window, session, pipe, file_markup, small_npz, rest_everywhere
):
    path = pipe.path.with_name(f"{file_markup}.npz")
    path.write_bytes(small_npz.read_bytes())
    session.opening.open(path)
    qtbot.waitUntil(lambda: session.splits.name != "small")
    look_around(window, rest_everywhere)
    shown = [label.text() for label in window.findChildren(QLabel)]
    assert sum("<img src=pipe> gpj" in text for text in shown) == 2
    assert not pipe.was_opened


def test_the_name_of_a_strokes_file_is_a_name(qtbot, window, session, pipe, file_markup):
    path = pipe.path.with_name(f"{file_markup}.jsonl")
    path.write_text('{"label": 1, "strokes": [[[5, 0], [5, 9]]]}\n')
    session.evaluator.evaluate(path)
    qtbot.waitUntil(lambda: session.evaluator.result is not None)
    window.findChild(QTabWidget, "tabs").setCurrentIndex(2)
    window.grab()
    shown = [label.text() for label in window.findChildren(QLabel)]
    assert any("default on <img src=pipe> gpj.jsonl." in text for text in shown)
    assert not pipe.was_opened


def test_an_error_that_quotes_a_file_is_a_text(qtbot, window, session, pipe, file_markup):
    path = pipe.path.with_name(f"{file_markup}.safetensors")
    path.write_bytes(b"\x10\0\0\0\0\0\0\0{not json")
    session.opening.open(path)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "errorDialog") is not None)
    session.failed.emit(ValueError(pipe.markup + "x" * 5000))
    for _ in range(2):
        dialog = window.findChild(QMessageBox, "errorDialog")
        dialog.grab()
        assert "<img" in dialog.text() + dialog.informativeText()
        assert len(dialog.informativeText()) < 300
        with qtbot.waitSignal(dialog.destroyed):
            dialog.accept()
    assert not pipe.was_opened


def test_a_question_that_names_a_model_is_a_text(window, session, pipe, monkeypatch):
    name = f"../{pipe.markup}\n"
    session.shelf.add(Entry(name, session.shelf.current.recognizer))
    asked = []

    def press_save(dialog):
        dialog.grab()
        asked.append(dialog.informativeText())
        dialog.defaultButton().click()

    def turn_back(_parent, *question):
        asked.extend(question)
        return "", ""

    monkeypatch.setattr(QMessageBox, "exec", press_save)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", turn_back)
    assert not window.close()
    details, _, start, *_ = asked
    assert details.startswith(f"• ../{pipe.markup[:24]}…")
    assert "../" not in start
    assert not pipe.was_opened


def test_long_names_do_not_widen_the_window(qtbot, window, session, small_npz, tmp_path):
    long = "W" * 200
    session.shelf.add(Entry(long, session.shelf.current.recognizer))
    session.shelf.read_with(session.shelf.entries[-1])
    path = tmp_path / f"{long}.npz"
    path.write_bytes(small_npz.read_bytes())
    session.opening.open(path)
    qtbot.waitUntil(lambda: session.splits.name != "small")
    session.evaluator.evaluate("validation")
    qtbot.waitUntil(lambda: session.evaluator.result is not None and not session.jobs.running)
    run = SimpleNamespace(name=long, created=0, epoch=1, config=TrainingConfig())
    session.run_control.interrupted = [run]
    session.run_control.offers_changed.emit()
    gate = threading.Event()
    session.jobs.begin(long, lambda _progress: gate.wait(30), print, print)
    qtbot.waitUntil(window.findChild(QWidget, "jobProgress").isVisible)
    tabs = window.findChild(QTabWidget, "tabs")
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        window.grab()
        assert window.minimumSizeHint().width() <= 1024
    names = [label.text() for label in window.findChildren(QLabel) if "WW" in label.text()]
    assert len(names) == 6
    longer = [name for name in names if "W" * 28 in name]
    assert [len(name) for name in longer] == [60], "what goes on, which gives way"
    gate.set()


@pytest.mark.parametrize("role", [None, "Yes", "No"])
def test_which_button_was_pressed_is_known_when_the_dialog_has_gone(qtbot, role):
    """All events may be handled before its loop returns."""
    window = QWidget()
    qtbot.addWidget(window)
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    box = message_box(window, "Really?", buttons=buttons)
    wanted = box.button(getattr(QMessageBox.StandardButton, role)) if role else None

    def answer():
        if wanted is None:
            box.done(0)
        else:
            wanted.click()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    QTimer.singleShot(0, answer)
    assert pressed(box) is wanted
