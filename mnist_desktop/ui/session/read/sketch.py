"""What is on the canvas: a drawing, stroke by stroke, or a picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal

from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.eraser import touched, without
from mnist_desktop.ink.photo.parts import Page
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.ink.undo import Content, UndoStack


class Sketch(QObject):
    """The drawing, the stroke that is being drawn, and the way back.

    Points and widths are in parts of the canvas's side, so a drawing grows with its canvas.

    A picture is a step like any other: it takes the drawing's place, drawing takes the picture's,
    and both can be undone. It waits until the pen is up.

    What a person says of what was read belongs to the drawing or picture, and is a
    step, too.

    Attributes:
        is_erasing: the pen takes out what it touches. Never on a picture.

    Signals:
        changed(): the drawing or the picture is another one.
        extended(): the stroke that is being drawn has one more point.
        corrected(object, object): the same drawing or picture has other corrections: tuples of
            those that are new, and of those that hold no more.
        tool_changed(): it erases now, or does so no more.
    """

    changed = Signal()
    extended = Signal()
    corrected = Signal(object, object)
    tool_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._undo_stack = UndoStack()
        self._points: list[tuple[float, float]] = []
        self._widths: list[float] = []
        self._pen_is_down = False
        self._waiting: Content | None = None
        self._erased_at: tuple[float, float] | None = None
        self.is_erasing = False

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
    def corrections(self) -> tuple[Correction, ...]:
        """What a person says of the digits and signs that are read in it."""
        return self._undo_stack.corrections

    @property
    def is_empty(self) -> bool:
        """Whether there is neither ink nor a picture."""
        return not self._undo_stack.present and not self._points

    @property
    def live_stroke(self) -> Stroke | None:
        """The stroke that is being drawn."""
        return self._stroke(is_live=True) if self._points else None

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
        if self._points:
            stroke = self._stroke()
            self._drop_stroke()
            self._change_to(self.finished.with_stroke(stroke), self._corrections_of_drawing)
        self._erased_at = None
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._change_to(waiting)

    def erase(self, x: float, y: float, reach: float) -> None:
        """Eraser down, or moved while down: take out the strokes that it comes upon.

        Each whole, and each a step that can be undone. ``finish_stroke`` lifts the eraser.

        Args:
            reach: half the eraser's width, in parts of the canvas's side.
        """
        if self.picture is not None:
            return
        self._pen_is_down = True
        start = self._erased_at or (x, y)
        self._erased_at = (x, y)
        for stroke in touched(self.finished, start, (x, y), reach):
            self._change_to(without(self.finished, stroke), self._corrections_of_drawing)

    def set_erasing(self, *, is_erasing: bool) -> None:
        """Take the eraser in hand, or the pen again. On a picture it stays the pen."""
        is_erasing = is_erasing and self.picture is None
        if is_erasing != self.is_erasing:
            self.is_erasing = is_erasing
            self.tool_changed.emit()

    def correct(self, *corrections: Correction) -> None:
        """Put digits or signs right, or differently than before; it can be undone, in one step."""
        boxes = {one.box for one in corrections}
        others = tuple(one for one in self.corrections if one.box not in boxes)
        before = self.corrections
        self._undo_stack.change_to(self._undo_stack.present, (*others, *corrections))
        self._tell_corrections(before)

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
            self.changed.emit()
        else:
            self._step(self._undo_stack.undo)

    def redo(self) -> None:
        """Make the step again that was taken back last, unless a stroke is being drawn."""
        if not self._points:
            self._step(self._undo_stack.redo)

    @property
    def _corrections_of_drawing(self) -> tuple[Correction, ...]:
        """Those that hold on when the drawing is changed; a picture's go with it."""
        return self.corrections if isinstance(self._undo_stack.present, Drawing) else ()

    def _step(self, step: Callable[[], None]) -> None:
        before, corrections = self._undo_stack.present, self.corrections
        step()
        if self._undo_stack.present is before:
            self._tell_corrections(corrections)
        else:
            self._on_other_content()

    def _change_to(self, content: Content, corrections: tuple[Correction, ...] = ()) -> None:
        self._undo_stack.change_to(content, corrections)
        self._on_other_content()

    def _on_other_content(self) -> None:
        self.set_erasing(is_erasing=self.is_erasing)  # not on a picture
        self.changed.emit()

    def _tell_corrections(self, before: tuple[Correction, ...]) -> None:
        new = tuple(one for one in self.corrections if one not in before)
        old = tuple(one for one in before if one not in self.corrections)
        self.corrected.emit(new, old)

    def _stroke(self, *, is_live: bool = False) -> Stroke:
        return Stroke(np.array(self._points), np.array(self._widths), is_live)

    def _drop_stroke(self) -> None:
        self._points.clear()
        self._widths.clear()
