"""What a view is made of, beside each other and below each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.ui.look.fonts import GRID

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
