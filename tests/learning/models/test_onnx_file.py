from typing import get_args

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator

from mnist_desktop.errors import FileError
from mnist_desktop.learning.models.export import export_model
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.onnx_file import to_onnx
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.learning.settings.training_settings import Activation


def model_of(*hidden, temperature=1.0, **known):
    network = NetworkConfig(hidden, **known)
    return Model(network, MLP(network, seed=3).state_dict(), temperature=temperature)


def run(made, pictures):
    ink = pictures.reshape(-1, 784).astype(np.float32) / 255
    return ReferenceEvaluator(made).run(None, {"pictures": ink})


@pytest.mark.parametrize("activation", get_args(Activation))
def test_another_program_reads_as_this_one_does(small, activation):
    model = model_of(16, 12, activation=activation, temperature=1.7)
    scores, probabilities = run(to_onnx(model), small.test.pictures[:40])
    expected = Recognizer(model).probabilities(small.test.pictures[:40])
    np.testing.assert_allclose(probabilities, expected, atol=1e-5)
    assert np.ptp(expected, axis=0).max() > 0.005, "or it would show nothing"
    cooled = np.exp(scores / 1.7)
    np.testing.assert_allclose(cooled / cooled.sum(axis=1, keepdims=True), expected, atol=1e-5)


@pytest.mark.parametrize("hidden", [(), (5,), (8, 7, 6, 5)])
def test_any_number_of_layers_and_either_output(small, hidden):
    model = model_of(*hidden, output="log_softmax")
    _, probabilities = run(to_onnx(model), small.test.pictures[:5])
    expected = Recognizer(model).probabilities(small.test.pictures[:5])
    np.testing.assert_allclose(probabilities, expected, atol=1e-5)


def test_the_file_says_what_it_is_given_and_gives(tmp_path):
    path = tmp_path / "model.ONNX"
    export_model(path, model_of(5))
    made = onnx.load(path)
    onnx.checker.check_model(made, full_check=True)
    assert [one.name for one in made.graph.input] == ["pictures"]
    assert [one.name for one in made.graph.output] == ["scores", "probabilities"]
    assert "28x28 pixels" in made.doc_string
    assert made.producer_name == "mnist-desktop"


def test_what_cannot_be_written_is_told(tmp_path):
    with pytest.raises(FileError):
        export_model(tmp_path / "none" / "model.onnx", model_of(5))
