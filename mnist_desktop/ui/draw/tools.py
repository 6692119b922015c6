"""What one does to a drawing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSlider, QWidget

from mnist_desktop.ui.canvas.canvas import Canvas
from mnist_desktop.ui.look.fonts import control_height, scaled
from mnist_desktop.ui.session.preferences import PENS
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import named, push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, hbox
from mnist_desktop.ui.widgets.plain_text import plain_tooltip


class Tools(QWidget):
    """The buttons below the canvas, and how broad the pen is."""

    def __init__(self, session: Session, canvas: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._sketch = session.sketch
        self._canvas = canvas
        self._preferences = session.preferences
        self._undo = push_button(self.tr("Undo"), "undoButton", self._sketch.undo)
        self._redo = push_button(self.tr("Redo"), "redoButton", self._sketch.redo)
        self._clear = push_button(self.tr("Clear"), "clearButton", self._sketch.clear)
        self._eraser = push_button(self.tr("Eraser"), "eraserButton", self._on_eraser_clicked)
        self._eraser.setCheckable(True)
        self._eraser.setToolTip(self.tr("Take out the strokes that it touches (E)"))
        self._wide = push_button(self.tr("Wide"), "wideFieldButton", self._on_wide_clicked)
        self._wide.setCheckable(True)
        self._wide.setAccessibleName(self.tr("Wide writing field"))
        self._wide.setToolTip(self.tr("A wide writing field, for long numbers (F9)"))
        pen_label = quiet_label(self.tr("Pen"))
        self._pen = named(QSlider(Qt.Orientation.Horizontal), "penWidthSlider")
        self._pen.setRange(*PENS)
        self._pen.setValue(session.preferences.pen_width)
        self._pen.setAccessibleName(self.tr("Pen width in pixels"))
        self._pen.setMinimumWidth(scaled(48))
        self._pen.setMaximumWidth(scaled(160))
        self._pen.setMinimumHeight(control_height())
        self._pen.valueChanged.connect(self._on_pen_changed)
        self._on_pen_changed(session.preferences.pen_width)

        buttons = (self._undo, self._redo, self._clear, self._eraser, self._wide)
        self.setLayout(hbox(*buttons, REST, pen_label, (self._pen, 1)))
        self._sketch.changed.connect(self._update)
        self._sketch.extended.connect(self._update)
        self._sketch.corrected.connect(self._update)
        self._sketch.tool_changed.connect(self._update)
        self._preferences.changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        is_drawing = self._sketch.live_stroke is not None
        self._undo.setEnabled(self._sketch.can_undo or is_drawing)
        self._redo.setEnabled(self._sketch.can_redo)
        self._clear.setEnabled(not self._sketch.is_empty)
        self._eraser.setEnabled(self._sketch.picture is None)
        self._eraser.setChecked(self._sketch.is_erasing)
        self._wide.setChecked(self._preferences.wide_field)

    @Slot()
    def _on_eraser_clicked(self) -> None:
        self._sketch.set_erasing(is_erasing=self._eraser.isChecked())

    @Slot()
    def _on_wide_clicked(self) -> None:
        self._preferences.set("wide_field", self._wide.isChecked())

    @Slot(int)
    def _on_pen_changed(self, width: int) -> None:
        self._canvas.pen_width = width
        self._preferences.set("pen_width", width)
        self._pen.setToolTip(plain_tooltip(self.tr("Pen: {width} pixels").format(width=width)))
