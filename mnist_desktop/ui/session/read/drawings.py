"""The drawings of a strokes file that is open, one of which is on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.ui.session.read.sketch import Sketch


class Drawings(QObject):
    """Which drawings there are, and which is shown.

    Attributes:
        drawings: empty while no file is open.
        index: of the one that is shown.

    Signals:
        changed(): there are others, or another one is shown.
    """

    changed = Signal()

    def __init__(self, sketch: Sketch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drawings: list[LabelledDrawing] = []
        self.index = 0
        self._sketch = sketch
        self._shown = Drawing()

    @property
    def label(self) -> str | None:
        """What the writer of the one that is shown meant; None once it is drawn on or cleared."""
        is_untouched = self._sketch.finished is self._shown
        return self.drawings[self.index].label if is_untouched else None

    def open(self, drawings: list[LabelledDrawing]) -> None:
        """Have these, at least one, and show the first."""
        self.drawings = drawings
        self.show(0)

    def show(self, index: int) -> None:
        """Put a drawing on the canvas."""
        self.index = index
        self._shown = self.drawings[index].drawing.fitted()
        self._sketch.show(self._shown)
        self.changed.emit()

    def close(self) -> None:
        """Forget the file; what is on the canvas stays."""
        self.drawings = []
        self.index = 0
        self.changed.emit()
