"""The map of a layer."""

import numpy as np
import pytest

from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.explain import embedding
from mnist_desktop.ui.session.shelf import Entry


@pytest.fixture
def layer_map(desk):
    return desk.layer_map


@pytest.fixture
def show(qtbot, desk, layer_map):
    def show(layer, method="pca"):
        layer_map.show(layer, method)
        qtbot.waitUntil(lambda: not desk.jobs.running)
        return layer_map.shown

    return show


def test_it_is_of_the_layer_s_values_of_the_validation_split(desk, layer_map, show, small):
    assert layer_map.sizes == [784, 16, 12, 10]
    shown = show(3)
    network = desk.shelf.current.recognizer.network
    assert sorted(shown.indices.tolist()) == list(range(500))
    np.testing.assert_array_equal(shown.labels, small.validation.labels[shown.indices])
    values = embedding.activations(network, 3, small.validation.pictures[shown.indices])
    np.testing.assert_allclose(shown.map.points, embedding.pca(values).points, atol=1e-3)
    place = layer_map.place(4)
    assert (place.split, place.index) == ("validation", shown.indices[4])


def test_of_a_network_with_fewer_layers_it_is_the_last(layer_map, show):
    assert show(7).layer == 3
    assert layer_map.is_up_to_date
    assert layer_map.layer == 7, "of a larger network it is the one that was chosen"


def test_of_many_some_are_taken_from_everywhere(qtbot, monkeypatch, show):
    monkeypatch.setattr("mnist_desktop.ui.session.network.layer_map.MOST_PICTURES", 60)
    indices = show(0).indices
    assert len(set(indices.tolist())) == 60
    assert indices.max() > 400, "a file may be sorted by class"


def test_the_same_is_not_made_twice(qtbot, desk, layer_map, show):
    shown = show(3)
    with qtbot.assertNotEmitted(desk.jobs.changed):
        layer_map.show(3, "pca")
    assert layer_map.shown is shown
    assert layer_map.is_up_to_date
    layer_map.show(0, "pca")
    assert not layer_map.is_up_to_date
    assert layer_map.is_busy


def test_one_that_was_cancelled_can_be_made_after_all(qtbot, desk, layer_map, show):
    layer_map.show(3, "pca")
    layer_map.cancel()
    assert not layer_map.is_busy
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert layer_map.shown is None
    assert show(3) is not None


def test_the_drawing_has_a_point_that_moves(qtbot, desk, layer_map, show, small):
    show(3)
    assert layer_map.drawing is None
    with qtbot.waitSignal(layer_map.moved):
        for x, y in [(0.3, 0.25), (0.5, 0.25), (0.68, 0.25), (0.45, 0.8)]:
            desk.sketch.extend(x, y, 0.05)
    first = layer_map.drawing
    (digit,) = desk.reader.reading.digits
    network = desk.shelf.current.recognizer.network
    values = embedding.activations(network, 3, digit.picture[None])
    np.testing.assert_allclose(first, layer_map.shown.map.project(values)[0], rtol=1e-4)
    with qtbot.waitSignal(layer_map.moved):
        desk.sketch.extend(0.9, 0.8, 0.05)
    assert np.abs(layer_map.drawing - first).max() > 0.01


def test_its_point_is_of_the_digit_that_is_looked_at(qtbot, desk, layer_map, show, seven_points):
    show(3)
    seven = 0.4 * np.array(seven_points)
    one = np.array([[0.8, 0.1], [0.8, 0.35]])
    with qtbot.waitSignal(desk.reader.changed):
        desk.sketch.show(Drawing((Stroke(seven), Stroke(one))))
    assert len(desk.reader.reading.digits) == 2
    last = layer_map.drawing
    with qtbot.waitSignal(layer_map.moved):
        desk.reader.focus_on(0)
    assert np.abs(layer_map.drawing - last).max() > 0.01


def test_another_model_or_data_set_makes_it_outdated(qtbot, desk, layer_map, show, small):
    show(3)
    other = Entry("other", type(desk.shelf.current.recognizer)(desk.shelf.current.model))
    desk.shelf.add(other)
    with qtbot.waitSignal(layer_map.outdated):
        desk.shelf.read_with(other)
    assert not layer_map.is_up_to_date
    assert layer_map.shown is not None, "the old one stays until there is another"
    desk.data_set.take(Splits("other", small.train, small.test, small.validation))
    assert layer_map.shown is None


def test_one_of_the_data_set_before_does_not_come_late(qtbot, desk, layer_map, small):
    layer_map.show(3, "pca")
    desk.data_set.take(Splits("other", small.train, small.test, small.validation))
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert layer_map.shown is None


def test_without_tsne_it_says_what_to_do_and_begins_nothing(qtbot, desk, layer_map, monkeypatch):
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    with qtbot.assertNotEmitted(desk.jobs.changed):
        layer_map.show(3, "tsne")
    assert "pip install openTSNE" in layer_map.obstacle
    layer_map.show(3, "pca")
    assert layer_map.obstacle == ""


def test_what_fails_is_told_and_can_be_tried_again(qtbot, desk, layer_map, show, monkeypatch):
    monkeypatch.setattr(embedding, "find_spec", lambda name: object())
    monkeypatch.setitem(__import__("sys").modules, "openTSNE", None)
    with qtbot.waitSignal(desk.jobs.failed):
        layer_map.show(3, "tsne")
    qtbot.waitUntil(lambda: not layer_map.is_busy)
    assert show(3) is not None
