"""A mouse and a keyboard, whose events take the way that a person's take through Qt."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


def click(
    widget: QWidget,
    place: QPoint,
    button: Qt.MouseButton = LEFT,
    modifiers: Qt.KeyboardModifier = NONE,
    *,
    double: bool = False,
) -> None:
    """Click at a place of a widget."""
    window, at = _in_window(widget, place)
    if window is not None:
        act = QTest.mouseDClick if double else QTest.mouseClick
        act(window, button, modifiers, at)


def press(widget: QWidget, place: QPoint) -> None:
    window, at = _in_window(widget, place)
    if window is not None:
        QTest.mousePress(window, LEFT, NONE, at)


def move(widget: QWidget, place: QPoint) -> None:
    window, at = _in_window(widget, place)
    if window is not None:
        QTest.mouseMove(window, at)


def release(widget: QWidget, place: QPoint) -> None:
    window, at = _in_window(widget, place)
    if window is not None:
        QTest.mouseRelease(window, LEFT, NONE, at)


def wheel(widget: QWidget, place: QPoint, steps: int, modifiers: Qt.KeyboardModifier) -> None:
    """Turn the wheel over a widget; Qt passes it on to what is there."""
    window, at = _in_window(widget, place)
    if window is None:
        return
    event = QWheelEvent(
        QPointF(at),
        QPointF(window.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(window, event)


def key(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key, which may be a shortcut, in whatever window has the focus."""
    window = QGuiApplication.focusWindow()
    if window is not None:
        QTest.keyClick(window, key, modifiers)


def write(text: str) -> None:
    """Type any text, also what is on no keyboard, into what has the focus."""
    window = QGuiApplication.focusWindow()
    for letter in text if window is not None else "":
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(window, QKeyEvent(kind, 0, NONE, letter))


def _in_window(widget: QWidget, place: QPoint) -> tuple[QWindow | None, QPoint]:
    """What Qt sends the event to, and where in it, which is never outside."""
    top = widget.window()
    at = widget.mapTo(top, place)
    right, bottom = top.width() - 1, top.height() - 1
    return top.windowHandle(), QPoint(min(max(at.x(), 0), right), min(max(at.y(), 0), bottom))
