"""One error dialog at a time."""

from __future__ import annotations

import logging
import platform
import traceback
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from mnist_desktop import __version__
from mnist_desktop.errors import UserError
from mnist_desktop.texts import one_line
from mnist_desktop.ui.session.texts import error_text
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import message_box

log = logging.getLogger(__name__)


@dataclass
class _Trouble:
    """An error, however often it has come.

    Attributes:
        report: for who mends the program; empty where there is nothing to mend.
    """

    text: str
    details: str
    report: str = ""
    times: int = 1


class ErrorDialogs(QObject):
    """Shows errors one after the other; one that comes again is counted.

    A ``UserError`` is shown as it is. Anything else is a fault of the program: it is logged with
    its traceback, apologised for, and a report of it can be copied. Nothing is sent anywhere.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[_Trouble] = []
        self._dialog: QMessageBox | None = None
        self._shown: _Trouble | None = None

    @Slot(object)
    def show(self, fault: Exception) -> None:
        """Tell of an error, now or when the dialogs before it are closed."""
        trouble = self._trouble(fault)
        known = [self._shown] if self._shown else []
        for other in known + self._waiting:
            if (other.text, other.details) == (trouble.text, trouble.details):
                other.times += 1
                self._show_details()
                return
        self._waiting.append(trouble)
        if self._dialog is None:
            self._show_next()

    def _trouble(self, fault: Exception) -> _Trouble:
        if isinstance(fault, UserError):
            return _Trouble(error_text(fault), "")
        log.error("unexpected", exc_info=fault)
        return _Trouble(
            self.tr("Something in the program went wrong. Sorry. You can go on working."),
            self.tr("{kind}: {fault}. More is in the log file.").format(
                kind=type(fault).__name__, fault=one_line(str(fault))
            ),
            report_of(fault),
        )

    @Slot()
    def _show_next(self) -> None:
        self._dialog, self._shown = None, None
        if not self._waiting:
            return
        trouble = self._shown = self._waiting.pop(0)
        dialog = message_box(
            self._window,
            trouble.text,
            icon=QMessageBox.Icon.Warning,
            buttons=QMessageBox.StandardButton.Ok,
        )
        dialog.setObjectName("errorDialog")
        dialog.finished.connect(self._show_next)
        if trouble.report:
            copy = dialog.addButton(self.tr("Copy report"), QMessageBox.ButtonRole.ActionRole)
            named(copy, "copyReportButton")
            copy.clicked.disconnect()  # or it would close the dialog
            copy.clicked.connect(self._on_copy)
            dialog.setEscapeButton(QMessageBox.StandardButton.Ok)
            dialog.setDefaultButton(QMessageBox.StandardButton.Ok)
        self._dialog = dialog
        self._show_details()
        dialog.open()

    def _show_details(self) -> None:
        trouble, dialog = self._shown, self._dialog
        if trouble is None or dialog is None:
            return
        lines = [trouble.details] if trouble.details else []
        if trouble.times > 1:
            lines.append(self.tr("This has happened {count:,} times.").format(count=trouble.times))
        dialog.setInformativeText("\n".join(lines))

    @Slot()
    def _on_copy(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(self._shown.report)


def report_of(fault: BaseException) -> str:
    """What helps to mend a fault, in English. It names no file but the program's own."""
    versions = (
        f"mnist-desktop {__version__}",
        f"Python {platform.python_version()}",
        f"Qt {qVersion()}",
        platform.platform(),
    )
    return "\n".join([*versions, "", *traceback.format_exception(fault)])
