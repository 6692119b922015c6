import subprocess
import sys
import threading

import pytest
import torch

from mnist_desktop.learning import threads
from mnist_desktop.learning.config import TrainingConfig


@pytest.fixture(autouse=True)
def _as_before():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_one_core_and_then_all_again():
    threads.use_one_core()
    assert torch.get_num_threads() == 1
    threads.use_cores_for(TrainingConfig())
    assert torch.get_num_threads() == threads.ALL


@pytest.mark.parametrize(("there", "used"), [(1, 1), (2, 1), (8, 7)])
def test_distorting_leaves_one_core_to_others(monkeypatch, there, used):
    monkeypatch.setattr(threads, "ALL", there)
    threads.use_cores_for(TrainingConfig(distortion=1.0))
    assert torch.get_num_threads() == used


def test_a_thread_that_trains_may_use_all_though_the_window_s_uses_one():
    seen = []

    def work():
        threads.use_cores_for(TrainingConfig())
        seen.append(torch.get_num_threads())

    threads.use_one_core()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [threads.ALL]
    assert torch.get_num_threads() == 1


def test_all_is_what_torch_would_use_by_itself():
    code = "import torch; a = torch.get_num_threads(); import mnist_desktop.learning.threads as t; "
    code += "from mnist_desktop.learning.config import TrainingConfig as C; "
    code += "t.use_one_core(); t.use_cores_for(C()); assert torch.get_num_threads() == t.ALL == a"
    subprocess.run([sys.executable, "-c", code], check=True)
