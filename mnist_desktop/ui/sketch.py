"""What is on the canvas, stroke by stroke."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from mnist_desktop.ink.history import History
from mnist_desktop.ink.strokes import Drawing, Stroke


class Sketch(QObject):
    """The drawing, the stroke that is being drawn, and the way back.

    Points and widths are in parts of the canvas's side, so a drawing grows with its canvas.

    Signals:
        changed(): the drawing is another one.
        extended(): the stroke that is being drawn has one more point.
    """

    changed = Signal()
    extended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = History()
        self._points: list[tuple[float, float]] = []
        self._widths: list[float] = []

    @property
    def drawing(self) -> Drawing:
        """Everything, with the stroke that is being drawn."""
        live = self.live_stroke
        return self._history.present.with_stroke(live) if live else self._history.present

    @property
    def finished(self) -> Drawing:
        """The strokes whose pen is up again."""
        return self._history.present

    @property
    def live_stroke(self) -> Stroke | None:
        """The stroke that is being drawn."""
        return Stroke(np.array(self._points), np.array(self._widths)) if self._points else None

    @property
    def can_undo(self) -> bool:
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        return self._history.can_redo

    def extend(self, x: float, y: float, width: float) -> None:
        """Pen down, or moved while down. A point that the pen has not left adds nothing."""
        if self._points and self._points[-1] == (x, y):
            return
        self._points.append((x, y))
        self._widths.append(width)
        self.extended.emit()

    def finish_stroke(self) -> None:
        """Pen up."""
        live = self.live_stroke
        if live is not None:
            self._drop_stroke()
            self._change_to(self._history.present.with_stroke(live))

    def clear(self) -> None:
        """An empty canvas; it can be undone."""
        self._drop_stroke()
        if self._history.present:
            self._change_to(Drawing())
        else:
            self.changed.emit()

    def show(self, drawing: Drawing) -> None:
        """Put another drawing in the present one's place; it can be undone."""
        self._drop_stroke()
        self._change_to(drawing)

    def undo(self) -> None:
        """Take back the last step, or the stroke that is being drawn."""
        if self._points:
            self._drop_stroke()
        else:
            self._history.undo()
        self.changed.emit()

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        self.finish_stroke()
        self._history.redo()
        self.changed.emit()

    def _change_to(self, drawing: Drawing) -> None:
        self._history.change_to(drawing)
        self.changed.emit()

    def _drop_stroke(self) -> None:
        self._points.clear()
        self._widths.clear()
