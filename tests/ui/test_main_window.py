import threading

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QTabWidget,
    QWidget,
)

from mnist_desktop.learning.data import datasets
from mnist_desktop.learning.models.editing import Edits
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.library.runs import list_runs
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui import later
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.look.style import LABELS
from mnist_desktop.ui.main_window import MainWindow
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.train.training import State, Training
from mnist_desktop.ui.shell.lazy_tab import LazyTab
from mnist_desktop.ui.widgets.tabs import DRAW, MODELS, TRAIN

FIXED_NAMES = (
    "tabs",
    "drawingCanvas",
    "answerLabel",
    "probabilityBars",
    "clearButton",
    "undoButton",
    "redoButton",
    "networkInputView",
    "startButton",
    "pauseButton",
    "stopButton",
    "epochsSpin",
    "batchSizeSpin",
    "learningRateSpin",
    "hiddenLayersEdit",
    "presetCombo",
    "trainingProgress",
    "trainingLog",
    "lossPlot",
    "accuracyPlot",
)


def test_controls_have_the_names_by_which_checks_find_them(window):
    missing = [name for name in FIXED_NAMES if window.findChild(QWidget, name) is None]
    assert missing == []


def test_actions_have_the_names_by_which_checks_find_them(window):
    assert window.findChild(QAction, "openModelAction").shortcut().toString() == "Ctrl+O"
    assert window.findChild(QAction, "saveModelAction").shortcut().toString() == "Ctrl+S"


def test_it_opens_on_draw_and_fits_a_small_screen(window):
    tabs = window.findChild(QTabWidget, "tabs")
    assert [tabs.tabText(index) for index in range(4)] == ["Draw", "Train", "Evaluate", "Data"]
    assert tabs.currentIndex() == 0
    least = window.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 700


def test_it_opens_as_large_as_it_was_closed(qtbot, window, new_session):
    first = MainWindow(new_session())
    qtbot.addWidget(first)
    for height in (690, 650):
        window.resize(1000, height)
        window.close()
        again = MainWindow(new_session())
        qtbot.addWidget(again)
        assert again.height() == height != first.height()
        window.show()


def test_every_control_has_a_name_for_those_who_do_not_see_it(window):
    from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QSlider

    tabs = window.findChild(QTabWidget, "tabs")
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        for kind in (QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QSlider):
            for control in window.findChildren(kind):
                if not control.objectName().startswith("qt_") and control.isVisibleTo(window):
                    assert control.accessibleName(), control.objectName()


def trained(qtbot, window, session):
    """A model that no file holds."""
    window.findChild(QSpinBox, "epochsSpin").setValue(1)
    window.findChild(QPushButton, "startButton").click()
    qtbot.waitUntil(
        lambda: session.training.done is not None and session.training.state is State.IDLE,
    )
    return session.shelf.current


def test_a_trained_model_is_saved_by_the_menu_and_opened_again(
    qtbot, window, session, tmp_path, monkeypatch
):
    entry = trained(qtbot, window, session)
    path = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.findChild(QAction, "saveModelAction").trigger()
    qtbot.waitUntil(lambda: session.shelf.current.path is not None)
    saved = tmp_path / "mine.safetensors"
    assert open_model(saved).test_score == entry.model.test_score
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(saved), ""))
    window.findChild(QAction, "openModelAction").trigger()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert session.shelf.current.path == saved.resolve()
    assert window.findChild(QComboBox, "modelCombo").currentText() == "mine"


def test_a_model_in_training_cannot_be_saved_yet(qtbot, window, session):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    window.findChild(QPushButton, "startButton").click()
    qtbot.waitUntil(lambda: session.shelf.current.is_training)
    assert not window.findChild(QAction, "saveModelAction").isEnabled()
    session.training.stop()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert window.findChild(QAction, "saveModelAction").isEnabled()


def test_an_error_is_told_once_and_the_window_goes_on(qtbot, window, session, damaged_model):
    session.opening.open(damaged_model)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "errorDialog") is not None)
    dialog = window.findChild(QMessageBox, "errorDialog")
    assert damaged_model.name in dialog.text()
    assert "Traceback" not in dialog.text()
    dialog.accept()
    assert window.isEnabled()


