import dataclasses
import errno
import io
import itertools
import json
import os
import pickle
import random
import struct
import zipfile
from collections import OrderedDict

import numpy as np
import pytest
import safetensors
import safetensors.torch
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from mnist_desktop.errors import FileError
from mnist_desktop.learning import model_file
from mnist_desktop.learning.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.events import Score
from mnist_desktop.learning.model import Measurement, Model
from mnist_desktop.learning.model_file import (
    METADATA_KEY,
    ModelFileError,
    export_state_dict,
    open_model,
    save_model,
)
from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.recognizer import Recognizer

NETWORK = NetworkConfig((12, 16), "tanh", 0.25, "log_softmax")


class TutorialNetwork(nn.Module):
    """As the tutorial writes it."""

    def __init__(self, *widths):
        super().__init__()
        self.hidden1 = nn.Linear(784, widths[0])
        self.hidden2 = nn.Linear(*widths)
        self.out = nn.Linear(widths[1], 10)

    def forward(self, values):
        return self.out(F.relu(self.hidden2(F.relu(self.hidden1(values)))))


class Evil:
    """Pickled, it leaves a file where it is unpickled."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return open, (str(self.marker), "w")


def model_of(network=NETWORK, **known):
    return Model(network, MLP(network, seed=4).state_dict(), **known)


@pytest.fixture
def model():
    """A model of which everything is known."""
    return model_of(
        training=TrainingConfig(NETWORK, optimizer="sgd", epochs=3, patience=2, limit=1000),
        measurements=(
            Measurement("MNIST", "test", "ab" * 32, Score(0.975, (0.97, 0.98), 10_000)),
            Measurement("mine", "validation", "cd" * 32, Score(0.5, (0.1, 0.9), 10)),
        ),
        normalisation=3,
        temperature=0.75,
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "my.safetensors"


@pytest.fixture
def marker(tmp_path):
    return tmp_path / "it ran"


def fault_of(path):
    with pytest.raises(ModelFileError) as caught:
        open_model(path)
    text = str(caught.value)
    assert text.startswith(f"{path.name}: "), text
    assert "\n" not in text
    return text


def outputs_of(model, small):
    return Recognizer(model).probabilities(small.test.images)


def saved(content, **how):
    buffer = io.BytesIO()
    torch.save(content, buffer, **how)
    return buffer.getvalue()


def described(path, change, tensors=None):
    """A file of this program's, its description changed."""
    save_model(path, model_of())
    with safetensors.safe_open(path, framework="pt") as content:
        about = json.loads(content.metadata()[METADATA_KEY])
    changed = change(about)
    text = changed if isinstance(changed, str) else json.dumps(about)
    tensors = model_of().state_dict if tensors is None else tensors
    safetensors.torch.save_file(tensors, path, {METADATA_KEY: text})


