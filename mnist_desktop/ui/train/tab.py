"""Set up a training, start it, watch it learn."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mnist_desktop.ui.look.fonts import EDGE, GRID
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.train.actions import TrainingActions
from mnist_desktop.ui.train.controls import Controls
from mnist_desktop.ui.train.run_view import RunView
from mnist_desktop.ui.widgets.layouts import hbox


class TrainTab(QWidget):
    """Settings and buttons on the left; curves, progress and log on the right."""

    def __init__(self, session: Session, actions: TrainingActions) -> None:
        super().__init__()
        controls, display = Controls(session, actions), RunView(session)
        controls.slow_motion.setChecked(session.training.pace > 0)
        controls.slow_motion.toggled.connect(display.show_slow_motion)
        # Above and below less than elsewhere, since the curves need the height.
        margins = (EDGE, 2 * GRID, EDGE, 0)
        self.setLayout(hbox(controls, (display, 1), spacing=EDGE, margins=margins))
