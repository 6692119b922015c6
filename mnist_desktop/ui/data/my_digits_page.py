"""All that was taught: look through it, put it right, take it away, and use it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QMenu,
    QWidget,
)

from mnist_desktop.ink.correction import NO_DIGIT
from mnist_desktop.ink.strokes import DIGITS
from mnist_desktop.ink.strokes_file import SUFFIXES
from mnist_desktop.texts import counted
from mnist_desktop.ui.data.columns import lay_out, side_column
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.session.data.specimen import Specimen
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.teach.my_digits import Filter, is_wrong
from mnist_desktop.ui.session.texts import date_and_time, short
from mnist_desktop.ui.widgets.controls import heading, named, push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import form_of
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_menu import PictureMenu
from mnist_desktop.ui.widgets.seen import SeenView
from mnist_desktop.ui.widgets.specimen_panel import SpecimenPanel

ALL, IN_USE = "all", "current"


class MyDigitsPage(SeenView):
    """On the left what to show and what to do with it, in the middle the digits, then one of them.

    The key of a digit says what a chosen one is, N that it is none; Delete takes it away.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._mine = session.my_digits
        self._files = FileDialogs(self, session.preferences)
        self._grid = named(_Grid(self), "myDigitsGrid", self.tr("What was taught"))
        self._grid.setSelectionMode(PictureGrid.SelectionMode.ExtendedSelection)
        PictureMenu(self._grid, session, self._specimen, own_labels=self._fill_menu)
        self._panel = SpecimenPanel(session, "myDigitView", smallest=4)
        self._make_filters()
        self._make_buttons()

        lay_out(self, self._controls(), self._grid, self._panel)
        self._grid.chosen.connect(self._on_chosen)
        self._grid.selectionModel().selectionChanged.connect(self._update_buttons)
        self._mine.changed.connect(self._show_digits)
        session.people.changed.connect(self._fill_people)
        session.teaching.changed.connect(self._refresh_if_seen)
        session.shelf.current_changed.connect(self._refresh_if_seen)
        session.reader.strictness_changed.connect(self._refresh_if_seen)
        self._show_digits()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False for one that means nothing here."""
        text = event.text()
        if event.matches(QKeySequence.StandardKey.Undo):
            self._mine.undo()
        elif event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        elif text and text in DIGITS:
            self._mine.relabel(self._places(), text)
        elif text == "?" or event.key() == Qt.Key.Key_N:
            self._mine.relabel(self._places(), NO_DIGIT)
        elif event.key() == Qt.Key.Key_Delete:
            self._mine.delete(self._places())
        else:
            return False
        return True

    def _make_filters(self) -> None:
        self._person = named(QComboBox(), "myDigitsPersonCombo")
        self._label = named(QComboBox(), "myDigitsLabelCombo")
        self._label.addItem(self.tr("all"), None)
        for digit in DIGITS:
            self._label.addItem(digit, digit)
        self._label.addItem(self.tr("no digit"), NO_DIGIT)
        self._wrong = named(QCheckBox(self.tr("Read wrongly now")), "myDigitsWrongCheck")
        self._fill_people()
        self._person.currentIndexChanged.connect(self._refresh)
        self._label.currentIndexChanged.connect(self._refresh)
        self._wrong.toggled.connect(self._refresh)

    def _make_buttons(self) -> None:
        self._count = named(quiet_label("", wraps=True), "myDigitsCount")
        self._delete = push_button(self.tr("Delete"), "deleteMyDigitsButton", self._on_delete)
        self._undo = push_button(self.tr("Undo"), "undoMyDigitsButton", self._mine.undo)
        self._export = push_button(self.tr("Export…"), "exportMyDigitsButton", self._on_export)
        self._import = push_button(self.tr("Import…"), "importMyDigitsButton", self._on_import)

    def _controls(self) -> QWidget:
        rows = form_of([(self.tr("Person"), self._person), (self.tr("Digit"), self._label)])
        rows.addRow("", self._wrong)
        buttons = QGridLayout()
        buttons.setSpacing(GRID)
        for place, button in enumerate((self._delete, self._undo, self._export, self._import)):
            buttons.addWidget(button, place // 2, place % 2)
        hint = quiet_label(
            self.tr(
                "With one or more chosen: the key of a digit says what they are, N that they are "
                "none, Delete takes them away."
            ),
            wraps=True,
        )
        return side_column(heading(self.tr("My digits")), rows, self._count, buttons, hint)

    @Slot()
    def _fill_people(self) -> None:
        people, chosen = self._session.people, self._person.currentData() or IN_USE
        with QSignalBlocker(self._person):
            self._person.clear()
            self._person.addItem(short(people.name_of(people.current)), IN_USE)
            if len(people.all) > 1:
                self._person.addItem(self.tr("all"), ALL)
                self._person.setCurrentIndex(max(0, self._person.findData(chosen)))

    def _places(self) -> list[int]:
        return sorted(index.row() for index in self._grid.selectedIndexes())

    @Slot()
    def _refresh(self) -> None:
        person = self._session.people.current.id
        profile = None if self._person.currentData() == ALL else person
        self._mine.show(Filter(profile, self._label.currentData(), self._wrong.isChecked()))

    @Slot()
    def _show_digits(self) -> None:
        shown = self._mine.shown
        row = self._grid.currentIndex().row()
        captions = [
            f"{one.label or '–'} → {read}" if is_wrong(one, read) else one.label or "–"
            for one, read in zip(shown.digits, shown.read, strict=True)
        ]
        empty = self.tr(
            "Nothing yet. Put a digit right in the Draw tab, or fill in a practice sheet: "
            "Teach, Practice sheet."
        )
        if self._session.teaching.taught.count:
            empty = self.tr("None of these.")
        self._grid.show_pictures(shown.pictures, captions, empty)
        if captions:
            self._grid.choose(min(max(row, 0), len(captions) - 1))
        else:
            self._panel.show_specimen(None)
        wrong = sum(is_wrong(one, read) for one, read in zip(shown.digits, shown.read, strict=True))
        self._count.setText(
            counted(
                len(captions),
                self.tr("{count:,} drawing, {wrong:,} read wrongly now"),
                self.tr("{count:,} drawings, {wrong:,} read wrongly now"),
            ).format(count=len(captions), wrong=wrong)
        )
        self._update_buttons()

    def _specimen(self, place: int) -> Specimen | None:
        shown = self._mine.shown
        if place >= len(shown.digits):
            return None
        one = shown.digits[place]
        return Specimen(shown.pictures[place], one.label, drawing=one.drawing)

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        specimen = self._specimen(place)
        if specimen is None:
            return
        shown = self._mine.shown
        caption = self.tr("meant: {meant}; read: {read}\n{when}").format(
            meant=specimen.label or self.tr("no digit"),
            read=shown.read[place] or "–",
            when=date_and_time(shown.digits[place].created),
        )
        self._panel.show_specimen(specimen, caption)

    @Slot()
    def _update_buttons(self) -> None:
        self._delete.setEnabled(bool(self._grid.selectedIndexes()))
        self._undo.setEnabled(self._mine.can_undo)
        self._export.setEnabled(bool(self._mine.drawings()))

    def _fill_menu(self, menu: QMenu) -> None:
        for digit in DIGITS:
            text = self.tr("It is a {digit}").format(digit=digit)
            menu.addAction(text, partial(self._mine.relabel, self._places(), digit))
        menu.addAction(
            self.tr("It is no digit"), partial(self._mine.relabel, self._places(), NO_DIGIT)
        )
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), self._on_delete)

    def _on_delete(self) -> None:
        self._mine.delete(self._places())

    def _on_export(self) -> None:
        kinds = {".jsonl": self.tr("Strokes"), ".jsonl.gz": self.tr("Strokes, packed")}
        title = self.tr("Export my digits")
        if path := self._files.ask_save(title, self.tr("my digits"), kinds):
            self._session.exports.drawings(self._mine.drawings(), path)

    def _on_import(self) -> None:
        title, kind = self.tr("Import digits"), self.tr("Strokes")
        if path := self._files.ask_open(title, kind, SUFFIXES):
            self._mine.import_file(path, self._session.people.current.id)


class _Grid(PictureGrid):
    """Gives its page the keys that mean something there; it would search for a caption."""

    def __init__(self, page: MyDigitsPage) -> None:
        super().__init__()
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._page.take_key(event):
            super().keyPressEvent(event)
