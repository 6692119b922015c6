import threading

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from mnist_desktop.ui.shell.footer import Footer


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


def test_one_that_is_made_later_says_what_data_set_there_is(qtbot, session):
    footer = Footer(session)
    qtbot.addWidget(footer)
    footer.show()
    splits = session.splits
    total = len(splits.train) + len(splits.validation) + len(splits.test)
    assert f"{splits.name}, {total:,} pictures" in shown(footer)