def drop(window, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    action = Qt.DropAction.CopyAction
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5), action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def test_a_file_dropped_on_the_window_opens(qtbot, window, session, tmp_path):
    path = tmp_path / "dropped.safetensors"
    path.write_bytes(DEFAULT_MODEL.read_bytes())
    drop(window, path)
    qtbot.waitUntil(lambda: session.shelf.current.name == "dropped")


@pytest.mark.parametrize("name", ["hiddenLayersEdit", "runsFilter"])
def test_a_file_dropped_where_one_can_type_is_no_text(window, session, monkeypatch, tmp_path, name):
    field = window.findChild(QWidget, name)
    monkeypatch.setattr(session.opening, "take", lambda content: taken.append(content.urls()))
    taken, mime, before = [], QMimeData(), field.property("text")
    url = QUrl.fromLocalFile(str(tmp_path / "7.png"))
    mime.setUrls([url])
    mime.setText(url.toLocalFile())  # as file managers do
    arguments = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    QApplication.sendEvent(field, QDragEnterEvent(QPoint(5, 5), *arguments))
    QApplication.sendEvent(field, QDropEvent(QPointF(5, 5), *arguments))
    assert taken == [[url]]
    assert field.property("text") == before


def test_the_model_that_reads_is_chosen_in_the_footer(qtbot, window, session):
    trained(qtbot, window, session)
    combo = window.findChild(QComboBox, "modelCombo")
    assert combo.currentText() == "run 1"
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert session.shelf.current.path == DEFAULT_MODEL


@pytest.mark.parametrize(
    ("name", "shown"), [("run 3", "run 3 (not saved)"), ("a long name" * 9, "a long name…")]
)
def test_a_model_s_name_is_shown_whole_or_with_an_ellipsis(qtbot, window, session, name, shown):
    entry = Entry(name, session.shelf.current.recognizer)
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    combo = window.findChild(QComboBox, "modelCombo")
    start, ellipsis, _ = shown.partition("…")

    def painted():
        option = QStyleOptionComboBox()
        combo.initStyleOption(option)
        return LABELS[QStyle.ControlElement.CE_ComboBoxLabel](option).currentText

    qtbot.waitUntil(lambda: painted().startswith(start) and painted().endswith(ellipsis or shown))
    assert combo.toolTip().splitlines()[0] == f"{name} (not saved)"
    assert window.width() == 1024


def answer_with(role):
    """Press the button of a role in the question that is about to be asked; what it says."""
    asked = []

    def press():
        dialog = QApplication.activeModalWidget()
        asked.append((dialog.text(), dialog.informativeText()))
        next(button for button in dialog.buttons() if dialog.buttonRole(button) is role).click()

    QTimer.singleShot(0, press)
    return asked


