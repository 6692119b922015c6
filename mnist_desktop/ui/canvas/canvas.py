"""What one draws on, with mouse, pen or finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPointingDevice,
    QRegion,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ui.canvas.digit_boxes import DigitBox, box_at, paint_boxes, place_boxes
from mnist_desktop.ui.canvas.eraser_cursor import ERASER_PIXELS, eraser_cursor
from mnist_desktop.ui.canvas.field import Field, field_of
from mnist_desktop.ui.canvas.guess import has_guess
from mnist_desktop.ui.canvas.ink_painter import InkPainter, newest_area, widest
from mnist_desktop.ui.canvas.keys import take_key
from mnist_desktop.ui.look.fonts import tabular
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.preferences import DEFAULT_PEN
from mnist_desktop.ui.session.read.photos import place_on_canvas, to_picture
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch


class Canvas(QWidget):
    """Shows the sketch, adds to it what is drawn, and frames what is read in it.

    The mouse over a digit or sign, or the arrow keys, choose the one that is looked at; the key of
    a digit or sign puts it right. A drawing keeps its place while it is changed stroke by stroke;
    another one, or another size of the canvas, finds its place anew, so that all of it is seen.

    Ink is kept in a pixmap, and a stroke that is being drawn adds to it piece by piece, so that
    the last point of a long stroke costs no more than the first.

    Attributes:
        pen_width: of the next stroke, in pixels; a tablet pen's pressure varies it.
        hint: what stands on it while it is empty.
    """

    def __init__(self, sketch: Sketch, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawingCanvas")
        self.setAccessibleName(self.tr("Drawing canvas"))
        self.setAccessibleDescription(
            self.tr(
                "Draw a digit or a number here with mouse, pen or finger. "
                "The left and right arrow keys go from one digit or sign to the next; the key of a "
                "digit or sign puts one right, N says that it is neither, E takes the eraser."
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFont(tabular(self.font()))
        self.setMinimumSize(200, 200)
        self.pen_width = float(DEFAULT_PEN)
        self.hint = self.tr("Draw a digit or a number")
        self._sketch = sketch
        self._reader = reader
        self._boxes: list[DigitBox] = []
        self._ink = QPixmap()
        self._finger: int | None = None
        self._field = Field.empty(QSizeF(self.size()))
        self._placed = Drawing()
        self._is_pens_end = False
        sketch.changed.connect(self._on_changed)
        sketch.extended.connect(self._on_extended)
        sketch.tool_changed.connect(self._show_tool)
        reader.changed.connect(self._place_boxes)
        reader.focus_changed.connect(self._place_boxes)

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    # What comes in

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._use(event.position(), begins=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._use(event.position())
        elif not event.buttons():
            self._reader.focus_on(box_at(self._boxes, event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._reader.focus_on(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not take_key(event, self._sketch, self._reader):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._use(event.position())
            self._sketch.finish_stroke()

    def tabletEvent(self, event: QTabletEvent) -> None:
        # Accepted, so that Qt does not make mouse events of it, too.
        event.accept()
        is_end = event.pointerType() == QPointingDevice.PointerType.Eraser
        if is_end != self._is_pens_end:
            self._is_pens_end = is_end
            self._show_tool()
        if event.type() == QEvent.Type.TabletRelease:
            self._sketch.finish_stroke()
        elif is_end and event.buttons() & Qt.MouseButton.LeftButton:
            self._erase(event.position())
        elif event.buttons() & Qt.MouseButton.LeftButton:
            begins = event.type() == QEvent.Type.TabletPress
            self._use(event.position(), event.pressure(), begins=begins)
        elif not event.buttons():
            self._reader.focus_on(box_at(self._boxes, event.position()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._on_touch(event)
            return True
        return super().event(event)

    def _on_touch(self, event: QTouchEvent) -> None:
        """One finger draws; others that touch the screen meanwhile are passed over."""
        event.accept()
        for point in event.points():
            begins = point.state() == QEventPoint.State.Pressed and self._finger is None
            if begins:
                self._finger = point.id()
            if point.id() == self._finger:
                self._use(point.position(), begins=begins)
                if point.state() == QEventPoint.State.Released:
                    self._lift_finger()
        if event.type() == QEvent.Type.TouchCancel:
            self._lift_finger()

    def _lift_finger(self) -> None:
        self._finger = None
        self._sketch.finish_stroke()

    def _use(self, position: QPointF, pressure: float = 0.5, *, begins: bool = False) -> None:
        """The pen or the eraser, whichever is in hand, is down here.

        The pen rests until it is lifted where its stroke was undone meanwhile, and goes along the
        border where it is led beyond: what is read is what is seen.
        """
        if begins:
            self._sketch.finish_stroke()
        if self._sketch.is_erasing:
            self._erase(position)
            return
        if not begins and self._sketch.live_stroke is None:
            return
        # At half pressure a pen draws as wide as a mouse.
        width = self.pen_width * (0.3 + 1.4 * pressure)
        position = self._field.within(position, width / 2 + 1)
        self._sketch.extend(*self._field.point(position), width / self._field.side)

    def _erase(self, position: QPointF) -> None:
        self._sketch.erase(*self._field.point(position), ERASER_PIXELS / 2 / self._field.side)

    # What is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._find_place()
        self._ink_anew()
        self._place_boxes()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._ink_anew()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ink.isNull() or self._ink.devicePixelRatio() != self.devicePixelRatio():
            self._ink_anew()
        theme = current_theme()
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ink)
            if live := self._sketch.live_stroke:
                painter.translate(self._field.origin)
                self._pen_for(painter).paint_tip(live)
                painter.resetTransform()
            elif self._sketch.is_empty:
                painter.setPen(QColor(theme.quiet))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.hint)
            on_picture = self._sketch.picture is not None
            paint_boxes(painter, self._boxes, on_picture=on_picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QColor(theme.accent if self.hasFocus() else theme.border))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _pen_for(self, painter: QPainter) -> InkPainter:
        return InkPainter(painter, self._field.side, QColor(current_theme().ink))

    @Slot()
    def _show_tool(self) -> None:
        is_eraser = self._sketch.is_erasing or self._is_pens_end
        self.setCursor(eraser_cursor() if is_eraser else Qt.CursorShape.CrossCursor)

    @Slot()
    def _on_changed(self) -> None:
        before, now = set(self._placed.strokes), set(self._sketch.finished.strokes)
        if not (before and now and (before <= now or now <= before)):
            self._find_place()
        self._placed = self._sketch.finished
        if self.isVisible():
            self._ink_anew()
        else:
            self._ink = QPixmap()  # until it is seen

    def _find_place(self) -> None:
        size = QSizeF(self.size())
        if photo := self._sketch.picture:
            self._field = Field.around(size, place_on_canvas(photo))
        else:
            self._field = field_of(self._sketch.drawing, size)

    @Slot()
    def _on_extended(self) -> None:
        stroke = self._sketch.live_stroke
        if stroke is None or self._ink.isNull():  # it is not seen yet
            return
        with QPainter(self._ink) as painter:
            painter.translate(self._field.origin)
            self._pen_for(painter).paint_piece(stroke, len(stroke.points) - 1)
        if len(stroke.points) == 1:
            self.update()  # the hint of the empty canvas goes
        else:
            area = newest_area(stroke, self._field.side).translated(self._field.origin)
            self.update(area.toAlignedRect())

    @Slot()
    def _place_boxes(self) -> None:
        """Another reading, or another digit that is looked at: only what differs is painted."""
        before = self._boxes
        self._boxes = self._framed()
        if self._boxes != before:
            region = QRegion()
            for box in (*before, *self._boxes):
                region += box.area.toAlignedRect()
            self.update(region)

    def _framed(self) -> list[DigitBox]:
        """Of a number, in a picture, or put right. Another single digit that is drawn needs none,
        nor does the one under the pen.
        """
        reading, picture = self._reader.reading, self._sketch.picture
        is_special = picture is not None or reading.unread or reading.is_corrected
        if len(reading.items) < (1 if is_special else 2):
            return []
        boxes = place_boxes(
            reading.items,
            self._reader.focus,
            self._field,
            widest(self._sketch.drawing) if picture is None else 0.0,
            QFontMetricsF(self.font()),
            is_guessed=has_guess(reading),
            unread=reading.unread,
        )
        if live := self._sketch.live_stroke:
            tip = self._field.place(*live.points[-1])
            boxes = [box for box in boxes if not box.frame.contains(tip)]
        return boxes

    @Slot()
    def _ink_anew(self) -> None:
        """Another drawing, size, theme or screen."""
        ratio = self.devicePixelRatio()
        self._ink = QPixmap(self.size() * ratio)
        self._ink.setDevicePixelRatio(ratio)
        self._ink.fill(QColor(current_theme().paper))
        with QPainter(self._ink) as painter:
            if photo := self._sketch.picture:
                area = self._field.rectangle(place_on_canvas(photo))
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(area, to_picture(photo))
            painter.translate(self._field.origin)
            pen = self._pen_for(painter)
            pen.paint(self._sketch.finished)
            if live := self._sketch.live_stroke:
                for index in range(len(live.points)):
                    pen.paint_piece(live, index)
        self.update()
