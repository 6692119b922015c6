"""Draw a digit or a number and see it read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QWidget

from mnist_desktop.ui.draw.canvas import Canvas
from mnist_desktop.ui.draw.results import Results
from mnist_desktop.ui.look.fonts import EDGE, GRID, control_height, scaled
from mnist_desktop.ui.session.preferences import PENS
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

RESULTS_WIDTH = 300


class DrawTab(QWidget):
    """The canvas, as large a square as there is room for, and beside it what is read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.canvas = Canvas(session.sketch, session.reader, self)
        self._tools = _Tools(session, self.canvas, self)
        self._results = Results(session, self)

    def minimumSizeHint(self) -> QSize:
        side = self.canvas.minimumWidth()
        tools = self._tools.minimumSizeHint()
        results = self._results.minimum_height(scaled(RESULTS_WIDTH))
        return QSize(
            max(side, tools.width()) + scaled(RESULTS_WIDTH) + 3 * EDGE,
            max(side + GRID + tools.height(), results) + 2 * EDGE,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Placed by hand: no layout of Qt's keeps a widget square and gives the rest away.
        tools_height = self._tools.sizeHint().height()
        side = min(
            self.height() - 2 * EDGE - GRID - tools_height,
            self.width() - 3 * EDGE - scaled(RESULTS_WIDTH),
        )
        self.canvas.setGeometry(EDGE, EDGE, side, side)
        self._tools.setGeometry(EDGE, EDGE + side + GRID, side, tools_height)
        left = EDGE + side + EDGE
        self._results.setGeometry(left, EDGE, self.width() - left - EDGE, self.height() - 2 * EDGE)


class _Tools(QWidget):
    """What one does to a drawing."""

    def __init__(self, session: Session, canvas: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._sketch = session.sketch
        self._canvas = canvas
        self._preferences = session.preferences
        self._undo = named(QPushButton(self.tr("Undo")), "undoButton")
        self._redo = named(QPushButton(self.tr("Redo")), "redoButton")
        self._clear = named(QPushButton(self.tr("Clear")), "clearButton")
        self._undo.clicked.connect(self._sketch.undo)
        self._redo.clicked.connect(self._sketch.redo)
        self._clear.clicked.connect(self._sketch.clear)
        pen_label = quiet_label(self.tr("Pen"))
        self._pen = named(QSlider(Qt.Orientation.Horizontal), "penWidthSlider")
        self._pen.setRange(*PENS)
        self._pen.setValue(session.preferences.pen_width)
        self._pen.setAccessibleName(self.tr("Pen width in pixels"))
        self._pen.setMinimumWidth(scaled(64))
        self._pen.setMaximumWidth(scaled(160))
        self._pen.setMinimumHeight(control_height())
        self._pen.valueChanged.connect(self._on_pen_changed)
        self._on_pen_changed(session.preferences.pen_width)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._undo)
        layout.addWidget(self._redo)
        layout.addWidget(self._clear)
        layout.addStretch(1)
        layout.addWidget(pen_label)
        layout.addWidget(self._pen, 1)

        self._sketch.changed.connect(self._update)
        self._sketch.extended.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        is_drawing = self._sketch.live_stroke is not None
        self._undo.setEnabled(self._sketch.can_undo or is_drawing)
        self._redo.setEnabled(self._sketch.can_redo)
        self._clear.setEnabled(not self._sketch.is_empty)

    @Slot(int)
    def _on_pen_changed(self, width: int) -> None:
        self._canvas.pen_width = width
        self._preferences.set("pen_width", width)
        self._pen.setToolTip(plain_tooltip(self.tr("Pen: {width} pixels").format(width=width)))
