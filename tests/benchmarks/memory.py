"""Memory over bare imports, with MNIST loaded and a run going on, window open.

    python tests/benchmarks/memory.py [--epochs N]

What is compared is the memory that is in the process's own hands (resident, not shared with
files), at its highest.
"""

from __future__ import annotations

import argparse
import json

from common import in_a_process

MEASURE = """
def megabytes():
    for line in open("/proc/self/status"):
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
def resident():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
"""

BARE = (
    MEASURE
    + """
import json
import torch
from PySide6 import QtCore, QtGui, QtWidgets
import pyqtgraph
print(json.dumps([megabytes(), resident()]))
"""
)

OURS = (
    MEASURE
    + """
import json, sys
from common import opened_window, run_until
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QSpinBox, QTabWidget
application, session, window = opened_window()
tabs = window.findChild(QTabWidget, "tabs")
window.findChild(QSpinBox, "epochsSpin").setValue(int(sys.argv[1]))
samples = []
timer = QTimer(interval=50)
timer.timeout.connect(lambda: samples.append([megabytes(), resident()]))
timer.start()
tabs.setCurrentIndex(1)
window.findChild(QPushButton, "startButton").click()
run_until(lambda: session.training.done is not None and not session.training.is_active)
session.shut_down()
print(json.dumps([max(one) for one in zip(*samples)]))
"""
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    epochs = parser.parse_args().epochs
    bare = json.loads(in_a_process(BARE))
    ours = json.loads(in_a_process(OURS, str(epochs)))
    for name, before, after in zip(("anonymous", "resident"), bare, ours, strict=True):
        print(
            f"{name:9} bare imports {before:.0f} MB, ours {after:.0f} MB: + {after - before:.0f} MB"
        )


if __name__ == "__main__":
    main()
