"""What the pages of the Evaluate tab have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from mnist_desktop.csv_content import SUFFIX as CSV
from mnist_desktop.csv_content import csv_content
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.session.evaluate.evaluation import Result
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.seen import SeenView

Table = tuple[Sequence[str], Sequence[Sequence[object]]]
"""A header and rows."""


class Page(SeenView):
    """What one is looking at, in words, and below it the page's own views.

    It is filled when it is seen; until then its views may still show what was found before, which
    ``_results`` are not any more.

    Args:
        name: for checks.
        note: what one is looking at, for somebody who has never seen such a thing.
    """

    picture_suffixes: tuple[str, ...] = ()
    """Of picture files that it can be saved as."""

    def __init__(self, session: Session, name: str, note: str) -> None:
        super().__init__()
        named(self, name)
        self._session = session
        self._results: tuple[Result, ...] = ()
        self._is_stale = False
        self._note = named(quiet_label(note, wraps=True), f"{name}Note")
        self._body = vbox(self._note, spacing=2 * GRID, margins=(0, 2 * GRID, 0, 0))
        self.setLayout(self._body)

    def show_results(self, results: tuple[Result, ...]) -> None:
        """Show what was found of each model, one or two."""
        self._results = results
        self._is_stale = True
        self._refresh_if_seen()

    def _refresh(self) -> None:
        if self._is_stale and self._results:
            self._is_stale = False
            self._show()

    def _show(self) -> None:
        """Fill the page from ``_results``, of which there is one at least."""
        raise NotImplementedError

    @property
    def can_be_exported(self) -> bool:
        """Whether there is something on it."""
        return bool(self._results)

    @property
    def table(self) -> Table:
        """The figures on it."""
        raise NotImplementedError

    def picture(self, suffix: str) -> Callable[[], bytes]:
        """What makes a picture file of it, in any thread."""
        raise NotImplementedError

    def content(self, suffix: str) -> Callable[[], bytes]:
        """What makes a file of it, in any thread."""
        if suffix == CSV:
            header, rows = self.table
            return partial(csv_content, header, rows)
        return self.picture(suffix)
