"""What is taken for what, and the pictures behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox

from mnist_desktop.texts import counted
from mnist_desktop.ui.evaluate.confusion_view import ConfusionView
from mnist_desktop.ui.evaluate.page import Page, Table
from mnist_desktop.ui.evaluate.result_grid import ResultGrid
from mnist_desktop.ui.look.fonts import EDGE
from mnist_desktop.ui.plots.picture import PNG, SVG
from mnist_desktop.ui.session.evaluate.evaluation import Result
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.controls import heading, named
from mnist_desktop.ui.widgets.layouts import hbox, vbox


class ConfusionPage(Page):
    """The confusion matrix of a model, and the pictures of the chosen cell."""

    picture_suffixes = (PNG, SVG)

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            "confusionPage",
            self.tr(
                "A row for each digit that was meant, a column for what it was read as. What is "
                "beside the diagonal is misread: click a cell to see its pictures. While none is "
                "chosen these are all that are misread, the surest first."
            ),
        )
        self._model = named(QComboBox(), "confusionModelCombo", self.tr("Whose answers"))
        self._confusion = named(ConfusionView(), "confusionView")
        self._title = heading("")
        self._pictures = ResultGrid(session, "misreadGrid", lambda one, read: f"{one} → {read[0]}")
        self._pictures.setAccessibleName(self.tr("Misread pictures"))
        pictures = vbox(self._model, self._title, (self._pictures, 1))
        self._body.addLayout(hbox((self._confusion, 3), (pictures, 2), spacing=EDGE), 1)

        self._confusion.chosen.connect(self._show_pictures)
        self._model.currentIndexChanged.connect(self._show_model)

    @property
    def table(self) -> Table:
        """The matrix."""
        result = self._result
        header = ["meant_as", *(f"read_as_{digit}" for digit in range(len(result.confusion)))]
        return header, [[digit, *row] for digit, row in enumerate(result.confusion.tolist())]

    def picture(self, suffix: str) -> Callable[[], bytes]:
        content = self._confusion.picture(suffix)
        return lambda: content

    @property
    def _result(self) -> Result:
        return self._results[max(0, self._model.currentIndex())]

    def _show(self) -> None:
        names = [short(result.model) for result in self._results]
        with QSignalBlocker(self._model):
            self._model.clear()
            self._model.addItems(names)
        self._model.setVisible(len(names) > 1)
        self._show_model()

    @Slot()
    def _show_model(self) -> None:
        self._confusion.show_counts(self._result.confusion)

    @Slot(object)
    def _show_pictures(self, cell: tuple[int, int] | None) -> None:
        if not self._results:
            return
        result = self._result
        indices = result.chosen(cell)
        if cell is None:
            title = self.tr("{count:,} misread, the surest first")
        elif cell[0] == cell[1]:
            title = counted(
                len(indices),
                self.tr("{truth} rightly read: once"),
                self.tr("{truth} rightly read: {count:,} times"),
            )
        else:
            title = counted(
                len(indices),
                self.tr("{truth} read as {read}: once"),
                self.tr("{truth} read as {read}: {count:,} times"),
            )
        truth, read = (result.names[label] for label in cell or (0, 0))
        self._title.setText(title.format(count=len(indices), truth=truth, read=read))
        self._pictures.show_results([result], indices)
