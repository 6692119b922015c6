"""Teaching in the window: what is said, learned, gone back from, and by whom."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QListWidget,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)

from mnist_desktop.learning.models.model_file import model_bytes
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.library.database import Library
from mnist_desktop.library.profiles import FIRST, list_profiles
from mnist_desktop.library.taught import read_taught
from mnist_desktop.ui.look.fonts import set_text_size
from mnist_desktop.ui.session.preferences import Preferences

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def action(window):
    return lambda name: window.findChild(QAction, name)


@pytest.fixture
def people(window):
    """Opens the menu of people; the texts in it, and the entry of a name to press."""

    def people(name=None):
        (menu,) = (one for one in menus() if one.objectName() == "peopleMenu")
        menu.aboutToShow.emit()
        if name is not None:
            menu.findChild(QAction, name).trigger()
        return [one.text() for one in menu.actions() if not one.isSeparator()]

    return people


@pytest.fixture
def told(window):
    return lambda: window.findChild(QLabel, "taughtLabel").text()


def menus():
    return [one for one in QApplication.allWidgets() if isinstance(one, QMenu)]


def hand(window):
    """The dialog with what was learned, if it is open."""
    found = [one for one in window.findChildren(QDialog, "handDialog") if one.isVisible()]
    return found[0] if found else None


def labels(dialog):
    return [one.text() for one in dialog.findChildren(QLabel)]


class TestSaying:
    def test_return_says_that_it_was_right(
        self, qtbot, window, session, draw, seven_points, press, told, settled, action
    ):
        assert not action("confirmAction").isEnabled(), "nothing is read"
        press(Qt.Key.Key_Return)
        assert told() == "Wrong? Press the right digit, or click its bar."
        draw(seven_points)
        assert action("confirmAction").isEnabled()
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: told() == "1 drawing taught")
        (kept,) = read_taught(Library())
        assert (kept.label, kept.source) == ("7", "canvas")
        assert not action("confirmAction").isEnabled(), "it has been said"
        press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settled()
        assert len(read_taught(Library(), FIRST)) == 0

    def test_a_click_on_a_bar_says_what_it_was(
        self, qtbot, window, session, draw, seven_points, told
    ):
        bars = window.findChild(QWidget, "probabilityBars")
        draw(seven_points)
        place = bars.rect().center()
        place.setY(bars.height() * 15 // 100)  # the second of ten
        QTest.mouseClick(bars, Qt.MouseButton.RightButton, pos=place)
        assert session.reading.text == "7"
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=place)
        assert window.findChild(QLabel, "answerLabel").text() == "1"
        qtbot.waitUntil(lambda: told() == "1 drawing taught")
        assert [one.label for one in read_taught(Library())] == ["1"]

    def test_what_is_left_of_a_number_can_be_said_to_be_right(
        self, session, draw, seven_points, make_digit, action
    ):
        draw(seven_points)
        boxes = ((0.1, 0.2, 0.3, 0.8), (0.5, 0.2, 0.7, 0.8))
        session.reader.show(Reading((tuple(map(make_digit, (1, 2), (0.9, 0.9), boxes)),)))
        assert session.reader.correct("7")
        assert action("confirmAction").isEnabled()
        action("confirmAction").trigger()
        assert not action("confirmAction").isEnabled()

    def test_what_is_no_digit_is_said_by_the_menu(self, qtbot, draw, seven_points, action, settled):
        assert not action("noDigitAction").isEnabled()
        draw(seven_points)
        action("noDigitAction").trigger()
        settled()
        assert [one.label for one in read_taught(Library())] == [""]


class TestLearning:
    def test_who_asks_for_it_is_shown_what_came_of_it(
        self, qtbot, window, session, say, pupil, told, settled
    ):
        learn = window.findChild(QPushButton, "learnButton")
        assert not learn.isEnabled(), "there is nothing to learn from"
        say("7", "7")
        learn.click()
        qtbot.waitUntil(lambda: hand(window) is not None)
        settled()
        texts = labels(hand(window))
        assert "It has learned from 2 drawings in 0.2 s." in texts
        assert {"before", "after", "5 of 10", "8 of 10", "50.00 %"} <= set(texts)
        steps = hand(window).findChild(QListWidget, "lessonsList")
        how = hand(window).findChild(QLabel, "howItLearnsLabel")
        assert how.height() >= how.heightForWidth(how.width())
        assert (
            steps.mapTo(hand(window), steps.rect().bottomLeft()).y()
            < how.mapTo(hand(window), QPoint()).y()
        )
        say("1")
        assert told() == "3 drawings taught, 1 of them new"
        hand(window).close()

    def test_of_a_single_drawing_it_is_told_in_the_singular(
        self, qtbot, window, say, pupil, action, told, settled
    ):
        say("7")
        action("handAction").trigger()
        assert "1 drawing taught." in labels(hand(window))
        hand(window).close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        action("learnAction").trigger()
        qtbot.waitUntil(lambda: hand(window) is not None)
        settled()
        assert "It has learned from 1 drawing in 0.2 s." in labels(hand(window))
        assert told() == "1 drawing taught, nothing new"
        hand(window).close()

    def test_of_a_lesson_of_another_day_the_model_tells(
        self, qtbot, window, session, say, learn, action, settled
    ):
        say("7", "7")
        learn()
        session.people.add("Ada")
        qtbot.waitUntil(lambda: session.people.current.name == "Ada")
        settled()
        session.people.choose(FIRST)
        qtbot.waitUntil(lambda: session.people.current.id == FIRST)
        settled()
        assert session.teaching.last is None, "as after a start"
        action("handAction").trigger()
        texts = labels(hand(window))
        assert "It has learned from 2 drawings." in texts
        assert texts.index("5 of 10") < texts.index("8 of 10")
        hand(window).close()

    def test_the_same_button_calls_it_off(self, qtbot, window, session, say, pupil, settled):
        learn = window.findChild(QPushButton, "learnButton")
        say("7")
        pupil.may_end.clear()
        learn.click()
        assert learn.text() == "Stop learning"
        qtbot.waitUntil(lambda: len(pupil.given) == 1)
        assert learn.isEnabled()
        learn.click()
        assert not learn.isEnabled(), "it is heard, also where it takes a while"
        pupil.may_end.set()
        settled()
        assert (learn.text(), learn.isEnabled()) == ("Learn", True)
        assert session.teaching.taught.lessons == ()
        with qtbot.waitSignal(session.teaching.learned):
            session.teaching.learn()  # by itself
        settled()
        assert hand(window) is None, "nobody has asked for this one"

    def test_a_model_that_stays_as_it_was_says_why(self, qtbot, window, say, pupil, action):
        say("7")
        pupil.refuses = True
        action("learnAction").trigger()
        qtbot.waitUntil(lambda: hand(window) is not None)
        assert any("stays as it was: it would read these" in one for one in labels(hand(window)))
        assert not hand(window).findChild(QListWidget, "lessonsList").isVisible()
        hand(window).close()

    def test_keys_go_back_and_forward(
        self, qtbot, window, session, say, learn, press, action, settled
    ):
        before = model_bytes(session.shelf.current.model)
        assert not action("goBackAction").isEnabled()
        say("7")
        learn()
        taught = model_bytes(session.shelf.current.model)
        assert not action("goForwardAction").isEnabled()
        press(Qt.Key.Key_Left, ALT)
        settled()
        assert model_bytes(session.shelf.current.model) == before
        assert not action("goBackAction").isEnabled()
        press(Qt.Key.Key_Right, ALT)
        settled()
        assert model_bytes(session.shelf.current.model) == taught

    def test_nobody_goes_back_or_forward_while_it_learns(
        self, window, session, say, learn, pupil, action, settled
    ):
        say("7")
        learn()
        learn()
        session.teaching.go_to(session.teaching.back)
        settled()
        both = [action("goBackAction"), action("goForwardAction")]
        assert [one.isEnabled() for one in both] == [True, True]
        pupil.may_end.clear()
        action("handAction").trigger()
        steps = hand(window).findChild(QListWidget, "lessonsList")
        use = hand(window).findChild(QPushButton, "useLessonButton")
        steps.setCurrentRow(2)
        assert use.isEnabled()
        try:
            session.teaching.learn()
            assert [one.isEnabled() for one in both] == [False, False]
            steps.setCurrentRow(2)
            assert not use.isEnabled()
        finally:
            pupil.may_end.set()
        settled()
        assert both[0].isEnabled()
        hand(window).close()

    def test_any_step_can_read(self, qtbot, window, session, say, learn, action, settled):
        say("7")
        for _ in range(2):
            learn()
        action("handAction").trigger()
        dialog = hand(window)
        steps = dialog.findChild(QListWidget, "lessonsList")
        use = dialog.findChild(QPushButton, "useLessonButton")
        texts = [steps.item(row).text() for row in range(steps.count())]
        assert [text.endswith("reads now") for text in texts] == [True, False, False]
        assert texts[2] == "default, untaught"
        assert not use.isEnabled(), "it reads already"
        steps.itemActivated.emit(steps.item(0))
        assert session.jobs.running == [], "nor is there anything to go to"
        steps.setCurrentRow(1)
        use.click()
        settled()
        assert session.teaching.lesson.id == 2
        assert steps.currentRow() == 1
        steps.setCurrentRow(2)
        steps.itemActivated.emit(steps.item(2))
        settled()
        assert session.shelf.current is session.shelf.entries[0]
        dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert window.findChildren(QDialog, "handDialog") == []

    def test_a_step_does_not_read_while_another_model_does(
        self, window, session, say, learn, action, settled
    ):
        say("7")
        learn()
        taught = session.shelf.current
        action("handAction").trigger()
        steps = hand(window).findChild(QListWidget, "lessonsList")
        use = hand(window).findChild(QPushButton, "useLessonButton")
        assert steps.item(0).text().endswith("reads now")
        session.shelf.read_with(session.shelf.entries[0])
        assert not steps.item(0).text().endswith("reads now")
        assert use.isEnabled()
        use.click()
        settled()
        assert session.shelf.current is taught
        assert steps.item(0).text().endswith("reads now")
        assert not use.isEnabled()
        hand(window).close()

    def test_large_texts_leave_what_was_learned_on_the_screen(
        self, qapp, window, session, say, learn, action, settled
    ):
        say("7")
        learn()
        session.people.rename(FIRST, "W" * 60)
        settled()
        set_text_size(qapp, 200)
        try:
            action("handAction").trigger()
            QCoreApplication.processEvents()
            assert hand(window).height() <= hand(window).screen().availableSize().height() - 32
            how = hand(window).findChild(QLabel, "howItLearnsLabel")
            assert how.height() >= how.heightForWidth(how.width())
            assert hand(window).width() <= 1000
            assert labels(hand(window))[0].endswith("…")
            hand(window).close()
        finally:
            set_text_size(qapp, 100)

    def test_how_often_it_learns_by_itself_is_chosen_and_remembered(self, window, action):
        assert action("learn_after-0").isChecked()
        action("learn_after-10").trigger()
        assert Preferences().learn_after == 10
        assert action("learn_after-10").isChecked()
        assert not action("learn_after-0").isChecked()


@pytest.fixture
def typed(monkeypatch):
    """Types a name into the next question for one, or closes it with None."""

    def type_in(name):
        answer = (name or "", name is not None)
        monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_named: answer)

    return type_in


@pytest.fixture
def add(people, typed, settled):
    """Adds a person by the menu."""

    def add(name):
        typed(name)
        people("profile-add")
        settled()

    return add


def answer(button):
    """Presses a button of the question that is about to be asked; what it says."""
    asked = []

    def press():
        dialog = QApplication.activeModalWidget()
        asked.append(dialog.text())
        dialog.button(button).click()

    QTimer.singleShot(0, press)
    return asked


class TestPeople:
    def test_who_writes_is_chosen_in_the_menu(self, session, people, add, settled):
        assert people()[0] == "Me"
        add("Ada & Bob")
        assert people()[:2] == ["Me", "Ada && Bob"]
        assert session.people.current.name == "Ada & Bob"
        (menu,) = (one for one in menus() if one.objectName() == "peopleMenu")
        checked = [one.objectName() for one in menu.actions() if one.isChecked()]
        assert checked == [f"profile-{session.people.current.id}"]
        people("profile-1")
        settled()
        assert session.people.current.id == FIRST
        add(None)
        add("   ")
        assert len(session.people.all) == 2, "without a name nobody comes"

    def test_one_gets_another_name(self, people, typed, settled):
        typed("Ada " * 50)
        people("profile-rename")
        settled()
        (ada,) = list_profiles(Library())
        assert ada.name == ("Ada " * 15).strip()

    def test_one_goes_only_after_a_question_that_says_what_goes(
        self, session, people, add, say, settled
    ):
        add("Ada")
        say("7", "7")
        asked = answer(QMessageBox.StandardButton.No)
        people("profile-delete")
        assert asked == ["Delete Ada with 2 drawings and all that was learned?"]
        settled()
        assert len(list_profiles(Library())) == 2
        answer(QMessageBox.StandardButton.Yes)
        people("profile-delete")
        settled()
        assert [one.id for one in list_profiles(Library())] == [FIRST]
        assert read_taught(Library()) == []

    def test_the_last_one_cannot_go(self, window, people):
        people()
        (menu,) = (one for one in menus() if one.objectName() == "peopleMenu")
        assert not menu.findChild(QAction, "profile-delete").isEnabled()

    def test_to_open_the_menu_often_leaves_nothing_behind(self, window, people):
        (menu,) = (one for one in menus() if one.objectName() == "peopleMenu")
        people()
        before = len(menu.findChildren(QObject))
        people()
        assert len(menu.findChildren(QObject)) == before

    def test_one_is_written_to_a_file_and_comes_from_it(
        self, session, people, add, say, learn, settled, tmp_path, monkeypatch
    ):
        add("Ada")
        say("7")
        learn()
        reads = model_bytes(session.shelf.current.model)
        path = tmp_path / "Ada.mnist-profile"
        for question in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, question, lambda *_args: (str(path), ""))
        people("profile-export")
        settled()
        answer(QMessageBox.StandardButton.Yes)
        people("profile-delete")
        settled()
        assert session.shelf.current is session.shelf.entries[0]
        people("profile-import")
        settled()
        assert session.people.current.name == "Ada"
        assert session.teaching.taught.count == 1
        assert model_bytes(session.shelf.current.model) == reads
        assert session.shelf.current.name == "default · Ada"


@pytest.mark.parametrize("built_tabs", [("train", "evaluate", "data", "models")])
def test_a_window_that_is_built_anew_keeps_all_and_leaves_no_menus_behind(
    qtbot, window, session, say, learn, settled, told, people, draw, seven_points
):
    say("7", "1")
    learn()
    draw(seven_points)

    def all_menus():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        # Those of the plots have no names, and are pyqtgraph's.
        return sorted(one.objectName() for one in menus() if one.objectName())

    before = all_menus()
    said, entry = told(), session.shelf.current
    for _ in range(3):
        window.rebuild()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "runsTable") is not None)
    assert all_menus() == before
    assert before.count("peopleMenu") == before.count("learnAfterMenu") == 1
    assert told() == said == "2 drawings taught, nothing new"
    assert session.shelf.current is entry
    assert window.findChild(QLabel, "answerLabel").text() == "7"
    assert people()[0] == "Me"
    window.findChild(QAction, "goBackAction").trigger()
    settled()
    assert session.shelf.current is session.shelf.entries[0]