def test_files_and_pictures_may_be_dropped_and_nothing_else(window, damaged_model):
    contents = {name: QMimeData() for name in ("file", "picture", "text")}
    contents["file"].setUrls([QUrl.fromLocalFile(str(damaged_model))])
    contents["picture"].setImageData(QImage(9, 9, QImage.Format.Format_RGB32))
    contents["text"].setText("7")
    taken = []
    for name, content in contents.items():
        event = QDragEnterEvent(
            QPoint(9, 9),
            Qt.DropAction.CopyAction,
            content,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        QApplication.sendEvent(window, event)
        taken.extend([name] if event.isAccepted() else [])
    assert taken == ["file", "picture"]


def test_with_nothing_to_lose_it_closes_without_a_question(window):
    assert window.close()


def test_what_the_library_keeps_is_not_lost(qtbot, window, session):
    trained(qtbot, window, session)
    assert window.close()


@pytest.fixture
def unkept(qtbot, window, session):
    """A trained model that neither the library nor a file holds."""
    entry = trained(qtbot, window, session)
    entry.run_id = None
    return entry


def test_closing_asks_once_and_names_the_model_that_would_be_lost(qtbot, window, session, unkept):
    asked = answer_with(QMessageBox.ButtonRole.RejectRole)
    assert not window.close()
    ((_, details),) = asked
    assert unkept.name in details
    assert "of 500 digits" in details
    answer_with(QMessageBox.ButtonRole.DestructiveRole)
    assert window.close()


def test_closing_keeps_and_saves_a_network_that_was_changed(window, session, tmp_path, monkeypatch):
    session.lab.open()
    session.lab.change(Edits(pruned=0.5), "pruned")
    asked = answer_with(QMessageBox.ButtonRole.RejectRole)
    assert not window.close()
    ((_, details),) = asked
    assert "changed network" in details
    path = tmp_path / "changed.safetensors"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert window.close()
    weights = open_model(path).state_dict["hidden1.weight"]
    assert 0.49 < (weights == 0).float().mean() < 0.51


def test_what_was_changed_in_a_network_and_taken_back_is_not_lost(window, session):
    session.lab.open()
    session.lab.change(Edits(pruned=0.5), "pruned")
    session.lab.undo()
    session.lab.change(Edits(pruned=0.5), "pruned")
    session.lab.change(Edits(), "back, by another control")
    assert window.close()


def test_of_many_models_that_would_be_lost_some_are_named_and_the_rest_counted(window, session):
    for number in range(11):
        session.shelf.add(Entry(f"mine {number}", session.shelf.current.recognizer))
    asked = answer_with(QMessageBox.ButtonRole.RejectRole)
    assert not window.close()
    ((_, details),) = asked
    assert [number for number in range(11) if f"mine {number}" in details] == list(range(8))
    assert details.endswith("and 3 more")
    session.shelf.entries.clear()


def test_closing_can_save_what_would_be_lost(qtbot, window, session, unkept, tmp_path, monkeypatch):
    path = tmp_path / "kept.safetensors"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert window.close()
    assert open_model(path).test_score is not None


def test_closing_stays_open_if_saving_fails(qtbot, window, session, unkept, tmp_path, monkeypatch):
    path = tmp_path / "missing" / "kept.safetensors"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert not window.close()
    assert session.shelf.unsaved
    window.findChild(QMessageBox, "errorDialog").accept()


def begin_endless(qtbot, window, session):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    window.findChild(QPushButton, "startButton").click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))


def test_closing_in_the_middle_of_a_run_says_that_it_can_be_continued(qtbot, window, session):
    begin_endless(qtbot, window, session)
    asked = answer_with(QMessageBox.ButtonRole.RejectRole)
    assert not window.close()
    text, details = asked[0]
    assert text == "A training is going on."
    assert "of 5000" in details
    assert "can be continued after epoch" in details
    assert session.training.state is State.RUNNING
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert window.close()
    assert session.training.state is State.IDLE
    assert [run.is_interrupted for run in list_runs(session.runs.library)] == [True]


def test_closing_in_the_middle_of_a_run_that_is_not_kept_can_end_it(
    qtbot, window, session, monkeypatch
):
    begin_endless(qtbot, window, session)
    monkeypatch.setattr(Training, "run_id", None)
    asked = answer_with(QMessageBox.ButtonRole.RejectRole)
    assert not window.close()
    assert "lost" in asked[0][0]
    assert "of 5000" in asked[0][1]
    answer_with(QMessageBox.ButtonRole.DestructiveRole)
    assert window.close()
    assert session.training.state is State.IDLE


def test_closing_in_the_middle_of_a_run_that_is_not_kept_can_stop_and_save_it(
    qtbot, window, session, tmp_path, monkeypatch
):
    begin_endless(qtbot, window, session)
    monkeypatch.setattr(Training, "run_id", None)
    path = tmp_path / "kept.safetensors"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert window.close()
    assert open_model(path).test_score is not None


@pytest.fixture
def put_right(qtbot, window, session, save_seven, tmp_path):
    """One text of *Read pictures* was put right, and is in no file yet."""
    save_seven(tmp_path / "seven.png")
    session.pictures.read([tmp_path / "seven.png"])
    qtbot.waitUntil(lambda: not session.pictures.is_busy and bool(session.pictures.rows))
    session.pictures.correct(session.pictures.rows[0], "5")


