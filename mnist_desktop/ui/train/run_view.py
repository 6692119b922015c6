"""What a run says: curves, what is inside, its steps; progress and log."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QTabBar

from mnist_desktop.learning.report import score_in_words
from mnist_desktop.learning.train.events import BatchDone, PhaseDone
from mnist_desktop.ui.look.fonts import GRID, line_height, tabular
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import duration, translated
from mnist_desktop.ui.session.train.run_control import MORE_EPOCHS
from mnist_desktop.ui.session.train.training import State
from mnist_desktop.ui.train.continue_bar import ContinueBar
from mnist_desktop.ui.train.inside_view import InsideView
from mnist_desktop.ui.train.slow_motion_view import SlowMotionView
from mnist_desktop.ui.train.training_curves import TrainingCurves
from mnist_desktop.ui.widgets.buttons import FocusPlace
from mnist_desktop.ui.widgets.controls import ProgressBar, TickerLine, named, push_button
from mnist_desktop.ui.widgets.layouts import hbox, vbox
from mnist_desktop.ui.widgets.picture_menu import PictureMenu

CURVES, INSIDE, STEPS = range(3)

LEAST_LOG_LINES = 2


class RunView(FocusPlace):
    """Pages, and below them what holds for all of them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._training = session.training
        self._phase: PhaseDone | None = None
        self._pages = QStackedWidget()
        self._inside = InsideView()
        self._slow_motion = SlowMotionView()
        sample = self._slow_motion.sample
        PictureMenu(sample, session, sample.specimen, enlarges_at_click=True)
        for page in (
            TrainingCurves(session.training, session.draft),
            self._inside,
            self._slow_motion,
        ):
            self._pages.addWidget(page)
        self._page_bar = named(QTabBar(drawBase=False, expanding=False), "trainPages")
        self._page_bar.setAccessibleName(self.tr("What to see of the run"))
        for name in (self.tr("Curves"), self.tr("Inside"), self.tr("Step by step")):
            self._page_bar.addTab(name)
        self._make_status()

        # In few rows: what these take, the curves lack.
        progress = vbox(self._status, self._bar, spacing=GRID // 2)
        # Below, where nothing stood that somebody is about to press when the run ends: a bar that
        # appears above moves the hints, with their buttons, down.
        below = hbox((progress, 1), self._more, spacing=2 * GRID)
        bars = (ContinueBar(session, self), self._page_bar)
        self.setLayout(vbox(*bars, (self._pages, 12), below, (self._log, 1)))
        self._connect()
        self._page_bar.setCurrentIndex(session.looked_at.run_page)
        self._show_log()
        self._on_state_changed()

    def _make_status(self) -> None:
        self._status = named(TickerLine(), "trainingStatus")
        self._bar = ProgressBar("trainingProgress")
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self._more = push_button("", "trainMoreButton", self._on_more)
        self._log = named(_Log(), "trainingLog", self.tr("Log of the training"))
        self._log.setPlaceholderText(self.tr("What the run reports is listed here."))
        self._log.setMaximumBlockCount(10_000)
        line = line_height(self._log.font())
        self._log.setMinimumHeight(LEAST_LOG_LINES * line + 18)
        self._log.setFont(tabular(self._log.font()))

    def _connect(self) -> None:
        training = self._training
        self._page_bar.currentChanged.connect(self._on_page_chosen)
        self._slow_motion.pace_changed.connect(self._on_pace_changed)
        training.state_changed.connect(self._on_state_changed)
        training.began.connect(self._on_began)
        training.advanced.connect(self._on_advanced)
        training.learned.connect(self._show_status)
        training.said.connect(self._log.appendPlainText)
        training.inspected.connect(self._inside.show_inspection)
        training.phase_done.connect(self._on_phase_done)
        self._session.data_set.changed.connect(self._show_status)

    @Slot(bool)
    def show_slow_motion(self, is_on: bool) -> None:
        """Go through each step part by part, in sight, or no longer."""
        self._training.set_pace(self._slow_motion.pace if is_on else 0.0)
        self._show_hints()
        if is_on:
            self._page_bar.setCurrentIndex(STEPS)

    @Slot(int)
    def _on_page_chosen(self, index: int) -> None:
        self._session.looked_at.run_page = index
        self._pages.setCurrentIndex(index)
        self._training.watch(index == INSIDE)

    @Slot(float)
    def _on_pace_changed(self, seconds: float) -> None:
        if self._training.pace > 0:
            self._training.set_pace(seconds)

    def _show_log(self) -> None:
        """All of it: a view may be made while a run goes on, or after it."""
        self._log.show_lines(self._training.log)

    @Slot()
    def _on_began(self) -> None:
        self._phase = None
        self._show_log()
        self._inside.clear()
        self._slow_motion.clear()

    @Slot()
    def _on_advanced(self) -> None:
        if self._training.latest is not None:
            self._slow_motion.show_batch(self._training.latest)
        self._show_status()

    @Slot(object)
    def _on_phase_done(self, event: PhaseDone) -> None:
        self._phase = event
        self._slow_motion.show_phase(event)
        self._show_status()

    def _show_hints(self) -> None:
        """What the pages say that have nothing to show yet."""
        training, is_slow = self._training, self._training.pace > 0
        if not training.is_active:
            step = (
                self.tr("Press “One batch” or “Start”.")
                if is_slow
                else self.tr("Tick “Slow motion”, then press “One batch” or “Start”.")
            )
            inside = self.tr("Start a training to look inside it.")
        elif training.preparing is not None:
            step = inside = self.tr("The training pictures are being prepared.")
        else:
            step = (
                self.tr("The first step comes with the next batch.")
                if is_slow
                else self.tr("Tick “Slow motion” to see each step of this run.")
            )
            inside = self.tr("The first look inside comes with the next batch.")
        self._slow_motion.say(step)
        self._inside.say(inside)

    @Slot()
    def _on_more(self) -> None:
        if self._training.run_id is not None:
            more = 0 if self._is_unfinished else MORE_EPOCHS
            self._session.run_control.resume(self._training.run_id, more)

    @property
    def _is_unfinished(self) -> bool:
        """Whether the last run ended before all its epochs were done, and not for good reason."""
        training = self._training
        was_stopped = training.done is None or training.done.outcome == "stopped"
        epochs = len(training.history.epochs)
        return was_stopped and training.config is not None and epochs < training.config.epochs

    @Slot()
    def _on_state_changed(self) -> None:
        is_active = self._training.is_active
        if is_active:
            self.take_from(self._more)
        self._more.setVisible(not is_active and self._training.run_id is not None)
        self._more.setText(
            self.tr("Continue")
            if self._is_unfinished
            else self.tr("Train {count} more").format(count=MORE_EPOCHS)
        )
        self._show_status()

    @Slot()
    def _show_status(self) -> None:
        self._show_hints()
        self._bar.setValue(round(1000 * self._training.progress))
        self._status.show_text(self._status_text())

    def _status_text(self) -> str:
        training = self._training
        if training.state is State.WAITING:
            return self.tr("Waiting for the data set…")
        if training.done is not None and not training.is_active:
            score = training.done.score
            return score_in_words(score, translated) if score else self.tr("Nothing was kept.")
        if not training.is_active:
            return self.tr("Ready") if self._session.splits else self.tr("Loading MNIST…")
        parts = self._place()
        if not parts:
            return self.tr("Starting…")
        if training.state is State.PAUSED:
            parts.append(self.tr("paused"))
        elif training.state is State.PAUSING:
            parts.append(self.tr("pausing…"))
        elif training.state is State.STOPPING:
            parts.append(self.tr("stopping…"))
        elif training.seconds_left is not None:
            parts.append(self.tr("{time} left").format(time=duration(training.seconds_left)))
        return " · ".join(parts)

    def _place(self) -> list[str]:
        """How far the run is; empty where nothing is known yet."""
        training = self._training
        if training.preparing is not None:
            percent = 100 * training.preparing.done
            return [self.tr("Preparing training pictures: {percent:.0f} %").format(percent=percent)]
        latest: BatchDone | PhaseDone | None = training.latest
        if self._phase is not None and (
            latest is None or (latest.epoch, latest.batch) < (self._phase.epoch, self._phase.batch)
        ):
            latest = self._phase  # of the batch that is gone through right now
        if latest is None or training.config is None:
            return []
        return [
            self.tr("epoch {epoch} of {epochs}").format(
                epoch=latest.epoch, epochs=training.config.epochs
            ),
            self.tr("batch {batch:,} of {batches:,}").format(
                batch=latest.batch, batches=latest.batches
            ),
        ]


class _Log(QPlainTextEdit):
    """Shows its last lines, unless a person has scrolled to others. Qt's own does so only where the
    text did not come as a whole, and not when it gets another height.
    """

    def __init__(self) -> None:
        super().__init__(readOnly=True)
        self._is_at_end = True
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range_changed)

    def show_lines(self, lines: list[str]) -> None:
        """Show these instead of what there was."""
        self.setPlainText("\n".join(lines))
        self._is_at_end = True
        self._on_range_changed()

    @Slot()
    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        self._is_at_end = bar.value() == bar.maximum()

    @Slot()
    def _on_range_changed(self) -> None:
        if self._is_at_end:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())
