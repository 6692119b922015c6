"""What is told of a run while the person looks at something else."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon, QWidget

from mnist_desktop.errors import UserError
from mnist_desktop.learning.log import end_in_words
from mnist_desktop.ui.session.texts import error_text, translated
from mnist_desktop.ui.session.train.training import Training
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

SHORTEST_SECONDS = 5.0
"""Nobody goes away during a run that is shorter."""

TITLE_SECONDS = 1.0
"""Between two changes of the title."""


class TrayMessenger(QObject):
    """Shows messages by an icon in the tray, which is there only until the last has been seen.

    Signals:
        clicked(): the person wants to see more.
    """

    clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None

    def show(self, title: str, text: str) -> None:
        """Show one, on a desktop that can."""
        self.clear()
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        self._icon = QSystemTrayIcon(self._picture(), self)
        self._icon.setToolTip(plain_tooltip(title))
        self._icon.messageClicked.connect(self.clicked)
        self._icon.activated.connect(self.clicked)
        self._icon.show()
        # Some desktops take this for HTML, and nothing tells which.
        self._icon.showMessage(title, text.replace("<", "‹"), self._picture())

    def clear(self) -> None:
        """It has been seen."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _picture(self) -> QIcon:
        icon = self._window.windowIcon()
        standard = QStyle.StandardPixmap.SP_MessageBoxInformation
        return self._window.style().standardIcon(standard) if icon.isNull() else icon


class EndNotifier(QObject):
    """Tells of a run while the window is in the background: of its end, and its progress.

    The window is not in the background while a dialog of the program is in front.

    Args:
        shortest: seconds; the end of a shorter run is not told.
        messenger: shows the message.
        clock: seconds that go by.
    """

    def __init__(
        self,
        window: QWidget,
        training: Training,
        shortest: float = SHORTEST_SECONDS,
        messenger: TrayMessenger | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._training = training
        self._shortest = shortest
        self._messenger = messenger or TrayMessenger(window)
        self._clock = clock
        self._plain_title = ""
        self._titled: float | None = None
        self._began: float | None = None
        self._fault: Exception | None = None
        self._messenger.clicked.connect(self._raise_window)
        training.state_changed.connect(self._on_state_changed)
        training.advanced.connect(self._on_advanced)
        training.failed.connect(self._on_failed)
        training.ended.connect(self._on_ended)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        # Queued: from one window of the program to another, for a moment none has the focus.
        application.focusWindowChanged.connect(
            self._on_focus_changed, Qt.ConnectionType.QueuedConnection
        )

    @property
    def _is_in_background(self) -> bool:
        return self._window.isMinimized() or QGuiApplication.focusWindow() is None

    @Slot()
    def _on_state_changed(self) -> None:
        if self._began is None and self._training.is_active:
            self._began = self._clock()
            self._fault = None

    @Slot()
    def _on_advanced(self) -> None:
        self._fault = None  # the run has gone on, so it is not what ended it
        self._update_title()

    @Slot(object)
    def _on_failed(self, fault: Exception) -> None:
        self._fault = fault

    @Slot()
    def _on_ended(self) -> None:
        began, self._began = self._began, None
        self._update_title()
        if began is None or self._clock() - began < self._shortest or not self._is_in_background:
            return
        if message := self._message():
            QApplication.alert(self._window)
            self._messenger.show(*message)

    def _message(self) -> tuple[str, str] | None:
        """Title and text; None of a run that was called off."""
        done, config, fault = self._training.done, self._training.config, self._fault
        if done is not None and config is not None:
            return self.tr("The training has ended"), end_in_words(done, config, translated)
        if fault is None:
            return None
        apology = self.tr("Something in the program went wrong.")
        text = error_text(fault) if isinstance(fault, UserError) else apology
        return self.tr("The training has failed"), text

    @Slot()
    def _on_focus_changed(self) -> None:
        self._update_title()
        if not self._is_in_background:
            self._messenger.clear()

    @Slot()
    def _update_title(self) -> None:
        """Plain at once, but with the progress at most once a second."""
        if not (self._training.is_active and self._is_in_background):
            if self._titled is not None:
                self._titled = None
                self._window.setWindowTitle(self._plain_title)
            return
        now = self._clock()
        if self._titled is None:
            self._plain_title = self._window.windowTitle()
        elif now - self._titled < TITLE_SECONDS:
            return
        self._titled = now
        self._window.setWindowTitle(
            self.tr("{share:.0f} % · {title}").format(
                share=100 * self._training.progress, title=self._plain_title
            )
        )

    @Slot()
    def _raise_window(self) -> None:
        self._messenger.clear()
        self._window.setWindowState(
            self._window.windowState() & ~Qt.WindowState.WindowMinimized
            | Qt.WindowState.WindowActive
        )
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
