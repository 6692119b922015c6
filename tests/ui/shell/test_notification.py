import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QSystemTrayIcon, QWidget

from mnist_desktop.errors import UserError
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import BatchDone, RunDone
from mnist_desktop.ui.session.train.training import State, Training
from mnist_desktop.ui.shell import notification
from mnist_desktop.ui.shell.notification import EndNotifier, TrayMessenger

CONFIG = TrainingConfig(epochs=10)
DONE = RunDone("completed", 10, 7, Score(0.976, (0.973, 0.979), 10_000), {})


class Messages(TrayMessenger):
    """Notes what it should show."""

    def __init__(self, window):
        super().__init__(window)
        self.shown = []
        self.cleared = 0

    def show(self, title, text):
        self.shown.append((title, text))

    def clear(self):
        self.cleared += 1


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.setWindowTitle("MNIST Desktop")
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def training(window):
    return Training(window)


@pytest.fixture
def messages(window):
    return Messages(window)


@pytest.fixture
def alerts(monkeypatch):
    alerts = []
    monkeypatch.setattr(QApplication, "alert", alerts.append)
    return alerts


@pytest.fixture(autouse=True)
def notifier(window, training, messages, clock, alerts):
    return EndNotifier(window, training, 5.0, messages, clock)


@pytest.fixture
def go_away(qtbot, monkeypatch):
    """Another program's window is in front; offscreen there is none, so Qt is made to say so."""

    def go():
        monkeypatch.setattr(QGuiApplication, "focusWindow", lambda: None)
        QGuiApplication.instance().focusWindowChanged.emit(None)
        QApplication.processEvents()

    return go


@pytest.fixture
def come_back(monkeypatch, window):
    def come():
        monkeypatch.undo()
        QGuiApplication.instance().focusWindowChanged.emit(window.windowHandle())
        QApplication.processEvents()

    return come


def begin(training):
    training.config = CONFIG
    training.done = None
    training.state = State.RUNNING
    training.state_changed.emit()


def advance(training, batch):
    training.latest = BatchDone(4, batch, 100, 0.1, 0.9, 64, 0.001)
    training.advanced.emit()


def end(training, done=DONE):
    training.done = done
    training.state = State.IDLE
    training.state_changed.emit()
    training.ended.emit()


def test_the_end_of_a_run_is_told_with_its_score(
    training, clock, messages, alerts, go_away, window
):
    begin(training)
    go_away()
    clock.now += 6
    end(training)
    ((title, text),) = messages.shown
    assert title == "The training has ended"
    assert text.startswith("All 10 epochs are done. The weights of epoch 7 are kept. 97.6 % of")
    assert alerts == [window]


def test_who_watches_is_not_told(training, clock, messages, alerts):
    begin(training)
    clock.now += 6
    end(training)
    assert messages.shown == alerts == []


def test_who_has_a_dialog_of_the_program_in_front_watches(
    qtbot, training, clock, messages, alerts, window
):
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    begin(training)
    clock.now += 6
    end(training)
    assert messages.shown == alerts == []
    dialog.close()


def test_a_minimised_window_is_in_the_background(training, clock, messages, window):
    begin(training)
    window.showMinimized()
    clock.now += 6
    end(training)
    assert len(messages.shown) == 1


def test_a_short_run_is_not_told(training, clock, messages, alerts, go_away):
    go_away()
    begin(training)
    clock.now += 4.9
    end(training)
    assert messages.shown == alerts == []


def test_the_length_of_a_run_is_its_own(training, clock, messages, go_away):
    go_away()
    begin(training)
    clock.now += 3
    end(training)
    clock.now += 60
    begin(training)
    clock.now += 3
    training.state = State.PAUSED
    training.state_changed.emit()
    end(training)
    assert messages.shown == []
    begin(training)
    clock.now += 3
    training.state = State.PAUSED
    training.state_changed.emit()
    clock.now += 3
    end(training)
    assert len(messages.shown) == 1, "a pause does not make it begin anew"


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (UserError("The data set {name} is gone.", name="x"), "The data set x is gone."),
        (ValueError("secret"), "Something in the program went wrong."),
    ],
)
def test_a_failure_is_told(training, clock, messages, go_away, fault, text):
    go_away()
    begin(training)
    clock.now += 6
    training.failed.emit(fault)
    end(training, None)
    assert messages.shown == [("The training has failed", text)]
    begin(training)
    clock.now += 6
    end(training)
    assert messages.shown[1][0] == "The training has ended", "that was the run before"


def test_a_run_is_not_blamed_for_the_fault_of_the_one_before(training, clock, messages, go_away):
    begin(training)
    training.failed.emit(ValueError())
    end(training, None)
    go_away()
    begin(training)
    clock.now += 6
    end(training, None)
    assert messages.shown == []


def test_a_fault_that_the_run_has_survived_is_not_its_end(training, clock, messages, go_away):
    go_away()
    begin(training)
    clock.now += 6
    training.failed.emit(UserError("The library cannot be written."))
    advance(training, 50)
    end(training, None)
    assert messages.shown == [], "called off"
    begin(training)
    clock.now += 6
    training.failed.emit(UserError("The library cannot be written."))
    end(training)
    assert messages.shown[0][0] == "The training has ended"


