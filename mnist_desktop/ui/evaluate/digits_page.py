"""How well each digit is read."""

from __future__ import annotations

from mnist_desktop.learning.evaluate.measures import digit_scores, macro
from mnist_desktop.ui.evaluate.figure_table import FigureTable
from mnist_desktop.ui.evaluate.page import Page, Table
from mnist_desktop.ui.session.evaluate.evaluation import Result
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent

NOTHING = "–"

Figures = tuple[float, float, float, tuple[float, float] | None]
"""Precision, recall, F1, and the interval of the recall; all 0 to 1."""


class DigitsPage(Page):
    """Precision, recall and F1 of each digit, and of all; of a second model beside the first."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            "digitsPage",
            self.tr(
                "Precision: of all that was read as this digit, how much was meant as it. Recall: "
                "of all that was meant as it, how much was found; the interval says how far off "
                "that may be, measured on so few. F1 is high only where both are. The last line "
                "is the mean of all digits, however often each comes."
            ),
        )
        self._table = FigureTable("digitsTable")
        self._table.setAccessibleName(self.tr("Figures of each digit"))
        self._body.addWidget(self._table, 1)

    @property
    def table(self) -> Table:
        """Shares, 0 to 1, where the window shows per cent."""
        header = ["digit", "pictures"]
        names = ("precision", "recall", "f1", "recall_low", "recall_high")
        for number in range(1, len(self._results) + 1):
            header += [f"{name}_{number}" if number > 1 else name for name in names]
        rows: list[list[object]] = []
        for digit, total, figures in self._rows("mean"):
            row: list[object] = [digit, total]
            for precision, recall, f1, interval in figures:
                row += [precision, recall, f1, *(interval or (None, None))]
            rows.append(row)
        return header, rows

    def _show(self) -> None:
        # Beside a second model there is no room for intervals.
        has_interval = len(self._results) == 1
        header = [self.tr("digit"), self.tr("pictures")]
        names = [self.tr("precision"), self.tr("recall"), self.tr("F1")]
        header += names
        if not has_interval:
            header += [f"{name} 2" for name in names]
        if has_interval:
            header.append(self.tr("interval of the recall"))
        rows = []
        for digit, total, figures in self._rows(self.tr("mean")):
            row = [self._results[0].number_and_name_of(digit), f"{total:,}"]
            for *shares, interval in figures:
                row += [percent(share, 1) for share in shares]
                if has_interval:
                    row.append(_interval(interval))
            rows.append(row)
        self._table.show_figures(header, rows)

    def _rows(self, mean: str) -> list[tuple[str, int, list[Figures]]]:
        """Name, number of pictures, and each model's figures, of each digit and of all."""
        each = zip(*(_figures(result) for result in self._results), strict=True)
        totals = self._results[0].confusion.sum(axis=1).tolist()
        rows = [
            (str(digit), total, list(figures))
            for digit, (total, figures) in enumerate(zip(totals, each, strict=True))
        ]
        means: list[Figures] = [(*macro(result.confusion), None) for result in self._results]
        return [*rows, (mean, sum(totals), means)]


def _figures(result: Result) -> list[Figures]:
    return [
        (one.precision, one.recall, one.f1, one.interval) for one in digit_scores(result.confusion)
    ]


def _interval(interval: tuple[float, float] | None) -> str:
    if interval is None:
        return NOTHING
    low, high = interval
    return f"{100 * low:.1f}–{percent(high, 1)}"
