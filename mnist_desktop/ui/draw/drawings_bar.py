"""Walk through the drawings of a strokes file."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QWidget

from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import push_button, quiet_label, whole_spin
from mnist_desktop.ui.widgets.layouts import hbox


class DrawingsBar(QWidget):
    """Which drawing of the open file is shown, and what its writer meant. Hidden without one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._drawings = session.drawings
        self._number = whole_spin("drawingNumberSpin", 1, 1)
        self._number.setAccessibleName(self.tr("Number of the drawing"))
        self._number.valueChanged.connect(self._on_number_changed)
        self._of = quiet_label("")
        close = push_button(self.tr("Close file"), "closeDrawingsButton", self._drawings.close)

        self.setLayout(hbox(self._number, (self._of, 1), close))
        self._drawings.changed.connect(self._update)
        session.sketch.changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        drawings = self._drawings.drawings
        self.setVisible(bool(drawings))
        if not drawings:
            return
        with QSignalBlocker(self._number):
            self._number.setMaximum(len(drawings))
            self._number.setValue(self._drawings.index + 1)
        label = self._drawings.label
        self._of.setText(
            self.tr("of {count:,}, meant as {label}").format(count=len(drawings), label=label)
            if label is not None
            else self.tr("of {count:,}").format(count=len(drawings))
        )

    @Slot(int)
    def _on_number_changed(self, number: int) -> None:
        self._drawings.show(number - 1)
