"""The question before something would be lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from mnist_desktop.learning.report import score_in_words
from mnist_desktop.texts import file_name
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.texts import short, translated
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import message_box

SUFFIX = ".safetensors"
MOST_LINES = 8


def ask_before_closing(session: Session, parent: QWidget) -> bool:
    """Whether the window may close: nothing would be lost, or it has been saved or given up."""
    lost = _what_would_be_lost(session)
    if not lost:
        return not session.training.is_active or _ask_to_interrupt(session, parent)
    lines = [f"• {line}" for line in lost[:MOST_LINES]]
    if len(lost) > MOST_LINES:
        lines.append(_tr("and {count} more models").format(count=len(lost) - MOST_LINES))
    question = _tr("If the window closes now, this is lost:")
    dialog = named(message_box(parent, question, "\n".join(lines)), "closeDialog")
    discard = dialog.addButton(_tr("Close and lose it"), QMessageBox.ButtonRole.DestructiveRole)
    save = dialog.addButton(
        _tr("Stop and save…") if session.training.is_active else _tr("Save…"),
        QMessageBox.ButtonRole.AcceptRole,
    )
    dialog.setDefaultButton(save)
    dialog.exec()
    if dialog.clickedButton() is save:
        return _save_all(session, parent)
    return dialog.clickedButton() is discard


def _ask_to_interrupt(session: Session, parent: QWidget) -> bool:
    """Whether a run that can be continued may be broken off."""
    done = len(session.training.history.epochs)
    kept = (
        _tr("Its finished epochs are kept: the next time it can be continued after epoch {epoch}.")
        if done
        else _tr("It is kept: the next time it can be begun again.")
    )
    details = f"{_run_in_words(session)}. {kept.format(epoch=done)}"
    dialog = named(message_box(parent, _tr("A training is going on."), details), "closeDialog")
    close = dialog.addButton(_tr("Close"), QMessageBox.ButtonRole.AcceptRole)
    dialog.setDefaultButton(close)
    dialog.exec()
    return dialog.clickedButton() is close


def ask_model_path(parent: QWidget, entry: Entry, folder: Path) -> Path | None:
    """Where to save a model; None if the user would rather not."""
    name, _ = QFileDialog.getSaveFileName(
        parent,
        _tr("Save “{name}”").format(name=entry.name),
        str(folder / f"{file_name(entry.name)}{SUFFIX}"),
        f"{_tr('Models')} (*{SUFFIX})",
    )
    if not name:
        return None
    return Path(name) if name.endswith(SUFFIX) else Path(name + SUFFIX)


def _what_would_be_lost(session: Session) -> list[str]:
    """A line for the run that is going on, and one for each model that no file holds."""
    lost = []
    if session.training.is_active and session.training.run_id is None:
        lost.append(_run_in_words(session))
    for entry in session.shelf.unsaved:
        name, score = short(entry.name), entry.model.test_score
        lost.append(f"{name}: {score_in_words(score, translated)}" if score else name)
    return lost


def _run_in_words(session: Session) -> str:
    """As in "run 3, in epoch 4 of 10, 97.1 % so far"."""
    training = session.training
    text = short(training.name)
    if training.config is not None:
        text = _tr("{name}, in epoch {epoch} of {epochs}").format(
            name=short(training.name),
            epoch=training.latest.epoch if training.latest else len(training.history.epochs) + 1,
            epochs=training.config.epochs,
        )
    best = training.history.best
    if best is not None:
        text += _tr(", {accuracy:.1f} % so far").format(accuracy=100 * best.test_accuracy)
    return text


def _save_all(session: Session, parent: QWidget) -> bool:
    """Save everything that would be lost. False if the user turns back, or a file fails."""
    waiting = QEventLoop()
    if session.training.is_active:
        session.training.ended.connect(waiting.quit)
        session.training.stop()
        waiting.exec()
    folder = Path.home()
    for entry in session.shelf.unsaved:
        path = ask_model_path(parent, entry, folder)
        if path is None:
            return False
        folder = path.parent
        session.save_model(entry, path).ended.connect(waiting.quit)
        waiting.exec()
    return not session.shelf.unsaved


def _tr(text: str) -> str:
    return QCoreApplication.translate("closing", text)
