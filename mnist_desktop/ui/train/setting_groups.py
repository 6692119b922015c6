"""Groups of settings: a heading, and below it fields for a part of a configuration."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.ui.look.theme import GRID
from mnist_desktop.ui.widgets.controls import decimal_spin, heading, named, whole_spin
from mnist_desktop.ui.widgets.forms import add_rows, form_of

STEERABLE = (
    "learningRateSpin",
    "dropoutSpin",
    "distortionSpin",
    "distortionSlider",
    "batchSizeSpin",
    "epochsSpin",
    "earlyStoppingCheck",
    "patienceSpin",
    "minimumImprovementSpin",
)
"""Fields that can be changed while a run goes on."""

FIELDS = (QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QSlider)


class SettingsGroup(QWidget):
    """Shows a part of a configuration, and says what its fields hold."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.form = form_of([])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(heading(title))
        layout.addLayout(self.form)

    @property
    def settings(self) -> dict[str, Any]:
        """Fields of a ``TrainingConfig`` and their values.

        Raises:
            ConfigError: a value that cannot be.
        """
        raise NotImplementedError

    def show_config(self, config: TrainingConfig) -> None:
        """Fill the fields."""
        raise NotImplementedError

    def steer_only(self, is_steering: bool) -> None:
        """Leave only what can be changed while a run goes on, or all of it again."""
        for kind in FIELDS:
            for field in self.findChildren(kind):
                if field.objectName() and field.objectName() not in STEERABLE:
                    field.setEnabled(not is_steering)


class OptimizerGroup(SettingsGroup):
    """How weights are changed."""

    def __init__(self) -> None:
        super().__init__(self.tr("Optimiser"))
        self._optimizer = combo(
            "optimizerCombo", [("Adam", "adam"), ("AdamW", "adamw"), ("SGD", "sgd")]
        )
        self._learning_rate = decimal_spin("learningRateSpin", 1e-6, 10.0, decimals=6)
        self._schedule = combo(
            "scheduleCombo",
            [
                (self.tr("constant"), "constant"),
                (self.tr("cosine"), "cosine"),
                (self.tr("one cycle"), "one_cycle"),
            ],
        )
        self._momentum = decimal_spin("momentumSpin", 0.0, 0.999, decimals=3, step=0.05)
        self._weight_decay = decimal_spin("weightDecaySpin", 0.0, 1.0, decimals=6)
        add_rows(
            self.form,
            [
                (self.tr("Method"), self._optimizer),
                (self.tr("Learning rate"), self._learning_rate),
                (self.tr("Schedule"), self._schedule),
                (self.tr("Momentum"), self._momentum),
                (self.tr("Weight decay"), self._weight_decay),
            ],
        )
        self._optimizer.currentIndexChanged.connect(self._update_enabled)
        self._update_enabled()

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "optimizer": self._optimizer.currentData(),
            "learning_rate": self._learning_rate.value(),
            "schedule": self._schedule.currentData(),
            "momentum": self._momentum.value(),
            "weight_decay": self._weight_decay.value(),
        }

    def show_config(self, config: TrainingConfig) -> None:
        choose(self._optimizer, config.optimizer)
        self._learning_rate.setValue(config.learning_rate)
        choose(self._schedule, config.schedule)
        self._momentum.setValue(config.momentum)
        self._weight_decay.setValue(config.weight_decay)

    def steer_only(self, is_steering: bool) -> None:
        super().steer_only(is_steering)
        if not is_steering:
            self._update_enabled()

    def _update_enabled(self) -> None:
        self._momentum.setEnabled(self._optimizer.currentData() == "sgd")


