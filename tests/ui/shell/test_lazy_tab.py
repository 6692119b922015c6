import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from mnist_desktop.ui.shell.lazy_tab import LazyTab


class Contents(QWidget):
    """Needs some room, would like to have more, and wraps."""

    def __init__(self):
        super().__init__()
        layout = QVBoxLayout(self)
        self.note = QLabel("a few words " * 20, wordWrap=True)
        self.wish = Wish()
        layout.addWidget(self.note)
        layout.addWidget(self.wish, 1)


class Wish(QWidget):
    least = QSize(200, 100)

    def sizeHint(self):  # noqa: N802
        return QSize(400, 900)

    def minimumSizeHint(self):  # noqa: N802
        return self.least


@pytest.fixture
def tab(qtbot):
    tab = LazyTab(Contents)
    qtbot.addWidget(tab)
    tab.resize(400, 300)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.build()
    return tab


def scrolls(tab):
    return tab.horizontalScrollBar().maximum() > 0, tab.verticalScrollBar().maximum() > 0


def test_it_is_made_once_and_until_then_says_that_it_will_be(qtbot):
    made, wanted = [], []
    tab = LazyTab(lambda: made.append(QWidget()) or made[-1])
    tab.wanted.connect(wanted.append)
    qtbot.addWidget(tab)
    tab.show()
    assert (made, wanted) == ([], [tab])
    (note,) = tab.findChildren(QLabel)
    assert note.text() == "Loading…"
    assert note.size() == tab.viewport().size()
    tab.build()
    tab.build()
    assert len(made) == 1
    assert tab.widget() is made[0]
    tab.hide()
    tab.show()
    assert wanted == [tab], "by now it is there"


def test_what_cannot_be_made_is_not_awaited(qtbot):
    def fail():
        raise ImportError("no plots")

    tab = LazyTab(fail)
    qtbot.addWidget(tab)
    with pytest.raises(ImportError, match="no plots"):
        tab.build()
    (note,) = tab.findChildren(QLabel)
    assert note.text() == "This tab cannot be shown."


def test_what_fits_fills_it_and_does_not_scroll(tab):
    assert tab.widget().size() == tab.viewport().size()
    assert scrolls(tab) == (False, False)


def test_what_does_not_fit_scrolls(qtbot, tab):
    tab.resize(150, 120)
    assert scrolls(tab) == (True, True)
    tab.resize(400, 300)
    assert scrolls(tab) == (False, False)
    QApplication.processEvents()  # the scroll bars, which went, resize what is between them
    tab.widget().wish.least = QSize(200, 500)
    tab.widget().wish.updateGeometry()
    qtbot.waitUntil(lambda: scrolls(tab) == (False, True))


def test_what_needs_more_room_later_scrolls_from_then_on(tab):
    tab.widget().wish.setMinimumHeight(900)
    QApplication.processEvents()
    assert scrolls(tab) == (False, True)
    tab.widget().wish.setMinimumHeight(0)
    QApplication.processEvents()
    assert scrolls(tab) == (False, False)


def test_the_keyboard_reaches_what_is_in_it_and_brings_it_in_sight(qtbot, tab):
    first, last = QLineEdit(), QLineEdit()
    tab.widget().layout().insertWidget(0, first)
    tab.widget().layout().addWidget(last)
    tab.widget().wish.least = QSize(200, 900)
    tab.widget().wish.updateGeometry()
    qtbot.waitUntil(lambda: tab.verticalScrollBar().maximum() > 0)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert last.hasFocus()
    assert tab.verticalScrollBar().value() > 0
    QTest.keyClick(last, Qt.Key.Key_Tab)
    assert first.hasFocus(), "the area itself is no stop"
