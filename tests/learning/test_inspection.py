import numpy as np
import pytest
import torch

from mnist_desktop.learning.backpropagation import Backpropagation
from mnist_desktop.learning.config import NetworkConfig
from mnist_desktop.learning.inspection import BINS, MOST_VALUES, inspect
from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.step import targets_by_label


@pytest.fixture
def make(small):
    """A network, its gradient of 64 pictures filled, and its inspection."""

    def make_one(config, change=lambda network: None):
        network = MLP(config)
        backpropagation = Backpropagation(network)
        with torch.no_grad():
            change(network)
        inputs = to_input(torch.from_numpy(small.train.images[:64]))
        labels = torch.from_numpy(small.train.labels[:64]).long()
        backpropagation.forward(inputs)
        backpropagation.backward(targets_by_label(0.0)[labels])
        return network, backpropagation, inspect(network, backpropagation, inputs)

    return make_one


def test_each_layer_s_gradient_and_their_whole(make):
    _, backpropagation, inspection = make(NetworkConfig((16, 8)))
    assert [layer.name for layer in inspection.layers] == ["hidden1", "hidden2", "out"]
    norms = [layer.gradient_norm for layer in inspection.layers]
    assert inspection.gradient_norm == pytest.approx(np.linalg.norm(norms))
    assert norms[2] == pytest.approx(float(backpropagation.gradient[-90:].norm()))


def test_histograms_hold_each_value_of_a_small_layer(make):
    network, _, inspection = make(NetworkConfig((16, 8)))
    for layer in inspection.layers:
        values = np.concatenate(
            [
                one.detach().numpy().ravel()
                for name, one in network.named_parameters()
                if name.startswith(layer.name)
            ]
        )
        reach = np.abs(values).max()
        assert layer.weights.reach == pytest.approx(reach)
        counts, _ = np.histogram(values, BINS, (-reach, reach))
        # A value that lies on the edge of two bins may be in either.
        assert np.abs(counts - layer.weights.counts).sum() <= 2
        assert layer.weights.counts.sum() == len(values)


def test_of_a_large_layer_some_values_are_enough(make):
    _, _, inspection = make(NetworkConfig((512,)))
    assert MOST_VALUES <= inspection.layers[0].weights.counts.sum() < 2 * MOST_VALUES


def test_a_gradient_of_zeros_has_a_histogram(make):
    network, backpropagation, _ = make(NetworkConfig((16,)))
    backpropagation.gradient.zero_()
    inspection = inspect(network, backpropagation, torch.zeros(3, 784))
    assert inspection.layers[0].gradients.reach == 0
    assert inspection.layers[0].gradients.counts.sum() == 784 * 16 + 16
    assert inspection.gradient_norm == 0


@pytest.mark.parametrize(
    ("activation", "bias"), [("relu", -1000.0), ("sigmoid", -1000.0), ("tanh", 1000.0)]
)
def test_neurons_that_answer_to_no_picture_are_dead(make, activation, bias):
    def kill_four(network):
        network.hidden1.bias[:4] = bias

    _, _, inspection = make(NetworkConfig((16, 8), activation=activation), kill_four)
    assert inspection.layers[0].dead == 4 / 16
    assert inspection.layers[1].dead == 0
    assert inspection.layers[2].dead is None


def test_the_first_layer_as_pictures(make):
    network, backpropagation, inspection = make(NetworkConfig((100, 8)))
    weights = network.hidden1.weight.detach().numpy()
    assert inspection.pictures.shape == (64, 28, 28)
    assert (inspection.pictures == weights[:64].reshape(-1, 28, 28)).all()
    gradient = backpropagation.gradient[: 784 * 64].view(64, 28, 28).numpy()
    assert (inspection.gradient_pictures == gradient).all()


def test_without_hidden_layers_the_outputs_look_at_the_picture(make):
    _, _, inspection = make(NetworkConfig(()))
    assert [layer.name for layer in inspection.layers] == ["out"]
    assert inspection.pictures.shape == (10, 28, 28)


def test_what_is_shown_is_a_copy(make):
    network, backpropagation, inspection = make(NetworkConfig((16,)))
    before = inspection.pictures.copy(), inspection.gradient_pictures.copy()
    with torch.no_grad():
        network.hidden1.weight.zero_()
    backpropagation.gradient.zero_()
    assert (inspection.pictures == before[0]).all()
    assert (inspection.gradient_pictures == before[1]).all()


def test_a_network_that_has_just_diverged_can_be_looked_into(make):
    network, backpropagation, _ = make(NetworkConfig((16,)))
    backpropagation.gradient.fill_(float("nan"))
    with torch.no_grad():
        network.hidden1.weight[0] = float("inf")
    inspection = inspect(network, backpropagation, torch.ones(3, 784))
    assert inspection.layers[0].gradients.counts.sum() == 0
    assert inspection.layers[0].weights.counts.sum() == 784 * 15 + 16
    assert np.isfinite(inspection.layers[0].weights.reach)
