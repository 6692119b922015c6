"""The question before something would be lost."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from mnist_desktop.learning.report import score_in_words
from mnist_desktop.texts import counted, joined
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import short, translated
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import message_box, pressed

MOST_LINES = 8
Role = QMessageBox.ButtonRole


class ClosingQuestion(QObject):
    """Asks whether a window may close, if that would cost anything."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._training = session.training
        self._window = window

    def ask(self) -> bool:
        """Whether it may: nothing would be lost, or it has been saved or given up."""
        lost = self._what_would_be_lost()
        if not lost:
            return not self._training.is_active or self._ask_to_interrupt()
        lines = [f"• {line}" for line in lost[:MOST_LINES]]
        if len(lost) > MOST_LINES:
            more = len(lost) - MOST_LINES
            lines.append(self.tr("and {count} more").format(count=more))
        question = self.tr("If the window closes now, this is lost:")
        dialog = named(message_box(self._window, question, "\n".join(lines)), "closeDialog")
        discard = dialog.addButton(self.tr("Close and lose it"), Role.DestructiveRole)
        saving = self.tr("Stop and save…") if self._training.is_active else self.tr("Save…")
        save = dialog.addButton(saving, Role.AcceptRole)
        dialog.setDefaultButton(save)
        answer = pressed(dialog)
        return self._save_all() if answer is save else answer is discard

    def _ask_to_interrupt(self) -> bool:
        """Whether a run that can be continued may be broken off."""
        done = len(self._training.history.epochs)
        kept = (
            self.tr(
                "Its finished epochs are kept: the next time it can be continued after epoch "
                "{epoch}."
            )
            if done
            else self.tr("It is kept: the next time it can be begun again.")
        )
        run = self.tr("{run}.").format(run=self._run_in_words())
        details = joined(run, kept.format(epoch=done), translated)
        question = self.tr("A training is going on.")
        dialog = named(message_box(self._window, question, details), "closeDialog")
        close = dialog.addButton(self.tr("Close"), Role.AcceptRole)
        dialog.setDefaultButton(close)
        return pressed(dialog) is close

    def _what_would_be_lost(self) -> list[str]:
        """A line for the run that is going on, for corrections, for what is changed in the network
        that is laid open, and for each unsaved model.
        """
        lost = []
        if self._training.is_active and self._training.run_id is None:
            lost.append(self._run_in_words())
        if count := self._session.pictures.unsaved:
            line = counted(
                count,
                self.tr("the text of {count} picture, which you have put right"),
                self.tr("the texts of {count} pictures, which you have put right"),
            )
            lost.append(line.format(count=count))
        if self._session.lab.is_changed:
            lost.append(self.tr("the changed network, which is not kept as a model yet"))
        for entry in self._session.shelf.unsaved:
            name, score = short(entry.name), entry.model.test_score
            if score:
                line = self.tr("{name}: {score}")
                name = line.format(name=name, score=score_in_words(score, translated))
            lost.append(name)
        return lost

    def _run_in_words(self) -> str:
        """As in "run 3, in epoch 4 of 10, 97.1 % so far"."""
        training = self._training
        text = short(training.name)
        if training.config is not None:
            done = len(training.history.epochs)
            text = self.tr("{name}, in epoch {epoch} of {epochs}").format(
                name=text,
                epoch=training.latest.epoch if training.latest else done + 1,
                epochs=training.config.epochs,
            )
        best = training.history.best
        if best is not None:
            so_far = self.tr(", {accuracy:.1f} % so far")
            text += so_far.format(accuracy=100 * best.test_accuracy)
        return text

    def _save_all(self) -> bool:
        """Save everything that would be lost. False if the person turns back, or a file fails."""
        session, waiting = self._session, QEventLoop()
        if self._training.is_active:
            self._training.ended.connect(waiting.quit)
            self._training.stop()
            waiting.exec()
        files = FileDialogs(self._window, session.preferences)
        if session.lab.is_changed:
            session.lab.keep()
        for entry in session.shelf.unsaved:
            path = files.ask_save_model(entry)
            if path is None:
                return False
            session.model_files.save(entry, path).ended.connect(waiting.quit)
            waiting.exec()
        if session.pictures.unsaved:
            path = files.ask_save_readings()
            if path is None:
                return False
            session.pictures.export(path).ended.connect(waiting.quit)
            waiting.exec()
        return not session.shelf.unsaved and not session.pictures.unsaved
