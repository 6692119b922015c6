"""The parts of a step as they happen, slowly enough to be followed."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from mnist_desktop.learning.config import CLASSES
from mnist_desktop.learning.events import Phase, PhaseDone
from mnist_desktop.ui.theme import CONTROL_HEIGHT, GRID
from mnist_desktop.ui.train.phase_card import PhaseCard, SampleRow
from mnist_desktop.ui.widgets import heading, named, quiet_label

PACES = (1, 30)
DEFAULT_PACE = 8
"""Tenths of a second after each part."""


class SlowMotionView(QWidget):
    """Five cards, of which one is lit, and the pictures that the step is about.

    Signals:
        pace_changed(float): so many seconds are to go by after each part.
    """

    pace_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slowMotionView")
        self._make_cards()
        self._place = QLabel()
        self._hint = quiet_label(
            self.tr("Tick “Slow motion”, then press “One batch”, or Start and watch.")
        )
        self._sample = SampleRow()
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "paceSlider")
        self._slider.setRange(*PACES)
        self._slider.setValue(DEFAULT_PACE)
        self._slider.setFixedWidth(120)
        self._slider.setMinimumHeight(CONTROL_HEIGHT)
        self._slider.setAccessibleName(self.tr("Seconds after each part of a step"))
        self._slider.valueChanged.connect(self._on_pace)
        self._pace = quiet_label("")

        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(heading(self.tr("One step")))
        top.addSpacing(GRID)
        top.addWidget(self._place)
        top.addStretch(1)
        top.addWidget(quiet_label(self.tr("Pace")))
        top.addWidget(self._slider)
        top.addWidget(self._pace)
        cards = QVBoxLayout()
        cards.setSpacing(4)
        for card in self._cards.values():
            cards.addWidget(card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(top)
        layout.addLayout(cards)
        layout.addWidget(self._hint)
        layout.addWidget(self._sample)
        layout.addStretch(1)
        self._on_pace()

    def _make_cards(self) -> None:
        self._cards: dict[Phase, PhaseCard] = {
            "forward": PhaseCard(
                self.tr("Forward"),
                "scores = network(pictures)",
                self.tr("The batch goes through the network."),
            ),
            "loss": PhaseCard(
                self.tr("Loss"),
                "loss = loss_fn(scores, labels)",
                self.tr("How wrong it was, as one number."),
            ),
            "backward": PhaseCard(
                self.tr("Backward"),
                "loss.backward()",
                self.tr("Which way each weight would make the loss larger."),
            ),
            "step": PhaseCard(
                self.tr("Step"),
                "optimizer.step()",
                self.tr("Each weight moves a little the other way."),
            ),
            "zero grad": PhaseCard(
                self.tr("Zero grad"),
                "optimizer.zero_grad()",
                self.tr("The gradients are forgotten, for the next batch."),
            ),
        }
        for phase, card in self._cards.items():
            named(card, "phase" + "".join(word.title() for word in phase.split()))
        self._cards["zero grad"].setToolTip(
            self.tr(
                "This program writes its gradients over at each step, so nothing need be set to "
                "zero. In slow motion it is done, to be seen."
            )
        )

    @property
    def pace(self) -> float:
        """Seconds after each part."""
        return self._slider.value() / 10

    @Slot(object)
    def show_phase(self, event: PhaseDone) -> None:
        """Light the part that has just been done."""
        if event.phase == "forward":
            for card in self._cards.values():
                card.show_figures("", is_now=False)
            self._sample.show_sample(event.sample)
        self._hint.hide()
        self._place.setText(
            self.tr("epoch {epoch}, batch {batch:,} of {batches:,}").format(
                epoch=event.epoch, batch=event.batch, batches=event.batches
            )
        )
        for phase, card in self._cards.items():
            if phase == event.phase:
                card.show_figures(self._in_words(event), is_now=True)
            else:
                card.light(is_now=False)

    def clear(self) -> None:
        """Another run begins."""
        for card in self._cards.values():
            card.show_figures("", is_now=False)
        self._sample.show_sample(None)
        self._place.clear()
        self._hint.show()

    @Slot()
    def _on_pace(self) -> None:
        self._pace.setText(self.tr("{seconds:.1f} s").format(seconds=self.pace))
        self.pace_changed.emit(self.pace)

    def _in_words(self, event: PhaseDone) -> str:
        figures = event.figures
        match event.phase:
            case "forward":
                text = self.tr("{pictures:,} pictures, {right:,} of {digits:,} digits read rightly")
            case "loss":
                return self.tr("{loss:.4f}; guessing alone gives {guess:.3f}").format(
                    loss=figures["loss"], guess=math.log(CLASSES)
                )
            case "backward":
                layers = ", ".join(
                    f"{name} {norm:.2g}" for name, norm in figures.items() if name != "gradient"
                )
                return self.tr("gradient’s length {norm:.3g}: {layers}").format(
                    norm=figures["gradient"], layers=layers
                )
            case "step":
                text = self.tr(
                    "rate {learning_rate:.2g}: weights of length {weights:.4g} moved by {moved:.2g}"
                )
            case "zero grad":
                text = self.tr("gradient’s length {gradient:g}")
        return text.format(**figures)
