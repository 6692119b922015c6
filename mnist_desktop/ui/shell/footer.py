"""The line below the tabs: which model reads, what goes on, device and data."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QWidget,
)

from mnist_desktop.learning.report import lessons_in_words
from mnist_desktop.texts import one_line
from mnist_desktop.ui.dialogs.interpretation import InterpretationDialog
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.look.theme import QUIET
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.texts import duration, short, translated
from mnist_desktop.ui.widgets.controls import ProgressBar, named, push_button, quiet_label
from mnist_desktop.ui.widgets.hints import SavedNote
from mnist_desktop.ui.widgets.layouts import REST, hbox
from mnist_desktop.ui.widgets.plain_text import GivingLabel, plain_tooltip

TAB = Qt.FocusPolicy.TabFocus

NAME_WIDTHS = (140, 280)
"""Pixels for the name of the model that reads, at the least and at the most."""

BAR_WIDTHS = (24, 96)
"""Of the bar that says how far work is."""

TITLE_LETTERS = 60
"""Of what goes on, at the most: it may name a file."""

PATIENCE_MILLISECONDS = 300
"""What is over sooner need not be told of."""


class Footer(QWidget):
    """Shown below every tab. Its texts give way, or it would widen the window at the first job."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        saved = named(SavedNote(), "savedLabel")
        session.exports.exported.connect(saved.tell)
        parts = (_ModelChoice(session), REST, saved, _JobProgress(session), _DataLabel(session))
        self.setLayout(hbox(*parts, margins=(EDGE, GRID, EDGE, GRID)))

    def come_last(self) -> None:
        """Be reached by Tab after all else in the window, whenever that was made."""
        window = self.window()
        parts = [one for one in self.findChildren(QWidget) if one.focusPolicy() & TAB]
        parts = [one for one in parts if one.window() is window]  # and in no list that opens
        last = window.previousInFocusChain()
        while last is not None and (last in parts or not last.focusPolicy() & TAB):
            last = last.previousInFocusChain()
        for part in parts:
            if last is not None:
                QWidget.setTabOrder(last, part)
            last = part


class _ModelChoice(QWidget):
    """Which model reads, and how well."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shelf = session.shelf
        self._timeline = session.timeline
        self._combo = named(QComboBox(), "modelCombo", self.tr("Model that reads"))
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._combo.setMinimumWidth(scaled(NAME_WIDTHS[0]))
        self._combo.setMaximumWidth(scaled(NAME_WIDTHS[1]))
        self._combo.activated.connect(self._on_activated)
        self._score = _quiet_line()
        self._how = push_button(self.tr("How it reads…"), "interpretationButton", self._on_how)
        label = quiet_label(self.tr("Reads with"))
        self.setLayout(hbox(label, self._combo, self._score, self._how))
        self._shelf.changed.connect(self._update)
        self._shelf.current_changed.connect(self._update)
        self._timeline.moved.connect(self._update)
        self._update()

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self._shelf.read_with(self._shelf.entries[index])

    @Slot()
    def _on_how(self) -> None:
        if self._shelf.current is not None:
            InterpretationDialog(self._session, self._shelf.current, self.window()).open()

    @Slot()
    def _update(self) -> None:
        names = [self._name(entry) for entry in self._shelf.entries]
        if names != [self._combo.itemText(index) for index in range(self._combo.count())]:
            self._combo.clear()
            self._combo.addItems(names)
        current = self._shelf.current
        self._combo.setEnabled(current is not None)
        self._how.setVisible(current is not None and current.model.interpretation is not None)
        told = [self._name(current)] if current else []
        if current is not None:
            told += lessons_in_words(current.model, translated)
        self._combo.setToolTip(plain_tooltip("\n".join(told)))
        if current is None:
            self._score.clear()
            return
        self._combo.setCurrentIndex(self._shelf.entries.index(current))
        self._score.setText(self._score_text(current))

    def _name(self, entry: Entry) -> str:
        return (
            self.tr("{name} (not saved)").format(name=entry.name)
            if entry.is_unsaved
            else entry.name
        )

    def _score_text(self, entry: Entry) -> str:
        if self._timeline.position is not None:
            return self.tr("as it was after epoch {epoch}").format(epoch=self._timeline.position)
        if entry.is_training:
            return self.tr("as of its newest epoch")
        score = entry.model.test_score
        if found := entry.model.interpretation:
            return self.tr("{accuracy:.1f} % of {total:,} tried").format(
                accuracy=100 * found.accuracy, total=found.total
            )
        if score is None:
            return str(entry.model.network)
        return self.tr("{accuracy:.1f} % of {total:,}").format(
            accuracy=100 * score.accuracy, total=score.total
        )


class _JobProgress(QWidget):
    """The newest piece of work in the background. Hidden while there is none, or nothing but what
    will soon be over, as the reading of the library after each epoch is.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._jobs = session.jobs
        self._title = _quiet_line()
        self._bar = ProgressBar("jobProgress")
        self._bar.setMinimumWidth(scaled(BAR_WIDTHS[0]))
        self._bar.setMaximumWidth(scaled(BAR_WIDTHS[1]))
        self._cancel = push_button(self.tr("Cancel"), "cancelJobButton", self._on_cancel)
        self.setLayout(hbox(self._title, self._bar, self._cancel))
        self._patience = QTimer(self, interval=PATIENCE_MILLISECONDS, singleShot=True)
        self._patience.timeout.connect(self._update)
        self._jobs.changed.connect(self._on_changed)
        self._update()

    @Slot()
    def _on_changed(self) -> None:
        if self._jobs.newest is None:
            self._patience.stop()
            self._update()
        elif self.isVisible():
            self._update()
        elif not self._patience.isActive():
            self._patience.start()

    @Slot()
    def _on_cancel(self) -> None:
        job = self._jobs.newest
        if job is not None and job.can_be_cancelled:  # there may be another by now
            job.cancel()

    @Slot()
    def _update(self) -> None:
        job = self._jobs.newest
        self.setVisible(job is not None)
        if job is None:
            return
        self._cancel.setVisible(job.can_be_cancelled)
        left = job.seconds_left
        title = one_line(job.title, TITLE_LETTERS)
        self._title.setText(
            title
            if left is None or left < 2
            else self.tr("{title}, {time} left").format(title=title, time=duration(left))
        )
        self._bar.setRange(0, 100 if job.done else 0)
        self._bar.setValue(round(100 * job.done))


class _DataLabel(GivingLabel):
    """The data set that Start would train on."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setForegroundRole(QUIET)
        self._session = session
        session.data_set.changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        splits = self._session.splits
        if splits is not None:
            total = len(splits.train) + len(splits.validation) + len(splits.test)
            self.setText(
                self.tr("{name}, {total:,} pictures").format(name=short(splits.name), total=total)
            )


def _quiet_line() -> GivingLabel:
    label = GivingLabel()
    label.setForegroundRole(QUIET)
    return label
