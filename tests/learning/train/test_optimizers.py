import itertools

import pytest
import torch

from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.optimizers import Optimizer, schedule_factor

CLASSES = {
    "adam": lambda weights, config: torch.optim.Adam(weights, weight_decay=config.weight_decay),
    "adamw": lambda weights, config: torch.optim.AdamW(weights, weight_decay=config.weight_decay),
    "sgd": lambda weights, config: torch.optim.SGD(
        weights, momentum=config.momentum, weight_decay=config.weight_decay
    ),
}


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_its_steps_are_those_of_torch_s_class(name, weight_decay, momentum):
    config = TrainingConfig(optimizer=name, weight_decay=weight_decay, momentum=momentum)
    random = torch.Generator().manual_seed(0)
    weights, gradient = torch.randn(1000, generator=random), torch.zeros(1000)
    expected = weights.clone().requires_grad_()
    optimizer, reference = Optimizer(config, weights, gradient), CLASSES[name]([expected], config)
    for step in range(10):
        gradient.copy_(torch.randn(1000, generator=random) * (weights + 0.1))
        expected.grad = gradient.clone()
        before = weights.clone()
        rate = 0.01 * (step + 1)
        reference.param_groups[0]["lr"] = rate
        reference.step()
        optimizer.step(rate)
        torch.testing.assert_close(weights, expected.detach(), rtol=1e-5, atol=1e-6)
        assert torch.equal(gradient, expected.grad)
        assert not torch.allclose(weights, before)


def test_what_it_keeps_is_named_as_torch_s_classes_name_it():
    gradient = torch.randn(10, generator=torch.Generator().manual_seed(0))
    optimizer = Optimizer(TrainingConfig(), torch.ones(10), gradient)
    optimizer.step(0.1)
    torch.testing.assert_close(optimizer.state["exp_avg"], 0.1 * gradient)
    torch.testing.assert_close(optimizer.state["exp_avg_sq"], 0.001 * gradient**2)
    assert optimizer.state["step"] == 1


class TestSchedules:
    def test_constant_stays(self):
        assert {schedule_factor("constant", step / 10) for step in range(11)} == {1.0}

    def test_cosine_goes_from_one_to_nothing(self):
        factors = [schedule_factor("cosine", step / 100) for step in range(101)]
        assert factors[0] == 1.0
        assert factors[50] == pytest.approx(0.5)
        assert factors[100] == pytest.approx(0.0, abs=1e-12)
        assert factors == sorted(factors, reverse=True)

    def test_one_cycle_goes_up_for_30_percent_and_then_down_to_nothing(self):
        factors = [schedule_factor("one_cycle", step / 1000) for step in range(1001)]
        assert factors[0] == pytest.approx(1 / 25)
        assert factors[150] == pytest.approx((1 + 1 / 25) / 2)
        assert factors[300] == pytest.approx(1.0)
        assert factors[650] == pytest.approx(0.5)
        assert factors[1000] == pytest.approx(0.0, abs=1e-12)
        assert factors[:301] == sorted(factors[:301])
        assert factors[300:] == sorted(factors[300:], reverse=True)
        assert max(abs(a - b) for a, b in itertools.pairwise(factors)) < 0.01
