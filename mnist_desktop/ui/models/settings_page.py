"""The settings of the chosen rows, side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
)

from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.settings.training_settings import SETTINGS
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.models.rows import NOTHING, Row
from mnist_desktop.ui.plots.chart import MOST_CURVES
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.hints import HintOr
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox
from mnist_desktop.ui.widgets.plain_text import plain_tooltip
from mnist_desktop.ui.widgets.seen import SeenView
from mnist_desktop.ui.widgets.table import PlainTable

DIFFERS = "≠"
COLUMN_WIDTH = 168


class SettingsPage(SeenView):
    """What differs is bold and has a mark; the rest can be left out."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._is_stale = True
        self._model = QStandardItemModel(self)
        self._only = named(QCheckBox(self.tr("Only differences")), "onlyDifferencesCheck")
        self._note = named(quiet_label(""), "settingsNote")
        self._table = named(PlainTable(), "settingsTable", self.tr("Settings side by side"))
        self._shape_table()
        top = hbox(self._only, self._note, REST, spacing=2 * GRID)
        self._settings = HintOr(self._table, "settingsEmpty")
        self.setLayout(vbox(top, (self._settings, 1), margins=(0, 2 * GRID, 0, 0)))
        self._only.toggled.connect(self._show)

    def _shape_table(self) -> None:
        table = self._table
        table.setModel(self._model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setWordWrap(False)
        table.horizontalHeader().setDefaultSectionSize(scaled(COLUMN_WIDTH))
        table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        table.verticalHeader().setHighlightSections(False)
        for head in (table.horizontalHeader(), table.verticalHeader()):
            head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: list[Row]) -> None:
        """Show the settings of other rows."""
        self._rows = rows
        self._is_stale = True
        self._refresh_if_seen()

    def _refresh(self) -> None:
        if self._is_stale:
            self._show()

    @Slot()
    def _show(self) -> None:
        self._is_stale = False
        rows = self._rows[:MOST_CURVES]
        self._fill(rows, only_differences=self._only.isChecked() and len(rows) > 1)
        self._only.setEnabled(len(rows) > 1)
        if self._model.rowCount():
            hint = ""
        elif rows:
            hint = self.tr("Their settings are all the same.")
        else:
            hint = self.tr("Choose runs in the table to see their settings side by side.")
        self._settings.say(hint)
        self._note.setText(self._note_text())

    def _fill(self, rows: list[Row], *, only_differences: bool) -> None:
        """A line for each setting and a column for each row; what one lacks is "–"."""
        self._model.clear()
        self._model.setColumnCount(len(rows))
        for column, row in enumerate(rows):
            head = _item(row.name, row.name, is_bold=False)
            self._model.setHorizontalHeaderItem(column, head)
        settings = [self._settings_of(row) for row in rows]
        for name in dict.fromkeys(name for one in settings for name in one):
            values = [one.get(name, NOTHING) for one in settings]
            is_bold = differs(values)
            if is_bold or not only_differences:
                self._model.appendRow([_item(value, value, is_bold=is_bold) for value in values])
                head = _item(f"{DIFFERS if is_bold else '   '} {name}", "", is_bold=is_bold)
                self._model.setVerticalHeaderItem(self._model.rowCount() - 1, head)

    def _settings_of(self, row: Row) -> dict[str, str]:
        data = {self.tr("Data set"): row.run.dataset if row.run else NOTHING}
        return data if row.config is None else data | settings_of(row.config)

    def _note_text(self) -> str:
        total = len(self._rows)
        if total > MOST_CURVES:
            text = self.tr("the first {count} of {total:,} chosen")
            return text.format(count=MOST_CURVES, total=total)
        return self.tr("{mark} differs").format(mark=DIFFERS) if total > 1 else ""


def settings_of(config: TrainingConfig) -> dict[str, str]:
    """All settings, each by its name. Those that change nothing, given the others, are "–"."""
    return {
        translated("core", setting.name): setting.kind.in_words(setting.of(config), translated)
        if setting.matters(config)
        else NOTHING
        for setting in SETTINGS
    }


def _item(text: str, tip: str, *, is_bold: bool) -> QStandardItem:
    item = QStandardItem(text)
    item.setToolTip(plain_tooltip(tip))
    if is_bold:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
    return item


def differs(values: list[str]) -> bool:
    """Whether not all are the same."""
    return len(set(values)) > 1
