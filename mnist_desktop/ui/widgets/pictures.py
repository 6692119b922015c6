"""Pictures of 28×28, and of several side by side, on the screen."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from mnist_desktop.ui.look.themes import Theme


def to_picture(ink: NDArray[np.uint8], theme: Theme) -> QImage:
    """A picture of ink, 0 to 255, as Qt paints it: paper where it is 0, ink where it is 255.

    Ink is shown as it is on the canvas: dark on light in the light theme.
    """
    height, width = ink.shape
    content = np.ascontiguousarray(ink)
    picture = QImage(content.data, width, height, width, QImage.Format.Format_Indexed8).copy()
    picture.setColorTable(_ramp(theme.paper, theme.ink))
    return picture


@cache
def _ramp(first: str, last: str) -> list[int]:
    """256 colours from the first to the last."""
    low, high = QColor(first), QColor(last)
    return [
        QColor(
            round(low.red() + (high.red() - low.red()) * step / 255),
            round(low.green() + (high.green() - low.green()) * step / 255),
            round(low.blue() + (high.blue() - low.blue()) * step / 255),
        ).rgb()
        for step in range(256)
    ]
