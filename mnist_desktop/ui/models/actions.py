"""What can be done with the chosen rows; what cannot says why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mnist_desktop.csv_content import SUFFIX as CURVES_SUFFIX
from mnist_desktop.learning.models.onnx_file import ONNX_SUFFIX
from mnist_desktop.library.run_file import SUFFIX as RUN_SUFFIX
from mnist_desktop.library.runs import Run
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.dialogs.files import MODEL_SUFFIX, FileDialogs
from mnist_desktop.ui.models.rows import Row
from mnist_desktop.ui.models.table import RunsTable
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.session.train.run_control import MORE_EPOCHS
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

STATE_DICT_SUFFIX = ".pt"


class RunActions(QObject):
    """The actions of the tab, for its buttons and for the table's menu.

    Attributes:
        use, resume, rename, copy_settings, delete, import_run: what the tab's buttons do.
        export: the menu of what can be saved to a file, with ``export_picture`` in it, which is
            the curves' own to do.
    """

    def __init__(self, session: Session, table: RunsTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._runs = session.runs
        self._table = table
        self.files = FileDialogs(parent, session.preferences)
        self.use = self._action(self.tr("Use"), self._on_use, "\tEnter")
        self.resume = self._action(self.tr("Continue"), self._on_resume)
        self.rename = self._action(self.tr("Rename"), table.rename_current, "\tF2")
        self.copy_settings = self._action(self.tr("Settings to Train"), self._on_copy_settings)
        self.delete = self._action(self.tr("Delete"), self._on_delete, "\tDel")
        self.import_run = self._action(self.tr("Import run…"), self._on_import)
        self.import_run.setToolTip(self.tr("Take in a run that somebody has exported"))
        self._model = self._action(self.tr("Model…"), self._on_export_model)
        self._curves = self._action(self.tr("Curves as a table (CSV)…"), self._on_export_curves)
        self.export_picture = QAction(self.tr("Curves as a picture (PNG, SVG)…"), self)
        self._run = self._action(self.tr("Whole run, to share…"), self._on_export_run)
        self.export = QMenu(self.tr("Export"), parent)
        self.export.setToolTipsVisible(True)
        for action, name in (
            (self._model, "exportModelAction"),
            (self._curves, "exportCurvesAction"),
            (self.export_picture, "exportPictureAction"),
            (self._run, "exportRunAction"),
        ):
            self.export.addAction(named(action, name))
        table.addActions([self.use, self.resume, self.rename, self.copy_settings])
        table.addAction(self.export.menuAction())
        table.addAction(self.delete)
        table.use_wanted.connect(self.use.trigger)
        table.delete_wanted.connect(self.delete.trigger)
        table.renamed.connect(self._runs.rename)

    def _action(self, text: str, slot: Callable[[], object], key: str = "") -> QAction:
        # The keys are the table's own, so the menu only shows them.
        action = QAction(text + key, self)
        action.triggered.connect(slot)
        return action

    @Slot()
    def update(self) -> None:
        """Let what makes sense for the chosen rows be done."""
        row = self._row
        has_curves = any(run.epoch for run in self._chosen_runs)
        choose_one = "" if row else self.tr("Choose one row for this.")
        damaged = self._why_damaged(row)
        no_run = self.tr("This is no run.") if row and not row.run else ""
        choose_run = choose_one or no_run or damaged
        no_curves = "" if has_curves else self.tr("Choose runs with at least one finished epoch.")
        no_model = choose_one or damaged or self._why_no_model(row)
        text = self.tr("Train {count} more").format(count=MORE_EPOCHS)
        self.resume.setText(text if row and row.is_finished else self.tr("Continue"))
        for action, fault, hint in (
            (self.use, no_model, self.tr("Read with this model from now on")),
            (self.resume, choose_run or self._why_not_resume(row), self._what_resuming_is(row)),
            (self.rename, choose_run, self.tr("Give the run another name")),
            (
                self.copy_settings,
                choose_one or damaged or self._why_no_settings(row),
                self.tr("Fill the Train tab with these settings, to train another run"),
            ),
            (
                self.delete,
                self._why_not_delete(self._table.chosen),
                self.tr("Take it out of the list. Of a run this can be undone; a file stays"),
            ),
            (self._model, no_model, ""),
            (self._curves, no_curves, ""),
            (self.export_picture, no_curves, ""),
            (self._run, choose_run, self.tr("One file with all of it, which others can import")),
        ):
            action.setEnabled(not fault)
            action.setToolTip(plain_tooltip(fault or hint))

    def _why_damaged(self, row: Row | None) -> str:
        if row is None or row.run is None or not row.run.is_damaged:
            return ""
        return self.tr("The run is damaged; it can only be deleted.")

    def _why_no_model(self, row: Row | None) -> str:
        if row is None or row.has_model:
            return ""
        return self.tr("No epoch of it is finished, so there is no model yet.")

    def _why_no_settings(self, row: Row | None) -> str:
        if row is None:
            return ""
        if self._session.training.is_active:
            return self.tr("The Train tab shows the settings of the run that goes on.")
        if row.run is not None or row.config is not None:
            return ""
        return self.tr("The file does not say how its model was trained.")

    def _why_not_resume(self, row: Row | None) -> str:
        if row is None or row.run is None:
            return ""
        if row.run.is_held:
            return self.tr("It is being trained already.")
        if self._session.training.is_active:
            return self.tr("Another run is being trained. Wait for its end, or stop it.")
        if row.run.outcome == "diverged":
            return self.tr(
                "It has diverged, and would again. Take its settings to the Train tab, and train "
                "anew with a lower learning rate."
            )
        return ""

    def _what_resuming_is(self, row: Row | None) -> str:
        if row is None or row.run is None:
            return ""
        return self.tr("Train on from epoch {epoch}").format(epoch=row.run.epoch)

    def _why_not_delete(self, rows: list[Row]) -> str:
        if not rows:
            return self.tr("Choose what is to be deleted.")
        if any(row.key == DEFAULT_MODEL for row in rows):
            return self.tr("This model comes with the program.")
        for row in rows:
            if row.run is not None and row.run.is_held:
                return self.tr("“{name}” is being trained; stop it first.").format(
                    name=short(row.name)
                )
        return ""

    # What is chosen may have gone since the actions were last updated.

    @property
    def _row(self) -> Row | None:
        """The one that is chosen; None where there is not exactly one."""
        chosen = self._table.chosen
        return chosen[0] if len(chosen) == 1 else None

    @property
    def _chosen_runs(self) -> list[Run]:
        return [row.run for row in self._table.chosen if row.run is not None]

    @Slot()
    def _on_use(self) -> None:
        row = self._row
        if row is None:
            return
        if row.run is not None:
            self._session.run_control.use(row.run)
        elif row.entry is not None:
            self._session.shelf.read_with(row.entry)

    @Slot()
    def _on_resume(self) -> None:
        row = self._row
        if row is not None and row.run is not None:
            self._session.run_control.resume(row.run.id, MORE_EPOCHS if row.is_finished else 0)

    @Slot()
    def _on_copy_settings(self) -> None:
        row = self._row
        if row is not None and row.config is not None:
            self._session.take_settings(row.config)

    @Slot()
    def _on_delete(self) -> None:
        for row in self._table.chosen:
            if row.entry is not None:
                self._session.model_files.close(row.entry)
        if runs := self._chosen_runs:
            self._runs.delete(runs)

    @Slot()
    def _on_import(self) -> None:
        if path := self.files.ask_open_run():
            self._runs.import_run(path)

    @Slot()
    def _on_export_model(self) -> None:
        row = self._row
        if row is None:
            return
        kinds = {
            MODEL_SUFFIX: self.tr("Models"),
            STATE_DICT_SUFFIX: self.tr("Weights for PyTorch"),
            ONNX_SUFFIX: self.tr("ONNX, for other programs"),
        }
        path = self.files.ask_save(self.tr("Export the model"), row.name, kinds)
        if path is None:
            return
        if row.run is not None:
            self._session.exports.model(row.run, path)
        elif row.entry is not None:
            self._session.exports.copy(row.entry.model, path)

    @Slot()
    def _on_export_curves(self) -> None:
        runs = self._chosen_runs
        if not runs:
            return
        name = runs[0].name if len(runs) == 1 else self.tr("curves")
        kinds = {CURVES_SUFFIX: self.tr("Tables")}
        if path := self.files.ask_save(self.tr("Export the curves"), name, kinds):
            self._session.exports.curves(runs, path)

    @Slot()
    def _on_export_run(self) -> None:
        row = self._row
        if row is None or row.run is None:
            return
        kinds = {RUN_SUFFIX: self.tr("Runs")}
        if path := self.files.ask_save(self.tr("Export the run"), row.name, kinds):
            self._session.exports.run(row.run, path)
