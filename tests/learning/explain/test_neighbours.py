import numpy as np
import pytest
import torch

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.explain import neighbours
from mnist_desktop.learning.explain.neighbours import NeighbourIndex, most_exciting
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.progress import Cancelled


def last_hidden(network, pictures):
    values = to_input(torch.from_numpy(pictures))
    with torch.inference_mode():
        outputs = [output.values for output in network.outputs(values)]
    return (outputs[-2] if len(outputs) > 1 else values).numpy()


def nearest(network, split, picture, count):
    """By comparing with each."""
    places = last_hidden(network, split.pictures)
    distances = np.linalg.norm(places - last_hidden(network, picture[None]), axis=1)
    return np.argsort(distances)[:count], np.sort(distances)[:count]


@pytest.mark.parametrize("hidden", [(), (32, 24)], ids=["no hidden layer", "small"])
def test_the_nearest_are_those_that_comparing_with_each_finds(small, hidden, monkeypatch):
    monkeypatch.setattr(neighbours, "DIRECTIONS", 784)
    network = MLP(NetworkConfig(hidden), seed=3).eval()
    found = NeighbourIndex(network, small.train).nearest(small.test.pictures[0], 6)
    which, distances = nearest(network, small.train, small.test.pictures[0], 6)
    np.testing.assert_allclose(found.distances, distances, rtol=0.02)
    own = Split(found.pictures, found.labels)
    np.testing.assert_allclose(
        found.distances, nearest(network, own, small.test.pictures[0], 6)[1], rtol=0.02
    )
    np.testing.assert_array_equal(found.labels[:3], small.train.labels[which[:3]])


def test_of_a_wide_layer_the_main_directions_find_nearly_the_same(recognizer, small):
    part = small.train.first(400)
    index = NeighbourIndex(recognizer.network, part)
    shared = []
    for picture in small.test.pictures[:10]:
        found = index.nearest(picture, 6)
        which, distances = nearest(recognizer.network, part, picture, 6)
        np.testing.assert_allclose(found.distances, distances, rtol=0.03)
        names = [picture.tobytes() for picture in found.pictures]
        shared.append(sum(one.tobytes() in names for one in part.pictures[which]))
    assert np.mean(shared) > 5.5


def test_a_training_picture_is_nearest_to_itself(small):
    network = MLP(NetworkConfig((48,)), seed=1).eval()
    index = NeighbourIndex(network, small.train)
    found = index.nearest(small.train.pictures[700], 3)
    assert found.indices[0] == 700
    np.testing.assert_array_equal(found.pictures, small.train.pictures[found.indices])
    assert found.distances[0] < 0.1 * found.distances[1]


def test_there_are_no_more_than_there_are_pictures(small):
    network = MLP(NetworkConfig((8,))).eval()
    index = NeighbourIndex(network, small.train.first(4))
    assert len(index.nearest(small.test.pictures[0], 6).labels) == 4


def test_it_tells_how_far_it_is_and_can_be_called_off(small):
    network = MLP(NetworkConfig((8,))).eval()
    seen = []
    NeighbourIndex(network, small.train, seen.append)
    assert seen == [0, 0.25, 0.5, 0.75]

    def cancel(done):
        raise Cancelled

    with pytest.raises(Cancelled):
        NeighbourIndex(network, small.train, cancel)


@pytest.mark.parametrize("neuron", [(0, 5), (1, 2), (2, 7)])
def test_what_excites_a_neuron_most_is_found(small, neuron):
    network = MLP(NetworkConfig((16, 8)), seed=2).eval()
    found = most_exciting(network, neuron, small.train, 4)
    with torch.inference_mode():
        outputs = list(network.outputs(to_input(torch.from_numpy(small.train.pictures))))
    answers = outputs[neuron[0]].sums[:, neuron[1]].numpy()
    np.testing.assert_array_equal(found, np.argsort(-answers)[:4])


def test_the_looking_through_can_be_called_off(small):
    def cancel(done):
        raise Cancelled

    with pytest.raises(Cancelled):
        most_exciting(MLP(NetworkConfig((8,))), (0, 0), small.train, 4, cancel)
