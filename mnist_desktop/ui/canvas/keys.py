"""The keys of the canvas that stand in no menu."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from mnist_desktop.ink.correction import NO_DIGIT
from mnist_desktop.ink.signs import UNREADABLE
from mnist_desktop.ink.strokes import DIGITS, SIGNS
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch

Modifier = Qt.KeyboardModifier

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def take_key(event: QKeyEvent, sketch: Sketch, reader: Reader) -> bool:
    """Do what a key means; False for one that means nothing here.

    The arrows go from one digit or sign to the next, the key of a digit or sign puts right the one
    that is looked at, "N" or "?" says that it is neither, and Return that all that was read is
    right. "E" takes the eraser in hand or the pen again, as does Escape.
    """
    # Shift is no matter: on some keyboards digits need it, and on most of them some signs.
    if event.modifiers() & ~(Modifier.ShiftModifier | Modifier.KeypadModifier):
        return False
    key, text = event.key(), event.text()
    if key in STEPS:
        reader.move_focus(STEPS[Qt.Key(key)])
    elif text and text in DIGITS + SIGNS:
        reader.correct(text)
    elif text == UNREADABLE and reader.focused and reader.focused.text == text:
        pass  # who agrees has not said what it is
    elif text == UNREADABLE or key == Qt.Key.Key_N:
        reader.correct(NO_DIGIT)
    elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        reader.confirm()
    elif key == Qt.Key.Key_E:
        sketch.set_erasing(is_erasing=not sketch.is_erasing)
    elif key == Qt.Key.Key_Escape and sketch.is_erasing:
        sketch.set_erasing(is_erasing=False)
    else:
        return False
    return True
