"""The window. The only part that knows Qt and pyqtgraph."""

import builtins
import gc

import PySide6.QtCore  # noqa: F401

# PySide6 puts an import of its own in the place of Python's, for a feature that nobody here uses.
# Through it each of the thousand imports that follow takes longer, a tenth of all.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

# They make some ten thousand objects, and nearly all of them stay: looking through them at every
# 700 takes 4 % of the time to the window, which collects by itself.
gc.set_threshold(100_000)
