import numpy as np
import pytest
import torch

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.config import NetworkConfig
from mnist_desktop.learning.model import Model
from mnist_desktop.learning.model_file import open_model
from mnist_desktop.learning.network import MLP
from mnist_desktop.learning.recognizer import Recognizer
from mnist_desktop.paths import DEFAULT_MODEL


@pytest.fixture(scope="module")
def recognizer():
    return Recognizer(open_model(DEFAULT_MODEL))


def model_of(config, seed=0):
    return Model(config, MLP(config, seed).state_dict())


def test_it_reads_what_is_drawn(recognizer, seven, drawing_of):
    assert recognizer.read(seven).digit == 7
    angles = np.linspace(0, 2 * np.pi, 40)
    zero = drawing_of(np.stack([100 * np.cos(angles), 140 * np.sin(angles)], axis=1))
    assert recognizer.read(zero).digit == 0


def test_nothing_drawn_is_nothing_read(recognizer):
    assert recognizer.read(Drawing()) is None


def test_probabilities_belong_to_the_digits_and_make_one(recognizer, seven):
    digit = recognizer.read(seven)
    assert digit.probabilities.shape == (10,)
    assert digit.probabilities.sum() == pytest.approx(1.0, abs=1e-5)
    assert digit.probability == digit.probabilities[7] == digit.probabilities.max()
    assert digit.probability > 0.5


def test_the_picture_is_what_the_network_saw(recognizer, seven):
    digit = recognizer.read(seven)
    np.testing.assert_array_equal(digit.image, normalise(seven))
    np.testing.assert_array_equal(
        recognizer.probabilities(digit.image[None])[0], digit.probabilities
    )


def test_the_box_is_where_the_strokes_are(recognizer, seven):
    assert recognizer.read(seven).box == (120.0, 88.0, 280.0, 320.0)


def test_a_dot_and_a_scribble_are_read_without_a_fault(recognizer, drawing_of):
    assert recognizer.read(drawing_of([[5, 5]])).box == (5.0, 5.0, 5.0, 5.0)
    scribble = np.random.default_rng(0).random((5000, 2))
    assert recognizer.read(drawing_of(scribble)).probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_a_network_that_gives_log_probabilities_reads_the_same(small):
    logits = NetworkConfig((16,))
    log_softmax = NetworkConfig((16,), output="log_softmax")
    one, other = (Recognizer(model_of(config)) for config in (logits, log_softmax))
    np.testing.assert_allclose(
        one.probabilities(small.test.images), other.probabilities(small.test.images), rtol=1e-4
    )


def test_many_pictures_are_read_as_each_of_them(recognizer, small):
    together = recognizer.probabilities(small.test.images[:30])
    alone = [recognizer.probabilities(image[None])[0] for image in small.test.images[:30]]
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_nothing_is_dropped(small):
    recognizer = Recognizer(model_of(NetworkConfig((64,), dropout=0.9)))
    one, again = (recognizer.probabilities(small.test.images) for _ in range(2))
    np.testing.assert_array_equal(one, again)


def test_what_becomes_of_the_model_s_weights_does_not_change_it(small):
    model = model_of(NetworkConfig((16,)))
    recognizer = Recognizer(model)
    before = recognizer.probabilities(small.test.images)
    for tensor in model.state_dict.values():
        tensor.zero_()
    np.testing.assert_array_equal(recognizer.probabilities(small.test.images), before)


def test_it_records_no_gradients(small):
    recognizer = Recognizer(model_of(NetworkConfig((16,))))
    recognizer.probabilities(small.test.images)
    assert torch.is_grad_enabled()
    assert all(parameter.grad is None for parameter in recognizer.network.parameters())
    assert not recognizer.network.training
