"""Move through the epochs of a run, and see what the drawing was read as after each."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.ui.canvas.guess import shown_text
from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.look.theme import PLAIN, QUIET, current_theme
from mnist_desktop.ui.session.read.epoch_readings import EpochReadings
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.layouts import hbox, vbox

STEP_MILLISECONDS = 250
"""From epoch to epoch while it plays."""

BUTTON = 24
TRACK = 20
"""Pixels: of the play button, and of the slider's own height below the readings."""


class TimelineBox(QWidget):
    """Where on the timeline it reads, and the way to elsewhere.

    Hidden where there are not yet two epochs to choose from, or another model reads.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._reader = session.reader
        self._timeline = session.reader.timeline
        self._where = named(quiet_label(""), "timelineLabel")
        self._where.setFont(tabular(self.font()))
        self._play = named(PlayButton(), "timelinePlayButton", self.tr("Play through the epochs"))
        self._play.setToolTip(self.tr("See how the reading changed from epoch to epoch"))
        self._slider = named(StopsSlider(session.reader, session.epoch_readings), "timelineSlider")
        self._slider.setAccessibleName(self.tr("Epoch that reads"))
        self._slider.setToolTip(
            self.tr("Read with the network as it was after an earlier epoch of this run")
        )
        self._step = QTimer(self, interval=STEP_MILLISECONDS)

        heading = hbox((self._where, 1), self._play)
        self.setLayout(vbox(heading, self._slider, spacing=GRID // 2))
        self._slider.valueChanged.connect(self._on_chosen)
        self._play.toggled.connect(self._on_play_toggled)
        self._step.timeout.connect(self._on_step)
        self._timeline.changed.connect(self._update)
        self._timeline.moved.connect(self._update)
        self._update()

    def hideEvent(self, event: QHideEvent) -> None:
        self._play.setChecked(False)
        super().hideEvent(event)

    @Slot()
    def _update(self) -> None:
        timeline = self._timeline
        epochs, position = timeline.epochs, timeline.position
        with QSignalBlocker(self._slider):
            self._slider.setMaximum(len(epochs))
            self._slider.setValue(timeline.stops.index(position))
        self._slider.update()
        if position is None:
            where = self.tr("as it is now")
        else:
            where = self.tr("after epoch {epoch:,} of {count:,}").format(
                epoch=position, count=epochs[-1]
            )
        self._where.setText(where)
        self._where.setForegroundRole(QUIET if position is None else PLAIN)
        self.setVisible(timeline.is_available and len(epochs) >= 2)

    @Slot(int)
    def _on_chosen(self, stop: int) -> None:
        self._play.setChecked(False)
        self._timeline.move_to(self._timeline.stops[stop])

    @Slot(bool)
    def _on_play_toggled(self, plays: bool) -> None:
        if not plays:
            self._step.stop()
            return
        if self._timeline.position is None:
            self._timeline.move_to(self._timeline.epochs[0])
        self._step.start()

    @Slot()
    def _on_step(self) -> None:
        """To the next epoch, as soon as what this one reads is seen; the last step is to now."""
        if self._reader.is_reading:
            return
        stops = self._timeline.stops
        following = stops[stops.index(self._timeline.position) + 1 :]
        if following:
            self._timeline.move_to(following[0])
        if len(following) < 2:
            self._play.setChecked(False)


class StopsSlider(QSlider):
    """A slider whose stops, the kept epochs and now, bear what was read there.

    The reading at the slider's place is in the accent colour, one that was declined in the quiet
    one, and while the pen moves all but the first are faint. Where there is no room for them all
    the others are dots.
    """

    def __init__(self, reader: Reader, readings: EpochReadings) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._reader = reader
        self._readings = readings
        self._answer = Reading()
        self.setPageStep(5)
        self.setFont(tabular(self.font()))
        readings.changed.connect(self._on_read)
        reader.changed.connect(self._on_answered)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + TRACK)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setValue(self._stop_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(self._stop_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing is left to do; Qt's own would take the slider for one that was dragged."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_readings(painter)
            self.style().drawComplexControl(
                QStyle.ComplexControl.CC_Slider, self._option(self.value()), painter, self
            )

    @Slot()
    def _on_answered(self) -> None:
        """With every point that is drawn, but seldom with another text."""
        before, self._answer = self._answer, self._reader.reading
        if (before.text, shown_text(before)) != (self._answer.text, shown_text(self._answer)):
            self._on_read()

    @Slot()
    def _on_read(self) -> None:
        texts = [reading.text if reading else "" for reading in self._read()]
        self.setAccessibleDescription(", ".join(filter(None, texts)))
        self.update()

    def _read(self) -> list[Reading | None]:
        """At each stop; at the slider's place what is shown as the answer, which is never old."""
        read = [self._readings.at(stop) for stop in self._reader.timeline.stops]
        read[self.value()] = self._answer
        return read

    def _paint_readings(self, painter: QPainter) -> None:
        theme = current_theme()
        read, places, here = self._read(), self._places(), self.value()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(bold)
        texts = [shown_text(reading) if reading else "" for reading in read]
        areas = [
            self._area(metrics, text, place) for text, place in zip(texts, places, strict=True)
        ]
        there_is_room = max(area.width() for area in areas) <= places[1] - places[0]
        for stop, (reading, text, area) in enumerate(zip(read, texts, areas, strict=True)):
            if stop == here:
                colour = theme.accent
            elif self._readings.is_outdated:
                colour = theme.border
            else:
                colour = theme.quiet if reading and reading.declined else theme.text
            if text and (stop == here or there_is_room):
                painter.setPen(QColor(colour))
                painter.setFont(self.font() if reading and reading.declined else bold)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
                continue
            dot = QPointF(places[stop], area.center().y())
            if not texts[here] or not areas[here].adjusted(-4, 0, 4, 0).contains(dot):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.accent if stop == here else theme.border))
                painter.drawEllipse(dot, 1.5, 1.5)

    def _area(self, metrics: QFontMetricsF, text: str, place: float) -> QRectF:
        """For a text in the middle above a place, or as near to it as the edges allow."""
        width = metrics.horizontalAdvance(text) + 1
        left = min(max(place - width / 2, 0), max(self.width() - width, 0))
        return QRectF(left, 0, width, metrics.height())

    def _places(self) -> list[float]:
        """Where the middle of the handle is at each stop."""
        style, middles = self.style(), []
        for stop in range(self.maximum() + 1):
            handle = style.subControlRect(
                QStyle.ComplexControl.CC_Slider,
                self._option(stop),
                QStyle.SubControl.SC_SliderHandle,
                self,
            )
            middles.append(QRectF(handle).center().x())
        return middles

    def _stop_at(self, place: float) -> int:
        """The nearest."""
        places = self._places()
        return min(range(len(places)), key=lambda stop: abs(places[stop] - place))

    def _option(self, stop: int) -> QStyleOptionSlider:
        """The slider, with its handle at a stop, below the readings."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        option.rect = QRect(0, self.height() - TRACK, self.width(), TRACK)
        option.sliderPosition = option.sliderValue = stop
        option.subControls = QStyle.SubControl.SC_SliderGroove | QStyle.SubControl.SC_SliderHandle
        return option


class PlayButton(QAbstractButton):
    """A triangle, or, while it plays, two bars.

    It is without a frame until the mouse is over it or the keyboard at it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFixedSize(scaled(BUTTON), scaled(BUTTON))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        middle = QRectF(self.rect()).center()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus() or self.underMouse():
                painter.setPen(QColor(theme.accent if self.hasFocus() else theme.border))
                painter.setBrush(QColor(theme.raised))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent if self.isChecked() else theme.quiet))
            if self.isChecked():
                for left in (-4.5, 1.5):
                    painter.drawRect(QRectF(middle.x() + left, middle.y() - 5, 3, 10))
            else:
                corners = [(-3.5, -5.5), (-3.5, 5.5), (5.5, 0.0)]
                painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
