import pytest
import torch
import torch.nn.functional as F

from mnist_desktop.learning.backpropagation import Backpropagation
from mnist_desktop.learning.config import NetworkConfig
from mnist_desktop.learning.network import MLP, to_input

ACTIVATIONS = ["relu", "tanh", "sigmoid", "gelu"]


@pytest.fixture
def batch(small):
    return (
        to_input(torch.from_numpy(small.train.images[:37])),
        torch.from_numpy(small.train.labels[:37]).long(),
    )


def of_autograd(config, seed, batches):
    """The losses, gradients and scores as torch finds them by itself."""
    network = MLP(config, seed).train()
    for inputs, targets in batches:
        network.zero_grad()
        scores = network(inputs)
        # On log-probabilities the two losses are the same, and so they must be here.
        loss = (F.nll_loss if config.output == "log_softmax" else F.cross_entropy)(scores, targets)
        loss.backward()
        gradients = [parameter.grad.flatten() for parameter in network.parameters()]
        yield loss.detach(), torch.cat(gradients), F.log_softmax(scores.detach(), dim=1)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("output", ["logits", "log_softmax"])
@pytest.mark.parametrize("hidden", [(), (24,), (24, 16), (12, 24, 16, 8)])
@pytest.mark.parametrize("dropout", [0.0, 0.4])
def test_loss_and_gradients_are_those_of_autograd(batch, activation, output, hidden, dropout):
    config = NetworkConfig(hidden, activation, dropout, output)
    network = MLP(config, seed=3).train()
    backpropagation = Backpropagation(network)
    inputs, targets = batch
    # The second batch is smaller, as the last of an epoch is.
    batches = [(inputs, targets), (inputs[:5], targets[:5])]
    for (inputs, targets), expected in zip(batches, of_autograd(config, 3, batches), strict=True):
        loss, gradient, log_probabilities = expected
        torch.testing.assert_close(backpropagation.forward(inputs), log_probabilities)
        one_hot = F.one_hot(targets, 10).float()
        torch.testing.assert_close(backpropagation.loss(one_hot), loss)
        backpropagation.backward(one_hot)
        torch.testing.assert_close(backpropagation.gradient, gradient, rtol=1e-4, atol=1e-6)


def test_the_network_s_weights_are_parts_of_the_one_vector(batch):
    inputs, _ = batch
    network = MLP(NetworkConfig((24, 16)), seed=3)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    backpropagation = Backpropagation(network)
    assert backpropagation.weights.shape == (network.config.parameters,)
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, before[name])
    with torch.no_grad():
        backpropagation.weights.mul_(2.0)
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, 2 * before[name])
    torch.testing.assert_close(
        backpropagation.forward(inputs), F.log_softmax(network.eval()(inputs), dim=1)
    )
    # And the other way round, as when the best epoch's weights come back.
    network.load_state_dict(before)
    expected = torch.cat([tensor.flatten() for tensor in before.values()])
    assert torch.equal(backpropagation.weights, expected)
    torch.testing.assert_close(
        backpropagation.forward(inputs), F.log_softmax(network.eval()(inputs), dim=1)
    )


def test_nothing_is_dropped_while_testing(batch):
    inputs, _ = batch
    network = MLP(NetworkConfig((24,), dropout=0.5)).eval()
    first, second = (Backpropagation(network).forward(inputs) for _ in range(2))
    assert torch.equal(first, second)


def test_no_graph_is_recorded(batch):
    inputs, targets = batch
    targets = F.one_hot(targets, 10).float()
    backpropagation = Backpropagation(MLP(NetworkConfig((24,))))
    assert not backpropagation.forward(inputs).requires_grad
    assert not backpropagation.loss(targets).requires_grad
    backpropagation.backward(targets)
    assert not backpropagation.gradient.requires_grad


def test_backward_leaves_the_forward_s_results_as_they_are(batch):
    inputs, targets = batch
    targets = F.one_hot(targets, 10).float()
    backpropagation = Backpropagation(MLP(NetworkConfig((24, 16), dropout=0.3)).train())
    log_probabilities = backpropagation.forward(inputs)
    before, inputs_before = log_probabilities.clone(), inputs.clone()
    loss = backpropagation.loss(targets)
    backpropagation.backward(targets)
    assert torch.equal(log_probabilities, before)
    assert torch.equal(inputs, inputs_before)
    assert torch.equal(backpropagation.loss(targets), loss)


def test_targets_may_be_any_distribution(batch):
    inputs, labels = batch
    targets = torch.full((len(labels), 10), 0.1)
    targets[: len(labels) // 2] = F.one_hot(labels[: len(labels) // 2], 10).float()
    network = MLP(NetworkConfig((24,)), seed=3)
    loss = F.cross_entropy(network(inputs), targets)
    loss.backward()
    expected = torch.cat([parameter.grad.flatten() for parameter in network.parameters()])
    backpropagation = Backpropagation(network)
    backpropagation.forward(inputs)
    torch.testing.assert_close(backpropagation.loss(targets), loss.detach())
    backpropagation.backward(targets)
    torch.testing.assert_close(backpropagation.gradient, expected, rtol=1e-4, atol=1e-6)
