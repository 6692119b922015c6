"""Where the window's parts are put together, and the order in which they are imported."""

from __future__ import annotations

import logging
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import cast

# On Windows, torch cannot load its libraries once Qt has loaded its own (WinError 1114), so there
# it comes first. Elsewhere it comes last, in a thread, and the window does not wait for it.
if sys.platform == "win32":
    import torch  # noqa: F401

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from mnist_desktop import __version__
from mnist_desktop.files import private_folder, private_opener
from mnist_desktop.paths import APP, user_folder
from mnist_desktop.ui.look.appearance import Appearance
from mnist_desktop.ui.main_window import TITLE, MainWindow
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.shell.garbage import GarbageCollector
from mnist_desktop.ui.shell.notification import EndNotifier


def run(files: list[Path]) -> int:
    """Open the window, with files in it. Returns when it is closed."""
    application = QApplication(sys.argv[:1])
    # On X11, Qt leaves out movements of the mouse while the window has something else to do: so
    # strokes lose their corners, and a 3 becomes a hook. It can be told otherwise only now.
    application.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, on=False)
    application.setApplicationName(APP)
    application.setApplicationDisplayName(TITLE)
    application.setApplicationVersion(__version__)
    garbage_collector = GarbageCollector(application)
    session = Session(files)
    appearance = Appearance(application, session.preferences)
    window = MainWindow(session)
    window.prepared.connect(garbage_collector.begin)
    appearance.renewed.connect(window.rebuild)
    EndNotifier(window, session.training)
    # What would compete with it waits until the window is there.
    window.appeared.connect(session.opening.load, Qt.ConnectionType.QueuedConnection)
    window.show()
    _log_to_file()
    faults = _Faults()
    faults.raised.connect(session.failed)
    status = application.exec()
    session.shut_down()
    return status


def _log_to_file() -> None:
    """Write what goes wrong to a file in the user's folder, if that can be written to."""
    path = user_folder() / "log.txt"
    try:
        private_folder(path.parent)
        handler = _PrivateLog(path, maxBytes=2**20, backupCount=1, delay=True)
    except OSError:
        return
    logging.basicConfig(
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=[handler, logging.StreamHandler()],
    )


class _PrivateLog(RotatingFileHandler):
    """A log that only its owner can read: it may quote what a person wrote."""

    def _open(self) -> TextIOWrapper:
        stream = open(  # noqa: SIM115 - the handler closes it
            self.baseFilename, self.mode, encoding=self.encoding, opener=private_opener
        )
        return cast(TextIOWrapper, stream)


class _Faults(QObject):
    """Brings exceptions that nobody has caught, in whatever thread, to the window's thread.

    Signals:
        raised(object): the exception.
    """

    raised = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        sys.excepthook = self._on_uncaught

    def _on_uncaught(
        self, kind: type[BaseException], fault: BaseException, traceback: TracebackType | None
    ) -> None:
        if isinstance(fault, Exception):
            self.raised.emit(fault)
        else:
            sys.__excepthook__(kind, fault, traceback)
