import pytest
import torch

from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.learning.teach import neurons as neurons_module
from mnist_desktop.learning.teach.neurons import Neurons, see, with_neurons


@pytest.fixture(
    params=[
        ((7,), "relu", "logits"),
        ((9, 7), "tanh", "log_softmax"),
        ((9, 8, 7), "gelu", "logits"),
    ]
)
def network(request):
    hidden, activation, output = request.param
    return MLP(NetworkConfig(hidden, activation, output=output), seed=3).eval()


def neurons_of(network, count):
    random = torch.Generator().manual_seed(0)
    inputs = network.config.layers[-2].inputs
    shapes = (count, inputs), (count,), (10, count)
    return Neurons(
        *(torch.randn(*shape, generator=random) for shape in shapes), network.config.activation
    )


def test_a_network_with_them_says_what_was_computed(network, small, monkeypatch):
    monkeypatch.setattr(neurons_module, "CHUNK", 30)
    some = small.test.first(40)
    model = Model(network.config, network.state_dict())
    neurons = neurons_of(network, 4)
    grown = with_neurons(model, neurons)
    assert grown.network.hidden == (*network.config.hidden[:-1], 11)
    taller = MLP(grown.network)
    taller.load_state_dict(grown.state_dict)
    with torch.no_grad():
        said = taller(to_input(torch.from_numpy(some.pictures)))
    computed = neurons.logits(see(network, some))
    # A log-softmax is the same whatever is added to all ten.
    torch.testing.assert_close(said.log_softmax(1), computed.log_softmax(1), atol=1e-4, rtol=1e-4)
    assert not torch.allclose(said, see(network, some).logits, atol=0.1)


def test_what_they_join_is_not_changed(network):
    model = Model(network.config, network.state_dict())
    before = {name: tensor.clone() for name, tensor in model.state_dict.items()}
    grown = with_neurons(model, neurons_of(network, 4))
    for name, tensor in before.items():
        if name == "out.bias":  # which takes in what the new ones say when silent
            continue
        torch.testing.assert_close(model.state_dict[name], tensor, atol=0, rtol=0)
        same = grown.state_dict[name][tuple(slice(size) for size in tensor.shape)]
        torch.testing.assert_close(same, tensor, atol=0, rtol=0)


def test_some_of_them_add_what_they_add(network, small):
    seen = see(network, small.test.first(20))
    neurons = neurons_of(network, 4)
    parts = [neurons.some(torch.tensor(some)) for some in ([2, 0], [3, 1])]
    added = sum(part.logits(seen) - seen.logits for part in parts)
    torch.testing.assert_close(seen.logits + added, neurons.logits(seen), atol=1e-4, rtol=1e-4)
