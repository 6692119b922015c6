"""The question before something would be lost."""

from __future__ import annotations

from pathlib import Path

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
        if self._training.is_active and not self._loses_run:
            going_on = self.tr("A training is going on: {run}")
            lines += ["", going_on.format(run=self._interruption_in_words())]
        question = self.tr("If the window closes now, this is lost:")
        dialog = named(message_box(self._window, question, "\n".join(lines)), "closeDialog")
        discard = dialog.addButton(self.tr("Close and lose it"), Role.DestructiveRole)
        save = dialog.addButton(self._saving_in_words(), Role.AcceptRole)
        dialog.setDefaultButton(save)
        answer = pressed(dialog)
        return self._save_all() if answer is save else answer is discard

    def _ask_to_interrupt(self) -> bool:
        """Whether a run that can be continued may be broken off."""
        question, details = self.tr("A training is going on."), self._interruption_in_words()
        dialog = named(message_box(self._window, question, details), "closeDialog")
        close = dialog.addButton(self.tr("Close"), Role.AcceptRole)
        dialog.setDefaultButton(close)
        return pressed(dialog) is close

    @property
    def _loses_run(self) -> bool:
        """Whether the run that is going on is not kept in the library."""
        return self._training.is_active and self._training.run_id is None

    @property
    def _lost_models(self) -> list[str]:
        """The names under which models would be saved: those that are unsaved, the network that is
        changed, and what is being trained.
        """
        names = [entry.name for entry in self._session.shelf.unsaved]
        if self._session.lab.is_changed:
            names.append(self._session.lab.kept_name)
        if self._loses_run:
            names.append(self._training.name)
        return names

    def _what_would_be_lost(self) -> list[str]:
        """A line for the run that is going on, for corrections, for what is changed in the network
        that is laid open, and for each unsaved model.
        """
        lost = []
        if self._loses_run:
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

    def _interruption_in_words(self) -> str:
        """Which run would be broken off, and what is kept of it."""
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
        return joined(run, kept.format(epoch=done), translated)

    def _saving_in_words(self) -> str:
        """For the button: what is stopped, and what is saved."""
        models = len(self._lost_models)
        if not self._training.is_active:
            return self.tr("Save…")
        if not models:
            return self.tr("Stop the training and save the texts…")
        if self._session.pictures.unsaved:
            return self.tr("Stop the training and save all of it…")
        return counted(
            models,
            self.tr("Stop the training and save the model…"),
            self.tr("Stop the training and save the models…"),
        )

    def _save_all(self) -> bool:
        """Save everything that would be lost. False if the person turns back, or a file fails.

        All files are asked for before anything is done: who turns back has changed nothing.
        """
        session, files = self._session, FileDialogs(self._window, self._session.preferences)
        entries, paths = session.shelf.unsaved, list[Path]()
        for name in self._lost_models:
            path = files.ask_save_model(name)
            if path is None or (path in paths and not files.may_replace(path)):
                return False
            paths.append(path)
        readings = files.ask_save_readings() if session.pictures.unsaved else None
        if session.pictures.unsaved and readings is None:
            return False
        waiting = QEventLoop()
        kept = session.lab.keep() if session.lab.is_changed else None
        if kept is not None:
            entries.append(kept)
        if self._training.is_active:
            self._training.ended.connect(waiting.quit)
            self._training.stop()
            waiting.exec()
        # What was being trained comes last; it is not there if it has learned nothing.
        entries += [entry for entry in session.shelf.unsaved if entry not in entries]
        for entry, path in zip(entries, paths, strict=False):
            session.model_files.save(entry, path).ended.connect(waiting.quit)
            waiting.exec()
        if readings is not None:
            session.pictures.export(readings).ended.connect(waiting.quit)
            waiting.exec()
        return not session.shelf.unsaved and not session.pictures.unsaved
