import numpy as np
import pytest
import torch

from mnist_desktop.learning.explain.explaining import (
    contributions,
    missing_ink,
    rank_correlation,
    untrained,
)
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import NetworkConfig

CONFIGS = [
    NetworkConfig(()),
    NetworkConfig((32, 24)),
    NetworkConfig((32, 24), activation="tanh", output="log_softmax"),
    NetworkConfig((20,), activation="gelu"),
    NetworkConfig((16, 16, 16), activation="sigmoid"),
]


@pytest.fixture(scope="module")
def picture(mnist):
    return mnist.test.pictures[0]


def random_network(config, seed=1):
    """With biases, too, which a new one has none of."""
    network = MLP(config, seed).eval()
    random = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for layer in network.layers:
            layer.bias.normal_(std=0.5, generator=random)
    return network


def scores(network, ink):
    with torch.inference_mode():
        *_, output = network.outputs(ink)
    return output.sums[0].numpy()


@pytest.mark.parametrize("config", CONFIGS, ids=str)
@pytest.mark.parametrize("steps", [1, 8])
def test_the_ink_and_the_empty_paper_add_up_to_the_difference(picture, config, steps):
    network = random_network(config)
    parts = contributions(network, picture, 3, 8, steps)
    full = scores(network, to_input(torch.from_numpy(picture)[None]))
    empty = scores(network, torch.zeros(1, 784))
    assert parts.answer_score == pytest.approx(full[3], rel=1e-4)
    assert parts.rival_score == pytest.approx(full[8], rel=1e-4)
    assert parts.empty == pytest.approx(empty[3] - empty[8], rel=1e-4, abs=1e-6)
    assert parts.empty + parts.total == pytest.approx(parts.difference, rel=1e-3, abs=1e-4)


def test_they_are_the_integrated_gradients(picture):
    """Against the plain rule with so many steps that its own error is small."""
    network = random_network(NetworkConfig((32, 24)))
    ink = to_input(torch.from_numpy(picture)[None])
    way = (torch.arange(4000) + 0.5)[:, None] / 4000 * ink
    way.requires_grad_()
    *_, output = network.outputs(way)
    (gradients,) = torch.autograd.grad((output.sums[:, 3] - output.sums[:, 8]).sum(), way)
    expected = (gradients.mean(dim=0) * ink[0]).view(28, 28).numpy()
    found = contributions(network, picture, 3, 8, steps=400).values
    np.testing.assert_allclose(found, expected, atol=0.01 * np.abs(expected).max())
    coarse = contributions(network, picture, 3, 8).values
    assert np.abs(coarse - expected).sum() < 0.1 * np.abs(expected).sum()


def test_where_there_is_no_ink_nothing_speaks(picture):
    network = random_network(NetworkConfig((16,)))
    parts = contributions(network, picture, 3, 8)
    assert not parts.values[picture == 0].any()
    nothing = contributions(network, np.zeros_like(picture), 3, 8)
    assert not nothing.values.any()
    assert nothing.empty == nothing.difference


def test_the_other_way_round_all_is_the_other_way_round(picture):
    network = random_network(NetworkConfig((16,)))
    one, other = contributions(network, picture, 3, 8), contributions(network, picture, 8, 3)
    np.testing.assert_allclose(one.values, -other.values, atol=1e-6)
    assert one.difference == -other.difference


def test_weights_too_large_for_numbers_say_nothing(picture):
    network = random_network(NetworkConfig((16, 16)))
    with torch.no_grad():
        network.layers[0].weight.mul_(1e30)
        network.layers[1].weight.mul_(1e30)
    assert np.isfinite(contributions(network, picture, 3, 8).values).all()
    assert np.isfinite(missing_ink(network, picture, 3, 8)).all()


def test_a_dot_where_ink_is_missing_raises_the_rival_as_it_says(picture):
    """A little ink has just the effect that the map says."""
    network = random_network(NetworkConfig((32,)))
    values = missing_ink(network, picture, 3, 8)
    assert not values[picture > 0].any()
    inner = np.where(picture[2:-2, 2:-2] == 0, values[2:-2, 2:-2], 0)
    row, column = np.unravel_index(inner.argmin(), inner.shape)
    row, column, little = row + 2, column + 2, 1e-3
    ink = picture.astype(np.float32) / 255
    ink[row - 1 : row + 2, column] += little
    ink[row, [column - 1, column + 1]] += little
    for dy in (-1, 1):
        for dx in (-1, 1):
            ink[row + dy, column + dx] += little / 2
    before = scores(network, to_input(torch.from_numpy(picture)[None]))
    after = scores(network, torch.from_numpy(ink).view(1, 784))
    change = (after[3] - after[8]) - (before[3] - before[8])
    assert values[row, column] < 0
    assert change / little == pytest.approx(values[row, column], rel=0.05)


def test_an_untrained_network_has_the_shape_and_nothing_else(recognizer):
    network = untrained(recognizer.network)
    assert network.config == recognizer.network.config
    assert not network.training
    first = recognizer.network.layers[0].weight
    assert not torch.allclose(network.layers[0].weight, first, atol=0.1)
    again = untrained(recognizer.network)
    assert torch.equal(network.layers[1].weight, again.layers[1].weight), "the same each time"


def test_the_map_of_a_trained_network_is_its_own(recognizer, mnist):
    other = untrained(recognizer.network)
    correlations = []
    for picture, label in zip(mnist.test.pictures[:20], mnist.test.labels, strict=False):
        rival = (int(label) + 1) % 10
        maps = [contributions(one, picture, label, rival) for one in (recognizer.network, other)]
        correlations.append(rank_correlation(maps[0].values, maps[1].values, picture))
    assert abs(np.mean(correlations)) < 0.1


def test_likeness_is_that_of_the_ranks_within_the_ink():
    ink = np.array([[0, 1, 1], [1, 1, 1]], dtype=np.uint8)
    one = np.array([[9, 1, 2], [3, 4, 50]], dtype=np.float32)
    assert rank_correlation(one, one**3, ink) == pytest.approx(1)
    assert rank_correlation(one, -one, ink) == pytest.approx(-1), "signs count"
    other = np.array([[-9, 2, 2], [1, 3, 3]], dtype=np.float32)
    # Against SciPy's spearmanr of the five.
    assert rank_correlation(one, other, ink) == pytest.approx(0.6324555)
    assert rank_correlation(one, np.zeros_like(one), ink) == 0
