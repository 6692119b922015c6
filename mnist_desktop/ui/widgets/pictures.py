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
    # Not as indexed colours: a list of 256 given to Qt takes ten times as long as looking them up.
    content = _ramp(theme.paper, theme.ink)[ink]
    return QImage(content.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


@cache
def _ramp(first: str, last: str) -> NDArray[np.uint32]:
    """(256,) colours from the first to the last."""
    low, high = QColor(first), QColor(last)
    colours = [
        QColor(
            round(low.red() + (high.red() - low.red()) * step / 255),
            round(low.green() + (high.green() - low.green()) * step / 255),
            round(low.blue() + (high.blue() - low.blue()) * step / 255),
        ).rgb()
        for step in range(256)
    ]
    return np.array(colours, dtype=np.uint32)
