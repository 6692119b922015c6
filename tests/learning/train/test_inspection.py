import numpy as np
import pytest
import torch
import torch.nn.functional as F

from mnist_desktop.learning.models.network import MLP, copy_state, join_parameters, to_input
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.learning.train.inspection import BINS, MOST_VALUES, inspect, inspect_at_rest

NAN, INFINITE = float("nan"), float("inf")


@pytest.fixture
def make(small):
    """A network, the gradient of 64 pictures in it, and what is seen when it is looked into."""

    def make_one(config, change=lambda network: None):
        network = MLP(config)
        weights, gradient = join_parameters(network)
        inputs = to_input(torch.from_numpy(small.train.pictures[:64]))
        labels = torch.from_numpy(small.train.labels[:64]).long()
        F.cross_entropy(network(inputs), labels).backward()
        with torch.no_grad():
            change(network)
        return network, inspect(network, weights, gradient, inputs)

    return make_one


def numbers_of(network, name, attribute):
    layer = network.get_submodule(name)
    return np.concatenate([getattr(one, attribute).numpy().ravel() for one in layer.parameters()])


@pytest.mark.parametrize(("shown", "attribute"), [("weights", "data"), ("gradients", "grad")])
def test_histograms_hold_each_value_of_a_small_layer(make, shown, attribute):
    network, inspection = make(NetworkConfig((16, 8)))
    assert [layer.name for layer in inspection.layers] == ["hidden1", "hidden2", "out"]
    for layer in inspection.layers:
        values = numbers_of(network, layer.name, attribute)
        reach = np.abs(values).max()
        histogram = getattr(layer, shown)
        assert histogram.reach == pytest.approx(reach)
        counts, _ = np.histogram(values, BINS, (-reach, reach))
        # A value that lies on the edge of two bins, as 0 does, may be in either.
        assert np.abs(counts - histogram.counts).sum() <= 2 + 2 * (values == 0).sum()
        assert histogram.counts.sum() == len(values)


def test_of_a_large_layer_values_from_everywhere_are_enough(make):
    def widen_the_last(network):
        network.hidden1.weight[256:] = 5.0

    _, inspection = make(NetworkConfig((512,)), widen_the_last)
    histogram = inspection.layers[0].weights
    assert MOST_VALUES <= histogram.counts.sum() < 2 * MOST_VALUES
    assert histogram.reach == 5.0
    assert histogram.counts[-1] / histogram.counts.sum() == pytest.approx(0.5, abs=0.01)


def test_each_layer_s_gradient_and_their_whole(make):
    network, inspection = make(NetworkConfig((16, 8)))
    for layer in inspection.layers:
        expected = np.linalg.norm(numbers_of(network, layer.name, "grad"))
        assert layer.gradient_norm == pytest.approx(expected)
    norms = [layer.gradient_norm for layer in inspection.layers]
    assert inspection.gradient_norm == pytest.approx(np.linalg.norm(norms))


@pytest.mark.parametrize(
    ("activation", "bias"), [("relu", -1000.0), ("sigmoid", -1000.0), ("tanh", 1000.0)]
)
def test_neurons_that_answer_to_no_picture_are_dead(make, activation, bias):
    def kill_four(network):
        network.hidden1.bias[:4] = bias
        network.train()  # dropout would let them answer

    network, inspection = make(NetworkConfig((16, 8), activation, dropout=0.5), kill_four)
    assert [layer.dead for layer in inspection.layers] == [4 / 16, 0, None]
    assert network.training


def test_the_first_layer_as_pictures_that_are_copies(make):
    network, inspection = make(NetworkConfig((100, 8)))
    weight = network.hidden1.weight
    for shown, expected in (
        (inspection.pictures, weight.detach()),
        (inspection.gradient_pictures, weight.grad),
    ):
        before = expected[:64].reshape(-1, 28, 28).numpy().copy()
        expected.zero_()
        assert (shown == before).all()


def test_without_hidden_layers_the_outputs_look_at_the_picture(make):
    _, inspection = make(NetworkConfig(()))
    assert [layer.name for layer in inspection.layers] == ["out"]
    assert inspection.pictures.shape == (10, 28, 28)


def test_a_gradient_of_zeros_has_a_histogram(make):
    def forget(network):
        for parameter in network.parameters():
            parameter.grad.zero_()

    _, inspection = make(NetworkConfig((16,)), forget)
    assert inspection.layers[0].gradients.reach == 0
    assert inspection.layers[0].gradients.counts.sum() == 784 * 16 + 16
    assert inspection.gradient_norm == 0


def test_a_network_that_has_just_diverged_can_be_looked_into(make):
    def diverge(network):
        for parameter in network.parameters():
            parameter.grad.fill_(NAN)
        network.hidden1.weight[0] = INFINITE

    _, inspection = make(NetworkConfig((16,)), diverge)
    assert inspection.layers[0].gradients.counts.sum() == 0
    assert inspection.layers[0].weights.counts.sum() == 784 * 15 + 16
    assert np.isfinite(inspection.layers[0].weights.reach)


def test_a_network_at_rest_is_inspected_with_the_gradient_of_a_split(make, small):
    network, _ = make(NetworkConfig((16, 8)))
    before = copy_state(network)
    inspection = inspect_at_rest(network, small.validation)
    assert [layer.name for layer in inspection.layers] == ["hidden1", "hidden2", "out"]
    pictures = network.hidden1.weight.detach().numpy().reshape(-1, 28, 28)
    np.testing.assert_array_equal(inspection.pictures, pictures)
    some = small.validation.first(512)
    inputs = to_input(torch.from_numpy(some.pictures))
    network.zero_grad()
    F.cross_entropy(network(inputs), torch.from_numpy(some.labels).long()).backward()
    squares = sum(float(one.grad.square().sum()) for one in network.parameters())
    assert inspection.gradient_norm == pytest.approx(squares**0.5, rel=1e-4)
    for name, tensor in copy_state(network).items():
        assert torch.equal(tensor, before[name])
