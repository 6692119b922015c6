"""Maps of what layers make of pictures."""

import sys
import types

import numpy as np
import pytest

from mnist_desktop.errors import UserError
from mnist_desktop.learning.explain.embedding import (
    EARLY_STEPS,
    STEPS,
    TsneMap,
    activations,
    has_tsne,
    make_map,
    pca,
)
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.progress import Cancelled


@pytest.fixture(scope="module")
def network():
    return MLP(NetworkConfig((12, 8)), seed=1).eval()


@pytest.fixture(scope="module")
def cloud():
    """A flat cloud in five dimensions, widest along one diagonal."""
    random = np.random.default_rng(0)
    spread = random.normal(size=(400, 2)) * (5.0, 2.0)
    directions = np.array([[1, 1, 0, 0, 0], [0, 0, 1, -1, 0]]) / np.sqrt(2)
    noise = 0.01 * random.normal(size=(400, 5))
    return (spread @ directions + noise + 7).astype(np.float32)


class TestActivations:
    def test_the_input_is_the_pixels_from_0_to_1(self, network, small):
        pictures = small.test.pictures[:7]
        found = activations(network, 0, pictures)
        np.testing.assert_allclose(found, pictures.reshape(7, 784) / 255, rtol=1e-6)

    @pytest.mark.parametrize(("layer", "size"), [(1, 12), (2, 8), (3, 10)])
    def test_each_layer_has_its_own(self, network, small, layer, size):
        found = activations(network, layer, small.test.pictures[:7])
        assert found.shape == (7, size)
        assert found.dtype == np.float32
        assert (found.min() < 0) == (layer == 3), "scores may be negative, ReLU's values may not"

    def test_many_are_made_in_pieces(self, network, mnist):
        reports = []
        pictures = mnist.test.pictures[:1201]
        found = activations(network, 2, pictures, reports.append)
        np.testing.assert_allclose(
            found[1200:], activations(network, 2, pictures[1200:]), atol=1e-5
        )
        assert len(reports) == 3
        assert reports[-1] == 1

    def test_scores_stay_scores_where_the_network_ends_in_a_softmax(self, small):
        config = NetworkConfig((8,), output="log_softmax")
        found = activations(MLP(config, seed=1).eval(), 2, small.test.pictures[:20])
        assert (found > 0).any(), "a logarithm of a probability never is"


class TestPca:
    def test_it_looks_along_the_widest_directions(self, cloud):
        found = pca(cloud)
        np.testing.assert_allclose(np.abs(found.axes[0]), [0.707, 0.707, 0, 0, 0], atol=0.01)
        np.testing.assert_allclose(np.abs(found.axes[1]), [0, 0, 0.707, 0.707, 0], atol=0.01)
        variances = cloud.var(axis=0).sum()
        np.testing.assert_allclose(found.explained, found.points.var(axis=0) / variances, rtol=1e-3)
        assert found.explained.sum() > 0.99

    def test_the_points_are_around_the_middle_and_further_ones_join_them(self, cloud):
        found = pca(cloud)
        np.testing.assert_allclose(found.points.mean(axis=0), 0, atol=1e-4)
        np.testing.assert_allclose(found.project(cloud[3:5]), found.points[3:5], atol=1e-4)

    def test_it_is_never_its_own_mirror_image(self, cloud):
        axes = pca(cloud).axes
        turned = pca(cloud[::-1].copy()).axes
        np.testing.assert_allclose(axes, turned, atol=1e-4)
        assert (axes[[0, 1], np.abs(axes).argmax(axis=1)] > 0).all()

    def test_values_that_are_all_the_same_lie_in_one_place(self):
        found = pca(np.ones((5, 3), dtype=np.float32))
        assert np.isfinite(found.points).all()
        assert found.explained.tolist() == [0, 0]

    def test_a_layer_of_one_neuron_makes_a_line(self):
        found = pca(np.arange(6, dtype=np.float32)[:, None])
        assert found.points.shape == (6, 2)
        assert (found.points[:, 1] == 0).all()


def test_a_further_picture_lies_among_its_nearest_neighbours_of_a_map_without_a_formula():
    values = np.concatenate([np.zeros((20, 3)), np.full((20, 3), 9)]).astype(np.float32)
    points = np.concatenate([np.full((20, 2), -1), np.full((20, 2), 1)]).astype(np.float32)
    points[0] = 50, 50  # one that strayed
    found = TsneMap(points, values).project(np.array([[0.2, 0, 0], [8, 8, 9]], dtype=np.float32))
    assert found.tolist() == [[-1, -1], [1, 1]]


class Optimiser:
    """In place of openTSNE's: it reports as that does, each of its phases from 1."""

    def __init__(self, **settings):
        self.settings = settings

    def fit(self, values):
        every = self.settings["callbacks_every_iters"]
        for phase in ("early_exaggeration_iter", "n_iter"):
            for step in range(every, self.settings[phase] + 1, every):
                self.settings["callbacks"](step, 1.0, None)
        return values[:, :2]


@pytest.fixture
def installed(monkeypatch):
    module = types.ModuleType("openTSNE")
    module.TSNE = Optimiser
    monkeypatch.setitem(sys.modules, "openTSNE", module)


class TestTsne:
    def test_its_progress_grows_to_the_end(self, installed, cloud):
        reports = []
        found = make_map(cloud, "tsne", reports.append)
        assert reports == sorted(reports)
        assert reports[0] == 0
        assert reports[-1] == 1
        assert len(set(reports)) == 1 + (EARLY_STEPS + STEPS) // 10
        assert found.points.shape == (400, 2)

    def test_it_can_be_cancelled_on_the_way(self, installed, cloud):
        def cancel(done):
            if done > 0.5:
                raise Cancelled

        with pytest.raises(Cancelled):
            make_map(cloud, "tsne", cancel)

    def test_where_it_is_not_installed_a_sentence_says_how_to_have_it(self, monkeypatch, cloud):
        monkeypatch.setitem(sys.modules, "openTSNE", None)
        with pytest.raises(UserError, match="pip install openTSNE"):
            make_map(cloud, "tsne")

    def test_whether_it_is_there_is_known_without_loading_it(self, monkeypatch):
        monkeypatch.setattr("mnist_desktop.learning.explain.embedding.find_spec", lambda name: None)
        assert not has_tsne()