def test_who_turns_back_where_a_file_is_asked_for_has_stopped_no_training(
    qtbot, window, session, put_right, tmp_path, monkeypatch
):
    begin_endless(qtbot, window, session)
    session.lab.open()
    session.lab.change(Edits(pruned=0.5), "pruned")
    names = [str(tmp_path / "changed.safetensors"), ""]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (names.pop(0), ""))
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert not window.close()
    assert not names
    assert session.training.state is State.RUNNING
    assert session.lab.is_changed
    assert not session.shelf.unsaved
    assert not list(tmp_path.glob("*.safetensors"))
    answer_with(QMessageBox.ButtonRole.DestructiveRole)
    assert window.close()


def test_a_training_is_named_where_something_else_would_be_lost(
    qtbot, window, session, put_right, tmp_path, monkeypatch
):
    begin_endless(qtbot, window, session)
    seen = []

    def press():
        dialog = QApplication.activeModalWidget()
        save = next(one for one in dialog.buttons() if "save" in one.text())
        seen.extend([dialog.informativeText(), save.text()])
        save.click()

    QTimer.singleShot(0, press)
    path = tmp_path / "texts.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    assert window.close()
    details, button = seen
    assert "the text of 1 picture" in details
    assert "A training is going on: run 1, in epoch" in details
    assert "can be continued after epoch" in details
    assert button == "Stop the training and save the texts…"
    assert ",5," in path.read_text()
    assert [run.outcome for run in list_runs(session.runs.library)] == ["stopped"]


def test_two_models_go_into_one_file_only_if_a_person_says_so(
    qtbot, window, session, unkept, tmp_path, monkeypatch
):
    session.shelf.add(Entry("another", unkept.recognizer))
    path = tmp_path / "kept.safetensors"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(FileDialogs, "may_replace", lambda *_: False)
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert not window.close()
    assert not path.exists()
    assert len(session.shelf.unsaved) == 2


def test_settings_of_a_run_are_shown_in_the_train_tab(window, session):
    session.take_settings(TrainingConfig(NetworkConfig((24,)), epochs=7))
    assert window.findChild(QTabWidget, "tabs").currentIndex() == 1
    assert window.findChild(QSpinBox, "epochsSpin").value() == 7
    assert window.findChild(QLineEdit, "hiddenLayersEdit").text() == "24"


def test_a_run_that_is_dropped_is_shown_and_what_is_none_leaves_the_tab(
    qtbot, window, session, tmp_path
):
    trained(qtbot, window, session)
    tabs = window.findChild(QTabWidget, "tabs")
    tabs.setCurrentIndex(DRAW)
    path, none = tmp_path / "mine.mnist-run", tmp_path / "none.mnist-run"
    with qtbot.waitSignal(session.exports.exported):
        session.exports.run(session.runs.runs[0], path)
    none.write_bytes(b"nothing")
    with qtbot.waitSignal(session.failed):
        drop(window, none)
    assert tabs.currentIndex() == DRAW
    with qtbot.waitSignal(session.runs.imported):
        drop(window, path)
    assert tabs.currentIndex() == MODELS
    qtbot.waitUntil(lambda: len(session.runs.runs) == 2)


@pytest.fixture
def early(qtbot, monkeypatch, new_session, small):
    """A window that has just appeared, with nothing loaded yet, and its session."""
    monkeypatch.setattr(datasets, "bundled_mnist", lambda _progress: small)
    session = new_session()
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.appeared):
        window.show()
    return window, session


def test_the_other_tabs_are_built_when_it_reads(qtbot, early):
    """What they need takes a while to import, in which neither the window nor torch waits."""
    window, session = early
    QApplication.processEvents()
    assert window.findChild(QWidget, "drawingCanvas") is not None
    assert window.findChild(QWidget, "startButton") is None
    read = []
    window.prepared.connect(lambda: read.append(session.shelf.current is not None))
    session.opening.load()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "runsTable") is not None)
    assert read == [True]


