"""Two models on the same pictures: which reads better, and where they differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from mnist_desktop.learning.evaluate.comparison import compare, in_words
from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.ui.evaluate.figure_table import FigureTable
from mnist_desktop.ui.evaluate.page import Page, Table
from mnist_desktop.ui.evaluate.result_grid import ResultGrid
from mnist_desktop.ui.look.fonts import EDGE, GRID
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent, short, translated
from mnist_desktop.ui.widgets.controls import heading, named
from mnist_desktop.ui.widgets.hints import HintOr
from mnist_desktop.ui.widgets.layouts import hbox, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel


class ComparePage(Page):
    """McNemar's test in words, each digit's recall, and the pictures that are read differently."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            "comparePage",
            self.tr(
                "Two models, the same pictures. What both read rightly, or neither, does not tell "
                "them apart; only the rest does. McNemar’s test says how often chance alone would "
                "bring such a difference."
            ),
        )
        self._words = named(PlainLabel(wraps=True), "compareLabel")
        self._table = FigureTable("compareTable")
        self._table.setAccessibleName(self.tr("How many of each digit are found"))
        self._title = heading("")
        self._pictures = ResultGrid(
            session, "differGrid", lambda one, read: f"{one}: {' '.join(read)}"
        )
        self._pictures.setAccessibleName(self.tr("Pictures that are read differently"))
        self._comparison = HintOr(self._both(), "compareEmpty")
        self._body.addWidget(self._comparison, 1)

    def _both(self) -> QWidget:
        both = QWidget()
        pictures = vbox(self._title, (self._pictures, 1))
        # More for the table, or its last column would not be seen in a small window.
        views = hbox((self._table, 2), (pictures, 1), spacing=EDGE)
        both.setLayout(vbox(self._words, (views, 1), spacing=2 * GRID))
        return both

    @property
    def can_be_exported(self) -> bool:
        return len(self._results) == 2

    @property
    def table(self) -> Table:
        """Recall of each digit, 0 to 1, and how many only one of the models finds."""
        header = ["digit", "pictures", "recall_1", "recall_2", "only_1", "only_2"]
        return header, [
            [digit, total, *recalls, *alone] for digit, total, recalls, alone in self._digits()
        ]

    def _digits(self) -> list[tuple[int, int, list[float], tuple[int, int]]]:
        """Digit, number of pictures, recalls, and how many only the one or the other finds."""
        first, second = self._results
        rows = []
        for digit in range(CLASSES):
            found = compare(*(one.right[first.truth == str(digit)] for one in (first, second)))
            total = found.both + found.only_first + found.only_second + found.neither
            alone = found.only_first, found.only_second
            recalls = [(found.both + only) / total if total else 0.0 for only in alone]
            rows.append((digit, total, recalls, alone))
        return rows

    @property
    def _differing(self) -> NDArray[np.int64]:
        """Indices of what is read differently, what one of them misreads surest first."""
        first, second = self._results
        indices = np.flatnonzero(first.read != second.read)
        wrongly = np.maximum(
            np.where(first.right, 0.0, first.confidence),
            np.where(second.right, 0.0, second.confidence),
        )
        return indices[np.argsort(-wrongly[indices], kind="stable")]

    def _show(self) -> None:
        if len(self._results) != 2:
            self._comparison.say(
                self.tr("Choose a second model under “Compare with”, then press “Evaluate”.")
            )
            return
        self._comparison.say("")
        first, second = self._results
        names = short(first.model), short(second.model)
        self._words.setText(in_words(compare(first.right, second.right), *names, translated))
        self._table.show_figures(
            [self.tr("digit"), *names, self.tr("only 1st"), self.tr("only 2nd")],
            [
                [
                    first.number_and_name_of(str(digit)),
                    *(percent(one, 1) if total else "–" for one in recalls),
                    *map(str, alone),
                ]
                for digit, total, recalls, alone in self._digits()
            ],
        )
        indices = self._differing
        title = self.tr("{count:,} read differently: meant, 1st, 2nd")
        self._title.setText(title.format(count=len(indices)))
        self._pictures.show_results(self._results, indices)
