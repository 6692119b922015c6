"""The network's settings; its parameters are counted while its layers are typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from mnist_desktop.learning.config import ConfigError, NetworkConfig, TrainingConfig, parse_hidden
from mnist_desktop.ui.look.theme import tabular
from mnist_desktop.ui.train.setting_groups import SettingsGroup, choose, combo
from mnist_desktop.ui.widgets.controls import decimal_spin, named, quiet_label, set_role
from mnist_desktop.ui.widgets.forms import add_rows


class NetworkGroup(SettingsGroup):
    """Layers, what is between them, and the loss, with which the network's last step goes."""

    def __init__(self) -> None:
        super().__init__(self.tr("Network"))
        self._hidden = named(QLineEdit(), "hiddenLayersEdit")
        self._hidden.setPlaceholderText(self.tr("none: softmax regression"))
        self._hidden.textChanged.connect(self._show_parameters)
        self._parameters = quiet_label("")
        self._parameters.setWordWrap(True)
        self._parameters.setFont(tabular(self._parameters.font()))
        self._activation = combo(
            "activationCombo",
            [("ReLU", "relu"), ("tanh", "tanh"), (self.tr("sigmoid"), "sigmoid"), ("GELU", "gelu")],
        )
        self._dropout = decimal_spin("dropoutSpin", 0.0, 0.9, decimals=2, step=0.05)
        self._loss = combo(
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
        add_rows(self.form, [(self.tr("Hidden layers"), self._hidden)])
        self.form.addRow(self._parameters)
        add_rows(
            self.form,
            [
                (self.tr("Activation"), self._activation),
                (self.tr("Dropout"), self._dropout),
                (self.tr("Loss"), self._loss),
            ],
        )
        self._show_parameters()

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "network": NetworkConfig(
                hidden=parse_hidden(self._hidden.text()),
                activation=self._activation.currentData(),
                dropout=self._dropout.value(),
                output=self._loss.currentData(),
            )
        }

    def show_config(self, config: TrainingConfig) -> None:
        network = config.network
        self._hidden.setText(", ".join(map(str, network.hidden)))
        choose(self._activation, network.activation)
        self._dropout.setValue(network.dropout)
        choose(self._loss, network.output)

    @Slot()
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
