"""Draw a digit and see it read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from mnist_desktop.ui.draw.bars import ProbabilityBars
from mnist_desktop.ui.draw.canvas import DEFAULT_PEN, Canvas
from mnist_desktop.ui.draw.drawings_bar import DrawingsBar
from mnist_desktop.ui.picture_view import PictureView
from mnist_desktop.ui.session import Session
from mnist_desktop.ui.theme import CONTROL_HEIGHT, GRID, tabular
from mnist_desktop.ui.widgets import named, quiet_label

ANSWER_PIXELS = 112
PENS = (4, 40)
"""Pixels: the thinnest and the thickest pen."""

RESULTS_WIDTH = 300
EDGE = 3 * GRID


class DrawTab(QWidget):
    """The canvas, as large a square as there is room for, and beside it what is read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.canvas = Canvas(session.sketch, self)
        self._tools = _Tools(session, self.canvas, self)
        self._results = _Results(session, self)

    def minimumSizeHint(self) -> QSize:
        side = self.canvas.minimumWidth()
        tools = self._tools.minimumSizeHint()
        return QSize(
            max(side, tools.width()) + RESULTS_WIDTH + 3 * EDGE,
            max(side + GRID + tools.height(), self._results.minimumSizeHint().height()) + 2 * EDGE,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Placed by hand: no layout of Qt's keeps a widget square and gives the rest away.
        tools_height = self._tools.sizeHint().height()
        side = min(
            self.height() - 2 * EDGE - GRID - tools_height,
            self.width() - 3 * EDGE - RESULTS_WIDTH,
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
        self._undo = named(QPushButton(self.tr("Undo")), "undoButton")
        self._redo = named(QPushButton(self.tr("Redo")), "redoButton")
        self._clear = named(QPushButton(self.tr("Clear")), "clearButton")
        self._undo.clicked.connect(self._sketch.undo)
        self._redo.clicked.connect(self._sketch.redo)
        self._clear.clicked.connect(self._sketch.clear)
        pen_label = quiet_label(self.tr("Pen"))
        self._pen = named(QSlider(Qt.Orientation.Horizontal), "penWidthSlider")
        self._pen.setRange(*PENS)
        self._pen.setValue(DEFAULT_PEN)
        self._pen.setAccessibleName(self.tr("Pen width in pixels"))
        self._pen.setMaximumWidth(160)
        self._pen.setMinimumHeight(CONTROL_HEIGHT)
        self._pen.valueChanged.connect(self._on_pen_changed)
        self._on_pen_changed(DEFAULT_PEN)

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
        drawn = bool(self._sketch.drawing)
        self._undo.setEnabled(self._sketch.can_undo or drawn)
        self._redo.setEnabled(self._sketch.can_redo)
        self._clear.setEnabled(drawn)

    @Slot(int)
    def _on_pen_changed(self, width: int) -> None:
        self._canvas.pen_width = width
        self._pen.setToolTip(self.tr("Pen: {width} pixels").format(width=width))


class _Results(QWidget):
    """The answer, how sure it is, and what the network saw."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._answer = named(QLabel(), "answerLabel")
        self._answer.setAccessibleName(self.tr("Answer"))
        self._answer.setFont(_answer_font(self.font()))
        self._answer.setFixedHeight(ANSWER_PIXELS)
        self._sure = quiet_label("")
        self._bars = ProbabilityBars()
        self._input = named(PictureView(scale=4), "networkInputView")
        self._input.setAccessibleName(self.tr("What the network reads, 28 by 28 pixels"))
        caption = quiet_label(
            self.tr("What the network reads: 28×28 pixels, the ink’s centre of mass in the middle.")
        )
        caption.setWordWrap(True)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(DrawingsBar(session))
        answer = QHBoxLayout()
        answer.setSpacing(2 * GRID)
        answer.addWidget(self._answer)
        answer.addWidget(self._sure, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(answer)
        layout.addWidget(self._bars, 1)
        seen = QHBoxLayout()
        seen.setSpacing(2 * GRID)
        seen.addWidget(self._input)
        seen.addWidget(caption, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(seen)

        session.reading_changed.connect(self._update)
        session.shelf.current_changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        reading = self._session.reading
        if reading is None:
            self._answer.clear()
            self._bars.show_probabilities(None)
            self._input.show_picture(None)
            loading = self._session.shelf.current is None
            self._sure.setText(self.tr("Loading the model…") if loading else "")
            return
        self._answer.setText(str(reading.digit))
        self._sure.setText(self.tr("{share:.0f} % sure").format(share=100 * reading.probability))
        self._bars.show_probabilities(reading.probabilities)
        self._input.show_picture(reading.image)


def _answer_font(font: QFont) -> QFont:
    large = tabular(font)
    large.setPixelSize(ANSWER_PIXELS - 16)
    large.setWeight(QFont.Weight.DemiBold)
    return large
