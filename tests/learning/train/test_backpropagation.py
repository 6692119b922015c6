import pytest
import torch
import torch.nn.functional as F

from mnist_desktop.learning.models.network import ACTIVATIONS, MLP, join_parameters, to_input
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.learning.train.backpropagation import backward, cross_entropy


@pytest.fixture
def batch(small):
    """Pictures, and targets of which some are digits and some are as likely any."""
    labels = torch.from_numpy(small.train.labels[:37]).long()
    targets = F.one_hot(labels, 10).float()
    targets[30:] = 0.1
    return to_input(torch.from_numpy(small.train.pictures[:37])), targets


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
@pytest.mark.parametrize("output", ["logits", "log_softmax"])
@pytest.mark.parametrize("hidden", [(), (24,), (12, 24, 16, 8)])
@pytest.mark.parametrize("dropout", [0.0, 0.4])
def test_loss_and_gradient_are_those_of_autograd(batch, activation, output, hidden, dropout):
    config = NetworkConfig(hidden, activation, dropout, output)
    ours, theirs = MLP(config, seed=3), MLP(config, seed=3)
    _, found = join_parameters(ours)
    inputs, targets = batch
    before = inputs.clone()
    # The second batch is smaller, as the last of an epoch is.
    for size in (37, 5):
        theirs.zero_grad()
        expected = F.cross_entropy(theirs(inputs[:size]), targets[:size])
        expected.backward()
        with torch.no_grad():
            outputs = list(ours.outputs(inputs[:size]))
        log_probabilities = F.log_softmax(outputs[-1].sums, dim=1)
        loss = cross_entropy(log_probabilities, targets[:size])
        torch.testing.assert_close(loss, expected.detach())
        backward(ours, inputs[:size], outputs, log_probabilities, targets[:size])
        gradient = torch.cat([one.grad.flatten() for one in theirs.parameters()])
        torch.testing.assert_close(found, gradient, rtol=1e-4, atol=1e-6)
        assert torch.equal(cross_entropy(log_probabilities, targets[:size]), loss)
    assert torch.equal(inputs, before)


def test_a_large_batch_has_the_same_loss_with_any_number_of_threads():
    random = torch.Generator().manual_seed(0)
    before = torch.get_num_threads()
    try:
        for _ in range(5):
            scores = torch.randn(5000, 10, generator=random).log_softmax(dim=1)
            targets = torch.rand(5000, 10, generator=random)
            losses = []
            for count in (1, 2):
                torch.set_num_threads(count)
                losses.append(float(cross_entropy(scores, targets)))
            assert losses[0] == losses[1]
    finally:
        torch.set_num_threads(before)


def test_parameters_and_their_gradients_are_parts_of_two_vectors():
    network = MLP(NetworkConfig((24, 16)), seed=3)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    weights, gradient = join_parameters(network)
    whole = torch.cat([tensor.flatten() for tensor in before.values()])
    assert torch.equal(weights, whole)
    weights.mul_(2.0)
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, 2 * before[name])
    # And the other way round, as when the best epoch's weights come back.
    network.load_state_dict(before)
    assert torch.equal(weights, whole)
    network.out.bias.grad.fill_(3.0)
    assert gradient[-10:].tolist() == [3.0] * 10
