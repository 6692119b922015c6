"""Whether a training learns one's own digits, too."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.training import State
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.forms import form_of


class OwnDigits(QWidget):
    """A choice that is there once one has taught something."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._own = named(QComboBox(), "ownDigitsCombo")
        self._own.addItem(self.tr("not used"), "none")
        self._own.addItem(self.tr("join the data set"), "join")
        self._own.addItem(self.tr("are the data set"), "alone")
        self._own.setToolTip(
            self.tr(
                "What you have taught can be learned along, a twentieth of each epoch, or alone: "
                "then three splits are made of it."
            )
        )
        self._own.activated.connect(self._on_activated)
        self.setLayout(form_of([(self.tr("My digits"), self._own)]))
        session.teaching.changed.connect(self._update)
        session.data_set.changed.connect(self._update)
        session.data_set.settled.connect(self._update)
        session.training.state_changed.connect(self._update)
        self._update()

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self._session.data_set.use_own(self._own.itemData(index))

    @Slot()
    def _update(self) -> None:
        own = self._session.data_set.own
        self._own.setCurrentIndex(self._own.findData(own))
        self._own.setEnabled(self._session.training.state is State.IDLE)
        self.setVisible(bool(self._session.teaching.taught.count) or own != "none")
