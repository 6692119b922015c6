"""The settings of a training, each said once. Needs no torch.

The configuration checks itself by them, the window makes its fields from them, and the table that
compares runs and the log take their names from them.
"""

from __future__ import annotations

from typing import Literal

from mnist_desktop.learning.settings.picture_settings import PICTURES
from mnist_desktop.learning.settings.setting import Group, Setting
from mnist_desktop.learning.settings.setting_kinds import Number, OneOf, Whole, Widths
from mnist_desktop.texts import QT_TRANSLATE_NOOP

Activation = Literal[
    "relu", "tanh", "sigmoid", "gelu", "leaky_relu", "elu", "selu", "silu", "identity"
]
Output = Literal["logits", "log_softmax"]
Optimizer = Literal["adam", "adamw", "sgd"]
Schedule = Literal["constant", "cosine", "one_cycle"]
Device = Literal["auto", "cpu", "cuda", "mps"]

MAX_EPOCHS = 100_000
HIDDEN_WIDTHS = Widths(16_384, most=32)

NETWORK = Group(
    QT_TRANSLATE_NOOP("core", "Network"),
    (
        Setting(
            "hidden",
            QT_TRANSLATE_NOOP("core", "Hidden layers"),
            QT_TRANSLATE_NOOP(
                "core",
                "How many neurons each layer between the 784 pixels and the 10 digits has, as in "
                "128, 256. Multiples of 8 or 32 are usual. More of them can learn more, and take "
                "longer.",
            ),
            HIDDEN_WIDTHS,
        ),
        Setting(
            "activation",
            QT_TRANSLATE_NOOP("core", "Activation"),
            QT_TRANSLATE_NOOP(
                "core",
                "What each hidden neuron makes of its sum. Without one, all layers together could "
                "do no more than a single one. ReLU lets what is above zero through.",
            ),
            OneOf(
                {
                    "relu": "ReLU",
                    "tanh": "tanh",
                    "sigmoid": QT_TRANSLATE_NOOP("core", "sigmoid"),
                    "gelu": "GELU",
                    "leaky_relu": QT_TRANSLATE_NOOP("core", "leaky ReLU"),
                    "elu": "ELU",
                    "selu": "SELU",
                    "silu": "SiLU",
                    "identity": QT_TRANSLATE_NOOP("core", "none"),
                }
            ),
        ),
        Setting(
            "dropout",
            QT_TRANSLATE_NOOP("core", "Dropout"),
            QT_TRANSLATE_NOOP(
                "core",
                "The share of each hidden layer’s outputs that is left out in each batch, so that "
                "the network does not rely on a few of them. 0 leaves out none.",
            ),
            Number(0.0, 0.9),
            can_be_steered=True,
        ),
        Setting(
            "output",
            QT_TRANSLATE_NOOP("core", "Loss"),
            QT_TRANSLATE_NOOP(
                "core",
                "Cross-entropy takes the softmax itself. Negative log-likelihood does not, so the "
                "network then ends with a log-softmax.",
            ),
            OneOf(
                {
                    "logits": QT_TRANSLATE_NOOP("core", "cross-entropy"),
                    "log_softmax": QT_TRANSLATE_NOOP("core", "neg. log-likelihood"),
                }
            ),
        ),
    ),
)

