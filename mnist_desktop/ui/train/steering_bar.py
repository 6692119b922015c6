"""Settings that were changed while a run goes on, before it goes on with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from mnist_desktop.learning.train.steering import steered
from mnist_desktop.ui.session.train.draft import Draft
from mnist_desktop.ui.session.train.training import Training
from mnist_desktop.ui.widgets.controls import push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import hbox, vbox

if TYPE_CHECKING:
    from mnist_desktop.library.resume import RunStart


class SteeringBar(QWidget):
    """Applies the draft to the run, or puts the draft back. Hidden while they agree.

    The focus then goes back to where it was before it came here: Qt would give it to the next
    button, which trains with one batch.
    """

    def __init__(self, training: Training, draft: Draft) -> None:
        super().__init__()
        self._training = training
        self._draft = draft
        self._focus_before: QWidget | None = None
        apply = push_button(self.tr("Apply changes"), "applyButton", self._on_apply)
        apply.setDefault(True)
        revert = push_button(self.tr("Revert"), "revertButton", self._agree)
        note = quiet_label(
            self.tr(
                "The run goes on with them from its next batch; with another batch size from its "
                "next epoch."
            ),
            wraps=True,
        )
        self.setLayout(vbox(note, hbox((apply, 2), (revert, 1))))
        draft.changed.connect(self._update)
        training.began.connect(self._on_began)
        training.steered.connect(self._agree)
        training.state_changed.connect(self._update)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        self._update()

    @Slot()
    def enter(self) -> None:
        """Apply what makes sense, if there is anything to apply."""
        if not self.isHidden() and self._draft.problem is None:
            self._on_apply()

    @Slot()
    def _on_apply(self) -> None:
        self._training.steer(self._draft.config)

    @Slot(object)
    def _on_began(self, start: RunStart) -> None:
        """Let the draft be that of a run that is resumed. Of a new one it is, or has been edited
        since.
        """
        is_other = steered(start.config, self._draft.config) != self._draft.config
        if start.checkpoint is not None or is_other:
            self._agree()
        else:
            self._update()

    @Slot()
    def _agree(self) -> None:
        """Let the draft be what the run goes on with."""
        if self._training.config is not None:
            self._draft.show(self._training.config)

    @Slot()
    def _update(self) -> None:
        is_going_on = self._training.can_be_paused or self._training.can_be_resumed
        # Until its thread has made it, a run has no settings that others could differ from.
        config = self._training.config
        differs = config is not None and steered(config, self._draft.config) != config
        is_needed = is_going_on and differs
        if not is_needed:
            self._give_focus_back()
        self.setVisible(is_needed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is None or now is None or self.isAncestorOf(before):
            return
        if self.isAncestorOf(now):
            self._focus_before = before

    def _give_focus_back(self) -> None:
        focus, before = QApplication.focusWidget(), self._focus_before
        has_focus = focus is not None and self.isAncestorOf(focus)
        if has_focus and before is not None and isValid(before):
            before.setFocus()
