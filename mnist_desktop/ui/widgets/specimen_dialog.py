"""One picture in a window of its own, as large as one likes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.specimen import Specimen
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.specimen_panel import SpecimenPanel

USUAL_SIZE = QSize(620, 960)


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
        usual = QSize(scaled(USUAL_SIZE.width()), scaled(USUAL_SIZE.height()))
        self.resize(usual.boundedTo(self.screen().availableSize() - QSize(16, 48)))

    def show_specimen(self, specimen: Specimen) -> None:
        """Show a picture."""
        self._panel.show_specimen(specimen)