def test_a_run_that_is_called_off_is_not_told(training, clock, messages, alerts, go_away):
    go_away()
    begin(training)
    clock.now += 6
    end(training, None)
    assert messages.shown == alerts == []


def test_the_title_bears_the_progress_only_in_the_background(
    training, clock, window, go_away, come_back
):
    begin(training)
    advance(training, 50)
    assert window.windowTitle() == "MNIST Desktop"
    go_away()
    assert window.windowTitle() == "35 % · MNIST Desktop"
    come_back()
    assert window.windowTitle() == "MNIST Desktop"
    end(training)


def test_the_title_changes_at_most_once_a_second(training, clock, window, go_away):
    begin(training)
    go_away()
    assert window.windowTitle() == "0 % · MNIST Desktop"
    clock.now += 0.9
    advance(training, 50)
    assert window.windowTitle() == "0 % · MNIST Desktop"
    clock.now += 0.2
    advance(training, 60)
    assert window.windowTitle() == "36 % · MNIST Desktop"
    clock.now += 0.1
    end(training)
    assert window.windowTitle() == "MNIST Desktop", "at the end at once"


def test_a_title_that_was_given_meanwhile_stays(training, window, go_away, come_back):
    window.setWindowTitle("mine – MNIST Desktop")
    advance(training, 50)
    assert window.windowTitle() == "mine – MNIST Desktop"
    begin(training)
    go_away()
    come_back()
    window.setWindowTitle("other – MNIST Desktop")
    advance(training, 60)
    assert window.windowTitle() == "other – MNIST Desktop"
    end(training)
    assert window.windowTitle() == "other – MNIST Desktop"


def test_a_click_brings_the_window_back(qtbot, training, clock, messages, window):
    begin(training)
    window.showMinimized()
    clock.now += 6
    end(training)
    cleared = messages.cleared
    messages.clicked.emit()
    assert not window.isMinimized()
    qtbot.waitUntil(window.isActiveWindow)
    assert messages.cleared > cleared


def test_coming_back_takes_the_message_away(training, clock, messages, go_away, come_back):
    begin(training)
    go_away()
    clock.now += 6
    end(training)
    cleared = messages.cleared
    come_back()
    assert messages.cleared == cleared + 1


def test_a_real_run_is_told(qtbot, session, window, messages):
    EndNotifier(window, session.training, 0.0, messages)
    window.showMinimized()
    with qtbot.waitSignal(session.training.ended):
        session.run_control.start(TrainingConfig(epochs=1, batch_size=500))
    (message,) = messages.shown
    assert message[1].startswith("The only epoch is done.")


class Signals(list):
    """Of an icon."""

    connect = list.append


class Icon:
    """Instead of the desktop's: notes what becomes of it."""

    made = ()

    def __init__(self, picture, parent):
        assert not picture.isNull()
        self.messageClicked, self.activated = Signals(), Signals()
        self.calls = []
        self.made.append(self)

    def __getattr__(self, name):
        return lambda *arguments: self.calls.append((name, *arguments[:2]))

    isSystemTrayAvailable = staticmethod(lambda: True)  # noqa: N815
    supportsMessages = staticmethod(lambda: True)  # noqa: N815


def test_the_tray_s_icon_is_there_as_long_as_there_is_something_to_tell(qtbot, window, monkeypatch):
    monkeypatch.setattr(notification, "QSystemTrayIcon", Icon)
    monkeypatch.setattr(Icon, "made", [])
    messenger = TrayMessenger(window)
    assert Icon.made == []
    messenger.show("title", "<b>text")
    (icon,) = Icon.made
    assert ("show",) in icon.calls
    assert ("showMessage", "title", "‹b>text") in icon.calls
    assert icon.messageClicked == [messenger.clicked]
    assert icon.activated == [messenger.clicked]
    messenger.show("another", "text")
    assert ("hide",) in icon.calls, "never two"
    messenger.clear()
    messenger.clear()
    assert Icon.made[1].calls[-2:] == [("hide",), ("deleteLater",)]
    assert Icon.made[1].calls.count(("hide",)) == 1, "by then it is gone"


@pytest.mark.parametrize("available", [False, True])
def test_without_a_tray_or_with_qt_s_own_nothing_breaks(qtbot, window, monkeypatch, available):
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: available)
    messenger = TrayMessenger(window)
    messenger.show("title", "text")
    assert len(messenger.findChildren(QSystemTrayIcon)) == available
    messenger.clear()
    qtbot.waitUntil(lambda: not messenger.findChildren(QSystemTrayIcon))


def test_a_window_that_is_gone_hears_of_nothing(qtbot, training, notifier, go_away, messages):
    begin(training)
    notifier.deleteLater()
    with qtbot.waitSignal(notifier.destroyed):
        pass
    go_away()
    end(training)
    assert messages.shown == []
