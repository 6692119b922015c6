"""The parts of a step as they happen, slowly enough to be followed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from mnist_desktop.learning.train.events import BatchDone, Phase, PhaseDone
from mnist_desktop.ui.look.fonts import GRID, control_height, scaled, tabular
from mnist_desktop.ui.train.phase_box import PhaseBox
from mnist_desktop.ui.train.slow_sample import SampleRow
from mnist_desktop.ui.train.slow_words import figures_of, parts
from mnist_desktop.ui.widgets.controls import TickerLine, heading, named, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel

PACES = (1, 30)
DEFAULT_PACE = 8
"""Tenths of a second after each part."""

ARROW_WIDTH = 2 * GRID


class SlowMotionView(QWidget):
    """Five boxes, of which one is lit, what it has come to, and pictures of the batch.

    Attributes:
        sample: those pictures.

    Signals:
        pace_changed(float): so many seconds are to go by after each part.
    """

    pace_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("slowMotionView")
        self._parts = parts()
        self._boxes: dict[Phase, PhaseBox] = {}
        self._shown = (0, 0)  # epoch and batch
        self._hint = ""
        self._title = heading("")
        self._sentence = TickerLine()
        self._meaning = quiet_label("")
        self._meaning.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sample_note = quiet_label(
            self.tr("From the batch: what it is, and what the network said before the step")
        )
        self._sample_note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.sample = SampleRow()

        words = vbox(self._sentence, self._meaning, spacing=GRID // 2)
        boxes = self._row()
        sample = (self.sample, 1)
        self.setLayout(vbox(self._head(), boxes, words, GRID, self._sample_note, sample))
        self.clear()
        self._on_pace()

    def _head(self) -> QHBoxLayout:
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "paceSlider")
        self._slider.setRange(*PACES)
        self._slider.setValue(DEFAULT_PACE)
        self._slider.setFixedSize(scaled(15 * GRID), control_height())
        self._slider.setAccessibleName(self.tr("Seconds after each part of a step"))
        self._slider.setToolTip(self._slider.accessibleName())
        self._slider.valueChanged.connect(self._on_pace)
        self._pace = PlainLabel()
        self._pace.setFont(tabular(self._pace.font()))
        return hbox(self._title, REST, quiet_label(self.tr("Pace")), self._slider, self._pace)

    def _row(self) -> QHBoxLayout:
        boxes = hbox(spacing=0)
        for number, (phase, part) in enumerate(self._parts.items(), start=1):
            if number > 1:
                arrow = quiet_label("→")
                arrow.setFixedWidth(ARROW_WIDTH)
                arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
                boxes.addWidget(arrow)
            name = "phase" + "".join(word.title() for word in phase.split())
            self._boxes[phase] = named(PhaseBox(number, part), name)
            boxes.addWidget(self._boxes[phase], 1)
        return boxes

    @property
    def pace(self) -> float:
        """Seconds after each part."""
        return self._slider.value() / 10

    @Slot(object)
    def show_phase(self, event: PhaseDone) -> None:
        """Light the part that has just been done; those before it keep their figures."""
        place = (event.epoch, event.batch)
        is_next = event.phase == "forward" or place != self._shown
        self._shown = place
        if event.sample is not None or is_next:
            self.sample.show_sample(event.sample)
        for phase, box in self._boxes.items():
            if phase == event.phase:
                box.show_figures(figures_of(event), is_lit=True)
            else:
                box.show_figures(None if is_next else box.figures, is_lit=False)
        self._title.setText(
            self.tr("Epoch {epoch}, batch {batch:,} of {batches:,}").format(
                epoch=event.epoch, batch=event.batch, batches=event.batches
            )
        )
        figures = self._boxes[event.phase].figures
        self._sentence.show_text(figures.sentence if figures else "")
        self._meaning.setText(self._parts[event.phase].meaning)
        self._sample_note.show()

    @Slot(object)
    def show_batch(self, event: BatchDone) -> None:
        """Where the run has gone on without slow motion, what is shown is no longer now."""
        if self._shown != (0, 0) and (event.epoch, event.batch) > self._shown:
            self.clear()

    def say(self, hint: str) -> None:
        """What to do to see a step, or what is waited for, while none is shown."""
        self._hint = hint
        if self._shown == (0, 0):
            self._sentence.show_text(hint)

    @Slot()
    def clear(self) -> None:
        """Wait for a step."""
        self._shown = (0, 0)
        for box in self._boxes.values():
            box.show_figures(None, is_lit=False)
        self.sample.show_sample(None)
        self._sample_note.hide()
        self._title.setText(self.tr("One step, part by part"))
        self._sentence.show_text(self._hint)
        self._meaning.setText(self.tr("A step like this is taken for each batch."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All boxes are as high as the one that needs most."""
        room = self.width() - (len(self._boxes) - 1) * ARROW_WIDTH
        width = room // len(self._boxes)
        height = max(box.height_at(width) for box in self._boxes.values())
        for box in self._boxes.values():
            box.setFixedHeight(height)
        super().resizeEvent(event)

    @Slot()
    def _on_pace(self) -> None:
        self._pace.setText(self.tr("{seconds:.1f} s").format(seconds=self.pace))
        self.pace_changed.emit(self.pace)
