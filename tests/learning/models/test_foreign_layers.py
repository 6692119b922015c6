"""What is in a state dict beside fully connected layers, and the order of those."""

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from mnist_desktop.learning.models.foreign_layers import arrangements
from mnist_desktop.learning.models.model import ModelFileError
from mnist_desktop.learning.models.state_dicts import StateDict


class Named(nn.Module):
    """Its normalisations are all behind its layers in the file."""

    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(784, 12), nn.Linear(12, 8), nn.Linear(8, 10)
        self.bn1, self.bn2 = nn.BatchNorm1d(12), nn.BatchNorm1d(8)

    def forward(self, values):
        values = F.relu(self.bn1(self.fc1(values)))
        return self.fc3(F.relu(self.bn2(self.fc2(values))))


def sequential(*parts):
    return nn.Sequential(*parts)


@pytest.fixture
def trained():
    """A network whose normalisations have seen something, and no two of them the same."""

    def make(network):
        torch.manual_seed(1)
        for part in network.modules():
            if isinstance(part, nn.BatchNorm1d):
                part.running_mean.normal_()
                part.running_var.uniform_(0.2, 3)
                if part.affine:
                    part.weight.data.normal_()
                    part.bias.data.normal_()
        return network.eval()

    return make


def outputs(layers, values):
    *hidden, out = layers
    for layer in hidden:
        values = F.relu(F.linear(values, layer.weight, layer.bias))
    return F.linear(values, out.weight, out.bias)


@pytest.mark.parametrize("is_ordered", [True, False])
@pytest.mark.parametrize(
    ("network", "which", "count"),
    [
        (sequential(nn.Linear(784, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Linear(12, 10)), 0, 2),
        (sequential(nn.Linear(784, 12), nn.ReLU(), nn.BatchNorm1d(12), nn.Linear(12, 10)), 1, 2),
        (sequential(nn.BatchNorm1d(784), nn.Linear(784, 10)), 0, 1),
        (sequential(nn.Linear(784, 10, bias=False), nn.BatchNorm1d(10, affine=False)), 0, 1),
        (
            # Of one width, so that they can only be told apart by their places.
            sequential(
                *(nn.Linear(784, 12), nn.BatchNorm1d(12), nn.ReLU()),
                *(nn.Linear(12, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Linear(12, 10)),
            ),
            *(0, 2),
        ),
        (
            # Behind the second of two layers of its width.
            sequential(
                *(nn.Linear(784, 12), nn.ReLU(), nn.Linear(12, 12), nn.BatchNorm1d(12), nn.ReLU()),
                nn.Linear(12, 10),
            ),
            *(0, 2),
        ),
        (Named(), 0, 2),
    ],
)
def test_batch_normalisation_becomes_part_of_the_layers(trained, network, which, count, is_ordered):
    network = trained(network)
    state = {k: v for k, v in network.state_dict().items() if "tracked" not in k}
    found = arrangements(Path("a.pt"), StateDict(state, is_ordered=is_ordered))
    assert len(found) == count
    pictures = torch.rand(20, 784)
    torch.testing.assert_close(outputs(found[which], pictures), network(pictures).detach())


def test_a_normalisation_of_no_layer_s_width_is_refused():
    state = {**nn.Linear(784, 10).state_dict(prefix="fc.")}
    norm = nn.BatchNorm1d(30).state_dict(prefix="bn.")
    state |= {k: v for k, v in norm.items() if "tracked" not in k}
    with pytest.raises(ModelFileError, match="bn normalises 30 values, which no layer gives"):
        arrangements(Path("a.pt"), StateDict(state))


def test_where_file_and_names_disagree_there_are_both_orders():
    widths = [(784, 12), (12, 12), (12, 12), (12, 10)]
    names = ["fc1", "fc3", "fc2", "out"]
    state = {
        f"{name}.weight": torch.full(size[::-1], float(place))
        for place, (name, size) in enumerate(zip(names, widths, strict=True))
    }
    orders = [
        [int(layer.weight[0, 0]) for layer in layers]
        for layers in arrangements(Path("a.pt"), StateDict(state))
    ]
    assert orders == [[0, 1, 2, 3], [0, 2, 1, 3]]
