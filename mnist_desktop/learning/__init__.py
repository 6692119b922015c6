"""Data sets, networks, training and reading. Knows torch, not Qt.

Each room may know those before it: ``settings``, ``data``, ``models``, ``read``, ``evaluate``,
``train``, ``teach``; and ``explain`` the first five. Settings, events and data sets import no torch
either, so that a window can be built from them before torch is there.
"""
