"""How long work tells how far it is, and how it is called off."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Called now and then with the part that is done, 0 to 1. It may raise ``Cancelled``; the work
then leaves things as they were."""


class Cancelled(Exception):  # noqa: N818 - not an error
    """The person who asked for the work no longer wants it."""


def unwatched(_done: float) -> None:
    """The progress that nobody looks at."""


def share_of(progress: Progress, number: int, count: int) -> Progress:
    """The progress of one of so many parts, which follow one another."""
    return lambda done: progress((number + done) / count)
