"""What the curves tell, in words, with what may help."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from mnist_desktop.learning.settings.training_settings import BY_FIELD
from mnist_desktop.learning.train.diagnosis import Hint, Remedy
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.session.train.draft import Draft
from mnist_desktop.ui.session.train.training import Training
from mnist_desktop.ui.widgets.buttons import FocusPlace
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.layouts import hbox, vbox


class HintsBar(FocusPlace):
    """The most important hint, and the others when they are asked for. Hidden where there is none.

    A hint's buttons put a setting into the draft, from where a run that goes on can take it, and
    the next one does.
    """

    def __init__(self, training: Training, draft: Draft) -> None:
        super().__init__()
        self.setObjectName("hintsBar")
        self._training = training
        self._draft = draft
        self._rows: list[QWidget] = []
        self._more = named(QPushButton(flat=True), "moreHintsButton")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._update)
        self._lines = vbox(spacing=GRID // 2)
        self.setLayout(hbox((self._lines, 1), (self._more, 0, Qt.AlignmentFlag.AlignTop)))
        training.diagnosed.connect(self._show_hints)
        training.state_changed.connect(self._show_hints)
        self._show_hints()

    @Slot()
    def _show_hints(self) -> None:
        for row in self._rows:
            self.take_from(row)
            row.setParent(None)  # at once: another may have its name
            row.deleteLater()
        self._rows = [self._row(number, hint) for number, hint in enumerate(self._training.hints)]
        for row in self._rows:
            self._lines.addWidget(row)
        self._update()

    def _row(self, number: int, hint: Hint) -> QWidget:
        row = QWidget(self)
        text = named(quiet_label(hint.text(translated), wraps=True), f"hint{number}")
        remedies = (
            named(_RemedyButton(remedy, self._draft, self), f"hint{number}-{remedy.field}")
            for remedy in hint.remedies
        )
        row.setLayout(hbox((text, 1), *remedies))
        return row

    @Slot()
    def _update(self) -> None:
        """Which rows are seen."""
        others, is_open = max(0, len(self._rows) - 1), self._more.isChecked()
        self._more.setVisible(others > 0)
        more = self.tr("{count} more").format(count=others)
        self._more.setText(self.tr("Less") if is_open else more)
        for number, row in enumerate(self._rows):
            row.setVisible(number == 0 or is_open)
        if not self._rows and isinstance(place := self.parentWidget(), FocusPlace):
            place.take_from(self)
        self.setVisible(bool(self._rows))


class _RemedyButton(QPushButton):
    """Can be pressed while the draft has another value."""

    def __init__(self, remedy: Remedy, draft: Draft, place: FocusPlace) -> None:
        super().__init__(remedy.text(translated))
        self.setToolTip(self.tr("Put this into the settings."))
        self._remedy = remedy
        self._draft = draft
        self._place = place
        self.clicked.connect(self._on_clicked)
        draft.changed.connect(self._update)
        self._update()

    @Slot()
    def _on_clicked(self) -> None:
        self._draft.set(self._remedy.field, self._remedy.value)

    @Slot()
    def _update(self) -> None:
        setting = BY_FIELD[self._remedy.field]
        is_other = setting.of(self._draft.config) != self._remedy.value
        self._place.set_usable(self, is_usable=is_other)
