"""The settings of the chosen rows, side by side."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Slot,
)
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QWidget,
)

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.settings import SETTINGS
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.models.rows import NOTHING, Row
from mnist_desktop.ui.plots.chart import MOST_CURVES
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.hints import HintOr
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox
from mnist_desktop.ui.widgets.plain_text import plain_tooltip
from mnist_desktop.ui.widgets.table import Index, PlainTable

Role = Qt.ItemDataRole

DIFFERS = "≠"
COLUMN_WIDTH = 168


class SettingsModel(QAbstractTableModel):
    """A line for each setting and a column for each run.

    Attributes:
        names: of the runs.
        lines: a setting's name and its value in each run.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: list[str] = []
        self.lines: list[tuple[str, list[str]]] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def show_settings(
        self, names: list[str], settings: list[dict[str, str]], *, only_differences: bool
    ) -> None:
        """Show other runs' settings; what one lacks is "–"."""
        self.beginResetModel()
        self.names = names
        settings_names = list(dict.fromkeys(name for one in settings for name in one))
        lines = [(name, [one.get(name, NOTHING) for one in settings]) for name in settings_names]
        self.lines = [line for line in lines if not only_differences or differs(line[1])]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        _, values = self.lines[index.row()]
        if role == Role.FontRole and differs(values):
            return self._bold
        return _shown(values[index.column()], role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Horizontal:
            return _shown(self.names[section], role)
        name, values = self.lines[section]
        if role == Role.DisplayRole:
            return f"{DIFFERS} {name}" if differs(values) else f"    {name}"
        return self._bold if role == Role.FontRole and differs(values) else None


class SettingsPage(QWidget):
    """What differs is bold and has a mark; the rest can be left out."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._is_stale = True
        self._model = SettingsModel(self)
        self._only = named(QCheckBox(self.tr("Only differences")), "onlyDifferencesCheck")
        self._note = named(quiet_label(""), "settingsNote")
        self._table = named(PlainTable(), "settingsTable")
        self._table.setAccessibleName(self.tr("Settings side by side"))
        self._shape_table()
        top = hbox(self._only, self._note, REST, spacing=2 * GRID)
        self._settings = HintOr(self._table, "settingsEmpty")
        self.setLayout(vbox(top, (self._settings, 1), margins=(0, 2 * GRID, 0, 0)))
        self._only.toggled.connect(self._show)

    def _shape_table(self) -> None:
        table = self._table
        table.setModel(self._model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setWordWrap(False)
        table.horizontalHeader().setDefaultSectionSize(scaled(COLUMN_WIDTH))
        table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        table.verticalHeader().setHighlightSections(False)

    def show_rows(self, rows: list[Row]) -> None:
        """Show the settings of other rows."""
        self._rows = rows
        self._is_stale = True
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._show()

    @Slot()
    def _show(self) -> None:
        self._is_stale = False
        rows = self._rows[:MOST_CURVES]
        only = self._only.isChecked() and len(rows) > 1
        settings = [self._settings_of(row) for row in rows]
        self._model.show_settings([row.name for row in rows], settings, only_differences=only)
        self._only.setEnabled(len(rows) > 1)
        if self._model.lines:
            hint = ""
        elif rows:
            hint = self.tr("Their settings are all the same.")
        else:
            hint = self.tr("Choose runs in the table to see their settings side by side.")
        self._settings.say(hint)
        self._note.setText(self._note_text())

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


def _shown(text: str, role: int) -> str | None:
    """A text for its cell, and whole for the tooltip."""
    if role == Role.ToolTipRole:
        return plain_tooltip(text)
    return text if role == Role.DisplayRole else None


def differs(values: list[str]) -> bool:
    """Whether not all are the same."""
    return len(set(values)) > 1
