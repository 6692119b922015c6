"""A line below the answer: how much was taught, and the button that learns it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mnist_desktop.texts import counted
from mnist_desktop.ui.draw.teaching_actions import TeachingActions
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.buttons import ActionButton
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.layouts import hbox
from mnist_desktop.ui.widgets.plain_text import plain_tooltip


class TeachBar(QWidget):
    """What the person in use has taught; and *Learn*."""

    def __init__(self, session: Session, actions: TeachingActions) -> None:
        super().__init__()
        self._session = session
        self._label = named(quiet_label("", wraps=True), "taughtLabel")
        self.setLayout(hbox((self._label, 1), ActionButton(actions.learn, "learnButton")))
        session.teaching.changed.connect(self._update)
        session.people.changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        teaching = self._session.teaching
        count, new = teaching.taught.count, teaching.taught.new
        if not count:
            text = self.tr("Wrong? Press the right digit, or click its bar.")
        elif new == count:
            text = counted(
                count, self.tr("{count:,} drawing taught"), self.tr("{count:,} drawings taught")
            ).format(count=count)
        elif not new:
            text = counted(
                count,
                self.tr("{count:,} drawing taught, nothing new"),
                self.tr("{count:,} drawings taught, nothing new"),
            ).format(count=count)
        else:
            text = self.tr("{count:,} drawings taught, {new:,} of them new").format(
                count=count, new=new
            )
        self._label.setText(text)
        self._label.setToolTip(
            plain_tooltip(
                self.tr(
                    "What you put right, and what you say is right, is kept. Learn makes a copy "
                    "of the model read it; you can always go back."
                )
            )
        )
