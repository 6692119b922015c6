"""One error dialog at a time."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from mnist_desktop.errors import UserError
from mnist_desktop.texts import one_line
from mnist_desktop.ui.session.texts import error_text
from mnist_desktop.ui.widgets.plain_text import message_box

log = logging.getLogger(__name__)


class ErrorDialogs(QObject):
    """Shows errors one after the other.

    A ``UserError`` is shown as it is. Anything else is a fault of the program: it is logged with
    its traceback, and apologised for.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[tuple[str, str]] = []
        self._dialog: QMessageBox | None = None

    @Slot(object)
    def show(self, fault: Exception) -> None:
        """Tell of an error, now or when the dialogs before it are closed."""
        if isinstance(fault, UserError):
            self._waiting.append((error_text(fault), ""))
        else:
            log.error("unexpected", exc_info=fault)
            self._waiting.append(
                (
                    self.tr("Something in the program went wrong. Sorry. You can go on working."),
                    self.tr("{kind}: {fault}. More is in the log file.").format(
                        kind=type(fault).__name__, fault=one_line(str(fault))
                    ),
                )
            )
        if self._dialog is None:
            self._show_next()

    @Slot()
    def _show_next(self) -> None:
        self._dialog = None
        if not self._waiting:
            return
        text, details = self._waiting.pop(0)
        dialog = message_box(
            self._window,
            text,
            details,
            icon=QMessageBox.Icon.Warning,
            buttons=QMessageBox.StandardButton.Ok,
        )
        dialog.setObjectName("errorDialog")
        dialog.finished.connect(self._show_next)
        self._dialog = dialog
        dialog.open()
