"""What is shown of the chosen rows below the table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLayout, QTabWidget, QWidget

from mnist_desktop.ui.models.curves_page import RunCurves
from mnist_desktop.ui.models.notes_page import NotesPage
from mnist_desktop.ui.models.rows import Row
from mnist_desktop.ui.models.settings_page import SettingsPage
from mnist_desktop.ui.session.runs import Runs
from mnist_desktop.ui.widgets.layouts import vbox

Page = RunCurves | SettingsPage | NotesPage


class Pages(QTabWidget):
    """Curves, settings, note and log. They are built one after the other, as the window can."""

    def __init__(self, runs: Runs) -> None:
        super().__init__(documentMode=True)
        self._rows: list[Row] = []
        self._built: list[Page] = []
        self._later: list[tuple[QLayout, Callable[[], Page]]] = []
        for title, make in (
            (self.tr("Curves"), partial(RunCurves, runs)),
            (self.tr("Settings"), SettingsPage),
            (self.tr("Note and log"), partial(NotesPage, runs)),
        ):
            place = QWidget()
            layout = vbox()
            place.setLayout(layout)
            self.addTab(place, title)
            self._later.append((layout, make))
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._build_next)
        self._next.start()

    @property
    def curves(self) -> RunCurves | None:
        """The first page; None until it is built."""
        return next((page for page in self._built if isinstance(page, RunCurves)), None)

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows on all pages."""
        self._rows = rows
        for page in self._built:
            page.show_rows(rows)

    @Slot()
    def _build_next(self) -> None:
        layout, make = self._later.pop(0)
        page = make()
        self._built.append(page)
        page.show_rows(self._rows)
        layout.addWidget(page)
        if self._later:
            self._next.start()
