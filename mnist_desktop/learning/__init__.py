"""Data sets, networks, training and reading. Knows torch, not Qt.

``config``, ``events`` and the data set modules import no torch either, so that a window can be
built from them before torch is there.
"""
