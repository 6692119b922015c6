"""How a model reads whose file does not say it, and a choice to have it read otherwise."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QWidget

from mnist_desktop.learning.models.interpretation import (
    RANGE_NAMES,
    InputFormat,
    Interpretation,
    Wish,
    activation_name,
)
from mnist_desktop.learning.settings.setting_kinds import OneOf
from mnist_desktop.learning.settings.training_settings import BY_FIELD
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.texts import short, translated
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import form_of, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel

WIDTH = 480


class InterpretationDialog(QDialog):
    """What was found out of a model, in words; and fields in which a person may say otherwise.

    Args:
        entry: the model, which must have an interpretation and be in a file.
    """

    def __init__(self, session: Session, entry: Entry, window: QWidget) -> None:
        super().__init__(window)
        found = entry.model.interpretation
        assert found is not None
        self._session = session
        self._path = entry.path
        self.setObjectName("interpretationDialog")
        self.setWindowTitle(self.tr("How “{name}” reads").format(name=short(entry.name)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = named(PlainLabel(found.in_words(translated), wraps=True), "interpretationLabel")
        self._make_fields(found)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        self._again = buttons.addButton(
            self.tr("Read otherwise"), QDialogButtonBox.ButtonRole.ActionRole
        )
        named(self._again, "readOtherwiseButton").clicked.connect(self._on_again)
        form = form_of(
            [(self.tr("Between layers"), self._activation), (self.tr("Pixels"), self._range)]
        )
        form.addRow("", self._white_paper)
        form.addRow("", self._transposed)
        margins = (EDGE, EDGE, EDGE, EDGE)
        self.setLayout(vbox(words, form, buttons, spacing=2 * GRID, margins=margins))
        self.setMinimumWidth(scaled(WIDTH))
        self._update()

    def _make_fields(self, found: Interpretation) -> None:
        self._found = found
        kind = BY_FIELD["activation"].kind
        assert isinstance(kind, OneOf)
        self._activation = named(QComboBox(), "foreignActivationCombo")
        for word in kind.names:
            self._activation.addItem(activation_name(word, translated), word)  # type: ignore[arg-type]
        self._activation.setCurrentIndex(self._activation.findData(found.activation or "relu"))
        self._activation.setEnabled(found.activation is not None)
        self._range = named(QComboBox(), "foreignRangeCombo")
        for word, name in RANGE_NAMES.items():
            self._range.addItem(translated("core", name), word)
        self._range.setCurrentIndex(self._range.findData(found.input.range))
        self._white_paper = named(
            QCheckBox(self.tr("Dark ink on white paper")), "foreignWhitePaperCheck"
        )
        self._white_paper.setChecked(found.input.white_paper)
        self._transposed = named(
            QCheckBox(self.tr("Rows and columns exchanged")), "foreignTransposedCheck"
        )
        self._transposed.setChecked(found.input.transposed)
        self._activation.currentIndexChanged.connect(self._update)
        self._range.currentIndexChanged.connect(self._update)
        self._white_paper.toggled.connect(self._update)
        self._transposed.toggled.connect(self._update)

    @property
    def _wish(self) -> Wish:
        """What the fields say."""
        activation = self._activation.currentData() if self._found.activation else None
        return Wish(
            activation,
            InputFormat(
                self._range.currentData(),
                white_paper=self._white_paper.isChecked(),
                transposed=self._transposed.isChecked(),
            ),
        )

    @Slot()
    def _update(self) -> None:
        as_found = Wish(self._found.activation, self._found.input)
        self._again.setEnabled(self._path is not None and self._wish != as_found)

    @Slot()
    def _on_again(self) -> None:
        if self._path is not None:
            self._session.opening.open_model(self._path, self._wish)
        self.accept()
