"""How many threads torch computes with, thread by thread.

Two threads take from nothing to half off a step, by its size; but each of its operations waits for
the slower of them, and beside another busy program a step can take a hundred times as long. So
what is best differs from network to network and from second to second, and is found by trying.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor

ALL = torch.get_num_threads()
"""Read when this module is imported, which must be before the first ``use_one_core``."""

TRIAL_STEPS = 10
"""The first of which, in which threads wake up, does not count."""

BETWEEN_TRIALS = 0.2
"""Seconds of training after a trial that cost nothing."""

PATIENCE = 10
"""Times what a trial has cost is trained before the next: so trials take a tenth at most."""

CREDIT = 20
"""Steps' worth of time that more threads may lose against fewer before they are given up."""

MEMORY = 0.05
"""How much the newest step has to say in the mean of a number's steps."""


def use_one_core() -> None:
    """For the calling thread, and for those that start while none has taken more."""
    torch.get_num_threads()  # a thread's first call takes over the process's number, and not ours
    torch.set_num_threads(1)


@contextmanager
def one_thread() -> Iterator[None]:
    """The calling thread begins the block with one, and has as many as before at its end."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def counts_alike(compute: Callable[[], Sequence[Tensor]]) -> list[int]:
    """Numbers of threads with which something comes out the same to the last bit: 1, 2, 4 … as far
    as there are cores. Sums are added up in another order where a library divides them, and which
    it does is known by trying alone.

    Args:
        compute: the same at each call, with one thread.
    """
    counts = [1]
    with one_thread():
        alone = compute()
        while (count := min(2 * counts[-1], ALL)) > counts[-1]:
            torch.set_num_threads(count)
            if not all(map(torch.equal, compute(), alone)):
                break
            counts.append(count)
    return counts


class ThreadChoice:
    """Chooses for each step of a training how many threads it takes, by what the last ones took.

    Now and then the next number up or down is tried. So it follows what else the machine does; a
    step is the same to the last bit whatever is chosen, see ``counts_alike``.
    """

    def __init__(self) -> None:
        self.allow([1])

    def allow(self, counts: Sequence[int]) -> None:
        """Choose among these from now on, which ascend from 1; that is where it begins."""
        self._counts = counts
        self._best = 0  # the index of what is chosen
        self._means: dict[int, float] = {}  # seconds of a step, by index
        self._trial: int | None = None  # the index of what is tried
        self._trial_seconds: list[float] = []
        self._is_upwards = False
        self._until_trial = BETWEEN_TRIALS
        self._credit = 0.0

    def use(self) -> None:
        """Let the calling thread take as many as are chosen now."""
        torch.set_num_threads(self._counts[self._best if self._trial is None else self._trial])

    def took(self, seconds: float) -> None:
        """A step has taken so long, with the number that was chosen."""
        if len(self._counts) == 1:
            return
        if self._trial is not None:
            self._judge_trial(self._trial, seconds)
            return
        mean = self._means.get(self._best, seconds)
        self._means[self._best] = mean + MEMORY * (seconds - mean)
        self._until_trial -= seconds
        fewer = self._means.get(self._best - 1, math.inf)
        self._credit = min(self._credit + fewer - seconds, CREDIT * fewer)
        if self._credit < 0:
            self._choose(self._best - 1, lost=seconds - fewer)
        elif self._until_trial <= 0:
            top = len(self._counts) - 1
            self._is_upwards = self._best == 0 or (self._best < top and not self._is_upwards)
            self._trial = self._best + (1 if self._is_upwards else -1)

    def _judge_trial(self, trial: int, seconds: float) -> None:
        self._trial_seconds.append(seconds)
        count, taken = len(self._trial_seconds), sum(self._trial_seconds[1:])
        expected = self._means[self._best]
        # What is much slower is given up at once.
        if count < TRIAL_STEPS and taken < TRIAL_STEPS * expected:
            return
        self._means[trial] = taken / (count - 1)
        is_better = self._means[trial] < expected
        lost = sum(self._trial_seconds) - count * expected
        self._trial, self._trial_seconds = None, []
        self._choose(trial if is_better else self._best, lost)

    def _choose(self, index: int, lost: float) -> None:
        if index != self._best:
            self._credit = CREDIT * self._means.get(index - 1, 0.0)
        self._best = index
        self._until_trial = max(BETWEEN_TRIALS, PATIENCE * lost)


@contextmanager
def without_denormals() -> Iterator[None]:
    """On the CPU, denormal numbers slow Adam down from about the third epoch on; in the calling
    thread they are zero for so long, and in those with which torch helps it, if it has not yet had
    such help.
    """
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)