class TestSaving:
    def test_all_that_is_known_comes_back(self, path, model):
        save_model(path, model)
        opened = open_model(path)
        for field in (
            "network",
            "training",
            "measurements",
            "normalisation",
            "temperature",
        ):
            assert getattr(opened, field) == getattr(model, field)
        assert opened.state_dict.keys() == model.state_dict.keys()
        for name, tensor in model.state_dict.items():
            assert torch.equal(opened.state_dict[name], tensor)

    def test_a_model_of_which_little_is_known_comes_back_too(self, path):
        save_model(path, model_of())
        opened = open_model(path)
        assert opened.network == NETWORK
        assert opened.training is None
        assert opened.measurements == ()

    @pytest.mark.parametrize("hidden", [(), (5,), (5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)])
    def test_any_number_of_layers(self, path, small, hidden):
        model = model_of(NetworkConfig(hidden))
        save_model(path, model)
        np.testing.assert_array_equal(outputs_of(open_model(path), small), outputs_of(model, small))

    def test_other_programs_can_read_it(self, path, model):
        save_model(path, model)
        tensors = safetensors.torch.load_file(path)
        assert torch.equal(tensors["hidden1.weight"], model.state_dict["hidden1.weight"])
        with safetensors.safe_open(path, framework="pt") as content:
            about = json.loads(content.metadata()[METADATA_KEY])
        assert about["format"] == 1
        assert about["network"]["hidden"] == [12, 16]

    def test_weights_that_are_views_of_one_vector_are_saved(self, path):
        network = MLP(NetworkConfig((8,)))
        vector = torch.arange(network.config.parameters, dtype=torch.float32)
        sizes = [parameter.numel() for parameter in network.parameters()]
        weights = {
            name: part.view_as(parameter)
            for (name, parameter), part in zip(
                network.named_parameters(), vector.split(sizes), strict=True
            )
        }
        save_model(path, Model(network.config, {name: w.clone() for name, w in weights.items()}))
        assert torch.equal(open_model(path).state_dict["out.bias"], vector[-10:])
        transposed = {**weights, "out.weight": weights["out.weight"].t().contiguous().t()}
        save_model(path, Model(network.config, {n: w.detach() for n, w in transposed.items()}))
        assert torch.equal(open_model(path).state_dict["out.weight"], weights["out.weight"])

    def test_a_full_disk_leaves_the_old_model_and_nothing_else(self, path, model, monkeypatch):
        save_model(path, model)
        before = path.read_bytes()

        def full(_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        for save in (save_model, export_state_dict):
            with pytest.raises(FileError, match=r"my\.safetensors: cannot be saved: "):
                save(path, model_of(NetworkConfig(())))
        assert path.read_bytes() == before
        assert list(path.parent.iterdir()) == [path]
        assert open_model(path).network == NETWORK

    def test_a_saved_model_is_replaced_whole(self, path, model):
        save_model(path, model)
        save_model(path, model_of(NetworkConfig(())))
        assert open_model(path).network == NetworkConfig(())
        assert list(path.parent.iterdir()) == [path]

    def test_a_missing_folder_is_an_error(self, tmp_path, model):
        with pytest.raises(FileError, match="cannot be saved"):
            save_model(tmp_path / "nowhere" / "my.safetensors", model)


class TestExporting:
    def test_the_tutorial_s_network_takes_it_and_gives_the_same(self, tmp_path, small):
        path = tmp_path / "weights.pt"
        model = model_of(NetworkConfig((12, 16)))
        export_state_dict(path, model)
        tutorial = TutorialNetwork(12, 16)
        tutorial.load_state_dict(torch.load(path, weights_only=True))
        with torch.no_grad():
            scores = tutorial.eval()(to_input(torch.from_numpy(small.test.images)))
        np.testing.assert_allclose(F.softmax(scores, 1), outputs_of(model, small), atol=1e-6)

    def test_it_opens_here_again(self, tmp_path, small):
        path = tmp_path / "weights.pth"
        model = model_of(NetworkConfig((12, 16)))
        export_state_dict(path, model)
        opened = open_model(path)
        assert opened.network == model.network
        assert opened.training is None
        np.testing.assert_array_equal(outputs_of(opened, small), outputs_of(model, small))


class TestPyTorchFiles:
    @pytest.fixture
    def path(self, tmp_path):
        return tmp_path / "weights.pt"

    @pytest.fixture
    def tutorial(self):
        torch.manual_seed(3)
        return TutorialNetwork(12, 16)

    @pytest.fixture
    def same(self, path, small):
        """Fails unless the file opens as a network that gives what another gives."""

        def check(network, hidden=(12, 16), atol=1e-6):
            opened = open_model(path)
            assert opened.network == NetworkConfig(hidden)
            assert set(opened.state_dict) == {
                f"{layer.name}.{kind}"
                for layer in opened.network.layers
                for kind in ("weight", "bias")
            }
            inputs = to_input(torch.from_numpy(small.test.images))
            with torch.no_grad():
                expected = F.softmax(network(inputs), 1)
            np.testing.assert_allclose(outputs_of(opened, small), expected, atol=atol)

        return check

    @pytest.mark.parametrize("zipped", [True, False])
    def test_as_the_tutorial_s_script_would_save_it(self, path, tutorial, same, zipped):
        path.write_bytes(saved(tutorial.state_dict(), _use_new_zipfile_serialization=zipped))
        same(tutorial)

    @pytest.mark.parametrize("name", ["weights", "weights.bin", "weights.safetensors"])
    def test_it_is_recognised_by_its_contents(self, path, tutorial, same, name, tmp_path):
        (tmp_path / name).write_bytes(saved(tutorial.state_dict()))
        assert open_model(tmp_path / name).network.hidden == (12, 16)

    @pytest.mark.parametrize(
        "names",
        [
            ["fc1", "fc2", "fc3"],
            ["0", "2", "4"],
            ["layers.0", "layers.1", "layers.10"],
            ["module.hidden1", "module.hidden2", "module.out"],
            ["linear_relu_stack.0", "linear_relu_stack.2", "linear_relu_stack.4"],
            ["head", "encoder", "classifier"],
            ["z", "y", "x"],
        ],
    )
    def test_other_names(self, path, tutorial, same, names):
        renamed = OrderedDict(
            (f"{name}.{kind}", getattr(getattr(tutorial, own), kind).detach())
            for name, own in zip(names, ("hidden1", "hidden2", "out"), strict=True)
            for kind in ("weight", "bias")
        )
        path.write_bytes(saved(renamed))
        same(tutorial)

    def test_a_sequential(self, path, same):
        network = nn.Sequential(
            nn.Flatten(), nn.Linear(784, 8), nn.ReLU(), nn.Dropout(0.0), nn.Linear(8, 10)
        )
        path.write_bytes(saved(network.state_dict()))
        same(network, (8,))

    def test_a_single_layer(self, path, same):
        network = nn.Linear(784, 10)
        path.write_bytes(saved(network.state_dict()))
        same(network, ())

    def test_layers_that_could_change_places_keep_their_order(self, path, same):
        widths = [784, 16, 16, 8, 16, 16, 8, 16, 16, 16, 16, 10]
        layers = [nn.Linear(a, b) for a, b in itertools.pairwise(widths)]
        network = nn.Sequential(*(part for one in layers for part in (one, nn.ReLU())))[:-1]
        path.write_bytes(saved(network.state_dict()))
        same(network, tuple(widths[1:-1]))

    def test_missing_biases_are_nothing(self, path, same):
        network = nn.Sequential(nn.Linear(784, 8, bias=False), nn.ReLU(), nn.Linear(8, 10))
        path.write_bytes(saved(network.state_dict()))
        same(network, (8,))

    @pytest.mark.parametrize("name", ["state_dict", "model_state_dict", "model"])
    def test_a_checkpoint_with_more_in_it(self, path, tutorial, same, name):
        optimizer = torch.optim.Adam(tutorial.parameters())
        tutorial(torch.rand(2, 784)).sum().backward()
        optimizer.step()
        path.write_bytes(
            saved(
                {
                    "epoch": 3,
                    "loss": torch.tensor(0.3),
                    "optimizer": optimizer.state_dict(),
                    name: tutorial.state_dict(),
                }
            )
        )
        same(tutorial)

    @pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
    @pytest.mark.parametrize("kind", ["pt", "safetensors"])
    def test_other_precisions_become_float32(self, path, tutorial, same, dtype, kind):
        state = {name: tensor.to(dtype) for name, tensor in tutorial.state_dict().items()}
        if kind == "pt":
            path.write_bytes(saved(state))
        else:
            safetensors.torch.save_file(state, path)
        same(tutorial, atol=0.02)
        assert {tensor.dtype for tensor in open_model(path).state_dict.values()} == {torch.float32}

    def test_safetensors_of_other_programs(self, path, tutorial, same):
        safetensors.torch.save_file(tutorial.state_dict(), path, {"format": "pt"})
        same(tutorial)

    def test_weights_that_share_memory_become_private(self, path, same):
        shared = torch.randn(16, 16)
        network = nn.Sequential(
            *(nn.Linear(784, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU()),
            *(nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 10)),
        )
        network[2].weight = network[4].weight = nn.Parameter(shared)
        path.write_bytes(saved(network.state_dict()))
        same(network, (16, 16, 16))
        state = open_model(path).state_dict
        assert state["hidden2.weight"].data_ptr() != state["hidden3.weight"].data_ptr()
        save_model(path, open_model(path))

    @given(
        st.lists(st.sampled_from([4, 8, 10, 784]), max_size=8),
        st.lists(st.text("abz_", min_size=1, max_size=3), min_size=9, max_size=9, unique=True),
        st.integers(0, 2**31),
    )
    @settings(max_examples=60)
    def test_any_chain_in_any_order_is_found_whole(self, tmp_path_factory, hidden, names, seed):
        widths = [784, *hidden, 10]
        state = {}
        for name, inputs, outputs in zip(names, widths[:-1], widths[1:], strict=False):
            state[f"{name}.weight"] = torch.zeros(outputs, inputs)
            state[f"{name}.bias"] = torch.zeros(outputs)
        shuffled = list(state.items())
        random.Random(seed).shuffle(shuffled)
        path = tmp_path_factory.mktemp("chains") / "chain.pt"
        path.write_bytes(saved(dict(shuffled)))
        found = open_model(path).network.layers
        # Where widths repeat, the names' order decides, which may be another way round.
        assert sorted(layer[1:] for layer in found) == sorted(itertools.pairwise(widths))


class TestFaults:
    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"", "is empty"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500), "is not a model"),
            (b"hello world, this is a text\n" * 20, "is not a model"),
            (b"<!DOCTYPE html><html></html>", "is not a model"),
            (b"PK\5\6" + bytes(18), "is not a model"),
            (b"\x80", "damaged, cut short or no model"),
            (struct.pack("<Q", 2**40) + b"{}", "damaged or cut short"),
            (struct.pack("<Q", 100) + b"{", "damaged or cut short"),
            (struct.pack("<Q", 2) + b"{}", "not a chain"),
            (b"\x1f\x8b\x08 no gzip", "cut short"),
        ],
    )
    @pytest.mark.parametrize("name", ["model.safetensors", "model.pt"])
    def test_foreign_files(self, tmp_path, content, fault, name):
        path = tmp_path / name
        path.write_bytes(content)
        assert fault in fault_of(path)

    def test_a_missing_file_and_a_folder(self, tmp_path):
        assert "does not exist" in fault_of(tmp_path / "no.safetensors")
        assert "is a folder" in fault_of(tmp_path)

    def test_an_archive_of_other_things(self, path):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("notes/a.txt", "nothing")
        fault_of(path)

    @pytest.mark.parametrize("left", [9, 100, 2000, -1, -1000])
    def test_truncated_safetensors(self, path, model, left):
        save_model(path, model)
        path.write_bytes(path.read_bytes()[:left])
        assert "cut short" in fault_of(path)

    @pytest.mark.parametrize("left", [10, 1000, 20_000, -1, -30])
    @pytest.mark.parametrize("zipped", [True, False])
    def test_truncated_pytorch_files(self, path, left, zipped):
        content = saved(model_of().state_dict, _use_new_zipfile_serialization=zipped)
        path.write_bytes(content[:left])
        text = fault_of(path)
        assert ("damaged or cut short; get a whole copy" if zipped else "cut short") in text

    @pytest.mark.parametrize("content", [{}, [], None, 3, {"a": 1}, {1: torch.zeros(10, 784)}])
    def test_pytorch_files_without_weights(self, path, content):
        path.write_bytes(saved(content))
        assert "is not a model" in fault_of(path)

    @pytest.mark.parametrize(
        "shapes",
        [
            {"a.weight": (10, 783)},
            {"a.weight": (9, 784)},
            {"a.weight": (784, 10)},
            {"a.weight": (16, 784), "b.weight": (10, 17)},
            {"a.weight": (16, 784), "b.weight": (10, 16), "c.weight": (5, 5)},
            {"a.weight": (10, 784), "b.weight": (10, 784)},
            {"a.weight": (10, 784), "a.bias": (11,)},
            {"a.weight": (10, 784), "a.bias": (10, 1)},
            {"a.weight": (10, 784), "a.bias": (10, 1, 1)},
            {"a.bias": (10,)},
            {"a": ()},
            {"conv.weight": (8, 1, 3, 3), "conv.bias": (8,), "fc.weight": (10, 5408)},
            # Layers that are no part of the chain would be left out, and the answers be wrong.
            {"conv.weight": (1, 1, 3, 3), "conv.bias": (1,), "fc.weight": (10, 784)},
            {"norm.weight": (784,), "norm.bias": (784,), "fc.weight": (10, 784)},
            {"W1": (10, 784), "b1": (10,)},
            {f"fc{n}.weight": (784, 784) for n in range(33)} | {"out.weight": (10, 784)},
            {"a.weight": (0, 784), "b.weight": (10, 0)},
            {"a.weight": (17_000, 784), "b.weight": (10, 17_000)},
        ],
    )
    @pytest.mark.parametrize("kind", ["pt", "safetensors"])
    def test_weights_that_are_no_such_network(self, path, shapes, kind):
        state = {name: torch.zeros(shape) for name, shape in shapes.items()}
        if kind == "pt":
            path.write_bytes(saved(state))
        else:
            safetensors.torch.save_file(state, path)
        fault_of(path)

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
    @pytest.mark.parametrize("own", [True, False])
    def test_weights_that_are_no_numbers(self, path, value, own):
        model = model_of()
        model.state_dict["hidden2.weight"][3, 4] = value
        (save_model if own else export_state_dict)(path, model)
        assert "hidden2.weight holds numbers that are infinite" in fault_of(path)

    def test_double_precision_beyond_single(self, path):
        state = {"out.weight": torch.full((10, 784), 1e300, dtype=torch.float64)}
        path.write_bytes(saved(state))
        assert "infinite" in fault_of(path)

    @pytest.mark.parametrize("dtype", [torch.int64, torch.uint8, torch.bool, torch.complex64])
    def test_weights_of_other_kinds(self, path, dtype):
        path.write_bytes(saved({"out.weight": torch.zeros(10, 784).to(dtype)}))
        assert "not a matrix of weights" in fault_of(path)

    def test_tensors_that_are_not_plain(self, path):
        path.write_bytes(saved({"out.weight": torch.zeros(10, 784).to_sparse()}))
        assert "not a plain tensor" in fault_of(path)
        path.write_bytes(saved({"out.weight": torch.zeros(10, 784, device="meta")}))
        fault_of(path)

    @pytest.mark.parametrize(("count", "side"), [(1, 300), (40, 45)])
    def test_a_few_numbers_that_stand_for_many(self, path, count, side, monkeypatch):
        # As strides of nothing let them: the file is small, the matrices would be huge.
        monkeypatch.setattr(model_file, "MAX_PARAMETERS", 50_000)
        huge = torch.zeros(1).as_strided((side, side), (0, 0))
        path.write_bytes(saved({f"fc{n}.weight": huge for n in range(count)}))
        assert path.stat().st_size < 20_000
        assert "too large" in fault_of(path)

    def test_a_file_that_unpacks_to_more_than_there_can_be(self, path, monkeypatch):
        monkeypatch.setattr(model_file, "MAX_BYTES", 100_000)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("archive/data.pkl", bytes(200_000))
        assert "too large" in fault_of(path)

    def test_a_file_larger_than_there_can_be(self, path, monkeypatch):
        save_model(path, model_of())
        monkeypatch.setattr(model_file, "MAX_BYTES", 1000)
        assert "too large" in fault_of(path)


