"""Where digits and signs are: a thin frame around each, with what it is read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mnist_desktop.learning.read.reading import Box, Digit, Item
from mnist_desktop.ui.canvas.field import Field
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.texts import percent

AIR = 4.0
"""Pixels between the ink and its frame."""

EDGE = 3.0
"""Pixels that frames and labels keep from the canvas's edge."""


@dataclass(frozen=True)
class DigitBox:
    """A frame and its label, in the canvas's pixels.

    Attributes:
        label: where its text is, to which it is cut; null where that would hide ink.
        number: of which digit or sign; None for what was not read, which has no text.
    """

    frame: QRectF
    label: QRectF
    text: str
    is_focused: bool
    number: int | None

    @property
    def area(self) -> QRectF:
        """All that it paints on."""
        return self.frame.united(self.label).adjusted(-3, -3, 3, 3)


def place_boxes(
    items: Sequence[Item],
    focus: int | None,
    field: Field,
    pen_width: float,
    metrics: QFontMetricsF,
    *,
    is_guessed: bool = True,
    unread: Sequence[Box] = (),
) -> list[DigitBox]:
    """A box for each digit and each sign, and for ink that was not read.

    A label stands above its frame, or below where it would cover another or leave the canvas;
    where there is room for neither, it is the digit alone. Nor does it hide ink: where lines are
    close only that of the one that is looked at may.

    Args:
        focus: the index of the item that is looked at.
        field: where the ink lies on the canvas.
        pen_width: by which ink reaches beyond the digits' boxes, in the drawing's unit.
        is_guessed: whether to say what they may be.
        unread: where there is ink that means nothing.
    """
    canvas = field.canvas.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    placed: list[DigitBox] = []
    ink = np.array([_corners(field.area(item.box)) for item in items]).reshape(-1, 4)
    for number, item in enumerate(items):
        frame = _frame(item.box, field, pen_width).intersected(canvas)
        is_known = is_guessed or item.meant is not None
        texts = _texts(item) if is_known else ("?",)
        others = np.delete(ink, number, axis=0)
        labels = (box.label.adjusted(-2 * AIR, 0, 2 * AIR, 0) for box in placed)
        taken = np.array([*others, *map(_corners, labels)]).reshape(-1, 4)
        text, label = _label(texts, frame, canvas, taken, metrics)
        # Of what is as high as the canvas something must be hidden.
        seen = ink if frame.height() < canvas.height() / 2 else others
        if number != focus and _covers(label, seen):
            label = QRectF()
        placed.append(DigitBox(frame, label, text, number == focus, number))
    for box in unread:
        frame = _frame(box, field, pen_width).intersected(canvas)
        placed.append(DigitBox(frame, QRectF(), "", is_focused=False, number=None))
    return placed


def box_at(boxes: Sequence[DigitBox], place: QPointF) -> int | None:
    """The index of the item whose box is under a place: of several, whose middle is nearest."""
    under = [box for box in boxes if box.number is not None and box.frame.contains(place)]
    nearest = min(under, key=lambda box: abs(box.frame.center().x() - place.x()), default=None)
    return None if nearest is None else nearest.number


def paint_boxes(painter: QPainter, boxes: Sequence[DigitBox], *, on_picture: bool = False) -> None:
    """The one that is looked at in the accent colour, over the others.

    Args:
        on_picture: the boxes stand on tones of any kind, and bring a ground of their own.
    """
    theme = current_theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in sorted(boxes, key=lambda box: box.is_focused):
        if not box.text:
            painter.setPen(QPen(QColor(theme.border), 1.0, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.frame, 3, 3)
            continue
        if on_picture:
            painter.setPen(QPen(QColor(theme.paper), 4.5))
            painter.drawRoundedRect(box.frame, 3, 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.paper))
            painter.drawRoundedRect(box.label.adjusted(-2, 0, 2, 0), 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        unlooked_at = theme.quiet if on_picture else theme.border
        painter.setPen(QPen(QColor(theme.accent if box.is_focused else unlooked_at), 1.5))
        painter.drawRoundedRect(box.frame, 3, 3)
        painter.setPen(QColor(theme.accent if box.is_focused else theme.quiet))
        painter.drawText(box.label, Qt.AlignmentFlag.AlignCenter, box.text)


def _frame(box: Box, field: Field, pen_width: float) -> QRectF:
    reach = field.side * pen_width / 2 + AIR
    return field.area(box).adjusted(-reach, -reach, reach, reach)


def _texts(item: Item) -> tuple[str, ...]:
    """The whole text, and the one for where there is no room for it."""
    if item.meant is not None:
        said = item.text or QCoreApplication.translate("DigitBox", "no digit")
        return f"{said}  ✓", item.text or "×"
    if not isinstance(item, Digit):
        return (item.text,)
    return f"{item.text}  {percent(item.confidence)}", item.text


def _label(
    texts: Sequence[str],
    frame: QRectF,
    canvas: QRectF,
    taken: NDArray[np.float64],
    metrics: QFontMetricsF,
) -> tuple[str, QRectF]:
    """The text, and where there is room for it: not where something else is, (n, 4)."""
    for text in texts:
        label = QRectF(0, 0, metrics.horizontalAdvance(text) + 4, metrics.height())
        label.moveCenter(frame.center())
        label.moveLeft(min(max(label.left(), canvas.left()), canvas.right() - label.width()))
        above, below = QRectF(label), QRectF(label)
        above.moveBottom(frame.top() - 1)
        below.moveTop(frame.bottom() + 1)
        for place in (above, below):
            if canvas.contains(place) and not _covers(place, taken):
                return text, place
    # A digit as high as the canvas: inside its frame.
    above.moveTop(max(above.top(), canvas.top()))
    return text, above


def _corners(area: QRectF) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    return area.left(), area.top(), area.right(), area.bottom()


def _covers(label: QRectF, taken: NDArray[np.float64]) -> bool:
    """Whether a label lies on some of it: (n, 4) as of ``_corners``. A page has many digits."""
    left, top, right, bottom = _corners(label)
    across = (taken[:, 0] < right) & (taken[:, 2] > left)
    return bool((across & (taken[:, 1] < bottom) & (taken[:, 3] > top)).any())
