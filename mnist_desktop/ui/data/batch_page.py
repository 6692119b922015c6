"""The batches of the data set, as training sees them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QWidget,
)

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.texts import counted
from mnist_desktop.ui.data.columns import SplitCombo, lay_out, side_column
from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.session.data.data_set import class_names
from mnist_desktop.ui.session.data.specimen import Place, Specimen
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.controls import heading, named, quiet_label, whole_spin
from mnist_desktop.ui.widgets.layouts import add_rows, form_of
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_menu import PictureMenu
from mnist_desktop.ui.widgets.plain_text import PlainLabel
from mnist_desktop.ui.widgets.specimen_panel import SpecimenPanel

SIDE_WIDTH = 288
SHUFFLE_SEED = 0


class BatchPage(QWidget):
    """On the left what to look at, in the middle a batch, on the right one of its pictures."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._looked_at = session.looked_at
        self._indices: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._make_controls()
        self._grid = named(PictureGrid(), "batchGrid", self.tr("Pictures of the batch"))
        self._panel = SpecimenPanel(session, "pictureView")
        PictureMenu(self._grid, session, self._specimen)

        lay_out(self, self._controls(), self._grid, self._panel)
        self._grid.chosen.connect(self._on_chosen)
        session.labels.changed.connect(self._show_chosen)
        self._split.currentIndexChanged.connect(self._show_batch)
        self._batch_size.valueChanged.connect(self._show_batch)
        self._shuffle.toggled.connect(self._show_batch)
        self._number.valueChanged.connect(self._show_batch)
        session.data_set.changed.connect(self._on_data_changed)
        session.opening.loaded.connect(self._show_batch)
        self._on_data_changed()

    def _make_controls(self) -> None:
        self._title = heading("")
        self._sizes = PlainLabel()
        self._sizes.setFont(tabular(self._sizes.font()))
        self._split = SplitCombo("dataSplitCombo")
        self._split.setCurrentIndex(self._split.findData(self._looked_at.split))
        self._batch_size = whole_spin("dataBatchSizeSpin", 1, 100_000)
        self._batch_size.setValue(self._looked_at.batch_size)
        self._shuffle = named(QCheckBox(self.tr("Shuffled, as in epoch 1")), "dataShuffleCheck")
        self._shuffle.setChecked(self._looked_at.is_shuffled)
        # How many there are is known when the data set is.
        self._number = whole_spin("dataBatchSpin", 1, self._looked_at.batch)
        self._number.setValue(self._looked_at.batch)
        self._batches = quiet_label("", wraps=True)
        self._names = [quiet_label("") for _ in range(CLASSES)]
        self._counts = [named(PlainLabel(), f"classCount{label}") for label in range(CLASSES)]
        for count in self._counts:
            count.setFont(tabular(count.font()))

    def _controls(self) -> QWidget:
        rows = form_of([(self.tr("Split"), self._split), (self.tr("Batch size"), self._batch_size)])
        rows.addRow("", self._shuffle)
        add_rows(rows, [(self.tr("Batch"), self._number)])
        rows.addRow("", self._batches)
        counts = heading(self.tr("Digits in the split"))
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(GRID)
        what = quiet_label(
            self.tr(
                "A network learns from a few pictures at a time. This is one such batch, as the "
                "loader hands it over: one step of the optimiser. The last batch has what is left."
            ),
            wraps=True,
        )
        return side_column(
            self._title, self._sizes, rows, counts, self._table, what, width=SIDE_WIDTH
        )

    def _name_counts(self) -> None:
        """Two rows of five classes, each with the number of its pictures; five of two where they
        have longer names.
        """
        names = class_names(self._session.splits)
        columns = 5 if max(map(len, names)) == 1 else 2
        for label, (name, count) in enumerate(zip(self._names, self._counts, strict=True)):
            name.setText(names[label])
            row, column = divmod(label, columns)
            self._table.addWidget(name, row, 2 * column)
            self._table.addWidget(count, row, 2 * column + 1)
        for column in range(5):
            self._table.setColumnStretch(2 * column + 1, 1 if column < columns else 0)

    @property
    def _chosen_split(self) -> Split | None:
        splits = self._session.splits
        return None if splits is None else getattr(splits, self._split.currentData())

    @Slot()
    def _on_data_changed(self) -> None:
        splits = self._session.splits
        self._name_counts()
        if splits is None:
            self._title.setText(self.tr("Loading MNIST…"))
        else:
            self._title.setText(short(splits.name))
            self._sizes.setText(
                self.tr(
                    "{train:,} to train on\n{validation:,} to validate, the live test curve\n"
                    "{test:,} to test, scored once at the end"
                ).format(
                    train=len(splits.train),
                    validation=len(splits.validation),
                    test=len(splits.test),
                )
            )
        self._show_batch()

    @Slot()
    def _show_batch(self) -> None:
        """Fetch the batch that the controls say, from a loader as training has it."""
        looked_at = self._looked_at
        looked_at.split = self._split.currentData()
        looked_at.batch_size = self._batch_size.value()
        looked_at.is_shuffled = self._shuffle.isChecked()
        looked_at.batch = self._number.value()
        split = self._chosen_split
        if split is None or not self._session.opening.is_loaded:
            nothing = np.zeros((0, 28, 28), dtype=np.uint8)
            self._grid.show_pictures(nothing, [], self.tr("Loading…"))
            return
        from mnist_desktop.learning.data.loading import data_loader, epoch_order, one_batch

        loader = data_loader(
            split,
            self._batch_size.value(),
            epoch_order(SHUFFLE_SEED if self._shuffle.isChecked() else None),
        )
        self._number.setMaximum(len(loader))
        indices, (pictures, labels) = one_batch(loader, self._number.value() - 1)
        self._indices = indices.numpy()
        self._batches.setText(
            counted(
                len(labels),
                self.tr("of {batches:,}; this one has {size:,} picture"),
                self.tr("of {batches:,}; this one has {size:,} pictures"),
            ).format(batches=len(loader), size=len(labels))
        )
        names = class_names(self._session.splits)
        self._grid.show_pictures(pictures.numpy(), [names[label] for label in labels.tolist()])
        counts = np.bincount(split.labels, minlength=10)
        for label, count in zip(self._counts, counts, strict=True):
            label.setText(f"{count:,}")
        self._grid.choose(0)

    def _specimen(self, place: int) -> Specimen | None:
        """A picture of the batch."""
        if place >= len(self._indices):
            return None
        there = Place(self._split.currentData(), int(self._indices[place]))
        return self._session.gallery.specimen(there)

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        self._panel.show_specimen(self._specimen(place))

    @Slot()
    def _show_chosen(self) -> None:
        """Of which something else may be said by now."""
        index = self._grid.currentIndex()
        if index.isValid() and self._chosen_split is not None:
            self._on_chosen(index.row())
