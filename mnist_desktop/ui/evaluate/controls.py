"""What to measure, and what comes of it in a few sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from mnist_desktop.ink.strokes_file import SUFFIXES as STROKES_SUFFIXES
from mnist_desktop.texts import counted
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.session.evaluate.evaluation import Result
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent, short
from mnist_desktop.ui.widgets.buttons import MenuButton
from mnist_desktop.ui.widgets.controls import heading, named, push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel

SIDE_WIDTH = 232


class EvaluateControls(QWidget):
    """The model and what it is measured on; below, how well it reads.

    Args:
        export: what can be saved.
    """

    def __init__(self, session: Session, files: FileDialogs, export: QMenu) -> None:
        super().__init__()
        self._session = session
        self._files = files
        self._make_controls()
        self.setFixedWidth(scaled(SIDE_WIDTH))
        target = vbox(quiet_label(self.tr("Measure on")), self._target, spacing=GRID // 2)
        rival = vbox(quiet_label(self.tr("Compare with")), self._rival, spacing=GRID // 2)
        layout = vbox(
            heading(self.tr("How well it reads")),
            self._model,
            target,
            rival,
            self._evaluate,
            self._accuracy,
            self._details,
            MenuButton(export, "evaluateExportButton"),
            REST,
            spacing=2 * GRID,
        )
        self.setLayout(layout)

        self._target.currentIndexChanged.connect(self._update_controls)
        session.evaluator.changed.connect(self._show_result)
        session.shelf.changed.connect(self._update_controls)
        session.shelf.current_changed.connect(self._update_controls)
        session.data_set.changed.connect(self._on_data_changed)
        session.teaching.changed.connect(self._update_controls)
        self._update_controls()
        self._show_result()

    def _make_controls(self) -> None:
        self._target = named(QComboBox(), "evaluateTargetCombo", self.tr("What to measure on"))
        self._target.addItem(self.tr("official test split"), "test")
        self._target.addItem(self.tr("validation split"), "validation")
        self._target.addItem(self.tr("my digits"), "mine")
        self._target.addItem(self.tr("strokes file…"), "strokes")
        self._rival = named(QComboBox(), "evaluateRivalCombo", self.tr("Compare with"))
        self._model = quiet_label("", wraps=True)
        self._evaluate = push_button(self.tr("Evaluate"), "evaluateButton", self._on_evaluate)
        self._accuracy = named(PlainLabel(), "evaluationLabel")
        large = tabular(self._accuracy.font())
        large.setPixelSize(scaled(40))
        self._accuracy.setFont(large)
        self._details = quiet_label("", wraps=True)
        self._details.setObjectName("evaluationDetails")

    @Slot()
    def _update_controls(self) -> None:
        current = self._session.shelf.current
        has_own = self._session.teaching.taught.count > 0
        has_splits = self._session.splits is not None
        has_target = {"strokes": True, "mine": has_own}.get(self._target.currentData(), has_splits)
        self._evaluate.setEnabled(current is not None and has_target)
        if current is not None:
            self._model.setText(
                self.tr("{name}, the model that reads: {network}").format(
                    name=short(current.name), network=current.model.network
                )
            )
        self._update_rivals()

    @Slot()
    def _on_data_changed(self) -> None:
        self._update_controls()
        self._show_result()

    def _update_rivals(self) -> None:
        """Offer the other models at hand; the chosen one stays, if it is still there."""
        shelf, chosen = self._session.shelf, self._rival.currentData()
        others = [entry for entry in shelf.entries if entry is not shelf.current]
        names = [self.tr("no other model"), *(short(entry.name) for entry in others)]
        places = range(self._rival.count())
        if names == [self._rival.itemText(place) for place in places] and others == [
            self._rival.itemData(place) for place in places[1:]
        ]:
            return  # an epoch of a training is no reason to close an open list
        self._rival.clear()
        for name, entry in zip(names, [None, *others], strict=True):
            self._rival.addItem(name, entry)
        self._rival.setCurrentIndex(max(0, self._rival.findData(chosen)))
        self._rival.setEnabled(self._rival.count() > 1)

    @Slot()
    def _on_evaluate(self) -> None:
        target, rival = self._target.currentData(), self._rival.currentData()
        if target != "strokes":
            self._session.evaluator.evaluate(target, rival)
            return
        title, kind = self.tr("Labelled drawings"), self.tr("Strokes")
        if path := self._files.ask_open(title, kind, STROKES_SUFFIXES):
            self._session.evaluator.evaluate(path, rival)

    @Slot()
    def _show_result(self) -> None:
        result = self._session.evaluator.result
        if result is None:
            return
        if result.score is None:
            self._accuracy.setText("–")
            self._details.setText(self.tr("No drawing is labelled with a digit."))
        else:
            low, high = result.score.interval
            self._accuracy.setText(percent(result.score.accuracy, 2))
            sentences = [
                self.tr(
                    "of {total:,}; with 95 % certainty between {low:.2f} and {high:.2f} %.\n"
                    "{model} on {target}."
                ).format(
                    total=result.score.total,
                    low=100 * low,
                    high=100 * high,
                    model=short(result.model),
                    target=self._target_name(result),
                ),
                *self._rival_s_accuracy(),
                *self._further_figures(result),
            ]
            # No line begins with the sign that belongs to the figure before it.
            self._details.setText("\n\n".join(sentences).replace(" %", "\u00a0%"))
        # Or lines would be lost where there is little room; so the tab scrolls.
        self._details.setMinimumHeight(self._details.heightForWidth(self.maximumWidth()))

    def _rival_s_accuracy(self) -> Iterator[str]:
        for result in self._session.evaluator.results[1:]:
            if result.score is not None:
                low, high = result.score.interval
                yield self.tr(
                    "{model}: {accuracy:.2f} %, between {low:.2f} and {high:.2f} %."
                ).format(
                    model=short(result.model),
                    accuracy=100 * result.score.accuracy,
                    low=100 * low,
                    high=100 * high,
                )

    def _further_figures(self, result: Result) -> Iterator[str]:
        """What the table leaves out, and how far its confidence can be believed."""
        if result.outside_confusion:
            yield counted(
                result.outside_confusion,
                self.tr(
                    "The table is of single digits: {count:,} is outside of it, "
                    "since it is no single digit or was not read as one."
                ),
                self.tr(
                    "The table is of single digits: {count:,} are outside of it, "
                    "since they are no single digit or were not read as one."
                ),
            ).format(count=result.outside_confusion)
        if result.calibration_error is not None:
            yield self.tr(
                "Confidence and accuracy differ by {error:.1f} percentage points."
            ).format(error=100 * result.calibration_error)
        if result.kept is not None and result.strictness is not None:
            yield self.tr(
                "Of what it reads rightly it answers {kept:.1f} % at strictness {strictness:.0f} %."
            ).format(kept=100 * result.kept, strictness=100 * result.strictness)
        if result.told_apart is not None:
            yield self.tr(
                "A digit is surer than what is none in {share:.1f} % of all pairs (AUROC)."
            ).format(share=100 * result.told_apart)

    def _target_name(self, result: Result) -> str:
        if isinstance(result.target, Path):
            return short(result.target.name)
        name = self._target.itemText(self._target.findData(result.target))
        splits = self._session.splits
        if result.target == "mine" or splits is None:
            return name
        split = splits.test if result.target == "test" else splits.validation
        if split.pictures is result.pictures:
            return name
        return self.tr("{split} of the data set before").format(split=name)
