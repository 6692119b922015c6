"""Labels before fields, in rows."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QWidget

from mnist_desktop.ui.look.fonts import GRID, control_height, scaled
from mnist_desktop.ui.widgets.plain_text import PlainLabel

LABEL_WIDTH = 104


def form_of(rows: list[tuple[str, QWidget]]) -> QFormLayout:
    """A form with these rows: a name and its field."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(2 * GRID)
    form.setVerticalSpacing(GRID)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    add_rows(form, rows)
    return form


def add_rows(form: QFormLayout, rows: list[tuple[str, QWidget]]) -> None:
    """More rows for a form. A field's name is also its accessible name."""
    for name, field in rows:
        label = PlainLabel(name)
        label.setBuddy(field)
        label.setMinimumSize(scaled(LABEL_WIDTH), control_height())
        field.setAccessibleName(name)
        form.addRow(label, field)