class TestHostileFiles:
    @pytest.mark.parametrize("zipped", [True, False])
    @pytest.mark.parametrize(
        "wrap",
        [
            lambda evil: evil,
            lambda evil: {"out.weight": evil},
            lambda evil: {"out.weight": torch.zeros(10, 784), "more": evil},
            lambda evil: {evil: torch.zeros(10, 784)},
        ],
    )
    def test_nothing_in_a_pytorch_file_runs(self, path, marker, wrap, zipped):
        path.write_bytes(saved(wrap(Evil(marker)), _use_new_zipfile_serialization=zipped))
        assert "might run code" in fault_of(path)
        assert not marker.exists()

    def test_nothing_in_a_bare_pickle_runs(self, path, marker):
        for protocol in (2, 3):
            path.write_bytes(pickle.dumps(Evil(marker), protocol))
            fault_of(path)
        path.write_bytes(pickle.dumps({"a": Evil(marker)}, 0))
        fault_of(path)
        assert not marker.exists()

    def test_a_whole_network_is_not_opened_and_the_text_says_what_to_do(self, path):
        path.write_bytes(saved(TutorialNetwork(12, 16)))
        text = fault_of(path)
        assert "might run code" in text
        assert "Save the network's state_dict() instead" in text

    def test_a_damaged_byte_of_the_beginning_gives_an_error_or_a_model_and_nothing_else(
        self, path, model
    ):
        save_model(path, model)
        content = path.read_bytes()
        (size,) = struct.unpack("<Q", content[:8])
        chance = random.Random(0)
        for place in [*range(8), *chance.sample(range(8, 8 + size), 150)]:
            damaged = bytearray(content)
            damaged[place] ^= chance.randrange(1, 256)
            path.write_bytes(damaged)
            try:
                open_model(path)
            except ModelFileError as fault:
                assert str(fault).startswith(path.name)  # noqa: PT017

    def test_so_does_one_of_a_pytorch_file(self, path):
        content = saved(model_of(NetworkConfig((2,))).state_dict)
        chance = random.Random(0)
        for place in chance.sample(range(len(content)), 100):
            damaged = bytearray(content)
            damaged[place] ^= chance.randrange(1, 256)
            path.write_bytes(damaged)
            try:
                open_model(path)
            except ModelFileError as fault:
                assert str(fault).startswith(path.name)  # noqa: PT017


