"""The settings of a training, checked while they are typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.learning.config import (
    PRESETS,
    ConfigError,
    NetworkConfig,
    TrainingConfig,
    parse_hidden,
)
from mnist_desktop.ui.forms import add_rows, form_of
from mnist_desktop.ui.theme import GRID, tabular
from mnist_desktop.ui.widgets import decimal_spin, heading, named, quiet_label, set_role, whole_spin

CUSTOM = "custom"


class SettingsForm(QWidget):
    """Shows a configuration and makes one.

    Signals:
        changed(): a setting is another one; ``config`` says whether they make sense together.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_showing = False
        self._make_fields()
        self._lay_out()
        self._connect()
        self.show_config(PRESETS["article"])

    @property
    def config(self) -> TrainingConfig | None:
        """What the fields say; None where they make no sense, which is then said beside them."""
        try:
            network = NetworkConfig(
                hidden=parse_hidden(self._hidden.text()),
                activation=self._activation.currentData(),
                dropout=self._dropout.value(),
                output=self._loss.currentData(),
            )
            return TrainingConfig(
                network=network,
                optimizer=self._optimizer.currentData(),
                learning_rate=self._learning_rate.value(),
                momentum=self._momentum.value(),
                weight_decay=self._weight_decay.value(),
                schedule=self._schedule.currentData(),
                epochs=self._epochs.value(),
                batch_size=self._batch_size.value(),
                shuffle=self._shuffle.isChecked(),
                workers=self._workers.value(),
                seed=self._seed.value(),
                log_every=self._log_every.value(),
                patience=self._patience.value() if self._early.isChecked() else None,
                minimum_improvement=self._improvement.value() / 100,
                device=self._device.currentData(),
            )
        except ConfigError:
            return None

    def show_config(self, config: TrainingConfig) -> None:
        """Fill the fields."""
        self._is_showing = True
        self._hidden.setText(", ".join(map(str, config.network.hidden)))
        _choose(self._activation, config.network.activation)
        self._dropout.setValue(config.network.dropout)
        _choose(self._loss, config.network.output)
        _choose(self._optimizer, config.optimizer)
        self._learning_rate.setValue(config.learning_rate)
        self._momentum.setValue(config.momentum)
        self._weight_decay.setValue(config.weight_decay)
        _choose(self._schedule, config.schedule)
        self._epochs.setValue(config.epochs)
        self._batch_size.setValue(config.batch_size)
        self._shuffle.setChecked(config.shuffle)
        self._workers.setValue(config.workers)
        self._seed.setValue(config.seed)
        self._log_every.setValue(config.log_every)
        self._early.setChecked(config.patience is not None)
        self._patience.setValue(config.patience or 5)
        self._improvement.setValue(100 * config.minimum_improvement)
        _choose(self._device, config.device)
        self._is_showing = False
        self._on_edited()

    def _make_fields(self) -> None:
        self._preset = named(QComboBox(), "presetCombo")
        self._preset.addItem(self.tr("Article"), "article")
        self._preset.addItem(self.tr("Custom"), CUSTOM)
        self._hidden = named(QLineEdit(), "hiddenLayersEdit")
        self._hidden.setPlaceholderText(self.tr("none: softmax regression"))
        self._parameters = quiet_label("")
        self._parameters.setWordWrap(True)
        self._parameters.setFont(tabular(self._parameters.font()))
        self._activation = _combo(
            "activationCombo",
            [("ReLU", "relu"), ("tanh", "tanh"), (self.tr("sigmoid"), "sigmoid"), ("GELU", "gelu")],
        )
        self._dropout = decimal_spin("dropoutSpin", 0.0, 0.9, decimals=2, step=0.05)
        self._loss = _combo(
            "lossCombo",
            [
                (self.tr("cross-entropy"), "logits"),
                (self.tr("neg. log-likelihood"), "log_softmax"),
            ],
        )
        self._loss.setToolTip(
            self.tr(
                "Cross-entropy takes the softmax itself. Negative log-likelihood does not, so the "
                "network then ends with a log-softmax."
            )
        )
        self._optimizer = _combo(
            "optimizerCombo", [("Adam", "adam"), ("AdamW", "adamw"), ("SGD", "sgd")]
        )
        self._learning_rate = decimal_spin("learningRateSpin", 1e-6, 10.0, decimals=6)
        self._momentum = decimal_spin("momentumSpin", 0.0, 0.999, decimals=3, step=0.05)
        self._weight_decay = decimal_spin("weightDecaySpin", 0.0, 1.0, decimals=6)
        self._schedule = _combo(
            "scheduleCombo",
            [
                (self.tr("constant"), "constant"),
                (self.tr("cosine"), "cosine"),
                (self.tr("one cycle"), "one_cycle"),
            ],
        )
        self._epochs = whole_spin("epochsSpin", 1, 10_000)
        self._batch_size = whole_spin("batchSizeSpin", 1, 100_000)
        self._shuffle = named(QCheckBox(self.tr("Shuffle for each epoch")), "shuffleCheck")
        self._workers = whole_spin("workersSpin", 0, 64)
        self._workers.setToolTip(
            self.tr(
                "Processes that load batches. With pictures that are in memory already they make "
                "an epoch three to five times slower; 0 loads in the training’s own thread."
            )
        )
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
        self._device = _combo(
            "deviceCombo",
            [(self.tr("automatic"), "auto"), ("CPU", "cpu"), ("CUDA", "cuda"), ("MPS", "mps")],
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(2 * GRID)
        layout.addLayout(form_of([(self.tr("Preset"), self._preset)]))
        layout.addWidget(heading(self.tr("Network")))
        network = form_of([(self.tr("Hidden layers"), self._hidden)])
        network.addRow(self._parameters)
        add_rows(
            network,
            [
                (self.tr("Activation"), self._activation),
                (self.tr("Dropout"), self._dropout),
                (self.tr("Loss"), self._loss),
            ],
        )
        layout.addLayout(network)
        layout.addWidget(heading(self.tr("Optimiser")))
        layout.addLayout(
            form_of(
                [
                    (self.tr("Method"), self._optimizer),
                    (self.tr("Learning rate"), self._learning_rate),
                    (self.tr("Schedule"), self._schedule),
                    (self.tr("Momentum"), self._momentum),
                    (self.tr("Weight decay"), self._weight_decay),
                ]
            )
        )
        layout.addWidget(heading(self.tr("Batches")))
        batches = form_of([(self.tr("Batch size"), self._batch_size)])
        add_rows(batches, [(self.tr("Workers"), self._workers)])
        batches.addRow("", self._shuffle)
        layout.addLayout(batches)
        layout.addWidget(heading(self.tr("Run")))
        run = form_of([(self.tr("Epochs"), self._epochs)])
        run.addRow("", self._early)
        add_rows(
            run,
            [
                (self.tr("Patience"), self._patience),
                (self.tr("Improvement"), self._improvement),
                (self.tr("Seed"), self._seed),
                (self.tr("Log every"), self._log_every),
                (self.tr("Device"), self._device),
            ],
        )
        layout.addLayout(run)
        layout.addStretch(1)

    def _connect(self) -> None:
        self._preset.currentIndexChanged.connect(self._on_preset_chosen)
        self._hidden.textChanged.connect(self._on_edited)
        for combo in self.findChildren(QComboBox):
            if combo is not self._preset:
                combo.currentIndexChanged.connect(self._on_edited)
        for spin in self.findChildren(QAbstractSpinBox):
            spin.valueChanged.connect(self._on_edited)  # type: ignore[attr-defined]
        for check in self.findChildren(QCheckBox):
            check.toggled.connect(self._on_edited)

    @Slot()
    def _on_preset_chosen(self) -> None:
        name = self._preset.currentData()
        if name in PRESETS and not self._is_showing:
            self.show_config(PRESETS[name])

    @Slot()
    def _on_edited(self) -> None:
        if self._is_showing:
            return
        self._momentum.setEnabled(self._optimizer.currentData() == "sgd")
        self._patience.setEnabled(self._early.isChecked())
        self._improvement.setEnabled(self._early.isChecked())
        self._show_parameters()
        self._show_preset()
        self.changed.emit()

    def _show_parameters(self) -> None:
        """What the layers come to, or what is wrong with them."""
        try:
            network = NetworkConfig(hidden=parse_hidden(self._hidden.text()))
        except ConfigError as fault:
            self._hidden.setProperty("invalid", True)
            set_role(self._parameters, "error")
            self._parameters.setText(fault.text(self.tr))
        else:
            self._hidden.setProperty("invalid", False)
            set_role(self._parameters, "quiet")
            counts = [f"{layer.parameters:,}" for layer in network.layers]
            self._parameters.setText(
                self.tr("{layers}: {counts} = {total:,} parameters").format(
                    layers=network, counts=" + ".join(counts), total=network.parameters
                )
            )
        self._hidden.style().unpolish(self._hidden)
        self._hidden.style().polish(self._hidden)

    def _show_preset(self) -> None:
        """The preset whose settings these are, or "Custom"."""
        config = self.config
        name = next((name for name, preset in PRESETS.items() if preset == config), CUSTOM)
        self._preset.blockSignals(True)
        _choose(self._preset, name)
        self._preset.blockSignals(False)


def _combo(name: str, choices: list[tuple[str, str]]) -> QComboBox:
    combo = named(QComboBox(), name)
    for text, value in choices:
        combo.addItem(text, value)
    return combo


def _choose(combo: QComboBox, value: str) -> None:
    combo.setCurrentIndex(combo.findData(value))
