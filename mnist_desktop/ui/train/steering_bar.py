"""Settings that were changed while a run goes on, before it goes on with them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.ui.look.theme import GRID
from mnist_desktop.ui.session.training import Training
from mnist_desktop.ui.train.settings_form import SettingsForm
from mnist_desktop.ui.widgets.controls import named, quiet_label


class SteeringBar(QWidget):
    """Applies what the form says to the run, or puts the form back. Hidden while they agree."""

    def __init__(self, training: Training, form: SettingsForm) -> None:
        super().__init__()
        self._training = training
        self._form = form
        self._agreed: TrainingConfig | None = None  # what the form made of the run's settings
        self._apply = named(QPushButton(self.tr("Apply changes"), default=True), "applyButton")
        self._revert = named(QPushButton(self.tr("Revert")), "revertButton")
        self._apply.clicked.connect(self._on_apply)
        self._revert.clicked.connect(self._agree)
        note = quiet_label(
            self.tr(
                "The run goes on with them from its next batch; with another batch size from its "
                "next epoch."
            )
        )
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(note)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._apply, 2)
        buttons.addWidget(self._revert, 1)
        layout.addLayout(buttons)
        form.changed.connect(self._update)
        training.began.connect(self._agree)
        training.steered.connect(self._agree)
        training.state_changed.connect(self._update)
        self._update()

    @Slot()
    def _on_apply(self) -> None:
        if self._form.config is not None:
            self._training.steer(self._form.config)

    @Slot()
    def _agree(self) -> None:
        """Let the form show what the run goes on with."""
        if self._training.config is not None:
            self._form.show_config(self._training.config)
            self._agreed = self._form.config
        self._update()

    @Slot()
    def _update(self) -> None:
        is_going_on = self._training.can_be_paused or self._training.can_be_resumed
        differs = self._agreed is not None and self._form.config != self._agreed
        self.setVisible(is_going_on and differs)
        self._apply.setEnabled(self._form.config is not None)
