import subprocess
import sys
import threading

import pytest
import torch

from mnist_desktop.learning import threads
from mnist_desktop.learning.config import PRESETS, NetworkConfig, TrainingConfig


@pytest.fixture(autouse=True)
def _as_before():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


SMALL = TrainingConfig()
LARGE = TrainingConfig(NetworkConfig((2048, 2048)), batch_size=1000)


@pytest.mark.parametrize("config", [SMALL, *PRESETS.values()])
def test_a_training_of_usual_size_uses_one_core_wherever_it_is(monkeypatch, config):
    """Or it would wait for other programs, and have another curve on another machine."""
    torch.set_num_threads(2)
    for there in (1, 2, 64):
        monkeypatch.setattr(threads, "ALL", there)
        threads.use_cores_for(config)
        assert torch.get_num_threads() == 1


@pytest.mark.parametrize(("there", "used"), [(1, 1), (2, 1), (8, 7)])
def test_one_of_large_steps_leaves_one_core_to_others(monkeypatch, there, used):
    monkeypatch.setattr(threads, "ALL", there)
    threads.use_cores_for(LARGE)
    assert torch.get_num_threads() == used


def test_a_thread_that_trains_may_use_more_though_the_window_s_uses_one(monkeypatch):
    monkeypatch.setattr(threads, "ALL", 3)
    seen = []

    def work():
        threads.use_cores_for(LARGE)
        seen.append(torch.get_num_threads())

    threads.use_one_core()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [2]
    assert torch.get_num_threads() == 1


def test_all_is_what_torch_would_use_by_itself():
    code = "import torch; a = torch.get_num_threads(); import mnist_desktop.learning.threads as t; "
    code += "t.use_one_core(); assert t.ALL == a"
    subprocess.run([sys.executable, "-c", code], check=True)
