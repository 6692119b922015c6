"""All pictures of the data set: look through them, find them, and put their labels right."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from mnist_desktop.texts import counted
from mnist_desktop.ui.data.columns import SplitCombo, lay_out, shrink, side_column
from mnist_desktop.ui.session.data.gallery import GalleryFilter
from mnist_desktop.ui.session.data.specimen import Specimen
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import heading, named, push_button, quiet_label, whole_spin
from mnist_desktop.ui.widgets.layouts import add_rows, form_of
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_menu import PictureMenu
from mnist_desktop.ui.widgets.seen import SeenView
from mnist_desktop.ui.widgets.specimen_panel import SpecimenPanel


class GalleryPage(SeenView):
    """On the left what to show, in the middle the pictures, on the right one of them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._gallery = session.gallery
        self._labels = session.labels
        self._shown: object = None
        self._make_controls()
        self._grid = named(PictureGrid(), "galleryGrid", self.tr("Pictures of the data set"))
        self._panel = SpecimenPanel(session, "galleryView")
        PictureMenu(self._grid, session, self._specimen)

        lay_out(self, self._controls(), self._grid, self._panel)
        self._grid.chosen.connect(self._on_chosen)
        self._gallery.changed.connect(self._show_pictures)
        self._gallery.outdated.connect(self._on_outdated)
        session.jobs.changed.connect(self._say_why_empty)
        self._fill_labels()
        self._show_filter()
        self._show_pictures()

    def _make_controls(self) -> None:
        self._split = SplitCombo("gallerySplitCombo", has_all=True)
        self._label = named(QComboBox(), "galleryLabelCombo")
        shrink(self._label)
        self._wrong = named(QCheckBox(self.tr("Read wrongly now")), "galleryWrongCheck")
        self._corrected = named(QCheckBox(self.tr("Put right by me")), "galleryCorrectedCheck")
        self._number = whole_spin("galleryNumberSpin", 0, 0)
        self._number.setKeyboardTracking(False)
        self._number.setToolTip(
            self.tr(
                "The number of a picture in its split, from 0. Of all splits: training, then "
                "validation, then test. Enter shows it among all others."
            )
        )
        self._count = named(quiet_label("", wraps=True), "galleryCount")
        undo = self.tr("Undo the last label")
        self._undo = push_button(undo, "galleryUndoButton", self._labels.undo)
        for combo in (self._split, self._label):
            combo.activated.connect(self._refresh)
        for check in (self._wrong, self._corrected):
            check.clicked.connect(self._refresh)
        self._number.valueChanged.connect(self._on_number)

    def _controls(self) -> QWidget:
        rows = form_of([(self.tr("Split"), self._split), (self.tr("Label"), self._label)])
        rows.addRow("", self._wrong)
        rows.addRow("", self._corrected)
        add_rows(rows, [(self.tr("Picture"), self._number)])
        what = quiet_label(
            self.tr(
                "Every picture that the network learns from or is tested on, under each the label "
                "that it is to be read as. “4 → 9” is a 4 that the model reads as a 9."
            ),
            wraps=True,
        )
        keys = quiet_label(
            self.tr(
                "The key of a digit says what a picture really shows; the data set itself stays "
                "as it is. Enter enlarges; the right mouse button has more."
            ),
            wraps=True,
        )
        title = heading(self.tr("Gallery"))
        return side_column(title, what, rows, self._count, self._undo, keys)

    def _fill_labels(self) -> None:
        chosen = self._label.currentData()
        self._label.clear()
        self._label.addItem(self.tr("all"), None)
        for label, name in enumerate(self._gallery.names):
            self._label.addItem(name, label)
        self._label.setCurrentIndex(max(0, self._label.findData(chosen)))

    def _show_filter(self) -> None:
        """As the gallery has it, which somebody else may have asked."""
        wanted = self._gallery.filter
        self._split.setCurrentIndex(self._split.findData(wanted.split))
        self._label.setCurrentIndex(self._label.findData(wanted.label))
        self._wrong.setChecked(wanted.is_wrong)
        self._corrected.setChecked(wanted.is_corrected)

    def _specimen(self, row: int) -> Specimen | None:
        if not 0 <= row < len(self._gallery.numbers):
            return None
        place = self._gallery.place(int(self._gallery.numbers[row]))
        return self._gallery.specimen(place)

    @Slot()
    def _on_outdated(self) -> None:
        self._fill_labels()
        if self.isVisible():
            self._refresh()
        else:
            self._show_pictures()

    @Slot()
    def _refresh(self) -> None:
        self._gallery.show(
            GalleryFilter(
                self._split.currentData(),
                self._label.currentData(),
                self._wrong.isChecked(),
                self._corrected.isChecked(),
            )
        )

    @Slot()
    def _show_pictures(self) -> None:
        gallery = self._gallery
        self._show_filter()
        captions = gallery.captions
        row = gallery.row(gallery.chosen)
        if captions and self._shown is gallery.numbers:
            # The same pictures, perhaps with other words below, stay where they are.
            self._grid.show_captions(captions)
            if row is not None and row != self._grid.currentIndex().row():
                self._grid.choose(row)
            else:
                self._on_chosen(self._grid.currentIndex().row())
        else:
            self._shown = gallery.numbers
            self._grid.show_pictures(gallery.pictures, captions, self._nothing())
            self._grid.choose(row or 0)
        if not captions:
            self._panel.show_specimen(None)
        whole = len(gallery.range)
        self._count.setText(
            counted(
                whole,
                self.tr("{count:,} of {whole:,} picture"),
                self.tr("{count:,} of {whole:,} pictures"),
            ).format(count=len(captions), whole=whole)
        )
        self._undo.setEnabled(self._labels.can_undo)

    @Slot()
    def _say_why_empty(self) -> None:
        """The reading may have been cancelled."""
        if not len(self._grid.pictures):
            self._grid.show_pictures((), (), self._nothing())

    def _nothing(self) -> str:
        if self._session.splits is None:
            return self.tr("Loading…")
        if self._gallery.is_reading:
            return self.tr("Every picture is being read once…")
        if self._gallery.filter.is_wrong and self._gallery.read is None:
            return self.tr("It is not known what is read wrongly: the reading was cancelled.")
        return self.tr("None of these.")

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        specimen = self._specimen(row)
        if specimen is None or specimen.place is None:
            return
        number = self._gallery.number(specimen.place)
        self._gallery.chosen = number
        self._panel.show_specimen(specimen)
        first = self._gallery.range.start
        with QSignalBlocker(self._number):
            self._number.setMaximum(max(0, len(self._gallery.range) - 1))
            self._number.setValue(number - first)

    @Slot(int)
    def _on_number(self, number: int) -> None:
        """Choose a picture; where the filter does not let it through, among all of the split."""
        gallery = self._gallery
        number += gallery.range.start
        gallery.chosen = number
        row = gallery.row(number)
        if row is None:
            gallery.show(GalleryFilter(gallery.filter.split))
        else:
            self._grid.choose(row)
