"""All runs and saved models: compare them, use them, keep them in order."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QTabWidget, QWidget

from mnist_desktop.errors import UserError
from mnist_desktop.library.runs import Run
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.look.measures import ROW_HEIGHT
from mnist_desktop.ui.look.theme import ERROR
from mnist_desktop.ui.models.actions import RunActions
from mnist_desktop.ui.models.curves_page import RunCurves
from mnist_desktop.ui.models.notes_page import NotesPage
from mnist_desktop.ui.models.rows import Key, rows_of
from mnist_desktop.ui.models.settings_page import SettingsPage
from mnist_desktop.ui.models.table import RunsTable
from mnist_desktop.ui.plots.picture import PNG, SVG
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import error_text, short
from mnist_desktop.ui.widgets.buttons import ActionButton, MenuButton
from mnist_desktop.ui.widgets.controls import named, push_button, quiet_label
from mnist_desktop.ui.widgets.hints import Notice
from mnist_desktop.ui.widgets.layouts import hbox, vbox

FILTER_WIDTH = 176
LEAST_ROWS = 4
"""With the header: so many have room, however large the texts are and however small the window."""

FOLLOW_MILLISECONDS = 2000
"""As often it is looked how far the runs are that go on in other windows, which tell nothing."""


class ModelsTab(QWidget):
    """A filter and buttons, the table below them, and below that what is chosen in it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runs = session.runs
        self._looked_at = session.looked_at
        self._is_stale = True
        self._has_chosen = False
        self._awaited: set[Key] = set()
        self._table = named(RunsTable(), "runsTable", self.tr("Runs and models"))
        self._actions = RunActions(session, self._table, self)
        self._filter = named(QLineEdit(clearButtonEnabled=True), "runsFilter", self.tr("Filter"))
        self._filter.setAcceptDrops(False)  # a file is for the window
        self._filter.setFixedWidth(scaled(FILTER_WIDTH))
        self._filter.setPlaceholderText(self.tr("Filter"))
        self._filter.setToolTip(
            self.tr("Words that are in the name, note, network, data set or status (Ctrl+F)")
        )
        self._count = named(quiet_label(""), "runsCount")
        self._undo = push_button(self.tr("Undo"), "undoDeleteButton", self._runs.undo_delete)
        self._purge = push_button(
            self.tr("Delete for good"), "purgeDeletedButton", self._runs.purge_deleted
        )
        self._retry = push_button(self.tr("Try again"), "listAgainButton", self._runs.refresh)
        self._deleted = named(Notice(self._undo, self._purge), "deletedNotice")
        self._fault = named(Notice(self._retry), "libraryNotice")
        self._curves = RunCurves(self._runs)
        self._settings = SettingsPage()
        self._notes = NotesPage(self._runs)
        self._pages = named(QTabWidget(documentMode=True), "modelsPages")
        self._pages.addTab(self._curves, self.tr("Curves"))
        self._pages.addTab(self._settings, self.tr("Settings"))
        self._pages.addTab(self._notes, self.tr("Note and log"))
        self._halves = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._is_divided = False
        self._look_again()
        self._lay_out()
        # What comes together is shown once.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._update)
        self._next_look = QTimer(self, interval=FOLLOW_MILLISECONDS, singleShot=True)
        self._next_look.timeout.connect(self._follow)
        self._chosen_soon = QTimer(self, interval=0, singleShot=True)
        self._chosen_soon.timeout.connect(self._show_chosen)
        self._connect()
        self._update()

    def _look_again(self) -> None:
        """At what was looked at in the tab before this one, where the window is made anew."""
        looked_at = self._looked_at
        self._pages.setCurrentIndex(looked_at.models_page)
        self._filter.setText(looked_at.models_filter)
        self._table.set_filter(looked_at.models_filter)
        if looked_at.models_order is not None:
            self._table.sortByColumn(*looked_at.models_order)

    def _lay_out(self) -> None:
        actions = self._actions
        # What is done most often stands out; the rest is words beside each other.
        use = ActionButton(actions.use, "useRunButton")
        use.setDefault(True)
        tools = hbox(
            self._filter,
            (self._count, 1),
            use,
            ActionButton(actions.resume, "continueRunButton"),
            ActionButton(actions.copy_settings, "settingsToTrainButton", is_plain=True),
            ActionButton(actions.rename, "renameRunButton", is_plain=True),
            ActionButton(actions.delete, "deleteRunButton", is_plain=True),
            MenuButton(actions.export, "exportButton"),
            ActionButton(actions.import_run, "importRunButton", is_plain=True),
        )
        self._table.setMinimumHeight(LEAST_ROWS * scaled(ROW_HEIGHT) + GRID)
        upper = QWidget()
        table = (self._table, 1)
        upper.setLayout(vbox(self._fault, table, self._deleted, margins=(0, 0, 0, GRID)))
        halves = self._halves
        halves.addWidget(upper)
        halves.addWidget(self._pages)
        halves.splitterMoved.connect(self._on_splitter_moved)
        self.setLayout(vbox(tools, (halves, 1), margins=(EDGE, EDGE, EDGE, GRID)))

    def _connect(self) -> None:
        session = self._session
        self._filter.textChanged.connect(self._on_filter)
        self._table.chosen_changed.connect(self._actions.update)
        self._table.chosen_changed.connect(self._chosen_soon.start)
        self._table.horizontalHeader().sortIndicatorChanged.connect(self._on_sorted)
        self._pages.currentChanged.connect(self._on_page_chosen)
        self._actions.export_picture.triggered.connect(self._on_export_picture)
        self._runs.changed.connect(self._update)
        self._runs.imported.connect(self._on_imported)
        self._runs.undone.connect(self._on_undone)
        session.shelf.changed.connect(self._soon.start)
        session.shelf.current_changed.connect(self._soon.start)
        session.training.state_changed.connect(self._actions.update)
        keys, below = QKeySequence.StandardKey, Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(keys.Find, self, self._filter.setFocus, context=below)
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(keys.Cancel, self._filter, self._filter.clear, context=here)
        QShortcut(Qt.Key.Key_Down, self._filter, self._table.setFocus, context=here)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._update()
        self._runs.refresh()  # another window may have trained meanwhile

    def event(self, event: QEvent) -> bool:
        """Of its window's activation Qt tells what lies in the window, as far as it is seen."""
        if event.type() == QEvent.Type.WindowActivate:
            self._runs.refresh()
        return super().event(event)

    @property
    def _trained_elsewhere(self) -> list[int]:
        """The runs that go on in other windows."""
        mine = self._session.training.run_id
        return [run.id for run in self._runs.runs if run.is_held and run.id != mine]

    @Slot()
    def _follow(self) -> None:
        if self.isVisible():
            for run_id in self._trained_elsewhere:
                self._runs.refresh_run(run_id)

    @Slot()
    def _update(self) -> None:
        """Show the rows as they are now; out of sight that can wait."""
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        runs, shelf = self._runs, self._session.shelf
        rows = rows_of(runs.runs, shelf.entries, shelf.current)
        self._table.show_rows(rows)
        if self._trained_elsewhere and not self._next_look.isActive():
            self._next_look.start()
        self._divide()
        self._choose_awaited()
        self._show_notices()
        self._show_hints()

    @Slot()
    def _on_splitter_moved(self) -> None:
        self._is_divided = True

    def _divide(self) -> None:
        """Room for the rows that there are, and at most half; unless a person has decided."""
        if not self._is_divided:
            whole = self._halves.height()
            rows = max(LEAST_ROWS, len(self._table.rows.rows) + 1) * scaled(ROW_HEIGHT) + GRID
            upper = min(rows + scaled(ROW_HEIGHT), whole // 2)
            self._halves.setSizes([upper, whole - upper])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._divide()

    def _choose_awaited(self) -> None:
        """Choose what has just come; at the very first, what was chosen before, or the newest."""
        found = {key for key in self._awaited if self._table.rows.has_key(key)}
        if found:
            self._awaited -= found
            if not found & {row.key for row in self._table.rows.rows}:
                self._filter.clear()
            self._table.choose(found)
        if self._runs.runs and not self._has_chosen:
            self._has_chosen = True
            if not self._table.chosen_keys:
                before = filter(self._table.rows.has_key, self._looked_at.chosen_models)
                self._table.choose(list(before) or [self._runs.runs[0].id])

    def _show_notices(self) -> None:
        deleted, fault = self._runs.last_deleted, self._runs.fault
        if len(deleted) == 1:
            text = self.tr("“{name}” is deleted.").format(name=short(deleted[0].name))
        else:
            text = self.tr("{count:,} runs are deleted.").format(count=len(deleted))
        self._deleted.tell(text if deleted else "")
        if fault is None:
            self._fault.tell("")
        else:
            reason = error_text(fault) if isinstance(fault, UserError) else str(fault)
            text = self.tr("The list of your runs cannot be read. {reason}").format(reason=reason)
            self._fault.tell(text, ERROR)

    def _show_hints(self) -> None:
        rows, typed = self._table.rows, self._filter.text().strip()
        shown, total = len(rows.rows), rows.total
        self._count.setText(
            self.tr("{shown:,} of {total:,}").format(shown=shown, total=total) if typed else ""
        )
        if not self._runs.is_loaded:
            hint = self.tr("Reading the library…")
        elif typed and not shown:
            hint = self.tr("Nothing matches “{typed}”. Change the filter, or clear it.").format(
                typed=typed
            )
        elif not self._runs.runs and self._runs.fault is None and not typed:
            hint = self.tr(
                "Your runs will be listed here. Train one on the Train tab, or import one."
            )
        else:
            hint = ""
        self._table.show_hint(hint)

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        self._looked_at.models_filter = text
        self._table.set_filter(text)
        self._show_hints()

    @Slot(int, Qt.SortOrder)
    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        self._looked_at.models_order = column, order

    @Slot(int)
    def _on_page_chosen(self, page: int) -> None:
        self._looked_at.models_page = page

    @Slot()
    def _show_chosen(self) -> None:
        if self._has_chosen:
            self._looked_at.chosen_models = frozenset(self._table.chosen_keys)
        for page in (self._curves, self._settings, self._notes):
            page.show_rows(self._table.chosen)

    @Slot(object)
    def _on_undone(self, those: list[Run]) -> None:
        self._awaited |= {run.id for run in those}

    @Slot(int)
    def _on_imported(self, run_id: int) -> None:
        self._awaited.add(run_id)

    @Slot()
    def _on_export_picture(self) -> None:
        self._show_chosen()
        if not self._table.chosen:
            return
        kinds = {PNG: self.tr("PNG pictures"), SVG: self.tr("SVG drawings")}
        title, name = self.tr("Export the curves"), self.tr("curves")
        if path := self._actions.files.ask_save(title, name, kinds):
            self._session.exports.file(self._curves.picture_maker(path.suffix.lower()), path)
