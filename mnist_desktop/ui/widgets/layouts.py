"""Room between and around what is laid out."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout

Layout = TypeVar("Layout", bound=QBoxLayout)


def spaced(
    layout: Layout, spacing: int, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> Layout:
    """A layout with so many pixels between its parts, and around them.

    Args:
        margins: left, top, right, bottom.
    """
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout
