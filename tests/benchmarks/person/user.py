"""The random user: one action after the other, each what a person could do at that moment."""

from __future__ import annotations

import math
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QTabBar,
    QTabWidget,
    QWidget,
)
from shiboken6 import isValid

from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.theme import THEMES
from mnist_desktop.ui.session.train.training import State
from person import hands
from person.answers import FileAnswers
from person.watch import Diary

if TYPE_CHECKING:
    from mnist_desktop.ui.session.session import Session

LONGEST_PAUSE = 60
"""Milliseconds between two actions."""

STUCK_SECONDS = 0.3
"""After that an action waits for something, as for the answer to a question. Before, another one
could take away the window that its events go to, which Qt's test mouse does not survive.
"""

DEEPEST = 4
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS: tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...] = (
    *((Qt.Key[f"Key_{name}"], hands.NONE) for name in ("Tab", "Tab", "Tab", "Return", "Space")),
    *((Qt.Key[f"Key_{name}"], hands.NONE) for name in ("Up", "Down", "Left", "Right", "Home")),
    *((Qt.Key[f"Key_{name}"], hands.NONE) for name in ("End", "PageUp", "PageDown", "F2")),
    *((Qt.Key[f"Key_{name}"], hands.NONE) for name in ("Escape", "Delete", "Backspace")),
    (Qt.Key.Key_Backtab, SHIFT),
    *((Qt.Key[f"Key_{name}"], CTRL) for name in "ZZZLVAFSOC12345"),
    (Qt.Key.Key_Z, CTRL | SHIFT),
    (Qt.Key.Key_Down, SHIFT),
)
TEXTS = (
    *("", "0", "1", "7", "12", "64", "999999999", "-3", "0.5", "1e-3", "1e9", "nan", "3,5"),
    *("128, 256", "16", "8 8", "0, 0", "what", "<img src=x>", "数字 七", "a\u202eb", "x" * 300),
    *("run 1", "run 2 = best", "\\", "%s {name}", "'; --", "🙂"),
)


