import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolTip,
    QWidget,
)

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.models.model import Lesson
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.records import Score
from mnist_desktop.ui.look.fonts import set_text_size
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.work import Job
from mnist_desktop.ui.shell.footer import Footer
from mnist_desktop.ui.widgets.hints import NEWS_MILLISECONDS
from mnist_desktop.ui.widgets.layouts import vbox


@pytest.fixture(scope="module")
def built_tabs():
    return ()


@pytest.fixture
def begin(session):
    """Begins jobs that go on until the test is over, or they are cancelled."""
    gate = threading.Event()

    def work(progress):
        while not gate.wait(0.01):
            progress(0.5)

    def begin(title):
        return session.jobs.begin(title, work, lambda _: None, pytest.fail)

    yield begin
    gate.set()


def shown(window):
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_what_was_begun_last_is_told_of_and_cancelled_first(qtbot, window, session, begin):
    older, newer = begin("Long work"), begin("Longer work")
    cancel = window.findChild(QPushButton, "cancelJobButton")
    qtbot.waitUntil(cancel.isVisible)
    assert any("Longer work" in text for text in shown(window))
    cancel.click()
    assert (older.is_cancelled, newer.is_cancelled) == (False, True)
    assert any("Long work" in text for text in shown(window))
    cancel.click()
    assert older.is_cancelled
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert not cancel.isVisible()


def test_how_far_the_work_is(qtbot, window, session):
    gate, bar = threading.Event(), window.findChild(QProgressBar, "jobProgress")
    begun = session.jobs.begin("Long work", lambda _: gate.wait(), lambda _: None, pytest.fail)
    qtbot.waitUntil(bar.isVisible)
    assert (bar.minimum(), bar.maximum()) == (0, 0), "nothing is known of it yet"
    gate.set()
    qtbot.waitUntil(lambda: begun not in session.jobs.running)


def test_the_bar_follows_the_work(qtbot, window, begin):
    bar = window.findChild(QProgressBar, "jobProgress")
    begin("Long work")
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: bar.maximum() == 100)
    assert bar.value() == 50


def test_models_are_named_as_they_are_called_and_one_is_chosen_to_read(
    window, session, tiny_model, tmp_path
):
    combo, default = window.findChild(QComboBox, "modelCombo"), session.shelf.current
    other = Entry("other", Recognizer(tiny_model()))
    session.shelf.add(other)
    names = [combo.itemText(index) for index in range(combo.count())]
    assert names == ["default", "other (not saved)"]
    assert combo.currentText() == "default"
    session.shelf.read_with(other)
    assert combo.currentText() == "other (not saved)"
    assert str(other.model.network) in shown(window), "no score is known"
    session.shelf.mark_saved(other, tmp_path / "mine.safetensors")
    assert combo.currentText() == "mine"
    combo.setCurrentIndex(0)
    assert session.shelf.current is other
    combo.activated.emit(0)
    assert session.shelf.current is default
    score = next(text for text in shown(window) if "% of 10,000" in text)
    session.shelf.remove(other)
    session.shelf.remove(default)
    assert not combo.isEnabled()
    assert combo.count() == 0
    assert score not in shown(window)
    session.shelf.add(default)
    session.shelf.read_with(default)
    assert combo.isEnabled()
    assert score in shown(window)


def test_another_data_set_is_named(window, session, small):
    session.data_set.take(Splits("other", small.test, small.validation, small.train))
    assert "other, 3,000 pictures" in shown(window)


def test_it_says_after_which_epoch_the_model_that_reads_was_so(window, session):
    reads = session.shelf.current
    session.timeline.begin(reads, {1: reads.recognizer, 2: reads.recognizer})
    score = next(text for text in shown(window) if "%" in text and "of" in text)
    session.timeline.move_to(2)
    assert "as it was after epoch 2" in shown(window)
    assert score not in shown(window), "that is the score of how it is now"
    session.timeline.move_to(None)
    assert score in shown(window)


def test_while_the_model_that_reads_is_trained_it_has_no_score(window, session):
    entry = session.shelf.current
    for is_training in (True, False):
        session.shelf.renew(entry, entry.recognizer, is_training=is_training)
        assert ("as of its newest epoch" in shown(window)) is is_training
        assert any("% of 10,000" in text for text in shown(window)) is not is_training


def test_it_says_what_the_model_that_reads_was_taught(window, session, drawing_of):
    combo = next(one for one in window.findChildren(QComboBox) if one.currentText() == "default")
    hears = "Of what is drawn it hears how the pen went, too."
    assert combo.toolTip().splitlines() == ["default", hears]
    default = session.shelf.current.model
    before, after = Score(0.6, (0.3, 0.8), 10), Score(0.9, (0.6, 1.0), 10)
    lesson = Lesson((1, *[0] * 9, 29), default.sha256, before, after)
    single = Lesson((0, 1, *[0] * 9), default.sha256)
    ways = [[[0, 0], [9, 9]], [[0, 0], [9, 5]], [[0, 0], [5, 9]]]
    templates = Templates().with_drawings([(drawing_of(way), 1) for way in ways])
    known = replace(default, lessons=(single, lesson), templates=templates)
    taught = Entry("mine", Recognizer(known))
    session.shelf.add(taught)
    session.shelf.read_with(taught)
    assert combo.toolTip().splitlines()[1:] == [
        hears,
        "Knows which way the pen goes in 3 drawings.",
        "Taught 30 drawings of one person.",
        "Read rightly, kept aside: 6 of 10 before, 9 after.",
        "Taught 1 drawing of one person.",
    ]


