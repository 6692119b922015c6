"""Texts that are shown as they stand, wherever they come from.

Labels, tooltips and message boxes of Qt take a text that looks like HTML for HTML, and then open
the files that it names. So whoever named a run could have a device opened that never ends. All
texts of the window go through this module, also those that are the program's own.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox, QToolTip, QWidget


class PlainLabel(QLabel):
    """A label that shows its text as it stands; where it ``wraps``, in several lines if need be."""

    def __init__(self, text: str = "", *, wraps: bool = False) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText, wordWrap=wraps)
        self.setText(text)


class GivingLabel(PlainLabel):
    """A line that gives way where there is little room: cut short, it says all in its tooltip."""

    def minimumSizeHint(self) -> QSize:
        usual = self.sizeHint()
        return QSize(min(usual.width(), 2 * self.fontMetrics().height()), usual.height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and not self.toolTip() and self._is_cut:
            QToolTip.showText(event.globalPos(), plain_tooltip(self.text()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_cut:
            super().paintEvent(event)
            return
        elide = Qt.TextElideMode.ElideRight
        with QPainter(self) as painter:
            shown = self.fontMetrics().elidedText(self.text(), elide, self.width())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)

    @property
    def _is_cut(self) -> bool:
        return self.width() < self.sizeHint().width()


def plain_tooltip(text: str) -> str:
    """What a tooltip has to be given so that it shows a text as it stands.

    A tooltip cannot be told that it is plain: Qt guesses, and not even a style sheet keeps it from
    that. So what it would take for HTML is made HTML, in which the text has no tag of its own.
    """
    if not Qt.mightBeRichText(text):
        return text
    return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal)


def without_mnemonic(text: str) -> str:
    """An action's text without the letter that is underlined, and without a key after a tab."""
    return re.sub(r"\(&\w\)", "", text.split("\t", maxsplit=1)[0]).replace(
        "&", ""
    )  # as in 文件(&F)


def message_box(
    parent: QWidget,
    text: str,
    details: str = "",
    *,
    icon: QMessageBox.Icon = QMessageBox.Icon.Question,
    buttons: QMessageBox.StandardButton = QMessageBox.StandardButton.Cancel,
) -> QMessageBox:
    """A dialog, not yet open, that shows its texts as they stand. Once closed it is gone.

    Args:
        details: smaller, below the text.
    """
    title = parent.window().windowTitle()
    box = QMessageBox(icon, title, "", buttons, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # of the details too
    box.setText(text)
    box.setInformativeText(details)
    box.finished.connect(box.deleteLater)
    return box


def confirmed(parent: QWidget, question: str, details: str = "") -> bool:
    """Ask, and wait for the answer; whoever answers nothing means no."""
    yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
    box = message_box(parent, question, details, buttons=yes | no)
    box.setDefaultButton(no)
    return box.exec() == yes


def pressed(box: QMessageBox) -> QAbstractButton | None:
    """Show a dialog and wait; the button that was pressed, None where it was closed otherwise.

    The dialog itself cannot be asked: when it returns it may be gone already.
    """
    buttons: list[QAbstractButton] = []
    box.buttonClicked.connect(buttons.append)
    box.exec()
    return buttons[0] if buttons else None
