"""Numbers of either sign as colours: orange above zero, blue below."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from mnist_desktop.ui.look.themes import Theme

Numbers = NDArray[np.floating]


def signed_picture(levels: Numbers, theme: Theme, ink: Numbers | None = None) -> QImage:
    """A pixel for each level; what lies beyond the ends has their colour.

    Args:
        levels: (height, width), −1 to 1; at 0 the ground is seen.
        ink: (height, width), 0 for paper to 1 for ink: the ground. None for paper.
    """
    paper, black, high, low = map(_rgb, (theme.paper, theme.ink, theme.test, theme.train))
    share = np.zeros(levels.shape) if ink is None else ink
    ground = paper + (black - paper) * share[..., None]
    level = np.clip(levels, -1, 1)[..., None]
    colours = ground + (np.where(level > 0, high, low) - ground) * np.abs(level)
    packed = np.rint(colours).astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], dtype=np.uint32)
    content = np.ascontiguousarray(packed | np.uint32(0xFF000000))
    height, width = content.shape
    return QImage(content.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _rgb(name: str) -> NDArray[np.float64]:
    colour = QColor(name)
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=float)