def test_of_a_model_that_reads_pictures_alone_nothing_is_said_of_pens(window, session):
    combo = next(one for one in window.findChildren(QComboBox) if one.currentText() == "default")
    plain = Entry("plain", Recognizer(replace(session.shelf.current.model, pen=None)))
    session.shelf.add(plain)
    session.shelf.read_with(plain)
    assert combo.toolTip() == "plain (not saved)"


def test_what_is_soon_over_is_not_told_of(qtbot, window, session, begin):
    cancel = window.findChild(QPushButton, "cancelJobButton")
    job = begin("Short work")
    assert not cancel.isVisible()
    job.cancel()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert not cancel.isVisible()


def test_what_cannot_be_called_off_has_no_button_for_it(qtbot, window, session, begin):
    begin("Long work")
    cancel = window.findChild(QPushButton, "cancelJobButton")
    qtbot.waitUntil(cancel.isVisible)
    needed = session.jobs.begin(
        "Needed", lambda _: None, lambda _: None, pytest.fail, can_be_cancelled=False
    )
    assert any("Needed" in text for text in shown(window))
    assert not cancel.isVisible()
    cancel.clicked.emit()  # as when it was pressed a moment ago
    assert not needed.is_cancelled
    qtbot.waitUntil(cancel.isVisible)


@pytest.mark.parametrize(("left", "is_told"), [(None, False), (1.9, False), (30.0, True)])
def test_how_long_it_takes_is_told_where_it_is_long(
    qtbot, window, begin, monkeypatch, left, is_told
):
    monkeypatch.setattr(Job, "seconds_left", left)
    begin("Long work")
    qtbot.waitUntil(window.findChild(QPushButton, "cancelJobButton").isVisible)
    (text,) = [one for one in shown(window) if "Long work" in one]
    assert text == ("Long work, 30 s left" if is_told else "Long work")


def test_one_that_is_made_later_says_what_data_set_there_is(qtbot, session):
    footer = Footer(session)
    qtbot.addWidget(footer)
    footer.show()
    splits = session.splits
    total = len(splits.train) + len(splits.validation) + len(splits.test)
    assert f"{splits.name}, {total:,} pictures" in shown(footer)


def test_a_saved_file_is_told_for_a_while(qtbot, window, session, tmp_path):
    note = window.findChild(QLabel, "savedLabel")
    assert not note.isVisible()
    path = tmp_path / "<b>curves.png"
    session.exports.file(lambda: b"content", path)
    qtbot.waitUntil(note.isVisible)
    assert path.read_bytes() == b"content"
    assert note.text() == "Saved <b>curves.png."
    assert str(tmp_path) in note.toolTip()
    (news,) = (one for one in note.findChildren(QTimer) if one.interval() == NEWS_MILLISECONDS)
    assert news.isActive()
    news.timeout.emit()
    assert not note.isVisible()


def test_a_file_that_cannot_be_saved_is_not_told_of(qtbot, window, session, tmp_path):
    with qtbot.waitSignal(session.failed):
        session.exports.file(lambda: b"content", tmp_path / "missing" / "curves.png")
    assert not window.findChild(QLabel, "savedLabel").isVisible()


def test_a_model_that_is_saved_is_told_of_too(qtbot, window, session, tmp_path):
    session.model_files.save(session.shelf.current, tmp_path / "mine.safetensors")
    qtbot.waitUntil(lambda: "Saved mine.safetensors." in shown(window))


def test_in_large_texts_work_does_not_widen_the_window(qtbot, session, begin):
    application = QApplication.instance()
    set_text_size(application, 200)
    try:
        window = QWidget(layout=vbox(Footer(session)))
        qtbot.addWidget(window)
        window.resize(1024, 100)
        window.show()
        begin("Getting ready to learn")
        qtbot.waitUntil(window.findChild(QPushButton, "cancelJobButton").isVisible)
        QApplication.processEvents()
        assert window.width() == 1024
        (title,) = (one for one in window.findChildren(QLabel) if "Getting" in one.text())
        assert title.width() < title.sizeHint().width()
        QApplication.sendEvent(title, QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint()))
        assert QToolTip.text() == title.text(), "what is cut short can be read"
    finally:
        QToolTip.hideText()
        set_text_size(application, 100)


def test_where_there_is_room_all_is_told(qtbot, window, begin):
    text = "Reading all pictures with default and more"
    begin(text)
    qtbot.waitUntil(window.findChild(QPushButton, "cancelJobButton").isVisible)
    (title,) = (one for one in window.findChildren(QLabel) if text in one.text())
    qtbot.waitUntil(lambda: title.width() >= title.sizeHint().width())
