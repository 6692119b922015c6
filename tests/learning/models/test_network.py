import threading

import numpy as np
import pytest
import torch
from torch import nn

from mnist_desktop.learning.models.network import MLP, Dropout, to_input
from mnist_desktop.learning.settings.config import NetworkConfig

ACTIVATIONS = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "selu": nn.SELU,
    "silu": nn.SiLU,
    "identity": nn.Identity,
}


@pytest.fixture
def inputs(small):
    return to_input(torch.from_numpy(small.test.pictures[:20]))


def test_its_weights_are_named_as_the_tutorial_s_are():
    state = MLP(NetworkConfig((128, 256))).state_dict()
    assert {name: tuple(tensor.shape) for name, tensor in state.items()} == {
        "hidden1.weight": (128, 784),
        "hidden1.bias": (128,),
        "hidden2.weight": (256, 128),
        "hidden2.bias": (256,),
        "out.weight": (10, 256),
        "out.bias": (10,),
    }


class TestFirstWeights:
    @pytest.mark.parametrize(
        ("activation", "expected"),
        # He 2015: by what a layer is given alone; Glorot 2010: by what it gives, too.
        [
            ("relu", (2 / 784) ** 0.5),
            ("gelu", (2 / 784) ** 0.5),
            ("tanh", (2 / (784 + 400)) ** 0.5),
            ("sigmoid", (2 / (784 + 400)) ** 0.5),
        ],
    )
    def test_they_keep_the_size_of_the_signals(self, activation, expected):
        layer = MLP(NetworkConfig((400,), activation)).hidden1
        assert layer.weight.std().item() == pytest.approx(expected, rel=0.01)
        assert layer.weight.mean().item() == pytest.approx(0, abs=expected / 100)
        assert not layer.bias.any()

    def test_the_same_seed_gives_the_same(self):
        one, same, other = (MLP(NetworkConfig((32, 16)), seed).state_dict() for seed in (7, 7, 8))
        assert all(torch.equal(one[name], same[name]) for name in one)
        assert not torch.equal(one["hidden1.weight"], other["hidden1.weight"])
        assert not torch.equal(one["out.weight"], other["out.weight"])

    def test_they_are_those_that_the_seed_has_always_given(self):
        weight = MLP(NetworkConfig((32, 16)), seed=3).out.weight
        assert weight[0, :3].tolist() == pytest.approx([0.194942, 0.056517, -0.280236], abs=1e-5)

    def test_another_thread_s_random_numbers_have_no_part_in_them(self):
        """Nor have these a part in any others."""
        expected = MLP(NetworkConfig((64,)), seed=3).hidden1.weight
        is_over = threading.Event()

        def draw():
            while not is_over.is_set():
                torch.rand(1000)

        other = threading.Thread(target=draw)
        other.start()
        try:
            for _ in range(100):
                assert torch.equal(MLP(NetworkConfig((64,)), seed=3).hidden1.weight, expected)
        finally:
            is_over.set()
            other.join()


def test_the_process_s_own_random_numbers_stay_as_they_were(inputs):
    state = torch.random.get_rng_state()
    MLP(NetworkConfig((32,), dropout=0.5), seed=5).train()(inputs)
    assert torch.equal(torch.random.get_rng_state(), state)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden", [(), (32,), (32, 16, 8)])
@pytest.mark.parametrize("output", ["logits", "log_softmax"])
def test_each_layer_computes_what_torch_s_own_computes(inputs, activation, hidden, output):
    network = MLP(NetworkConfig(hidden, activation, 0.0, output), seed=2)
    expected = []
    for size in network.config.layers:
        linear = nn.Linear(size.inputs, size.outputs)
        linear.load_state_dict(getattr(network, size.name).state_dict())
        last = nn.LogSoftmax(dim=1) if output == "log_softmax" else nn.Identity()
        after = last if size.name == "out" else ACTIVATIONS[activation]()
        expected.append(after(linear(expected[-1] if expected else inputs)))
    outputs = list(network.outputs(inputs))
    torch.testing.assert_close([output.values for output in outputs], expected)
    torch.testing.assert_close(network(inputs), expected[-1])


class TestDropout:
    def test_kept_values_make_up_for_the_dropped(self):
        mask = Dropout(0.25, seed=0).mask(torch.ones(200, 500))
        assert mask.unique().tolist() == pytest.approx([0.0, 1 / 0.75])
        assert (mask == 0).float().mean().item() == pytest.approx(0.25, abs=0.01)

    def test_each_batch_drops_others_and_the_same_seed_the_same(self):
        values = torch.ones(20, 50)
        one, same, other = (Dropout(0.5, seed) for seed in (1, 1, 2))
        first, second = one.mask(values), one.mask(values)
        assert not torch.equal(first, second)
        assert torch.equal(same.mask(values), first)
        assert torch.equal(same.mask(values), second)
        assert not torch.equal(other.mask(values), first)

    def test_the_network_drops_hidden_values_only_and_only_while_training(self, inputs):
        network = MLP(NetworkConfig((64,), dropout=0.5))
        whole = network.eval()(inputs)
        assert torch.equal(network(inputs), whole)
        hidden, out = network.train().outputs(inputs)
        assert torch.equal(hidden.values, hidden.sums.relu() * hidden.mask)
        torch.testing.assert_close(network.out(hidden.values), out.values)
        assert not torch.allclose(out.values, whole)
        no_hidden = MLP(NetworkConfig((), dropout=0.5))
        assert torch.equal(no_hidden.train()(inputs), no_hidden.eval()(inputs))


@pytest.mark.parametrize("shape", [(-1, 28, 28), (-1, 784)])
def test_bytes_become_numbers_from_0_to_1(small, shape):
    pictures = torch.from_numpy(small.test.pictures[:20].reshape(shape))
    before = pictures.clone()
    inputs = to_input(pictures)
    assert inputs.dtype == torch.float32
    np.testing.assert_allclose(inputs, small.test.pictures[:20].reshape(-1, 784) / 255, rtol=1e-6)
    assert torch.equal(pictures, before)
