"""How many cores torch may use, thread by thread.

Each thread that ever ran a parallel operation keeps a pool of helpers. Once the pools of all
threads together are larger than the machine, every operation waits for helpers that sleep: one
parallel operation in the window's thread makes training in another almost three times slower. So
the window's thread uses one core, and only work in a thread of its own uses all.
"""

from __future__ import annotations

import torch

ALL = torch.get_num_threads()
"""Read when this module is imported, which must be before the first ``use_one_core``."""


def use_all_cores() -> None:
    """For the calling thread, and for those that start later."""
    torch.set_num_threads(ALL)


def use_one_core() -> None:
    """For the calling thread, and for those that start later."""
    torch.set_num_threads(1)
