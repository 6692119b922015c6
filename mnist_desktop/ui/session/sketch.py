"""What is on the canvas: a drawing, stroke by stroke, or a picture."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from mnist_desktop.ink.photo.parts import Page
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.ink.undo import Content, UndoStack


class Sketch(QObject):
    """The drawing, the stroke that is being drawn, and the way back.

    Points and widths are in parts of the canvas's side, so a drawing grows with its canvas.

    A picture is a step like any other: it takes the drawing's place, drawing takes the picture's,
    and both can be undone. It waits until the pen is up.

    Signals:
        changed(): the drawing or the picture is another one.
        extended(): the stroke that is being drawn has one more point.
    """

    changed = Signal()
    extended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._undo_stack = UndoStack()
        self._points: list[tuple[float, float]] = []
        self._widths: list[float] = []
        self._pen_is_down = False
        self._waiting: Content | None = None

    @property
    def drawing(self) -> Drawing:
        """Everything, with the stroke that is being drawn."""
        live = self.live_stroke
        return self.finished.with_stroke(live) if live else self.finished

    @property
    def finished(self) -> Drawing:
        """The strokes whose pen is up again."""
        present = self._undo_stack.present
        return present if isinstance(present, Drawing) else Drawing()

    @property
    def picture(self) -> Page | None:
        """The picture that is shown instead of a drawing."""
        present = self._undo_stack.present
        return present if isinstance(present, Page) and not self._points else None

    @property
    def is_empty(self) -> bool:
        """Whether there is neither ink nor a picture."""
        return not self._undo_stack.present and not self._points

    @property
    def live_stroke(self) -> Stroke | None:
        """The stroke that is being drawn."""
        return Stroke(np.array(self._points), np.array(self._widths)) if self._points else None

    @property
    def can_undo(self) -> bool:
        return self._undo_stack.can_undo

    @property
    def can_redo(self) -> bool:
        return self._undo_stack.can_redo

    def extend(self, x: float, y: float, width: float) -> None:
        """Pen down, or moved while down. A point that the pen has not left adds nothing."""
        self._pen_is_down = True
        if self._points and self._points[-1] == (x, y):
            return
        self._points.append((x, y))
        self._widths.append(width)
        if len(self._points) == 1 and isinstance(self._undo_stack.present, Page):
            self.changed.emit()  # the picture has gone
        else:
            self.extended.emit()

    def finish_stroke(self) -> None:
        """Pen up."""
        self._pen_is_down = False
        live = self.live_stroke
        if live is not None:
            self._drop_stroke()
            self._change_to(self.finished.with_stroke(live))
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._change_to(waiting)

    def clear(self) -> None:
        """An empty canvas; it can be undone."""
        self._drop_stroke()
        if self._undo_stack.present:
            self._change_to(Drawing())
        else:
            self.changed.emit()

    def show(self, content: Content) -> None:
        """Put another drawing or a picture in the present one's place; it can be undone.

        Not while the pen is down, which would draw the rest of its stroke over it, but then.
        """
        if self._pen_is_down:
            self._waiting = content
        else:
            self._change_to(content)

    def undo(self) -> None:
        """Take back the last step, or the stroke that is being drawn."""
        if self._points:
            self._drop_stroke()
        else:
            self._undo_stack.undo()
        self.changed.emit()

    def redo(self) -> None:
        """Make the step again that was taken back last, unless a stroke is being drawn."""
        if not self._points:
            self._undo_stack.redo()
            self.changed.emit()

    def _change_to(self, content: Content) -> None:
        self._undo_stack.change_to(content)
        self.changed.emit()

    def _drop_stroke(self) -> None:
        self._points.clear()
        self._widths.clear()
