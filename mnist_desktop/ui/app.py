"""Where the window's parts are put together, and the order in which they are imported."""

from __future__ import annotations

import gc
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

# On Windows, torch cannot load its libraries once Qt has loaded its own (WinError 1114), so there
# it comes first. Elsewhere it comes last, in a thread, and the window does not wait for it.
if sys.platform == "win32":
    import torch  # noqa: F401

# Before pyqtgraph, which takes the Qt that it finds imported.
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from mnist_desktop import __version__
from mnist_desktop.paths import APP, user_folder
from mnist_desktop.ui.main_window import TITLE, MainWindow
from mnist_desktop.ui.session import Session
from mnist_desktop.ui.theme import follow_system


def run(files: list[Path]) -> int:
    """Open the window, with files in it. Returns when it is closed."""
    # Importing torch makes half a million objects, none of them garbage. Looking through them
    # again and again takes a fifth of the time, and each look holds up the window.
    gc.disable()
    application = QApplication(sys.argv[:1])
    application.setApplicationName(APP)
    application.setApplicationDisplayName(TITLE)
    application.setApplicationVersion(__version__)
    follow_system(application)
    session = Session()
    session.loaded.connect(collect_only_new_garbage)
    window = MainWindow(session)
    window.show()
    _log_to_file()
    faults = _Faults()
    faults.raised.connect(session.failed)
    session.load(files)
    status = application.exec()
    session.shut_down()
    return status


def collect_only_new_garbage() -> None:
    """Leave what is there now alone: it stays, and looking through it holds up the window."""
    gc.freeze()
    gc.enable()


def _log_to_file() -> None:
    """Write what goes wrong to a file in the user's folder, if that can be written to."""
    path = user_folder() / "log.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=2**20, backupCount=1, delay=True)
    except OSError:
        return
    logging.basicConfig(
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=[handler, logging.StreamHandler()],
    )


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