RUN = Group(
    QT_TRANSLATE_NOOP("core", "Training"),
    (
        Setting(
            "epochs",
            QT_TRANSLATE_NOOP("core", "Epochs"),
            QT_TRANSLATE_NOOP("core", "How many times all training pictures are seen."),
            Whole(1, MAX_EPOCHS),
            can_be_steered=True,
        ),
        Setting(
            "batch_size",
            QT_TRANSLATE_NOOP("core", "Batch size"),
            QT_TRANSLATE_NOOP(
                "core",
                "Pictures in one step. With 64, MNIST’s 50,000 make 782 batches an epoch, the last "
                "one of 16.",
            ),
            Whole(1, 100_000),
            can_be_steered=True,
        ),
        Setting(
            "learning_rate",
            QT_TRANSLATE_NOOP("core", "Learning rate"),
            QT_TRANSLATE_NOOP(
                "core",
                "How far each step moves the weights. Too small learns slowly, too large never "
                "arrives.",
            ),
            Number(1e-8, 100.0),
            can_be_steered=True,
        ),
        Setting(
            "optimizer",
            QT_TRANSLATE_NOOP("core", "Method"),
            QT_TRANSLATE_NOOP(
                "core",
                "How the gradient moves the weights. SGD goes straight down it; Adam gives each "
                "weight a pace of its own; AdamW also lets weights decay on their own.",
            ),
            OneOf({"adam": "Adam", "adamw": "AdamW", "sgd": "SGD"}),
        ),
        Setting(
            "momentum",
            QT_TRANSLATE_NOOP("core", "Momentum"),
            QT_TRANSLATE_NOOP(
                "core", "The share of its last step that SGD takes along into the next one."
            ),
            Number(0.0, 0.999),
            only_with=("optimizer", "sgd"),
        ),
        Setting(
            "schedule",
            QT_TRANSLATE_NOOP("core", "Schedule"),
            QT_TRANSLATE_NOOP(
                "core",
                "How the learning rate goes on: always the same; falling to zero along a cosine; "
                "or up in the first third and then down to zero.",
            ),
            OneOf(
                {
                    "constant": QT_TRANSLATE_NOOP("core", "constant"),
                    "cosine": QT_TRANSLATE_NOOP("core", "cosine"),
                    "one_cycle": QT_TRANSLATE_NOOP("core", "one cycle"),
                }
            ),
        ),
        Setting(
            "weight_decay",
            QT_TRANSLATE_NOOP("core", "Weight decay"),
            QT_TRANSLATE_NOOP(
                "core",
                "How strongly weights are drawn towards zero, which keeps them from growing.",
            ),
            Number(0.0, 10.0),
        ),
        Setting(
            "patience",
            QT_TRANSLATE_NOOP("core", "Patience"),
            QT_TRANSLATE_NOOP(
                "core",
                "Stop early: end when so many epochs in a row have not improved the test accuracy. "
                "The best epoch’s weights are kept.",
            ),
            Whole(1, MAX_EPOCHS, none=QT_TRANSLATE_NOOP("core", "off")),
            can_be_steered=True,
        ),
        Setting(
            "minimum_improvement",
            QT_TRANSLATE_NOOP("core", "Improvement"),
            QT_TRANSLATE_NOOP(
                "core", "By more than this the test accuracy has to grow to count as improved."
            ),
            Number(0.0, 1.0, is_share=True),
            can_be_steered=True,
            only_with=("patience", None),
        ),
    ),
)

MACHINE = Group(
    QT_TRANSLATE_NOOP("core", "Machine"),
    (
        Setting(
            "device",
            QT_TRANSLATE_NOOP("core", "Device"),
            QT_TRANSLATE_NOOP(
                "core",
                "Where it is computed. Automatic takes a graphics card (CUDA, else MPS) if there "
                "is one, else the CPU.",
            ),
            OneOf(
                {
                    "auto": QT_TRANSLATE_NOOP("core", "automatic"),
                    "cpu": "CPU",
                    "cuda": "CUDA",
                    "mps": "MPS",
                }
            ),
        ),
        Setting(
            "workers",
            QT_TRANSLATE_NOOP("core", "Workers"),
            QT_TRANSLATE_NOOP(
                "core",
                "Processes that load batches. With pictures that are in memory already they make "
                "an epoch three to five times slower; 0 loads in the training’s own thread.",
            ),
            Whole(0, 64),
        ),
        Setting(
            "seed",
            QT_TRANSLATE_NOOP("core", "Seed"),
            QT_TRANSLATE_NOOP("core", "The same seed gives the same curve."),
            Whole(0, 2**32 - 1),
        ),
        Setting(
            "log_every",
            QT_TRANSLATE_NOOP("core", "Log every"),
            QT_TRANSLATE_NOOP("core", "Epochs from one line of the log to the next."),
            Whole(1, MAX_EPOCHS),
        ),
    ),
)

GROUPS = (NETWORK, RUN, PICTURES, MACHINE)
SETTINGS = tuple(setting for group in GROUPS for setting in group.settings)
BY_FIELD = {setting.field: setting for setting in SETTINGS}
