"""Measure how well the model reads, and see what it misreads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.ink.strokes_file import SUFFIXES as STROKES_SUFFIXES
from mnist_desktop.texts import counted
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.evaluate.confusion_view import ConfusionView
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled, tabular
from mnist_desktop.ui.session.evaluation import Result
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.specimen import Specimen
from mnist_desktop.ui.session.texts import percent, short
from mnist_desktop.ui.widgets.controls import heading, named, quiet_label
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_menu import PictureMenu
from mnist_desktop.ui.widgets.plain_text import PlainLabel

SIDE_WIDTH = 232
MOST_PICTURES = 2000
"""Of one cell; nobody looks at more."""


class EvaluateTab(QWidget):
    """On the left what to measure, in the middle the confusion, on the right its pictures."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._files = FileDialogs(self, session.preferences)
        self._make_controls()
        self._confusion = named(ConfusionView(), "confusionView")
        self._pictures_title = heading("")
        self._pictures = named(PictureGrid(), "misreadGrid")
        self._pictures.setAccessibleName(self.tr("Misread pictures"))
        self._indices: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        PictureMenu(self._pictures, session, self._specimen, enlarges_at_click=True)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(EDGE, EDGE, EDGE, GRID)
        layout.setSpacing(EDGE)
        layout.addWidget(self._controls())
        self._shown = QStackedLayout()
        self._shown.addWidget(self._nothing_yet())
        self._shown.addWidget(self._result())
        layout.addLayout(self._shown, 1)

        self._evaluate.clicked.connect(self._on_evaluate)
        self._target.currentIndexChanged.connect(self._update_controls)
        self._confusion.chosen.connect(self._show_pictures)
        session.evaluator.changed.connect(self._show_result)
        session.shelf.changed.connect(self._update_controls)
        session.shelf.current_changed.connect(self._update_controls)
        session.data_changed.connect(self._update_controls)
        session.teaching.changed.connect(self._update_controls)
        self._update_controls()
        self._show_result()

    def _make_controls(self) -> None:
        self._target = named(QComboBox(), "evaluateTargetCombo")
        self._target.setAccessibleName(self.tr("What to measure on"))
        self._target.addItem(self.tr("official test split"), "test")
        self._target.addItem(self.tr("validation split"), "validation")
        self._target.addItem(self.tr("my digits"), "mine")
        self._target.addItem(self.tr("strokes file…"), "strokes")
        self._model = quiet_label("")
        self._model.setWordWrap(True)
        self._evaluate = named(QPushButton(self.tr("Evaluate")), "evaluateButton")
        self._accuracy = named(PlainLabel(), "evaluationLabel")
        large = tabular(self._accuracy.font())
        large.setPixelSize(scaled(40))
        self._accuracy.setFont(large)
        self._details = quiet_label("")
        self._details.setObjectName("evaluationDetails")
        self._details.setWordWrap(True)

    def _controls(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(scaled(SIDE_WIDTH))
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(heading(self.tr("How well it reads")))
        layout.addWidget(self._model)
        layout.addWidget(self._target)
        layout.addWidget(self._evaluate)
        layout.addWidget(self._accuracy)
        layout.addWidget(self._details)
        layout.addStretch(1)
        return side

    def _nothing_yet(self) -> QWidget:
        hint = quiet_label(
            self.tr("Press Evaluate to see how many pictures are read rightly, and which are not.")
        )
        hint.setObjectName("evaluationHint")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        return hint

    def _result(self) -> QWidget:
        result = QWidget()
        layout = QHBoxLayout(result)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(EDGE)
        layout.addWidget(self._confusion, 3)
        pictures = QVBoxLayout()
        pictures.setSpacing(GRID)
        pictures.addWidget(self._pictures_title)
        pictures.addWidget(self._pictures, 1)
        layout.addLayout(pictures, 2)
        return result

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

    @Slot()
    def _on_evaluate(self) -> None:
        target = self._target.currentData()
        if target != "strokes":
            self._session.evaluator.evaluate(target)
            return
        title, kind = self.tr("Labelled drawings"), self.tr("Strokes")
        if path := self._files.ask_open(title, kind, STROKES_SUFFIXES):
            self._session.evaluator.evaluate(path)

    @Slot()
    def _show_result(self) -> None:
        result = self._session.evaluator.result
        if result is None:
            return
        self._shown.setCurrentIndex(1)
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
                *self._further_figures(result),
            ]
            # No line begins with the sign that belongs to the figure before it.
            self._details.setText("\n\n".join(sentences).replace(" %", "\u00a0%"))
        self._confusion.show_counts(result.confusion)

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
            yield self.tr("Confidence and accuracy differ by {error:.1f} %.").format(
                error=100 * result.calibration_error
            )
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
        return self._target.itemText(self._target.findData(result.target))

    @Slot(object)
    def _show_pictures(self, cell: tuple[int, int] | None) -> None:
        result = self._session.evaluator.result
        if result is None:
            return
        indices = result.chosen(cell)
        if cell is None:
            title = self.tr("{count:,} misread, the surest first")
        elif cell[0] == cell[1]:
            title = self.tr("{count:,} × {truth}, rightly read")
        else:
            title = self.tr("{count:,} × {truth}, read as {read}")
        truth, read = cell or (0, 0)
        self._pictures_title.setText(title.format(count=len(indices), truth=truth, read=read))
        self._indices = shown = indices[:MOST_PICTURES]
        self._pictures.show_pictures(
            [result.pictures[index] for index in shown],
            [f"{result.truth[index]} → {result.read[index] or '–'}" for index in shown],
            self.tr("None."),
        )

    def _specimen(self, row: int) -> Specimen | None:
        """One of the pictures on the right."""
        result = self._session.evaluator.result
        if result is None or row >= len(self._indices):
            return None
        return self._session.data_views.specimens.of_result(result, int(self._indices[row]))