class RandomUser(QObject):
    """Acts in one window, until it is told to stop or has closed the window.

    Attributes:
        is_over: it has nothing to act in any more.
    """

    def __init__(
        self,
        session: Session,
        window: QMainWindow,
        answers: FileAnswers,
        random: Random,
        diary: Diary,
        deadline: float,
        stays_until: float,
    ) -> None:
        super().__init__()
        self.is_over = False
        self._session = session
        self._window = window
        self._answers = answers
        self._random = random
        self._diary = diary
        self._deadline = deadline
        self._stays_until = stays_until
        self._acting: list[tuple[float, Any]] = []
        self._actions = {
            self._press_a_button: 10,
            self._click_anywhere: 8,
            self._draw: 6,
            self._train: 6,
            self._type_into_a_field: 6,
            self._press_a_key: 8,
            self._turn_the_wheel: 4,
            self._drag_a_slider: 3,
            self._open_a_menu: 4,
            self._open_a_context_menu: 3,
            self._choose_in_a_combo: 3,
            self._show_a_tab: 4,
            self._choose_runs: 4,
            self._drop: 3,
            self._paste: 2,
            self._resize: 1,
            self._change_theme: 1,
            self._wait: 2,
        }
        self._next_action()

    def _next_action(self) -> None:
        QTimer.singleShot(self._random.randint(0, LONGEST_PAUSE), self._act)

    @Slot()
    def _act(self) -> None:
        """Called also in the midst of an action, where that has opened a dialog or a menu."""
        if self.is_over:
            return
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if time.monotonic() > self._deadline and front is None and not self._acting:
            self.is_over = True
            return
        if self._acting:
            began, before = self._acting[-1]
            is_stuck = time.monotonic() - began > STUCK_SECONDS
            is_deep = front is before and len(self._acting) >= DEEPEST
            if not is_stuck or is_deep:
                self._next_action()
                return
        self._next_action()
        self._acting.append((time.monotonic(), front))
        try:
            self._act_on(front)
        finally:
            self._acting.pop()
        if not self._window.isVisible() and not self._acting:
            self.is_over = True

    def _act_on(self, front: QWidget | None) -> None:
        if isinstance(front, QMenu):
            self._choose_in_a_menu(front)
        elif isinstance(front, QMessageBox):
            self._answer(front)
        elif front is not None:
            self._choose_in_a_list(front)
        else:
            if QApplication.activeWindow() is not self._window:
                self._window.activateWindow()
            self._keep_trainings_small()
            weights = list(self._actions.values())
            (action,) = self._random.choices(list(self._actions), weights)
            action()

    # What is in front of the window.

    def _choose_in_a_menu(self, menu: QMenu) -> None:
        actions = [one for one in menu.actions() if one.isEnabled() and not one.isSeparator()]
        if actions and self._random.random() < 0.8:
            action = self._random.choice(actions)
            is_to_stay = time.monotonic() < self._stays_until or self._random.random() < 0.7
            if action.objectName() == "quitAction" and is_to_stay:
                return
            self._diary.note("menu", action.text())
            hands.click(menu, menu.actionGeometry(action).center())
        else:
            self._diary.note("menu", "escape")
            hands.key(Qt.Key.Key_Escape)
            if isValid(menu):
                menu.close()

    def _answer(self, box: QMessageBox) -> None:
        button = self._random.choice(box.buttons())
        is_escaped = self._random.random() < 0.15
        answer = "escape" if is_escaped else button.text()
        self._diary.note("dialog", f"{box.objectName()} {box.text()[:80]!r}: {answer}")
        # Not through the window, as elsewhere: that handles all events, and so would destroy the
        # box before its exec() has returned.
        if is_escaped:
            QTest.keyClick(box, Qt.Key.Key_Escape)
        else:
            button.click()

    def _choose_in_a_list(self, front: QWidget) -> None:
        choices = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape)
        choice = self._random.choice(choices)
        self._diary.note("list", f"{type(front).__name__}: {choice.name}")
        target = front.findChild(QAbstractItemView) or front
        QApplication.sendEvent(target, _key_event(choice))
        if choice is Qt.Key.Key_Escape and isValid(front) and front.isVisible():
            front.close()

    # What can be done in the window.

    def _press_a_button(self) -> None:
        button = self._one_of(QAbstractButton)
        if button is not None:
            self._diary.note("button", f"{button.objectName()} {button.text()!r}")
            hands.click(button, button.rect().center(), double=self._random.random() < 0.1)

    def _click_anywhere(self) -> None:
        widget = self._one_of(QWidget)
        if widget is not None:
            self._diary.note("click", _name(widget))
            modifiers = self._random.choice((hands.NONE, hands.NONE, CTRL, SHIFT))
            is_double = self._random.random() < 0.2
            hands.move(widget, self._place_in(widget))
            hands.click(widget, self._place_in(widget), hands.LEFT, modifiers, double=is_double)

    def _draw(self) -> None:
        canvas = self._window.findChild(QWidget, "drawingCanvas")
        if not canvas.isVisible():
            self._tabs.setCurrentIndex(0)
        random, side = self._random, min(canvas.width(), canvas.height())
        strokes = random.randint(1, 3)
        self._diary.note("draw", f"{strokes} strokes")
        for _ in range(strokes):
            at, turn = [side * random.uniform(-0.05, 1.05) for _ in "xy"], random.uniform(-0.3, 0.3)
            angle, stop = random.uniform(0, 6.3), random.random()
            hands.press(canvas, QPoint(*map(round, at)))
            for _ in range(random.randint(0, 25)):
                angle += turn
                at[0] += 0.03 * side * math.cos(angle)
                at[1] += 0.03 * side * math.sin(angle)
                hands.move(canvas, QPoint(*map(round, at)))
                if stop < 0.02:  # a key while the pen is down
                    self._press_a_key()
                    stop = 1.0
            hands.release(canvas, QPoint(*map(round, at)))

    def _train(self) -> None:
        """Start, or do something with the run that goes on."""
        if self._random.random() < 0.3:
            self._tabs.setCurrentIndex(1)
        pages = self._window.findChild(QTabBar, "trainPages")
        if pages is not None and self._random.random() < 0.2:
            pages.setCurrentIndex(self._random.randrange(pages.count()))
        names = ["start", "pause", "pause", "stop", "oneBatch", "oneEpoch", "apply", "revert"]
        names += ["trainMore", "continue", "cancelJob", "timelinePlay", "undoDelete", "evaluate"]
        buttons = [self._window.findChild(QPushButton, f"{name}Button") for name in names]
        there = [one for one in buttons if one is not None and one.isEnabled() and one.isVisible()]
        if there:
            button = self._random.choice(there)
            self._diary.note("train", button.objectName())
            hands.click(button, button.rect().center())

    def _type_into_a_field(self) -> None:
        field = self._one_of(QLineEdit, QAbstractSpinBox, QPlainTextEdit)
        if field is None:
            return
        text = self._random.choice(TEXTS)
        self._diary.note("type", f"{_name(field)}: {text[:40]!r}")
        hands.click(field, field.rect().center())
        if self._random.random() < 0.8:
            hands.key(Qt.Key.Key_A, CTRL)
        hands.write(text)
        if self._random.random() < 0.7:
            hands.key(self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab)))

    def _press_a_key(self) -> None:
        key, modifiers = self._random.choice(KEYS)
        focus = QApplication.focusWidget()
        self._diary.note("key", f"{key.name} {modifiers.value} in {focus and _name(focus)}")
        for _ in range(self._random.choice((1, 1, 1, 3))):
            hands.key(key, modifiers)

    def _turn_the_wheel(self) -> None:
        widget = self._one_of(QWidget)
        if widget is not None:
            steps = self._random.choice((-5, -1, 1, 5))
            modifiers = self._random.choice((hands.NONE, hands.NONE, CTRL))
            self._diary.note("wheel", f"{_name(widget)} {steps}")
            for _ in range(self._random.randint(1, 4)):
                hands.wheel(widget, self._place_in(widget), steps, modifiers)

    def _drag_a_slider(self) -> None:
        slider = self._one_of(QSlider)
        if slider is not None:
            self._diary.note("drag", _name(slider))
            hands.press(slider, self._place_in(slider))
            for _ in range(self._random.randint(1, 6)):
                hands.move(slider, self._place_in(slider))
            hands.release(slider, self._place_in(slider))

    def _open_a_menu(self) -> None:
        bar = self._window.menuBar()
        action = self._random.choice(bar.actions())
        self._diary.note("menu bar", action.text())
        hands.click(bar, bar.actionGeometry(action).center())

    def _open_a_context_menu(self) -> None:
        widget = self._one_of(QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget)
        if widget is not None:
            self._diary.note("context menu", _name(widget))
            target = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
            hands.click(target, self._place_in(target), hands.RIGHT)

    def _choose_in_a_combo(self) -> None:
        combo = self._one_of(QComboBox)
        if combo is not None:
            self._diary.note("combo", _name(combo))
            hands.click(combo, combo.rect().center())

    def _show_a_tab(self) -> None:
        index = self._random.randrange(self._tabs.count())
        bar = self._tabs.tabBar()
        self._diary.note("tab", bar.tabText(index))
        hands.click(bar, bar.tabRect(index).center())

    def _choose_runs(self) -> None:
        """Choose rows of the Models tab, and do something with them."""
        table = self._window.findChild(QAbstractItemView, "runsTable")
        self._tabs.setCurrentIndex(4)
        count = table.model().rowCount()
        self._diary.note("runs", f"of {count}")
        for _ in range(self._random.randint(1, 3) if count else 0):
            index = table.model().index(self._random.randrange(count), 0)
            place = table.visualRect(index).center()
            modifiers = self._random.choice((hands.NONE, hands.NONE, CTRL, SHIFT))
            is_double = self._random.random() < 0.1
            hands.click(table.viewport(), place, hands.LEFT, modifiers, double=is_double)
            count = table.model().rowCount()
            if not count:
                break
        names = ["useRun", "continueRun", "renameRun", "settingsToTrain", "deleteRun", "undoDelete"]
        names += ["purgeDeleted", "importRun", "export"]
        name = self._random.choice(names)
        button = self._window.findChild(QAbstractButton, f"{name}Button")
        if button is not None and button.isVisible() and button.isEnabled():
            self._diary.note("runs", name)
            hands.click(button, button.rect().center())

    def _drop(self) -> None:
        paths = [self._answers.any_file() for _ in range(self._random.choice((1, 1, 1, 2, 4)))]
        if self._random.random() < 0.1:
            paths[0] = paths[0].parent
        self._diary.note("drop", ", ".join(f"{path.parent.name}/{path.name}" for path in paths))
        event = QDropEvent(
            QPointF(100, 100),
            Qt.DropAction.CopyAction,
            _content_of(paths),
            hands.LEFT,
            hands.NONE,
        )
        QApplication.sendEvent(self._window, event)

    def _paste(self) -> None:
        clipboard, random = QGuiApplication.clipboard(), self._random
        what = random.choice(("picture", "odd picture", "file", "text", "nothing"))
        self._diary.note("paste", what)
        if what == "picture":
            clipboard.setImage(QImage(str(self._answers.any_file("*.png"))))
        elif what == "odd picture":
            picture = QImage(
                random.choice((1, 30, 3000)), random.choice((1, 17)), QImage.Format.Format_ARGB32
            )
            picture.fill(Qt.GlobalColor.transparent)
            clipboard.setImage(picture)
        elif what == "file":
            clipboard.setMimeData(_content_of([self._answers.any_file()]))
        elif what == "text":
            clipboard.setText(random.choice(TEXTS))
        else:
            clipboard.clear()
        hands.key(Qt.Key.Key_V, CTRL)

    def _resize(self) -> None:
        width, height = self._random.randint(600, 1900), self._random.randint(400, 1200)
        self._diary.note("resize", f"{width} × {height}")
        self._window.resize(width, height)

    def _change_theme(self) -> None:
        theme = self._random.choice(list(THEMES))
        self._diary.note("theme", theme)
        # As when the system changes its own; offscreen there is none.
        dress(QApplication.instance(), theme)

    def _wait(self) -> None:
        self._diary.note("wait")
        QTimer.singleShot(self._random.randint(0, 400), lambda: None)

    # What it needs for that.

    @property
    def _tabs(self) -> QTabWidget:
        return self._window.findChild(QTabWidget, "tabs")

    def _one_of(self, *kinds: type[QWidget]) -> Any:
        """A widget of one of some kinds that can be used now."""
        there = [
            widget
            for widget in self._window.findChildren(QWidget)
            if isinstance(widget, kinds) and widget.isVisible() and widget.isEnabled()
        ]
        return self._random.choice(there) if there else None

    def _place_in(self, widget: QWidget) -> QPoint:
        return QPoint(
            self._random.randrange(max(1, widget.width())),
            self._random.randrange(max(1, widget.height())),
        )

    def _keep_trainings_small(self) -> None:
        """Or the next one takes hours, and the machine's memory."""
        session, random = self._session, self._random
        if session.training.state is not State.IDLE or session.draft.problem is not None:
            return
        config = session.draft.config
        for field, value, is_small in (
            ("limit", random.randint(500, 2000), 500 <= (config.limit or 0) <= 2000),
            ("epochs", random.choice((1, 2, 3, 4, 40)), config.epochs <= 40),
            ("hidden", (32,), config.network.parameters <= 400_000),
            ("synthetic_digits", random.choice((0, 0, 200)), config.synthetic_digits <= 300),
            ("scribbles", random.choice((0, 0, 200)), config.scribbles <= 300),
            ("workers", random.choice((0, 0, 0, 0, 1)), config.workers <= 1),
            ("batch_size", random.choice((16, 64)), config.batch_size >= 8),
        ):
            if not is_small:
                session.draft.set(field, value)


def _content_of(paths: list[Path]) -> QMimeData:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return content


def _key_event(key: Qt.Key) -> Any:
    return QKeyEvent(QKeyEvent.Type.KeyPress, key, hands.NONE)


def _name(widget: QWidget) -> str:
    kind, name = type(widget).__name__, widget.objectName()
    return f"{kind} {name}" if name else kind
