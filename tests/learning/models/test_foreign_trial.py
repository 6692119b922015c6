"""How the way in which a network reads is found out, and told."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from mnist_desktop.learning.models import foreign_trial
from mnist_desktop.learning.models.interpretation import InputFormat, Wish
from mnist_desktop.learning.models.model import ModelFileError
from mnist_desktop.learning.models.model_file import open_model, save_model
from mnist_desktop.learning.models.network import ACTIVATIONS
from mnist_desktop.learning.read.recognizer import Recognizer

FORMATS = [
    InputFormat(),
    InputFormat("0-255"),
    InputFormat("plus-minus-1"),
    InputFormat("standardised"),
    InputFormat(white_paper=True),
    InputFormat("0-255", white_paper=True),
    InputFormat(transposed=True),
    InputFormat("plus-minus-1", white_paper=True, transposed=True),
]


class Network(nn.Module):
    def __init__(self, activation, seed=0):
        super().__init__()
        torch.manual_seed(seed)
        self.one, self.two = nn.Linear(784, 20), nn.Linear(20, 10)
        self.activation = ACTIVATIONS[activation]

    def forward(self, values):
        return self.two(self.activation(self.one(values)))


def given(pictures, way):
    """Pictures, (n, 28, 28) uint8, as a network is given them; not by what is tested."""
    values = pictures.astype("f4") / 255
    if way.transposed:
        values = values.transpose(0, 2, 1)
    if way.white_paper:
        values = 1 - values
    scaled = {
        "0-1": lambda: values,
        "0-255": lambda: values * 255,
        "plus-minus-1": lambda: (values - 0.5) / 0.5,
        "standardised": lambda: (values - 0.1307) / 0.3081,
    }[way.range]()
    return torch.from_numpy(np.ascontiguousarray(scaled)).flatten(1)


@pytest.fixture(scope="module")
def learned(small):
    """A network that has learned to read, once for each activation, and for pixels from 0 to 1."""
    known = {}

    def make(activation):
        if activation not in known:
            network = Network(activation)
            optimizer = torch.optim.Adam(network.parameters(), 3e-3)
            pictures, labels = given(small.train.pictures, InputFormat()), small.train.labels
            order = torch.Generator().manual_seed(0)
            for batch in (
                batch for _ in range(5) for batch in torch.randperm(2000, generator=order).split(40)
            ):
                optimizer.zero_grad()
                targets = torch.from_numpy(labels).long()[batch]
                F.cross_entropy(network(pictures[batch]), targets).backward()
                optimizer.step()
            known[activation] = network
        return known[activation]

    return make


@pytest.fixture
def given_as(learned):
    """The same network made for pictures in another format."""

    def make(activation, way):
        network = Network(activation)
        network.load_state_dict(learned(activation).state_dict())
        black, white = given(np.array([[[0]], [[255]]], "u1"), InputFormat(way.range)).flatten()
        factor, shift = white - black, black
        if way.white_paper:
            factor, shift = -factor, white
        first = network.one
        with torch.no_grad():
            first.bias -= first.weight.sum(dim=1) * shift / factor
            first.weight /= factor
            if way.transposed:
                first.weight.copy_(first.weight.view(-1, 28, 28).transpose(1, 2).flatten(1))
        return network

    return make


@pytest.fixture
def path(tmp_path):
    return tmp_path / "weights.pt"


def assert_reads_as(model, network, way, small):
    with torch.no_grad():
        expected = F.softmax(network(given(small.test.pictures, way)), 1)
    found = Recognizer(model).probabilities(small.test.pictures)
    np.testing.assert_allclose(found, expected, atol=2e-3)


@pytest.mark.parametrize("way", FORMATS)
def test_the_format_of_pictures_is_found(path, small, given_as, way):
    network = given_as("relu", way)
    torch.save(network.state_dict(), path)
    model = open_model(path)
    assert model.interpretation.input == way
    assert model.interpretation.activation == model.network.activation == "relu"
    assert_reads_as(model, network, way, small)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_the_activation_is_found(path, small, learned, activation):
    torch.save(learned(activation).state_dict(), path)
    model = open_model(path)
    assert model.network.activation == activation
    assert_reads_as(model, learned(activation), InputFormat(), small)


def test_what_was_found_is_kept_in_a_file_of_this_program(path, small, given_as):
    way = InputFormat("0-255", white_paper=True, transposed=True)
    network = given_as("tanh", way)
    torch.save(network.state_dict(), path)
    save_model(path, open_model(path))
    model = open_model(path)
    assert model.interpretation is None
    assert_reads_as(model, network, way, small)
    with pytest.raises(ModelFileError, match="says itself how its network reads"):
        open_model(path, Wish("relu"))


def test_a_person_can_overrule_it(path, small, given_as):
    network = given_as("relu", InputFormat("0-255"))
    torch.save(network.state_dict(), path)
    wanted = InputFormat("plus-minus-1", white_paper=True)
    model = open_model(path, Wish("sigmoid", wanted))
    assert model.interpretation.input == wanted
    network.activation = torch.sigmoid
    assert_reads_as(model, network, wanted, small)
    # What is not said is still found out.
    assert open_model(path, Wish("relu")).interpretation.input == InputFormat("0-255")


def test_of_a_network_that_has_learned_nothing_the_usual_is_taken_and_it_is_told(path):
    torch.save(Network("tanh", seed=4).state_dict(), path)
    found = open_model(path).interpretation
    assert (found.activation, found.input) == ("relu", InputFormat())
    assert found.accuracy < 0.5
    assert "That is less than half" in found.in_words()


def test_where_names_and_file_order_layers_differently_the_right_one_is_found(path, small, learned):
    first, last = learned("relu").one, learned("relu").two
    middle = torch.eye(20).roll(3, dims=1)
    state = {
        "in.weight": first.weight,
        "in.bias": first.bias,
        # Named in the wrong order: together they change nothing, the other way round all is mixed.
        "l2.weight": middle,
        "l2.bias": torch.zeros(20),
        "l1.weight": torch.diag(torch.arange(20.0)) @ middle.t(),
        "l1.bias": torch.zeros(20),
        "out.weight": last.weight / torch.arange(20.0).clamp(min=1),
        "out.bias": last.bias,
    }
    torch.save(state, path)
    assert open_model(path).interpretation.accuracy > 0.8


def test_large_networks_are_tried_on_fewer_digits(path, learned, monkeypatch):
    torch.save(learned("relu").state_dict(), path)
    assert open_model(path).interpretation.total == foreign_trial.MANY
    monkeypatch.setattr(foreign_trial, "OPERATIONS", 1e8)
    assert 40 < open_model(path).interpretation.total < 1000
