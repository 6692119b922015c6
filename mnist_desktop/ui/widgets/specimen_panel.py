"""One picture, large, with all that is known of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from mnist_desktop.ink import SIDE
from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.data.data_set import class_names
from mnist_desktop.ui.session.data.specimen import Specimen
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.class_bars import ClassBars
from mnist_desktop.ui.widgets.controls import named, push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.picture_view import PictureView
from mnist_desktop.ui.widgets.pictures import to_picture
from mnist_desktop.ui.widgets.plain_text import PlainLabel

DIALOG_SIZE = QSize(620, 960)

ROW_HEIGHT = 18


class SpecimenPanel(QWidget):
    """From top to bottom: the picture, what it is, its pixel under the mouse, its row, how it is
    read.

    Args:
        view: the name of the picture, for checks; those of the other parts begin with it.
        smallest: screen pixels for each of the picture's, where there is least room.
        grows: see ``PictureView``.

    Attributes:
        picture: shows the picture.
        specimen: what is shown.
    """

    def __init__(
        self,
        session: Session,
        view: str,
        *,
        smallest: int = 8,
        grows: Qt.Orientation | None = Qt.Orientation.Horizontal,
    ) -> None:
        super().__init__()
        self._session = session
        self.specimen: Specimen | None = None
        self.picture = named(PictureView(smallest=smallest, grows=grows), view)
        self._caption = named(PlainLabel(wraps=True), f"{view}Caption")
        self._pixel = named(quiet_label(""), f"{view}Pixel")
        self._pixel.setFont(tabular(self._pixel.font()))
        self._row = named(PixelRow(), f"{view}Row")
        self._copy = push_button(self.tr("Copy the row"), f"{view}CopyButton", self._on_copy)
        self._copy.setAutoDefault(False)  # in a window of its own, Enter would press it
        self._copy.setToolTip(self.tr("The 784 values, 0 to 255, with commas between them."))
        self._read_as = named(PlainLabel(), f"{view}ReadAs")
        self._bars = named(ClassBars(), f"{view}Bars")
        layout = vbox(
            (self.picture, 1 if grows is None else 0),
            self._caption,
            self._pixel,
            self._row,
            (self._copy, 0, Qt.AlignmentFlag.AlignLeft),
            self._read_as,
            self._bars,
        )
        if grows is not None:
            layout.addStretch(1)
        self.setLayout(layout)
        self.picture.hovered.connect(self._on_hovered)
        self._row.hovered.connect(self._on_row_hovered)
        session.shelf.current_changed.connect(self._show_reading)
        self.show_specimen(None)

    def show_specimen(self, specimen: Specimen | None, caption: str | None = None) -> None:
        """Show another picture, or none.

        Args:
            caption: what it is, in place of what the data set says.
        """
        self.specimen = specimen
        is_single = specimen is not None and specimen.is_single
        self.picture.show_picture(specimen.picture if specimen and is_single else None)
        self._row.show_values(specimen.picture.ravel() if specimen and is_single else None)
        if caption is None:
            caption = "" if specimen is None else self._caption_of(specimen)
        self._caption.setText(caption)
        self._copy.setEnabled(is_single)
        self._on_hovered(-1, -1)
        self._show_reading()

    def _caption_of(self, specimen: Specimen) -> str:
        place, label = specimen.place, specimen.label or "–"
        if place is None:
            return self.tr("label {label}").format(label=label)
        splits = {
            "train": self.tr("training"),
            "validation": self.tr("validation"),
            "test": self.tr("official test"),
        }
        where = self.tr("picture {index:,} of {split}").format(
            index=place.index, split=splits[place.split]
        )
        if specimen.own_label:
            template = self.tr("label {label}; you put it right, the data set says {own}")
        else:
            template = self.tr("label {label}")
        return f"{where}\n{template.format(label=label, own=specimen.own_label)}"

    @Slot()
    def _show_reading(self) -> None:
        specimens, names = self._session.specimens, class_names(self._session.splits)
        found = None if self.specimen is None else specimens.probabilities(self.specimen)
        self._bars.show_probabilities(found, () if found is None else names)
        if self.specimen is None or found is None:
            self._read_as.clear()
            return
        best = int(found.argmax())
        text = self.tr("read as {name}, {share} sure").format(
            name=names[best], share=percent(float(found[best]), 1)
        )
        if self.specimen.drawing is not None:
            by_look = specimens.probabilities(replace(self.specimen, drawing=None))
            look = best if by_look is None else int(by_look.argmax())
            if look != best:
                text += "\n" + self.tr("by its look alone {name}").format(name=names[look])
        self._read_as.setText(text)

    @Slot(int)
    def _on_row_hovered(self, place: int) -> None:
        self._on_hovered(*divmod(place, SIDE) if place >= 0 else (-1, -1))

    @Slot(int, int)
    def _on_hovered(self, row: int, column: int) -> None:
        picture = self.picture.picture
        if picture is None or row < 0:
            self._row.mark(-1)
            self._pixel.setText(
                "" if picture is None else self.tr("28×28 pixels are a row of 784 values")
            )
            return
        self._row.mark(SIDE * row + column)
        value = int(picture[row, column])
        self._pixel.setText(
            self.tr("row {row}, column {column}: {value} ÷ 255 = {share:.3f}").format(
                row=row, column=column, value=value, share=value / 255
            )
        )

    @Slot()
    def _on_copy(self) -> None:
        if self._row.values is not None:
            text = ",".join(map(str, np.asarray(self._row.values).tolist()))
            QGuiApplication.clipboard().setText(text)


class SpecimenDialog(QDialog):
    """Stays beside what it was opened from, which may be looked at further. Once closed it is gone.

    Large enough, each pixel has its value in it.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "specimenDialog")
        self.setWindowTitle(self.tr("Picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The keys go on to the pictures that one looks through.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._panel = SpecimenPanel(session, "specimenView", smallest=8, grows=None)
        self.setLayout(vbox(self._panel, margins=(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)))
        usual = QSize(scaled(DIALOG_SIZE.width()), scaled(DIALOG_SIZE.height()))
        self.resize(usual.boundedTo(self.screen().availableSize() - QSize(16, 48)))

    def show_specimen(self, specimen: Specimen) -> None:
        """Show a picture."""
        self._panel.show_specimen(specimen)


class PixelRow(QWidget):
    """The rows of a picture one behind the other, as a strip as wide as there is room for.

    Attributes:
        values: (784,) uint8; None where there is no picture.

    Signals:
        hovered(int): the place in the row under the mouse, from 0; -1 when it leaves.
    """

    hovered = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("The picture as a row of 784 values"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.values: NDArray[np.uint8] | None = None
        self._marked = -1

    def show_values(self, values: NDArray[np.uint8] | None) -> None:
        """Show another picture's, or none."""
        self.values = values
        self.update()

    def mark(self, place: int) -> None:
        """Show where a value is; -1 for none."""
        self._marked = place
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.values is not None:
            place = int(event.position().x() * len(self.values) / self.width())
            self.hovered.emit(min(max(place, 0), len(self.values) - 1))

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(-1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, place = current_theme(), self.rect().adjusted(0, 0, -1, -1)
        with QPainter(self) as painter:
            painter.fillRect(place, QColor(theme.paper))
            if self.values is not None:
                # Narrower than 784 pixels, a column is the mean of what lies in it.
                row = to_picture(self.values[None], theme)
                smooth = Qt.TransformationMode.SmoothTransformation
                aspect = Qt.AspectRatioMode.IgnoreAspectRatio
                painter.drawImage(place, row.scaled(place.width(), 1, aspect, smooth))
                if self._marked >= 0:
                    painter.setPen(QColor(theme.accent))
                    x = round((self._marked + 0.5) * self.width() / len(self.values))
                    painter.drawLine(x, 0, x, self.height())
            painter.setPen(QColor(theme.border))
            painter.drawRect(place)
