"""What a view is made of: parts beside and below each other, and labels before fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.ui.look.fonts import GRID, control_height, scaled
from mnist_desktop.ui.widgets.plain_text import PlainLabel

Layout = TypeVar("Layout", bound=QBoxLayout)
Part = (
    QWidget
    | QLayout
    | tuple[QWidget | QLayout, int]
    | tuple[QWidget, int, Qt.AlignmentFlag]
    | int
    | None
)
"""A widget or a layout, maybe with its stretch and alignment; or so many pixels; or ``REST``."""

Margins = tuple[int, int, int, int]
"""Left, top, right, bottom."""

REST = None
"""Takes the room that is left."""

NO_MARGINS = (0, 0, 0, 0)

LABEL_WIDTH = 104


def hbox(*parts: Part, spacing: int = GRID, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Parts from left to right, with so many pixels between and around them."""
    return _filled(QHBoxLayout(), parts, spacing, margins)


def vbox(*parts: Part, spacing: int = GRID, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Parts from top to bottom, with so many pixels between and around them."""
    return _filled(QVBoxLayout(), parts, spacing, margins)


def _filled(layout: Layout, parts: Iterable[Part], spacing: int, margins: Margins) -> Layout:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is REST:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            one, *how = part if isinstance(part, tuple) else (part,)
            add: Any = layout.addLayout if isinstance(one, QLayout) else layout.addWidget
            add(one, *how)
    return layout


def scrolling(contents: QWidget, *, only_down: bool = False) -> QScrollArea:
    """An area without a frame, in which contents scroll that need more room than there is."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    if only_down:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(contents)
    return area


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