def test_what_is_wanted_sooner_does_not_hold_up_the_window_and_comes_first(
    qtbot, monkeypatch, early
):
    """What it needs would be imported while the window stands still."""
    window, session = early
    window.findChild(QTabWidget, "tabs").setCurrentIndex(MODELS)
    session.lab.open()
    assert window.findChild(QWidget, "runsTable") is None
    window.rebuild()  # as in another language
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    tab = window.findChild(QTabWidget, "tabs").currentWidget()
    assert tab.isVisible()
    assert [label.text() for label in tab.findChildren(QLabel)] == ["Loading…"]
    assert window.findChild(QWidget, "networkWindow") is None
    built, build = [], LazyTab.build
    monkeypatch.setattr(LazyTab, "build", lambda one: built.append(one) or build(one))
    session.opening.load()
    qtbot.waitUntil(lambda: len(built) == 4)
    assert built[0] is tab
    assert window.findChild(QWidget, "runsTable").isVisible()
    assert window.findChild(QWidget, "startButton") is not None
    assert window.findChild(QWidget, "networkWindow").isVisible()
    session.lab.close()


def test_what_holds_up_the_window_waits_for_the_pen_and_is_done_in_its_own_thread(
    qtbot, monkeypatch, early
):
    """In another one PySide would crash now and then."""
    window, session = early
    threads = []
    monkeypatch.setattr(later, "import_plots", lambda: threads.append(threading.current_thread()))
    session.sketch.extend(0.3, 0.3, 0.05)
    session.opening.load()
    qtbot.waitUntil(lambda: session.runs.is_loaded and not session.jobs.running)
    assert threads == []
    session.sketch.finish_stroke()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "runsTable") is not None)
    assert threads == [threading.main_thread()]


def test_nobody_can_call_off_what_the_window_cannot_be_without(qtbot, early):
    _window, session = early
    kept = []
    session.jobs.changed.connect(
        lambda: kept.extend(job.title for job in session.jobs.running if job.can_be_cancelled)
    )
    session.opening.load()
    qtbot.waitUntil(lambda: session.runs.is_loaded and not session.jobs.running)
    assert {"Loading the model", "Loading MNIST", "Preparing the tabs"}.isdisjoint(kept)
    session.opening.open_bundled_data()
    assert session.jobs.newest.can_be_cancelled, "there is a data set by now"


def test_it_is_gone_at_once_though_something_takes_a_while_to_end(monkeypatch, window, session):
    seen, shut_down = [], session.shut_down
    monkeypatch.setattr(
        session, "shut_down", lambda: seen.append(window.isVisible()) or shut_down()
    )
    assert window.close()
    assert seen == [False]


def test_whatever_fails_at_closing_it_closes_and_nothing_goes_on(monkeypatch, window, session):
    def fail():
        raise RuntimeError("cannot be closed")

    def work(progress):
        while True:
            progress(0.0)

    monkeypatch.setattr(session.pictures, "close", fail)
    session.jobs.begin("Working", work, lambda _: None, lambda _: None)
    thread = session.jobs.newest
    with pytest.raises(RuntimeError, match="cannot be closed"):
        window.close()
    assert thread.isFinished()
    assert not window.isVisible()


def test_a_tab_that_cannot_be_made_says_so_and_the_others_are_there(qtbot, monkeypatch, early):
    def fail(_session, _actions):
        raise ImportError("no such module")

    window, session = early
    monkeypatch.setattr(later, "train_tab", fail)
    with qtbot.capture_exceptions() as raised:
        session.opening.load()
        qtbot.waitUntil(lambda: window.findChild(QWidget, "runsTable") is not None)
    assert [str(fault) for _, fault, _ in raised] == ["no such module"]
    tabs = window.findChild(QTabWidget, "tabs")
    (note,) = tabs.widget(TRAIN).findChildren(QLabel)
    assert note.text() == "This tab cannot be shown."


def test_tab_reaches_the_footer_after_all_else_whenever_that_was_made(window, session, press):
    tabs, pages = window.findChild(QTabWidget, "tabs"), (DRAW, TRAIN, MODELS)
    first = window.findChild(QComboBox, "modelCombo")
    session.preferences.set("explain", True)
    session.preferences.set("wide_field", True)
    for page in pages:
        tabs.setCurrentIndex(page)
        tabs.tabBar().setFocus()
        reached = []
        while window.focusWidget() not in reached:
            reached.append(window.focusWidget())
            press(Qt.Key.Key_Tab)
        assert reached[-1] is first
        assert sum(tabs.widget(page).isAncestorOf(one) for one in reached) > 3
        press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is first
