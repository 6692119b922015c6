"""What can be done to teach it: the same for button, menu and keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from mnist_desktop.ink.correction import NO_DIGIT
from mnist_desktop.library.lessons import KeptLesson
from mnist_desktop.library.profile_file import SUFFIX
from mnist_desktop.library.profiles import LONGEST_NAME, Profile
from mnist_desktop.texts import counted
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.draw.hand_dialog import HandDialog
from mnist_desktop.ui.draw.practice_dialog import PracticeDialog
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.controls import make_action, named
from mnist_desktop.ui.widgets.plain_text import confirmed, plain_tooltip
from mnist_desktop.ui.widgets.preference_action import add_choices

LEARN_AFTER = (5, 10, 20, 50)
"""Corrections after which it can learn by itself."""


class TeachingActions(QObject):
    """Each action can be done when it makes sense.

    Args:
        window: parent of the dialogs.

    Attributes:
        learn: begins to learn; while it learns, calls that off.
    """

    def __init__(self, session: Session, window: QWidget, files: FileDialogs) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._files = files
        self._asked_to_learn = False
        teaching, reader = session.teaching, session.reader
        add = partial(make_action, self)
        self._right = add(self.tr("Yes, &right"), reader.confirm, "", "confirmAction")
        self._no_digit = add(
            self.tr("That is &no digit"), partial(reader.correct, NO_DIGIT), "", "noDigitAction"
        )
        # Keys of the canvas, which the menu only shows.
        self._right.setText(f"{self._right.text()}\t⏎")
        self._no_digit.setText(f"{self._no_digit.text()}\tN")
        self._practice = add(
            self.tr("&Practice sheet…"), self._show_practice, "Ctrl+P", "practiceAction"
        )
        self.learn = add(self.tr("&Learn"), self._on_learn, "Ctrl+T", "learnAction")
        self._back = add(
            self.tr("Go &back one step"),
            lambda: self._go_to(teaching.back),
            "Alt+Left",
            "goBackAction",
        )
        self._forward = add(
            self.tr("Go &forward again"),
            lambda: self._go_to(teaching.forward),
            "Alt+Right",
            "goForwardAction",
        )
        self._hand = add(self.tr("&What was learned…"), self._show_hand, "Ctrl+H", "handAction")
        for signal in (
            teaching.changed,
            session.people.changed,
            reader.changed,
            session.shelf.current_changed,
        ):
            signal.connect(self._update)
        teaching.learned.connect(self._on_learned)
        self._update()

    def fill(self, menu: QMenu) -> None:
        """Put all of them into a menu, which owns what opens from it."""
        menu.addActions([self._right, self._no_digit])
        menu.addSeparator()
        menu.addActions([self._practice, self.learn])
        self._fill_after(named(menu.addMenu(self.tr("Learn by &itself")), "learnAfterMenu"))
        menu.addSeparator()
        menu.addActions([self._back, self._forward, self._hand])
        menu.addSeparator()
        people = named(menu.addMenu(self.tr("Wh&o writes")), "peopleMenu")
        group = QActionGroup(people)
        people.aboutToShow.connect(partial(self._fill_people, people, group))
        self._fill_people(people, group)

    def _show_hand(self) -> None:
        """Show what was learned, step by step."""
        HandDialog(self._session, self._window).open()

    def _fill_after(self, menu: QMenu) -> None:
        often = {
            count: self.tr("After {count} drawings").format(count=count) for count in LEARN_AFTER
        }
        choices = {0: self.tr("Only when I say so"), **often}
        add_choices(menu, self._session.preferences, "learn_after", choices)

    def _fill_people(self, menu: QMenu, group: QActionGroup) -> None:
        people = self._session.people
        menu.clear()
        for one in people.all:
            action = menu.addAction(short(people.name_of(one)).replace("&", "&&"))
            named(action, f"profile-{one.id}")
            action.setCheckable(True)
            action.setChecked(one.id == people.current.id)
            action.triggered.connect(partial(people.choose, one.id))
            group.addAction(action)
        menu.addSeparator()
        for text, slot, name in (
            (self.tr("&New…"), self._add, "profile-add"),
            (self.tr("&Rename…"), self._rename, "profile-rename"),
            (self.tr("&Export…"), self._export, "profile-export"),
            (self.tr("&Import…"), self._import, "profile-import"),
        ):
            named(menu.addAction(text, slot), name)
        delete = menu.addAction(self.tr("&Delete…"), self._delete)
        named(delete, "profile-delete").setEnabled(len(people.all) > 1)

    def _show_practice(self) -> None:
        PracticeDialog(self._session, self.learn.trigger, self._window).open()

    def _on_learn(self) -> None:
        teaching = self._session.teaching
        if teaching.is_learning:
            teaching.cancel()
        else:
            teaching.learn()
            self._asked_to_learn = teaching.is_learning

    @Slot()
    def _on_learned(self) -> None:
        """Who has asked for it is shown what came of it; what comes by itself does not disturb."""
        if self._asked_to_learn:
            self._show_hand()

    def _go_to(self, lesson: KeptLesson | None) -> None:
        if lesson is not None:
            self._session.teaching.go_to(lesson)

    def _ask_name(self, title: str, name: str = "") -> str:
        label = self.tr("Name")
        name, is_given = QInputDialog.getText(self._window, title, label, text=name)
        return name.strip()[:LONGEST_NAME] if is_given else ""

    def _add(self) -> None:
        if name := self._ask_name(self.tr("Who else writes?")):
            self._session.people.add(name)

    def _rename(self) -> None:
        person = self._session.people.current
        title = self.tr("Rename the profile")
        if name := self._ask_name(title, self._session.people.name_of(person)):
            self._session.people.rename(person.id, name)

    def _delete(self) -> None:
        person = self._session.people.current
        if self._may_delete(person):
            self._session.people.delete(person.id)

    def _may_delete(self, person: Profile) -> bool:
        count = self._session.teaching.taught.count
        text = counted(
            count,
            self.tr("Delete {name} with {count:,} drawing and all that was learned?"),
            self.tr("Delete {name} with {count:,} drawings and all that was learned?"),
        ).format(name=short(self._session.people.name_of(person)), count=count)
        details = self.tr("This cannot be undone. Export the profile first to keep it.")
        return confirmed(self._window, text, details)

    def _export(self) -> None:
        person, people = self._session.people.current, self._session.people
        title, kind = self.tr("Export the profile"), self.tr("Profiles")
        if path := self._files.ask_save(title, people.name_of(person), {SUFFIX: kind}):
            self._session.exports.profile(person.id, path)

    def _import(self) -> None:
        title, kind = self.tr("Import a profile"), self.tr("Profiles")
        if path := self._files.ask_open(title, kind, (SUFFIX,)):
            self._session.people.import_file(path)

    @Slot()
    def _update(self) -> None:
        teaching, reading = self._session.teaching, self._session.reading
        self._asked_to_learn = self._asked_to_learn and teaching.is_learning
        self._right.setEnabled(any(digit.meant is None for digit in reading.digits))
        self._no_digit.setEnabled(bool(reading.digits))
        self.learn.setText(self.tr("Stop &learning") if teaching.is_learning else self.tr("&Learn"))
        can_stop = teaching.is_learning and not teaching.is_ending
        self.learn.setEnabled(teaching.can_learn or can_stop)
        hint = self.tr("Let a copy of the model learn what you have taught.")
        self.learn.setToolTip(plain_tooltip(f"{hint} ({self.learn.shortcut().toString()})"))
        self._back.setEnabled(teaching.back is not None and not teaching.is_learning)
        self._forward.setEnabled(teaching.forward is not None and not teaching.is_learning)
