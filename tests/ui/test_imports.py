import subprocess
import sys

from mnist_desktop.ui.session.model_files import import_torch

IMPORTS = """
import builtins
import mnist_desktop.ui
import PySide6.QtWidgets
assert builtins.__import__ is builtins.__orig_import__, "it is PySide6's own"
import gc
looked = []
gc.callbacks.append(lambda phase, info: looked.append(phase))
from mnist_desktop.ui import app
assert len(looked) < 10, f"imports were held up {len(looked) // 2} times"
"""


def test_the_window_imports_what_it_needs_in_the_quick_way():
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_all_that_a_training_needs_is_imported():
    import_torch()
    assert {"torch", "mnist_desktop.learning.train.training"} <= set(sys.modules)
