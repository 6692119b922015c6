"""How many cores torch may use, thread by thread.

Each thread that ever ran a parallel operation keeps a pool of helpers. Once the pools of all
threads together are larger than the machine, every operation waits for helpers that sleep: one
parallel operation in the window's thread makes training in another almost three times slower. So
the window's thread uses one core, and only work in a thread of its own uses all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from mnist_desktop.learning.config import TrainingConfig

ALL = torch.get_num_threads()
"""Read when this module is imported, which must be before the first ``use_one_core``."""


def use_cores_for(config: TrainingConfig) -> None:
    """As many as its training is fastest with, for the calling thread.

    Distorting is many small operations. They gain little from the last core, and when something
    else runs there, each waits for it: 3,300 pictures took 0.3 s with one core, and 19 s with two
    of which another program used one. The number depends on nothing but the machine and the
    configuration, since another one gives figures that differ in their last digits.
    """
    torch.set_num_threads(max(1, ALL - 1) if config.distortion else ALL)


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
