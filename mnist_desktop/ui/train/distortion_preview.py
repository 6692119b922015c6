"""A few training pictures, and below each what a batch may show in its place."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ui.widgets.controls import quiet_label
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.picture_grid import PlainStrip

COLUMNS = 8
SCALES = (1.3, 1)
"""Screen pixels for each of a picture's, and where there is less room."""

REDRAW_MILLISECONDS = 1200

Pictures = NDArray[np.uint8]
Writer = Callable[[int, np.random.Generator], list[LabelledDrawing]]
NONE = np.zeros((0, 28, 28), dtype=np.uint8)


class DistortionPreview(QWidget):
    """Distorts its pictures anew every second or so while it is in sight and free to.

    A few pictures take five or six milliseconds, so it is done in the window's own thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("distortionPreview")
        self._digits = NONE
        self._strength = 0.0
        self._with_synthetic = self._with_scribbles = False
        self._is_resting = False
        self._random = np.random.default_rng(0)
        self._strips = (PlainStrip(COLUMNS, SCALES), PlainStrip(COLUMNS, SCALES))
        self._caption = quiet_label("", wraps=True)
        self.setLayout(vbox(*self._strips, self._caption, spacing=0))
        self._timer = QTimer(self, interval=REDRAW_MILLISECONDS)
        self._timer.timeout.connect(self._on_time)
        self._show_caption()

    def show_digits(self, pictures: Pictures) -> None:
        """Show the first few of the training pictures. Needs torch to be loaded."""
        self._digits = pictures[:COLUMNS]
        self._redraw()

    def show_settings(self, strength: float, *, with_synthetic: bool, with_scribbles: bool) -> None:
        """Show what other settings do, at once."""
        self._strength = strength
        self._with_synthetic = with_synthetic
        self._with_scribbles = with_scribbles
        self._redraw()

    def rest(self, is_resting: bool) -> None:
        """Hold still, or no longer: the processor is wanted elsewhere."""
        self._is_resting = is_resting

    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    @Slot()
    def _on_time(self) -> None:
        """What stays as it is, and what is scrolled out of sight, need not be made again."""
        is_moving = self._strength > 0 or self._with_synthetic or self._with_scribbles
        is_seen = not self.window().isMinimized() and not self.visibleRegion().isEmpty()
        if is_moving and is_seen and not self._is_resting:
            self._redraw()

    def _redraw(self) -> None:
        if len(self._digits):
            originals = self._originals()
            distorted = _distorted(originals, self._strength, self._random)
            for strip, pictures in zip(self._strips, (originals, distorted), strict=True):
                strip.show_pictures(pictures, len(pictures) * [""])
        self._show_caption()

    def _originals(self) -> Pictures:
        """The digits; in the last places, what the program writes in addition."""
        pictures = self._digits.copy()
        if not (self._with_synthetic or self._with_scribbles):
            return pictures
        from mnist_desktop.ink.synthetic.scribbles import scribble
        from mnist_desktop.ink.synthetic.styles import write_digits

        if self._with_synthetic and len(pictures) > 1:
            pictures[-2] = _written(write_digits, self._random)
        if self._with_scribbles:
            pictures[-1] = _written(scribble, self._random)
        return pictures

    def _show_caption(self) -> None:
        if not len(self._digits):
            text = self.tr("Examples are shown here as soon as the data set is loaded.")
        elif self._strength > 0:
            text = self.tr("Above as they are, below as training sees them")
        else:
            text = self.tr("Training sees them as they are")
        self._caption.setText(text)
        self.setAccessibleName(self.tr("Examples of the training pictures"))
        self.setAccessibleDescription(text)


def _distorted(pictures: Pictures, strength: float, random: np.random.Generator) -> Pictures:
    """As ``train.augment`` distorts a batch; torch is imported where it is there already."""
    if strength == 0.0:
        return pictures
    import torch

    from mnist_desktop.learning.models.network import to_input
    from mnist_desktop.learning.train.augment import Distortion

    generator = torch.Generator().manual_seed(int(random.integers(2**31)))
    inputs = to_input(torch.from_numpy(pictures), torch.device("cpu"))
    distorted = Distortion(strength, generator)(inputs)
    return distorted.mul(255).round_().byte().view(-1, 28, 28).numpy()


def _written(write: Writer, random: np.random.Generator) -> Pictures:
    from mnist_desktop.ink.normalise import normalise

    (drawn,) = write(1, random)
    return normalise(drawn.drawing)