class TestDescriptions:
    def set(self, *names, value):
        def change(about):
            *parents, last = names
            for name in parents:
                about = about[name]
            about[last] = value

        return change

    def test_a_newer_version_asks_for_an_update(self, path):
        described(path, self.set("format", value=2))
        assert "newer version of this program; update it" in fault_of(path)

    def test_what_a_later_version_of_this_format_adds_is_passed_over(self, path):
        described(path, self.set("calibration", value={"temperature": 1.2}))
        assert open_model(path).network == NETWORK

    def test_what_need_not_be_there_may_be_missing(self, path):
        described(path, lambda about: json.dumps({"format": 1, "network": about["network"]}))
        opened = open_model(path)
        assert (opened.training, opened.measurements, opened.normalisation) == (None, (), 1)

    @pytest.mark.parametrize(
        "text",
        ["", "no json", "[]", "null", "3", "{}", '{"format": 1}', "[" * 100_000, '{"format": NaN}'],
    )
    def test_a_description_that_is_none(self, path, text):
        described(path, lambda _: text)
        assert "description is damaged" in fault_of(path)

    @pytest.mark.parametrize(
        ("names", "value"),
        [
            (["network"], None),
            (["network"], []),
            (["network", "hidden"], "12,16"),
            (["network", "hidden"], [12.0, 16.0]),
            (["network", "hidden"], [10**10]),
            (["network", "activation"], "__import__"),
            (["network", "activation"], ["relu"]),
            (["network", "dropout"], 10**400),
            (["network", "dropout"], float("nan")),
            (["training"], 3),
            (["training"], {"epochs": -1}),
            (["training"], {"network": None}),
            (["measurements"], 3),
            (["measurements"], [3]),
            (["measurements"], [{}]),
            (["measurements"], [{"score": {"interval": [1]}}]),
            (["normalisation"], None),
            (["normalisation"], float("inf")),
            (["normalisation"], float("nan")),
            (["normalisation"], "new"),
            (["temperature"], 0.0),
            (["temperature"], -1.0),
            (["temperature"], float("nan")),
            (["temperature"], "warm"),
        ],
    )
    def test_a_description_that_cannot_be(self, path, names, value):
        described(path, self.set(*names, value=value))
        assert "description is damaged" in fault_of(path)

    @pytest.mark.parametrize("total", [float("inf"), 10**400, None])
    def test_a_score_that_cannot_be(self, path, total):
        measurement = dataclasses.asdict(Measurement("a", "test", "", Score(0.5, (0.4, 0.6), 9)))
        measurement["score"]["accuracy" if total == 10**400 else "total"] = total
        described(path, self.set("measurements", value=[measurement]))
        assert "description is damaged" in fault_of(path)

    @pytest.mark.parametrize(
        ("names", "value"),
        [
            (["network", "hidden"], [16, 12]),
            (["network", "hidden"], [12, 16, 16]),
            (["network", "hidden"], []),
        ],
    )
    def test_one_of_another_network(self, path, names, value):
        described(path, self.set(*names, value=value))
        assert "do not have the shapes of the network 784-" in fault_of(path)

    @pytest.mark.parametrize("change", ["missing", "more", "renamed"])
    def test_weights_that_are_not_the_network_s(self, path, change):
        tensors = dict(model_of().state_dict)
        if change == "more":
            tensors["extra"] = torch.zeros(3)
        else:
            bias = tensors.pop("out.bias")
            if change == "renamed":
                tensors["out.b"] = bias
        described(path, lambda _: None, tensors)
        assert "do not have the shapes" in fault_of(path)
