from dataclasses import replace

import numpy as np
import pytest
import torch

from mnist_desktop.learning.evaluate.evaluation import score
from mnist_desktop.learning.models.editing import Edits, edited
from mnist_desktop.learning.models.model import Measurement, Model
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import NetworkConfig

CONFIGS = [NetworkConfig((12, 8), activation=name) for name in ("relu", "sigmoid", "gelu")]


@pytest.fixture
def model():
    return model_of(CONFIGS[0])


def model_of(config):
    measured = (Measurement("MNIST", "test", "a" * 64, score(9, 10)),)
    state = MLP(config, seed=4).state_dict()
    state["out.bias"] = torch.linspace(-1, 1, 10)  # 0 before a network has learned anything
    return Model(config, state, measurements=measured, temperature=0.7)


def outputs(model, pictures):
    network = MLP(model.network)
    network.load_state_dict(model.state_dict)
    with torch.inference_mode():
        return [one.values.numpy() for one in network.eval().outputs(to_input(pictures))]


@pytest.fixture(scope="module")
def pictures(mnist):
    return torch.from_numpy(mnist.test.pictures[:20])


def test_without_edits_it_is_the_same_model_with_weights_of_its_own(model):
    same = edited(model, Edits())
    assert same.sha256 == model.sha256
    assert same.measurements == model.measurements
    same.state_dict["out.weight"].zero_()
    assert model.state_dict["out.weight"].any()


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: config.activation)
@pytest.mark.parametrize("factor", [0.0, 0.5, 2.0])
def test_a_hidden_neuron_counts_so_much_for_the_next_layer(config, factor, pictures):
    model = model_of(config)
    changed = edited(model, Edits().with_strength((0, 3), factor))
    before = outputs(model, pictures)
    values = before[0].copy()
    values[:, 3] *= factor
    network = MLP(config)
    network.load_state_dict(model.state_dict)
    sums = network.hidden2(torch.from_numpy(values)).detach().numpy()
    again = MLP(config)
    again.load_state_dict(changed.state_dict)
    with torch.inference_mode():
        got = list(again.eval().outputs(to_input(pictures)))[1].sums.numpy()
    np.testing.assert_allclose(got, sums, atol=1e-5)


def test_an_output_s_score_is_multiplied(model, pictures):
    changed = edited(model, Edits().with_strength((2, 7), 0.5))
    before, after = outputs(model, pictures)[-1], outputs(changed, pictures)[-1]
    np.testing.assert_allclose(after[:, 7], 0.5 * before[:, 7], atol=1e-6)
    np.testing.assert_array_equal(np.delete(after, 7, axis=1), np.delete(before, 7, axis=1))


def test_a_bias_is_shifted(model):
    changed = edited(model, Edits().with_shift((1, 2), -0.7))
    difference = changed.state_dict["hidden2.bias"] - model.state_dict["hidden2.bias"]
    assert difference[2] == pytest.approx(-0.7)
    assert difference.count_nonzero() == 1


@pytest.mark.parametrize("share", [0.25, 0.9, 1.0])
def test_of_each_layer_the_smallest_weights_go(model, share):
    changed = edited(model, Edits().with_pruned(share))
    for size in model.network.layers:
        before, after = (one.state_dict[f"{size.name}.weight"] for one in (model, changed))
        is_gone = after == 0
        assert is_gone.float().mean() == pytest.approx(share, abs=1 / before.numel())
        if share < 1:
            assert before[is_gone].abs().max() <= before[~is_gone].abs().min()
            assert torch.equal(after[~is_gone], before[~is_gone])
        bias = f"{size.name}.bias"
        assert torch.equal(changed.state_dict[bias], model.state_dict[bias])


def test_scores_of_the_unchanged_network_are_not_those_of_the_changed(model):
    changed = edited(model, Edits().with_shift((0, 0), 1.0))
    assert changed.measurements == ()
    assert changed.temperature == model.temperature
    assert changed.sha256 != model.sha256


def test_edits_are_values_and_what_is_usual_is_none():
    edits = Edits().with_strength((0, 1), 0.0).with_shift((0, 1), 2.0)
    assert edits.count == 2
    assert (edits.strength((0, 1)), edits.shift((0, 1))) == (0.0, 2.0)
    assert (edits.strength((1, 1)), edits.shift((1, 0))) == (1.0, 0.0)
    back = edits.with_strength((0, 1), 1.0).with_shift((0, 1), 0.0)
    assert back == Edits()
    assert edits.count == 2, "the first ones stay as they were"
    assert edits.with_pruned(0.5).count == 3
    assert replace(edits, pruned=0.0) == edits
