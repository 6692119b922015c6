"""Offers to go on with a run that was cut off."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_desktop.texts import counted, joined
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.look.shapes import box
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import date_and_time, short, translated
from mnist_desktop.ui.widgets.buttons import FocusPlace
from mnist_desktop.ui.widgets.controls import push_button
from mnist_desktop.ui.widgets.layouts import hbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel


class ContinueBar(QWidget):
    """About the newest such run. Hidden while there is none, or another run goes on.

    Args:
        place: has its focus when it is hidden.
    """

    def __init__(self, session: Session, place: FocusPlace) -> None:
        super().__init__()
        self.setObjectName("continueBar")
        self._place = place
        self._session = session
        self._text = PlainLabel(wraps=True)
        resume = push_button(self.tr("Continue"), "continueButton", self._on_resume)
        resume.setDefault(True)
        dismiss = push_button(self.tr("Dismiss"), "dismissButton", self._on_dismiss)
        dismiss.setToolTip(self.tr("It stays in the Models tab, and can be continued from there."))
        self.setLayout(hbox((self._text, 1), resume, dismiss, margins=(2 * GRID, GRID, GRID, GRID)))
        session.run_control.offers_changed.connect(self._update)
        session.training.state_changed.connect(self._update)
        self._update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        with QPainter(self) as painter:
            box(painter, self.rect(), theme.accent, theme.raised)

    @Slot()
    def _on_resume(self) -> None:
        self._session.run_control.resume(self._session.run_control.interrupted[0].id)

    @Slot()
    def _on_dismiss(self) -> None:
        self._session.run_control.dismiss(self._session.run_control.interrupted[0].id)

    @Slot()
    def _update(self) -> None:
        offers = self._session.run_control.interrupted
        is_needed = bool(offers) and not self._session.training.is_active
        if not is_needed:
            self._place.take_from(self)
        self.setVisible(is_needed)
        if offers:
            run = offers[0]
            text = (
                self.tr("“{name}”, begun {date}, was interrupted after epoch {epoch} of {epochs}.")
                if run.epoch
                else self.tr("“{name}”, begun {date}, was interrupted in its first epoch.")
            ).format(
                name=short(run.name),
                date=date_and_time(run.created),
                epoch=run.epoch,
                epochs=run.config.epochs,
            )
            if len(offers) > 1:
                more = counted(
                    len(offers) - 1,
                    self.tr("{count} more is in the Models tab."),
                    self.tr("{count} more are in the Models tab."),
                ).format(count=len(offers) - 1)
                text = joined(text, more, translated)
            self._text.setText(text)