class BatchesGroup(SettingsGroup):
    """Which pictures come together, and how they are loaded."""

    def __init__(self) -> None:
        super().__init__(self.tr("Batches"))
        self._batch_size = whole_spin("batchSizeSpin", 1, 100_000)
        self._limit = whole_spin("limitSpin", 0, 2**31 - 1)
        self._limit.setSpecialValueText(self.tr("all"))
        self._limit.setToolTip(
            self.tr("Train on the first so many pictures only. Fewer are faster, and read worse.")
        )
        self._workers = whole_spin("workersSpin", 0, 64)
        self._workers.setToolTip(
            self.tr(
                "Processes that load batches. With pictures that are in memory already they make "
                "an epoch three to five times slower; 0 loads in the training’s own thread."
            )
        )
        self._shuffle = named(QCheckBox(self.tr("Shuffle for each epoch")), "shuffleCheck")
        add_rows(
            self.form,
            [
                (self.tr("Batch size"), self._batch_size),
                (self.tr("Pictures"), self._limit),
                (self.tr("Workers"), self._workers),
            ],
        )
        self.form.addRow("", self._shuffle)

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "batch_size": self._batch_size.value(),
            "limit": self._limit.value() or None,
            "workers": self._workers.value(),
            "shuffle": self._shuffle.isChecked(),
        }

    def show_config(self, config: TrainingConfig) -> None:
        self._batch_size.setValue(config.batch_size)
        self._limit.setValue(config.limit or 0)
        self._workers.setValue(config.workers)
        self._shuffle.setChecked(config.shuffle)


class RunGroup(SettingsGroup):
    """How long it goes on, where, and what it says meanwhile."""

    def __init__(self) -> None:
        super().__init__(self.tr("Run"))
        self._epochs = whole_spin("epochsSpin", 1, 10_000)
        self._early = named(QCheckBox(self.tr("Stop early")), "earlyStoppingCheck")
        self._patience = whole_spin("patienceSpin", 1, 1000)
        self._patience.setToolTip(
            self.tr("End when so many epochs in a row have not improved the test accuracy.")
        )
        self._improvement = decimal_spin(
            "minimumImprovementSpin", 0.0, 100.0, decimals=2, step=0.05
        )
        self._improvement.setSuffix(" %")
        self._seed = whole_spin("seedSpin", 0, 2**31 - 1)
        self._seed.setToolTip(self.tr("The same seed gives the same curve."))
        self._log_every = whole_spin("logEverySpin", 1, 1000)
        self._device = combo(
            "deviceCombo",
            [(self.tr("automatic"), "auto"), ("CPU", "cpu"), ("CUDA", "cuda"), ("MPS", "mps")],
        )
        add_rows(self.form, [(self.tr("Epochs"), self._epochs)])
        self.form.addRow("", self._early)
        add_rows(
            self.form,
            [
                (self.tr("Patience"), self._patience),
                (self.tr("Improvement"), self._improvement),
                (self.tr("Seed"), self._seed),
                (self.tr("Log every"), self._log_every),
                (self.tr("Device"), self._device),
            ],
        )
        for spin in (self._patience, self._improvement):
            spin.setEnabled(False)
            self._early.toggled.connect(spin.setEnabled)

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "epochs": self._epochs.value(),
            "patience": self._patience.value() if self._early.isChecked() else None,
            "minimum_improvement": self._improvement.value() / 100,
            "seed": self._seed.value(),
            "log_every": self._log_every.value(),
            "device": self._device.currentData(),
        }

    def show_config(self, config: TrainingConfig) -> None:
        self._epochs.setValue(config.epochs)
        self._early.setChecked(config.patience is not None)
        self._patience.setValue(config.patience or 5)
        self._improvement.setValue(100 * config.minimum_improvement)
        self._seed.setValue(config.seed)
        self._log_every.setValue(config.log_every)
        choose(self._device, config.device)


def combo(name: str, choices: list[tuple[str, str]]) -> QComboBox:
    """A field for one of several values, each with the text that stands for it."""
    box = named(QComboBox(), name)
    for text, value in choices:
        box.addItem(text, value)
    return box


def choose(box: QComboBox, value: str) -> None:
    """Show one of the values of a ``combo``."""
    box.setCurrentIndex(box.findData(value))
