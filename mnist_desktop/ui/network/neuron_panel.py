"""One neuron: what it looks for, what excites it, and what becomes of the answer without it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from mnist_desktop.ink import SIDE
from mnist_desktop.ui.look.fonts import GRID, control_height, scaled
from mnist_desktop.ui.plots.figures import in_figures
from mnist_desktop.ui.plots.weight_pictures import WeightPictures
from mnist_desktop.ui.session.network.neuron_focus import EXCITING
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.controls import heading, named, push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel
from mnist_desktop.ui.widgets.training_strip import TrainingStrip

WIDTH = 360
"""Pixels."""

STRONGEST = 300
"""Per cent."""

SHIFTS = (-50, 50)
"""Tenths."""


class NeuronPanel(QWidget):
    """The neuron that is looked at, and what can be done to it and to all weights."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._lab = lab = session.lab
        self.setFixedWidth(scaled(WIDTH))
        self._title = named(heading(""), "neuronLabel")
        self._hint = quiet_label("", wraps=True)
        self._weights = named(WeightPictures(), "neuronWeights")
        self._weights.setFixedHeight(scaled(152))
        self._caption = quiet_label(self.tr("Training pictures that excite it most:"))
        self._pictures = named(TrainingStrip(session, EXCITING), "excitingPictures")
        self._pictures.setAccessibleName(self._caption.text())
        self._sliders = QGridLayout()
        self._sliders.setHorizontalSpacing(GRID)
        self._sliders.setVerticalSpacing(0)
        self._strength, self._strength_figure = self._slider(
            self.tr("Strength"), "strengthSlider", (0, STRONGEST), self._on_strength
        )
        self._shift, self._shift_figure = self._slider(
            self.tr("Bias shift"), "biasSlider", SHIFTS, self._on_shift
        )
        self._pruned, self._pruned_figure = self._slider(
            self.tr("Smallest weights off"), "pruneSlider", (0, 100), self._on_pruned
        )
        self._off = push_button(self.tr("Switch off"), "neuronOffButton", self._on_off)
        head = hbox((self._title, 1), self._off)
        about = (self._hint, self._weights, self._caption, self._pictures)
        self.setLayout(vbox(head, *about, REST, self._sliders))
        lab.changed.connect(self._update_sliders)
        lab.focus.changed.connect(self._update)
        self._update()

    def _slider(
        self, text: str, name: str, ends: tuple[int, int], slot: Callable[[int], None]
    ) -> tuple[QSlider, PlainLabel]:
        """One more, and the figure beside it."""
        slider = named(QSlider(Qt.Orientation.Horizontal), name)
        slider.setRange(*ends)
        slider.setMinimumHeight(control_height())
        slider.setAccessibleName(text)
        slider.valueChanged.connect(slot)
        figure = PlainLabel()
        figure.setMinimumWidth(self.fontMetrics().horizontalAdvance(percent(3.0)) + 2)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = self._sliders.rowCount()
        for column, part in enumerate((quiet_label(text), slider, figure)):
            self._sliders.addWidget(part, row, column)
        return slider, figure

    @Slot()
    def _update(self) -> None:
        lab = self._lab
        neuron, recognizer = lab.focus.neuron, lab.recognizer
        is_chosen = neuron is not None and recognizer is not None
        for control in (self._off, self._strength, self._shift):
            control.setEnabled(is_chosen)
        for figure in (self._strength_figure, self._shift_figure):
            figure.setEnabled(is_chosen)
        is_first = neuron is not None and neuron[0] == 0
        self._weights.setVisible(is_first)
        self._caption.setVisible(is_chosen)
        self._pictures.setVisible(is_chosen)
        self._update_sliders()
        if neuron is None or recognizer is None:
            self._title.setText(self.tr("A neuron"))
            self._hint.setText(
                self.tr(
                    "Each cell is a neuron: the stronger its colour, the more it says about the "
                    "drawing. Lines are the connections that carry most. Click a neuron to see "
                    "what it is for."
                )
            )
            return
        name = recognizer.model.network.layers[neuron[0]].name
        self._title.setText(
            self.tr("Neuron {number} of {layer}").format(number=neuron[1], layer=name)
        )
        exciting = lab.focus.exciting
        self._pictures.show_training([] if exciting is None else exciting.tolist())
        if is_first:
            weights = recognizer.network.layers[0].weight[neuron[1]].detach().numpy()
            note = self.tr("Ink where it is orange makes it say more, ink where it is blue less.")
            self._weights.show_pictures(weights.reshape(1, SIDE, SIDE).astype(np.float32), note)

    @Slot()
    def _update_sliders(self) -> None:
        """As the network is, however it came to be so."""
        lab, edits, neuron = self._lab, self._lab.edits, self._lab.focus.neuron
        strength = 1.0 if neuron is None else edits.strength(neuron)
        shift = 0.0 if neuron is None else edits.shift(neuron)
        for slider, place in (
            (self._strength, round(100 * strength)),
            (self._shift, round(10 * shift)),
            (self._pruned, round(100 * edits.pruned)),
        ):
            with QSignalBlocker(slider):
                slider.setValue(place)
        self._strength_figure.setText(percent(strength))
        self._shift_figure.setText(f"{shift:+.1f}".replace("-", "−"))
        self._pruned_figure.setText(percent(edits.pruned))
        self._off.setText(self.tr("Switch on") if strength == 0 else self.tr("Switch off"))
        if neuron is not None and neuron[0] < len(lab.outputs):
            says = float(lab.outputs[neuron[0]][neuron[1]])
            self._hint.setText(self.tr("Its output is {value}.").format(value=in_figures(says, 3)))

    @Slot()
    def _on_off(self) -> None:
        neuron, edits = self._lab.focus.neuron, self._lab.edits
        if neuron is not None:
            factor = 1.0 if edits.strength(neuron) == 0 else 0.0
            self._lab.change(edits.with_strength(neuron, factor), ("off", neuron, factor))

    @Slot(int)
    def _on_strength(self, value: int) -> None:
        neuron = self._lab.focus.neuron
        if neuron is not None:
            edits = self._lab.edits.with_strength(neuron, value / 100)
            self._lab.change(edits, ("strength", neuron))

    @Slot(int)
    def _on_shift(self, value: int) -> None:
        neuron = self._lab.focus.neuron
        if neuron is not None:
            self._lab.change(self._lab.edits.with_shift(neuron, value / 10), ("shift", neuron))

    @Slot(int)
    def _on_pruned(self, value: int) -> None:
        self._lab.change(self._lab.edits.with_pruned(value / 100), "pruned")
