import itertools

import pytest
import torch

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.optimizers import Optimizer, schedule_factor

CLASSES = {
    "adam": lambda weights, config: torch.optim.Adam(weights, weight_decay=config.weight_decay),
    "adamw": lambda weights, config: torch.optim.AdamW(weights, weight_decay=config.weight_decay),
    "sgd": lambda weights, config: torch.optim.SGD(
        weights, momentum=config.momentum, weight_decay=config.weight_decay
    ),
}


def parameters():
    random = torch.Generator().manual_seed(0)
    return [torch.randn(shape, generator=random).requires_grad_() for shape in ((30, 20), (30,))]


def draw_gradients(parameters, random):
    for one in parameters:
        one.grad = torch.randn(one.shape, generator=random) * (one.detach() + 0.1)


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_its_steps_are_those_of_torch_s_class(name, weight_decay, momentum):
    config = TrainingConfig(optimizer=name, weight_decay=weight_decay, momentum=momentum)
    ours, theirs, start = parameters(), parameters(), parameters()
    optimizer, reference = Optimizer(config, ours), CLASSES[name](theirs, config)
    random = torch.Generator().manual_seed(1)
    for step in range(10):
        if step == 5:  # another one goes on from what this one has kept
            state, optimizer = optimizer.state(), Optimizer(config, ours)
            optimizer.restore(state)
        draw_gradients(ours, random)
        for one, other in zip(ours, theirs, strict=True):
            other.grad = one.grad.clone()
        rate = 0.01 * (step + 1)
        reference.param_groups[0]["lr"] = rate
        reference.step()
        optimizer.step(rate)
        for one, other in zip(ours, theirs, strict=True):
            torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-6)
            torch.testing.assert_close(one.grad, other.grad)
    assert not any(torch.allclose(one, before) for one, before in zip(ours, start, strict=True))


def test_what_it_keeps_is_a_copy_in_one_piece():
    ours = parameters()
    optimizer = Optimizer(TrainingConfig(), ours)
    draw_gradients(ours, torch.Generator().manual_seed(1))
    optimizer.step(0.1)
    state = optimizer.state()
    gradient = torch.cat([one.grad.flatten() for one in ours])
    torch.testing.assert_close(state["exp_avg"], 0.1 * gradient)
    torch.testing.assert_close(state["exp_avg_sq"], 0.001 * gradient**2)
    assert state["step"] == 1
    optimizer.step(0.1)
    assert state["step"] == 1
    torch.testing.assert_close(state["exp_avg"], 0.1 * gradient)


def test_the_gradient_is_forgotten_when_that_is_asked_for():
    ours = parameters()
    draw_gradients(ours, torch.Generator().manual_seed(1))
    Optimizer(TrainingConfig(), ours).zero_grad()
    assert [one.grad for one in ours] == [None, None]


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
