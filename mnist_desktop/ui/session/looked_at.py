"""What is looked at in the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt


@dataclass
class LookedAt:
    """Kept by the session, so that a window that is made anew shows the same; not in a file.

    Each tab reads its part when it is built, and writes it when a person looks elsewhere.

    Attributes:
        run_page: of the Train tab, from 0: curves, inside, step by step.
        data_page: of the Data tab, from 0: batches, gallery, overview, map, one's own digits.
        split: the name of the part of the data set, an attribute of ``Splits``.
        batch_size: pictures in each of its batches.
        is_shuffled: whether the batches are cut in the order of a first epoch.
        batch: its number, from 1.
        models_page: of the Models tab, from 0: curves, settings, note and log.
        models_filter: what was typed to see fewer rows.
        models_order: the column by which the rows are sorted, and in which direction; None for
            the order at first.
        chosen_models: the keys of the chosen rows: a run's number, or a file.
    """

    run_page: int = 0
    data_page: int = 0
    split: str = "train"
    batch_size: int = 64
    is_shuffled: bool = False
    batch: int = 1
    models_page: int = 0
    models_filter: str = ""
    models_order: tuple[int, Qt.SortOrder] | None = None
    chosen_models: frozenset[int | Path] = frozenset()
