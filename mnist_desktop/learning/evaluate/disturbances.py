"""In which ways, and how strongly, pictures are disturbed to try a network. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

from mnist_desktop.texts import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Disturbance:
    """One kind.

    Attributes:
        name: in files.
        title: for people, with the unit of the strengths, marked for translators.
        strengths: from weak to strong; the one that leaves a picture as it is among them.
    """

    name: str
    title: str
    strengths: tuple[float, ...]


DISTURBANCES = (
    Disturbance(
        "turned", QT_TRANSLATE_NOOP("core", "Turned, degrees"), (0, 10, 20, 30, 45, 60, 90)
    ),
    Disturbance("shifted", QT_TRANSLATE_NOOP("core", "Shifted, pixels"), (0, 1, 2, 3, 4, 6)),
    Disturbance(
        "scaled", QT_TRANSLATE_NOOP("core", "Scaled, % of its size"), (50, 70, 85, 100, 115, 130)
    ),
    Disturbance(
        "thickened", QT_TRANSLATE_NOOP("core", "Thickened, pixels of pen"), (0, 1, 2, 3, 4)
    ),
    Disturbance("blurred", QT_TRANSLATE_NOOP("core", "Blurred, pixels"), (0, 0.5, 1, 1.5, 2, 3)),
    Disturbance("noisy", QT_TRANSLATE_NOOP("core", "Noisy, % of full ink"), (0, 10, 20, 30, 50)),
)
