"""How many cores torch may use, thread by thread.

Each thread that ever ran a parallel operation keeps a pool of helpers, and every operation waits
for the slowest of them: for those of other pools, and for one that shares its core with another
program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from mnist_desktop.learning.config import TrainingConfig

ALL = torch.get_num_threads()
"""Read when this module is imported, which must be before the first ``use_one_core``."""

LARGE_STEP = 10**9
"""Parameters times pictures of a batch. Every preset is below."""


def use_cores_for(config: TrainingConfig) -> None:
    """As many as its training can count on, for the calling thread: one, but for steps so large
    that waiting is little of them. Then one core is left to others.

    An epoch of 3,000 pictures on 2 cores, beside two other busy programs, in seconds:

    ====================  ==========  ===========
    network, batch        one thread  two threads
    ====================  ==========  ===========
    128-256, 64                 0.05         0.82
    512-512, 256                0.16         2.81
    1024-1024, 1000             0.61         1.21
    ====================  ==========  ===========

    With another number of threads the figures differ in their last digits. So the configuration
    decides, and below ``LARGE_STEP`` the same seed gives the same curve on however many cores.
    """
    is_large = config.network.parameters * config.batch_size >= LARGE_STEP
    torch.set_num_threads(max(1, ALL - 1) if is_large else 1)


def use_one_core() -> None:
    """For the calling thread, and for those that start later."""
    torch.set_num_threads(1)


@contextmanager
def without_denormals() -> Iterator[None]:
    """On the CPU, denormal numbers slow Adam down from about the third epoch on; in the calling
    thread they are zero for so long.
    """
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)
