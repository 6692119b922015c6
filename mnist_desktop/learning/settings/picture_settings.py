"""The settings of the pictures that a network learns from. Needs no torch."""

from __future__ import annotations

from mnist_desktop.learning.settings.setting import Group, Setting
from mnist_desktop.learning.settings.setting_kinds import Number, Whole, YesNo
from mnist_desktop.texts import QT_TRANSLATE_NOOP

PICTURES = Group(
    QT_TRANSLATE_NOOP("core", "Pictures"),
    (
        Setting(
            "limit",
            QT_TRANSLATE_NOOP("core", "Pictures"),
            QT_TRANSLATE_NOOP(
                "core",
                "Train on the first so many pictures only. Fewer are faster, and read worse.",
            ),
            Whole(1, 2**31 - 1, none=QT_TRANSLATE_NOOP("core", "all")),
        ),
        Setting(
            "shuffle",
            QT_TRANSLATE_NOOP("core", "Shuffle"),
            QT_TRANSLATE_NOOP(
                "core", "Cut the batches in another order for each epoch, or always in the same."
            ),
            YesNo(),
        ),
        Setting(
            "distortion",
            QT_TRANSLATE_NOOP("core", "Distortion"),
            QT_TRANSLATE_NOOP(
                "core",
                "How much each training picture is turned, slanted, stretched and bent, every "
                "time in another way, so that the network reads other hands too. 0 leaves the "
                "pictures as they are.",
            ),
            Number(0.0, 3.0),
            can_be_steered=True,
        ),
        Setting(
            "synthetic_digits",
            QT_TRANSLATE_NOOP("core", "Synthetic digits"),
            QT_TRANSLATE_NOOP(
                "core",
                "So many digits in styles that MNIST lacks, such as slashed zeros and crossed "
                "sevens, join the training pictures. The program writes them itself.",
            ),
            Whole(0, 1_000_000),
        ),
        Setting(
            "scribbles",
            QT_TRANSLATE_NOOP("core", "Scribbles"),
            QT_TRANSLATE_NOOP(
                "core",
                "So many letters, signs and scribbles join the training pictures, so that the "
                "network learns to be unsure of what is no digit.",
            ),
            Whole(0, 1_000_000),
        ),
        Setting(
            "real_digits",
            QT_TRANSLATE_NOOP("core", "Tablet digits"),
            QT_TRANSLATE_NOOP(
                "core",
                "So many digits that people wrote with pens on tablets join the training pictures. "
                "They come with the program; each is taken several times, in a slightly other "
                "hand.",
            ),
            Whole(0, 1_000_000),
        ),
        Setting(
            "real_letters",
            QT_TRANSLATE_NOOP("core", "Tablet letters"),
            QT_TRANSLATE_NOOP(
                "core",
                "So many letters and signs that the same people wrote join the training pictures, "
                "so that the network learns to be unsure of what is no digit.",
            ),
            Whole(0, 1_000_000),
        ),
        Setting(
            "label_smoothing",
            QT_TRANSLATE_NOOP("core", "Smoothing"),
            QT_TRANSLATE_NOOP(
                "core",
                "How much of the right answer is shared out among all ten digits. A little keeps "
                "the network from being surer than it should be.",
            ),
            Number(0.0, 0.5),
        ),
    ),
)
