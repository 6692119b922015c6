"""How long a run has been going on, without its pauses, and how long it will."""

from __future__ import annotations

import time

SOONEST_SECONDS = 0.5
"""Before that the pace is not known."""


class RunClock:
    """Counts seconds while it is told to."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._since: float | None = None

    def reset(self) -> None:
        """Count from now on."""
        self._seconds = 0.0
        if self._since is not None:
            self._since = time.monotonic()

    def count(self, is_counting: bool) -> None:
        """Count, or pause."""
        now = time.monotonic()
        if self._since is not None:
            self._seconds += now - self._since
        self._since = now if is_counting else None

    @property
    def seconds(self) -> float:
        """Counted since the reset."""
        running = 0.0 if self._since is None else time.monotonic() - self._since
        return self._seconds + running

    def left(self, done: float, whole: float) -> float | None:
        """Seconds until the whole is done, if so much was done since the reset; None while the pace
        is not known.
        """
        if done <= 0.0 or self.seconds < SOONEST_SECONDS:
            return None
        return max(0.0, self.seconds * (whole - done) / done)
