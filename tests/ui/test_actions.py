"""What menus and keys do, as a person uses them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QTableView,
    QTabWidget,
    QWidget,
)

from mnist_desktop import __version__
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.ui.look.appearance import Appearance, dress
from mnist_desktop.ui.look.fonts import TEXT_SIZES, set_text_size
from mnist_desktop.ui.look.theme import DARK, current_theme
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.train.training import State
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.tabs import DATA, DRAW, GALLERY, MODELS, MY_DIGITS, TRAIN

QUICK = TrainingConfig(NetworkConfig((8,)), epochs=1, limit=300)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tabs(window):
    return window.findChild(QTabWidget, "tabs")


def entries(window):
    """All that can be chosen in the menus, but for what opens another menu."""
    found = []

    def collect(menu):
        for action in menu.actions():
            if isinstance(action.menu(), QMenu):
                collect(action.menu())
            elif not action.isSeparator():
                found.append(action)

    for action in window.menuBar().actions():
        collect(action.menu())
    return found


def test_no_key_is_given_twice_and_all_but_a_few_entries_have_one(window):
    keys = [key.toString() for one in entries(window) for key in one.shortcuts()]
    assert len(keys) == len(set(keys))
    without = {one.objectName() for one in entries(window) if one.shortcut().isEmpty()}
    choices = {name for name in without if "-" in name}  # of a theme or size, or of who writes
    of_the_canvas = {"confirmAction", "noDigitAction"}  # where they have keys
    assert without - choices - of_the_canvas == {"aboutAction"}


def test_what_is_underlined_differs_in_each_menu(window):
    for bar in window.menuBar().actions():
        texts = [one.text() for one in bar.menu().actions() if "&" in one.text()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(letters) == len(set(letters)), bar.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Z, Qt.Key.Key_L])
def test_keys_of_the_drawing_do_nothing_to_it_out_of_sight(
    qtbot, window, session, tabs, draw, seven_points, press, key
):
    draw(seven_points)
    tabs.setCurrentIndex(MODELS)
    window.findChild(QTableView, "runsTable").setFocus()
    press(key, CTRL)
    assert not session.sketch.is_empty
    tabs.setCurrentIndex(DRAW)
    window.findChild(QWidget, "drawingCanvas").setFocus()
    press(key, CTRL)
    assert session.sketch.is_empty


def test_what_is_done_to_the_drawing_is_offered_where_it_is_seen(
    window, session, tabs, draw, seven_points
):
    draw(seven_points)
    draw(seven_points)
    session.sketch.undo()
    names = ("undo", "redo", "clear", "copyText", "saveDrawing")
    actions = [window.findChild(QAction, f"{name}Action") for name in names]
    for tab in (*range(tabs.count()), DRAW):
        tabs.setCurrentIndex(tab)
        assert [action.isEnabled() for action in actions] == [tab == DRAW] * len(actions)


def test_what_the_program_is_is_told(window, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    window.findChild(QAction, "aboutAction").trigger()
    (text,) = told
    assert text.startswith(f"MNIST Desktop {__version__}\n")


def test_a_model_is_saved_once_it_is_trained(window, session):
    save, default = window.findChild(QAction, "saveModelAction"), session.shelf.current
    entry = Entry("run", default.recognizer, is_training=True)
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    assert not save.isEnabled()
    session.shelf.read_with(default)
    assert save.isEnabled()
    session.shelf.read_with(entry)
    session.shelf.renew(entry, default.recognizer, is_training=False)
    assert save.isEnabled()


def test_what_can_be_chosen_stands_together(window, session):
    for name, count in (("theme", 4), ("textSize", len(TEXT_SIZES)), ("language", 3)):
        menu = window.findChild(QMenu, f"{name}Menu")
        choices = [one for one in menu.actions() if one.isCheckable()]
        assert len(choices) == count, name
        assert [one.isChecked() for one in choices].count(True) == 1


def test_a_deletion_is_undone_by_its_key(qtbot, window, session, tabs, press):
    with qtbot.waitSignal(session.training.ended):
        session.run_control.start(QUICK)
    tabs.setCurrentIndex(MODELS)
    qtbot.waitUntil(lambda: not session.jobs.running)
    table = window.findChild(QTableView, "runsTable")
    table.setFocus()
    session.runs.delete(session.runs.runs)
    qtbot.waitUntil(lambda: session.runs.runs == [] and not session.jobs.running)
    undo = window.findChild(QAction, "undoAction")
    assert undo.text().replace("&", "") == "Undo deletion"
    tabs.setCurrentIndex(DRAW)
    assert (undo.text().replace("&", ""), undo.isEnabled()) == ("Undo", False)
    tabs.setCurrentIndex(MODELS)
    assert undo.isEnabled()
    table.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: [run.name for run in session.runs.runs] == ["run 1"])
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert undo.text().replace("&", "") == "Undo"
    assert not undo.isEnabled()


def test_a_label_that_was_put_right_is_undone_by_the_menu_too(qtbot, window, session, tabs, press):
    undo, menu = window.findChild(QAction, "undoAction"), window.findChild(QMenu, "editMenu")
    pages = window.findChild(QTabWidget, "dataPages")

    def told(tab, page):
        tabs.setCurrentIndex(tab)
        pages.setCurrentIndex(page)
        menu.aboutToShow.emit()
        return undo.text().replace("&", ""), undo.isEnabled()

    assert told(DATA, GALLERY) == ("Undo", False)
    grid = window.findChild(PictureGrid, "galleryGrid")
    qtbot.waitUntil(lambda: bool(grid.captions) and not session.jobs.running)
    own = grid.captions[0]
    for key in (Qt.Key.Key_7, Qt.Key.Key_8):
        grid.setFocus()
        press(key)
    assert grid.captions[0].startswith("8")
    assert told(DATA, MY_DIGITS) == ("Undo", False)
    assert told(MODELS, GALLERY) == ("Undo", False)
    assert told(DATA, GALLERY) == ("Undo the last label", True)
    undo.trigger()
    assert grid.captions[0].startswith("7")
    grid.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    assert grid.captions[0] == own, "the key is the grid's own and not in doubt"
    assert not undo.isEnabled()


def test_undo_in_a_field_is_the_field_s(window, session, tabs, draw, seven_points, press):
    draw(seven_points)
    tabs.setCurrentIndex(TRAIN)
    edit = window.findChild(QLineEdit, "hiddenLayersEdit")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "64")
    press(Qt.Key.Key_Z, CTRL)
    assert edit.text() == "128, 256"
    assert not session.sketch.is_empty


def test_a_training_is_begun_paused_and_stopped_by_keys(qtbot, window, session, tabs, press):
    tabs.setCurrentIndex(DATA)
    session.draft.show(TrainingConfig(NetworkConfig((8,)), epochs=5000))
    press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: session.training.latest is not None)
    press(Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
    assert window.findChild(QPushButton, "pauseButton").text() == "Resume"
    press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
    press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert session.training.done.outcome == "stopped"


def dialog_of(window, name):
    (dialog,) = [one for one in window.findChildren(QDialog, name) if one.isVisible()]
    return dialog, {label.text() for label in dialog.findChildren(QLabel)}


def test_the_sheet_of_keys_has_every_key_of_the_menus(window, press):
    press(Qt.Key.Key_F1)
    dialog, texts = dialog_of(window, "keysDialog")
    for one in entries(window):
        if not one.shortcut().isEmpty():
            assert one.shortcut().toString() in texts
            assert any(one.text().replace("&", "").removesuffix("…") in text for text in texts)
    assert {"F2", "Rename", "Double click"} <= texts
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_sheet_of_keys_says_all_that_a_key_does(window, press):
    press(Qt.Key.Key_F1)
    dialog, texts = dialog_of(window, "keysDialog")
    assert "Pause or go on" in texts
    assert "Pause" not in texts
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close).click()
    assert not dialog.isVisible()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_sheet_of_keys_never_scrolls_sideways(window, press, percent):
    application = QApplication.instance()
    window.resize(1008, 652)
    set_text_size(application, percent)
    try:
        press(Qt.Key.Key_F1)
        dialog, _ = dialog_of(window, "keysDialog")
        area = dialog.findChild(QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0
        assert area.verticalScrollBar().maximum() > 0, "below there is more"
        assert dialog.width() <= window.width()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    finally:
        set_text_size(application, 100)


def test_the_tour_leads_to_what_it_tells_of(window, tabs, press):
    press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    dialog, texts = dialog_of(window, "tutorialDialog")
    assert any("784 → 128 → 256 → 10" in text for text in texts)
    assert window.size().expandedTo(dialog.size()) == window.size(), "what has no room scrolls"
    dialog.findChild(QPushButton, "showStep4Button").click()
    assert tabs.currentIndex() == TRAIN
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("name", "sizes"),
    [("larger", [100, 125, 150, 200, 200]), ("smaller", [200, 150, 125, 100, 100])],
)
def test_texts_become_larger_and_smaller_step_by_step_until_there_is_no_other(
    window, session, name, sizes
):
    session.preferences.set("text_size", sizes[0])
    for size in sizes[1:]:
        window.findChild(QAction, f"{name}Action").trigger()
        assert session.preferences.text_size == size


class TestAppearance:
    @pytest.fixture
    def appearance(self, qapp, window, session):
        appearance = Appearance(qapp, session.preferences)
        appearance.renewed.connect(window.rebuild)
        yield appearance
        appearance.renewed.disconnect()  # the window closes
        session.preferences.set("language", "en")
        session.preferences.changed.disconnect()
        set_text_size(qapp, 100)
        dress(qapp, "light")
        appearance.deleteLater()

    def test_a_theme_is_chosen_in_the_menu_and_remembered(self, window, session, appearance):
        window.findChild(QAction, "theme-dark").trigger()
        assert current_theme() is DARK
        assert session.preferences.theme == "dark"
        assert window.findChild(QAction, "theme-dark").isChecked()
        assert not window.findChild(QAction, "theme-system").isChecked()

    def test_larger_texts_lose_nothing_while_a_run_goes_on(
        self, qtbot, window, session, appearance, draw, seven_points
    ):
        draw(seven_points)
        session.draft.show(TrainingConfig(NetworkConfig((8,)), epochs=5000, log_every=1))
        session.run_control.start(session.draft.config)
        qtbot.waitUntil(lambda: len(session.training.history.epochs) > 1)
        window.findChild(QTabWidget, "tabs").setCurrentIndex(TRAIN)
        before = window.findChild(QPushButton, "startButton").height()
        answer = window.findChild(QWidget, "answerLabel").minimumHeight()
        window.findChild(QAction, "text_size-150").trigger()
        qtbot.waitUntil(lambda: len(window.findChildren(QTabWidget, "tabs")) == 1)
        qtbot.waitUntil(lambda: window.findChild(QWidget, "runsTable") is not None)
        (tabs,) = window.findChildren(QTabWidget, "tabs")
        qtbot.waitUntil(tabs.isVisible)
        assert tabs.currentIndex() == TRAIN
        assert window.findChild(QPushButton, "startButton").height() > 1.3 * before
        assert window.findChild(QWidget, "answerLabel").minimumHeight() > 1.3 * answer
        log = window.findChild(QWidget, "trainingLog").toPlainText()
        assert log.startswith("epoch 1: ")
        assert session.training.state is State.RUNNING
        assert not session.sketch.is_empty
        assert len(window.findChildren(QAction, "undoAction")) == 1
        session.training.stop()
        qtbot.waitUntil(lambda: session.training.state is State.IDLE)
        assert window.findChild(QPushButton, "startButton").isEnabled()

    def test_another_language_loses_nothing_while_a_run_goes_on(
        self, qtbot, window, session, appearance, draw, seven_points
    ):
        draw(seven_points)
        session.draft.show(TrainingConfig(NetworkConfig((8,)), epochs=5000, log_every=1))
        session.run_control.start(session.draft.config)
        qtbot.waitUntil(lambda: len(session.training.history.epochs) > 1)
        session.draft.set("dropout", 0.25)

        def switch(language):
            window.findChild(QAction, f"language-{language}").trigger()
            qtbot.waitUntil(lambda: len(window.findChildren(QTabWidget, "tabs")) == 1)
            qtbot.waitUntil(lambda: window.findChild(QWidget, "runsTable") is not None)
            (tabs,) = window.findChildren(QTabWidget, "tabs")
            return [tabs.tabText(index) for index in range(tabs.count())]

        assert switch("zh_CN") == ["手写", "训练", "评估", "数据", "模型"]
        assert "第 1 轮" in window.findChild(QWidget, "trainingLog").toPlainText()
        assert window.findChild(QPushButton, "startButton").text() == "开始"
        assert session.shelf.entries[0].name == "自带模型"
        assert switch("en")[0] == "Draw"
        assert session.shelf.entries[0].name == "default"
        assert window.findChild(QWidget, "trainingLog").toPlainText().startswith("epoch 1: ")
        assert window.findChild(QPushButton, "applyButton") is not None
        assert session.draft.config.network.dropout == 0.25
        assert session.training.state is State.RUNNING
        assert session.reading.digits
        assert session.preferences.language == "en"
        session.training.stop()
        qtbot.waitUntil(lambda: session.training.state is State.IDLE)
