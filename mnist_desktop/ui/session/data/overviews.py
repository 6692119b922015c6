"""Figures of the splits, counted once for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.learning.data.overview import Overview, overview
from mnist_desktop.ui.session.data.data_set import DataSet
from mnist_desktop.ui.session.work import Jobs, Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.data.splits import Split


class Overviews(QObject):
    """Of the data set that is there.

    Signals:
        changed(): there is one more, or there is another data set.
    """

    changed = Signal()

    def __init__(self, data_set: DataSet, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_set = data_set
        self._counting = Latest(jobs)
        self._counted: dict[Split, Overview] = {}
        data_set.changed.connect(self._on_other_data)

    @property
    def is_counting(self) -> bool:
        """Whether figures are on their way."""
        return self._counting.is_busy

    def of(self, name: str) -> Overview | None:
        """Of a split by its name; None as long as it is being counted, or there are no pictures.

        It is counted where that is not known.
        """
        splits = self._data_set.splits
        if splits is None:
            return None
        split: Split = getattr(splits, name)
        if split not in self._counted:
            self._counting.begin(
                self.tr("Counting pixels"),
                partial(overview, split),
                partial(self._on_counted, split),
            )
        return self._counted.get(split)

    def _on_counted(self, split: Split, counted: Overview) -> None:
        self._counted[split] = counted
        self.changed.emit()

    @Slot()
    def _on_other_data(self) -> None:
        self._counting.cancel()
        self._counted.clear()
        self.changed.emit()
