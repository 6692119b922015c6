import dataclasses

import pytest
import torch

from mnist_desktop.learning import threads
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.rehearsal import rehearsal, safe_counts

CONFIG = TrainingConfig(NetworkConfig((32, 16)), batch_size=50, device="cpu")


@pytest.mark.parametrize("changes", [{}, {"distortion": 1.0}, {"batch_size": 999}])
def test_a_rehearsal_is_the_same_each_time_and_another_with_other_settings(small, changes):
    config = dataclasses.replace(CONFIG, **changes)

    def rehearsed(seed=0):
        other = dataclasses.replace(config, seed=seed)
        return rehearsal(other, [config.batch_size, 7], small.validation)

    assert all(map(torch.equal, rehearsed(), rehearsed()))
    weights, *_, probabilities, losses = rehearsed()
    others = rehearsed(seed=1)
    assert not torch.equal(weights, others[0])
    assert not torch.equal(probabilities, others[-2])
    assert not torch.equal(losses, others[-1])


def test_one_thread_is_always_safe_and_all_that_is_elsewhere_can_have(small, monkeypatch):
    monkeypatch.setattr(threads, "ALL", 2)
    assert safe_counts(CONFIG, 7, small.validation)[0] == 1
    monkeypatch.setattr(
        "mnist_desktop.learning.train.rehearsal.choose_device", lambda _: torch.device("meta")
    )
    assert safe_counts(CONFIG, 1000, small.validation) == [1]
