import pytest
import torch

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.optimizers import Optimizer

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
    start = torch.randn(1000, generator=random)
    weights, gradient = start.clone(), torch.zeros(1000)
    optimizer = Optimizer(config, weights, gradient)
    expected = start.clone().requires_grad_()
    reference = CLASSES[name]([expected], config)
    for step in range(10):
        gradient.copy_(torch.randn(1000, generator=random) * (weights + 0.1))
        rate = 0.01 * (step + 1)
        expected.grad = gradient.clone()
        reference.param_groups[0]["lr"] = rate
        reference.step()
        optimizer.step(rate)
        torch.testing.assert_close(weights, expected.detach(), rtol=1e-5, atol=1e-6)
    assert not torch.allclose(weights, start)


@pytest.mark.parametrize("name", CLASSES)
def test_a_rate_of_nothing_moves_nothing(name):
    weights, gradient = torch.ones(10), torch.ones(10)
    Optimizer(TrainingConfig(optimizer=name), weights, gradient).step(0.0)
    assert torch.equal(weights, torch.ones(10))


@pytest.mark.parametrize("name", CLASSES)
def test_the_gradient_is_left_as_it_is(name):
    config = TrainingConfig(optimizer=name, weight_decay=0.5)
    weights, gradient = torch.ones(10), torch.full((10,), 2.0)
    Optimizer(config, weights, gradient).step(0.1)
    assert torch.equal(gradient, torch.full((10,), 2.0))
