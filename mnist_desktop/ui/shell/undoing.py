"""What Edit › Undo takes back: of what is in sight, the last that was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.tabs import DATA, DRAW, EVALUATE, MODELS, MY_DIGITS


class Undo(NamedTuple):
    """One of the things that can be undone.

    Attributes:
        text: of the menu's entry.
        can: whether there is anything to be taken back.
        undo: takes it back.
        has_key: whether its key works in the whole window; else the view has one itself, for as
            long as it has the focus.
    """

    text: str
    can: bool
    undo: Callable[[], object]
    has_key: bool = True


def undo_of(session: Session, tab: int) -> Undo | None:
    """What can be undone of what is seen on a tab; None where nothing ever can."""
    translate = QCoreApplication.translate
    if tab == DRAW:
        sketch = session.sketch
        can = sketch.can_undo or sketch.live_stroke is not None
        return Undo(translate("Actions", "&Undo"), can, sketch.undo)
    if tab == MODELS:
        runs = session.runs
        text = translate("Actions", "&Undo deletion")
        return Undo(text, bool(runs.last_deleted), runs.undo_delete)
    if tab == DATA and session.looked_at.data_page == MY_DIGITS:
        mine = session.my_digits
        return Undo(translate("Actions", "&Undo"), mine.can_undo, mine.undo, has_key=False)
    if tab in (DATA, EVALUATE):
        labels = session.labels
        text = translate("Actions", "&Undo the last label")
        return Undo(text, labels.can_undo, labels.undo, has_key=False)
    return None
