"""The real program, in a process of its own."""

import os
import subprocess
import sys

import pytest

RUN = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from mnist_desktop.ui import app

{before}

class Window(app.MainWindow):
    def __init__(self, session):
        super().__init__(session)
        self.session = session
        session.opening.loaded.connect(self.when_loaded)
    def when_loaded(self):
        {then}

app.MainWindow = Window
from mnist_desktop.cli import main
sys.exit(main({arguments!r}))
"""


def run(then: str, *arguments: str, home=None, before="") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", RUN.format(before=before, then=then, arguments=list(arguments))],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "MNIST_DESKTOP_HOME": str(home)},
        check=False,
    )


def test_it_opens_loads_and_closes_cleanly(tmp_path):
    done = run("QTimer.singleShot(0, self.close)", home=tmp_path)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "QThread" not in done.stderr


def test_an_exception_in_the_window_is_told_and_logged_and_does_not_end_it(tmp_path):
    then = (
        "QTimer.singleShot(0, lambda: 1 / 0); "
        "QTimer.singleShot(300, lambda: print(self.findChild(QMessageBox, 'errorDialog').text())); "
        "QTimer.singleShot(400, QApplication.quit)"
    )
    done = run(then, home=tmp_path)
    assert done.returncode == 0
    assert "went wrong" in done.stdout
    log = tmp_path / "log.txt"
    assert "ZeroDivisionError" in log.read_text()
    assert os.name == "nt" or log.stat().st_mode & 0o777 == 0o600


def test_no_movement_of_the_mouse_is_left_out(tmp_path):
    compressed = (
        "QApplication.{}Attribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents{})"
    )
    # As Qt does by itself on X11.
    before = compressed.format("set", "")
    then = f"print('compressed:', {compressed.format('test', '')}); self.close()"
    assert "compressed: False" in run(then, home=tmp_path, before=before).stdout


@pytest.mark.parametrize("name", ["missing.safetensors"])
def test_a_word_that_is_neither_command_nor_file_is_wrong_usage(tmp_path, name):
    done = subprocess.run(
        [sys.executable, "-m", "mnist_desktop", str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
