import io
import itertools
import pickle
import random
import re
import struct
import tracemalloc
import zipfile
from collections import Counter, OrderedDict

import numpy as np
import pytest
import safetensors.torch
import torch
import torch.nn.functional as F
from hypothesis import example, given, settings
from hypothesis import strategies as st
from torch import nn

from mnist_desktop.learning.models import foreign_trial, model_file, state_dicts
from mnist_desktop.learning.models.export import export_model
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.model_file import open_model, save_model
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig

FUNCTIONS = {"relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": F.gelu}


BYTEARRAY = b"\x80\x02cbuiltins\nbytearray\n\x8a\5\0\0\0\xc0\0\x85R."
"""A pickle that makes 3 GB of zeros."""


class TutorialNetwork(nn.Module):
    """As the tutorial writes it."""

    def __init__(self, *widths, activation="relu"):
        super().__init__()
        self.hidden1 = nn.Linear(784, widths[0])
        self.hidden2 = nn.Linear(*widths)
        self.out = nn.Linear(widths[1], 10)
        self.function = FUNCTIONS[activation]

    def forward(self, values):
        return self.out(self.function(self.hidden2(self.function(self.hidden1(values)))))


class Evil:
    """Pickled, it leaves a file where it is unpickled."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return open, (str(self.marker), "w")


@pytest.fixture(autouse=True)
def _nothing_is_tried(monkeypatch):
    """These networks have learned nothing that could be found out; the tests of that are others."""
    monkeypatch.setattr(foreign_trial, "OPERATIONS", 0)
    monkeypatch.setattr(foreign_trial, "FEWEST", 1)
    monkeypatch.setattr(foreign_trial, "BELIEVABLE", 1.1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "weights.pt"


@pytest.fixture
def tutorial():
    torch.manual_seed(3)
    return TutorialNetwork(12, 16)


@pytest.fixture
def same(path, small):
    """Fails unless the file opens as a network that gives what another gives."""

    def check(network, hidden=(12, 16), atol=1e-6, path=path):
        opened = open_model(path)
        assert opened.network == NetworkConfig(hidden)
        assert opened.interpretation is not None
        assert set(opened.state_dict) == {
            f"{layer.name}.{kind}" for layer in opened.network.layers for kind in ("weight", "bias")
        }
        np.testing.assert_allclose(outputs_of(opened, small), said_by(network, small), atol=atol)

    return check


def outputs_of(model, small):
    return Recognizer(model).probabilities(small.test.pictures)


def said_by(network, small):
    with torch.no_grad():
        return F.softmax(network.eval()(to_input(torch.from_numpy(small.test.pictures))), 1)


def saved(content, **how):
    buffer = io.BytesIO()
    torch.save(content, buffer, **how)
    return buffer.getvalue()


def archive(content, *, others=(), method=zipfile.ZIP_STORED):
    """A file as PyTorch's with a pickle of one's own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, data in (("data.pkl", content), ("version", "3\n"), *others):
            target.writestr(f"archive/{name}", data)
    return buffer.getvalue()


class TestExporting:
    @pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu"])
    @pytest.mark.parametrize("output", ["logits", "log_softmax"])
    def test_it_says_the_same_in_the_tutorial_s_script_and_when_it_is_opened_here(
        self, path, small, activation, output
    ):
        network = NetworkConfig((12, 16), activation, 0.25, output)
        model = Model(network, MLP(network, seed=4).state_dict(), temperature=0.6)
        model.state_dict["out.bias"].copy_(torch.arange(10) / 5)
        before = {name: tensor.clone() for name, tensor in model.state_dict.items()}
        export_model(path, model)
        assert all(torch.equal(model.state_dict[name], before[name]) for name in before)
        tutorial = TutorialNetwork(12, 16, activation=activation)
        tutorial.load_state_dict(torch.load(path, weights_only=True))
        expected = outputs_of(model, small)
        np.testing.assert_allclose(said_by(tutorial, small), expected, atol=1e-6)
        opened = open_model(path)
        np.testing.assert_allclose(outputs_of(opened, small), expected, atol=1e-6)
        assert opened.interpretation is None
        assert (opened.network.activation, opened.temperature) == (activation, 1.0)
        assert (opened.training, opened.measurements) == (None, ())

    def test_a_note_of_another_activation_is_not_believed(self, path, tutorial, same):
        for noted in ("swish", ["relu"], 7, torch.zeros(2)):
            state = tutorial.state_dict()
            state._metadata[""]["activation"] = noted
            path.write_bytes(saved(state))
            same(tutorial)


class TestPyTorchFiles:
    @pytest.mark.parametrize("protocol", [2, 3])  # torch warns of those but 2
    @pytest.mark.parametrize("zipped", [True, False])
    @pytest.mark.parametrize("name", ["weights.pt", "weights", "weights.safetensors"])
    def test_as_the_tutorial_s_script_would_save_it(
        self, path, tutorial, same, zipped, name, protocol
    ):
        path = path.with_name(name)
        how = {"_use_new_zipfile_serialization": zipped, "pickle_protocol": protocol}
        path.write_bytes(saved(tutorial.state_dict(), **how))
        same(tutorial, path=path)

    def test_a_sequential_whose_biases_are_nothing(self, path, same):
        layers = (nn.Linear(784, 8, bias=False), nn.ReLU(), nn.Dropout(0.0), nn.Linear(8, 10))
        network = nn.Sequential(nn.Flatten(), *layers)
        path.write_bytes(saved(network.state_dict()))
        same(network, (8,))

    @pytest.mark.parametrize("zipped", [True, False])
    @pytest.mark.parametrize("name", ["state_dict", "model_state_dict", "model"])
    def test_a_checkpoint_with_more_in_it(self, path, tutorial, same, name, zipped):
        optimizer = torch.optim.Adam(tutorial.parameters())
        tutorial(torch.rand(2, 784)).sum().backward()
        optimizer.step()
        content = {
            "epoch": 3,
            "loss": torch.tensor(0.3),
            "losses": [index / 7 for index in range(8000)],
            "optimizer": optimizer.state_dict(),
            "milestones": Counter([2, 5]),
            "parameters": dict(tutorial.named_parameters()),
            name: tutorial.state_dict(),
        }
        path.write_bytes(saved(content, _use_new_zipfile_serialization=zipped))
        same(tutorial)

    @pytest.mark.parametrize(
        "wrap",
        [
            lambda state: {"net": {"weights": state}, "loss": torch.tensor(1.0)},
            lambda state: {"scale": {"mean": torch.zeros(3, 3)}, "state": {"net": state}},
            # Each layer has a dict of its own.
            lambda state: {
                layer: {kind: state[f"{layer}.{kind}"] for kind in ("weight", "bias")}
                for layer in ("hidden1", "hidden2", "out")
            },
        ],
    )
    def test_dicts_in_dicts(self, path, tutorial, same, wrap):
        path.write_bytes(saved(wrap(tutorial.state_dict())))
        same(tutorial)

    def test_dicts_that_never_end(self, model_fault, path):
        content = {}
        for _ in range(50):
            content = {"more": content}
        path.write_bytes(saved(content))
        assert "is not a model" in model_fault(path)

    @pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
    @pytest.mark.parametrize("kind", ["pt", "safetensors"])
    def test_other_precisions_become_float32(self, path, tutorial, same, dtype, kind):
        state = {name: tensor.to(dtype) for name, tensor in tutorial.state_dict().items()}
        if kind == "pt":
            path.write_bytes(saved(state))
        else:
            safetensors.torch.save_file(state, path, {"format": "pt"})
        same(tutorial, atol=0.02)
        assert {tensor.dtype for tensor in open_model(path).state_dict.values()} == {torch.float32}

    def test_weights_that_share_memory_become_private(self, path, same):
        network = nn.Sequential(
            *(nn.Linear(784, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU()),
            *(nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 10)),
        )
        network[2].weight = network[4].weight
        path.write_bytes(saved(network.state_dict()))
        same(network, (16, 16, 16))
        state = open_model(path).state_dict
        assert state["hidden2.weight"].data_ptr() != state["hidden3.weight"].data_ptr()
        save_model(path, open_model(path))


class TestOrder:
    """Of the layers, which other programs name as they like."""

    @pytest.fixture
    def chain(self):
        """Layers of these widths, in their order, and the network they make."""

        def make(names, hidden):
            widths = [784, *hidden, 10]
            layers = [nn.Linear(a, b) for a, b in itertools.pairwise(widths)]
            network = nn.Sequential(*(part for one in layers for part in (one, nn.ReLU())))[:-1]
            state = OrderedDict(
                (f"{name}.{kind}", getattr(layer, kind).detach())
                for name, layer in zip(names, layers, strict=True)
                for kind in ("weight", "bias")
            )
            return state, network

        return make

    @given(
        hidden=st.lists(st.sampled_from([4, 8, 10, 784]), max_size=8),
        names=st.lists(st.text("abz_1²", min_size=1, max_size=3), min_size=9, unique=True),
    )
    @example(hidden=[16, 16, 16], names=["one", "two", "three", "four"])
    @settings(max_examples=40)
    def test_layers_that_could_change_places_stand_as_in_the_file(
        self, tmp_path_factory, hidden, names
    ):
        widths = [784, *hidden, 10]
        state = {
            f"{name}.weight": torch.full((outputs, inputs), float(place))
            for place, (name, (inputs, outputs)) in enumerate(
                zip(names, itertools.pairwise(widths), strict=False)
            )
        }
        path = tmp_path_factory.mktemp("chains") / "chain.pt"
        path.write_bytes(saved(state))
        opened = open_model(path)
        assert opened.network.hidden == tuple(hidden)
        for place, layer in enumerate(opened.network.layers):
            assert (opened.state_dict[f"{layer.name}.weight"] == place).all()

    @pytest.mark.parametrize("kind", ["pt", "safetensors"])
    @pytest.mark.parametrize(
        ("names", "hidden"),
        [
            # Numbers in names count where a file has no order: .safetensors are sorted by name.
            ([f"fc{number}" for number in range(1, 13)], (16,) * 11),
            ([f"h{number}" for number in range(1, 12)] + ["out"], (16,) * 11),
            # Names that cannot be sorted do not matter where only one order fits.
            (["input", "hidden", "output"], (24, 16)),
            (["encoder", "classifier", "head"], (24, 16)),
        ],
    )
    def test_where_the_file_has_none_that_of_names_or_shapes(
        self, path, same, chain, kind, names, hidden
    ):
        state, network = chain(names, hidden)
        if kind == "safetensors":
            safetensors.torch.save_file(state, path)
        else:
            shuffled = list(state.items())
            random.Random(3).shuffle(shuffled)
            path.write_bytes(saved(OrderedDict(shuffled)))
        same(network, hidden)

    def test_where_none_can_be_told_it_is_refused(self, model_fault, path, chain):
        state, _ = chain(["one", "two", "three", "four"], (16, 16, 16))
        safetensors.torch.save_file(state, path)
        assert "a chain of fully connected layers" in model_fault(path)

    @pytest.mark.parametrize("name", ["²", "٣", "9" * 5000, "0" * 5000])
    def test_numbers_of_any_kind_are_sorted(self, path, name):
        state = {f"{name}.weight": torch.zeros(4, 784), f"{name}1.weight": torch.zeros(10, 4)}
        safetensors.torch.save_file(state, path)
        assert open_model(path).network.hidden == (4,)


class TestFaults:
    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"\x89HDF\r\n\x1a\n and more", "is a model of Keras"),
            (archive(b"", others=[("code/__torch__.py", b"")]), "is a model of TorchScript"),
            (b"\x08\x07\x12\x07pytorch", "is a model of ONNX"),
            (saved({"conv.weight": torch.zeros(8, 1, 3, 3)}), "has convolutions (conv.weight)"),
            (saved({"rnn.weight_ih_l0": torch.zeros(8, 28)}), "has recurrent layers"),
        ],
    )
    def test_what_cannot_be_opened_is_said_to_be_that(self, model_fault, path, content, fault):
        path.write_bytes(content)
        assert fault in model_fault(path)

    def test_an_archive_of_keras(self, model_fault, path):
        with zipfile.ZipFile(path, "w") as target:
            for name in ("metadata.json", "config.json", "model.weights.h5"):
                target.writestr(name, "{}")
        assert "is a model of Keras" in model_fault(path)

    def test_an_archive_of_other_things(self, model_fault, path):
        with zipfile.ZipFile(path, "w") as target:
            target.writestr("notes/a.txt", "nothing")
        assert "damaged, cut short or no model" in model_fault(path)

    @pytest.mark.parametrize("left", [10, 1000, 20_000, -1, -30])
    @pytest.mark.parametrize("zipped", [True, False])
    def test_truncated_files(self, model_fault, path, tutorial, left, zipped):
        content = saved(tutorial.state_dict(), _use_new_zipfile_serialization=zipped)
        path.write_bytes(content[:left])
        assert "cut short" in model_fault(path)
        if zipped:
            path.write_bytes(content.replace(content[20_000:20_004], b"1234"))
            assert "damaged or cut short" in model_fault(path)

    @pytest.mark.parametrize("content", [{}, [], None, 3, {"a": 1}, {1: torch.zeros(10, 784)}])
    def test_files_without_weights(self, model_fault, path, content):
        path.write_bytes(saved(content))
        assert "is not a model" in model_fault(path)

    @pytest.mark.parametrize(
        "shapes",
        [
            *({"a.weight": shape} for shape in ((10, 783), (9, 784), (784, 10))),
            *({"a.weight": (10, 784), "a.bias": shape} for shape in ((11,), (10, 1), (10, 1, 1))),
            {"a.weight": (16, 784), "b.weight": (10, 17)},
            {"a.weight": (16, 784), "b.weight": (10, 16), "c.weight": (5, 5)},
            {"a.weight": (10, 784), "b.weight": (10, 784)},
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
    def test_weights_that_are_no_such_network(self, model_fault, path, shapes, kind):
        state = {name: torch.zeros(shape) for name, shape in shapes.items()}
        if kind == "pt":
            path.write_bytes(saved(state))
        else:
            safetensors.torch.save_file(state, path)
        model_fault(path)

    def test_more_layers_than_there_can_be(self, model_fault, path):
        shapes = [(12, 784), *[(12, 12)] * 32, (10, 12)]
        path.write_bytes(
            saved({f"{n}.weight": torch.ones(shape) for n, shape in enumerate(shapes)})
        )
        assert "cannot be used: There can be 32 hidden layers at the most" in model_fault(path)

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300])
    def test_weights_that_are_no_numbers(self, model_fault, path, value):
        path.write_bytes(saved({"out.weight": torch.full((10, 784), value, dtype=torch.float64)}))
        assert "out.weight holds numbers that are infinite" in model_fault(path)

    @pytest.mark.parametrize("variance", [-1.0, -1e-5])
    def test_a_normalisation_that_makes_them_no_numbers(self, model_fault, path, variance):
        torch.manual_seed(0)
        network = nn.Sequential(
            *(nn.Linear(784, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Linear(12, 10))
        )
        network[1].running_var.fill_(variance)
        path.write_bytes(saved(network.state_dict()))
        assert "hidden1.weight holds numbers that are infinite" in model_fault(path)

    @pytest.mark.parametrize("dtype", [torch.int64, torch.uint8, torch.bool])
    def test_weights_of_other_kinds(self, model_fault, path, dtype):
        path.write_bytes(saved({"out.weight": torch.zeros(10, 784).to(dtype)}))
        assert "not a matrix of weights" in model_fault(path)

    @pytest.mark.parametrize(
        "tensor",
        [
            torch.zeros(10, 784).to_sparse(),
            torch.zeros(10, 784, device="meta"),
            torch.zeros(10, 784, dtype=torch.complex64),
        ],
    )
    def test_tensors_that_are_not_plain(self, model_fault, path, tensor):
        path.write_bytes(saved({"out.weight": tensor}))
        assert "holds more than weights (torch." in model_fault(path)


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
    def test_nothing_in_a_file_runs(self, model_fault, path, tmp_path, wrap, zipped):
        marker = tmp_path / "it ran"
        path.write_bytes(saved(wrap(Evil(marker)), _use_new_zipfile_serialization=zipped))
        assert re.search(r"\(\w+\.open\) and might run code", model_fault(path))
        for protocol in (0, 2, 4):
            path.write_bytes(pickle.dumps({"a": wrap(Evil(marker))}, protocol))
            model_fault(path)
        assert not marker.exists()

    def test_a_whole_network_is_not_opened_and_the_text_says_what_to_do(
        self, model_fault, path, tutorial
    ):
        path.write_bytes(saved(tutorial))
        text = model_fault(path)
        assert "might run code" in text
        assert "Save the network's state_dict() instead" in text

    @pytest.mark.parametrize(("count", "side"), [(1, 300), (40, 45)])
    def test_a_few_numbers_that_stand_for_many(self, model_fault, path, count, side, monkeypatch):
        # As strides of nothing let them: the file is small, the matrices would be huge.
        monkeypatch.setattr(model_file, "MAX_PARAMETERS", 50_000)
        huge = {
            f"fc{n}.weight": torch.zeros(1).as_strided((side, side), (0, 0)) for n in range(count)
        }
        path.write_bytes(saved(huge))
        assert path.stat().st_size < 20_000
        assert "too large" in model_fault(path)

    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (archive(b"\x80\x02}.", method=zipfile.ZIP_DEFLATED), "is packed"),
            (archive(BYTEARRAY), r"\(builtins.bytearray\) and might run code"),
            # PyTorch finds a member also by its name in capitals.
            (archive(b"\x80\x02}.", others=[("DATA.PKL", BYTEARRAY)]), "might run code"),
            (archive(b"\x80\x02" + b"]" * 10**6), "holds more than weights; save"),
            (archive(b"\x80\x02}K\1" + b"q\0h\0\x86" * 60 + b"Ns."), "holds more than weights;"),
            (b"\x80\x02" + b"]" * 10**6, "holds more than weights; save"),
            (b"\x80\x02\x8b" + struct.pack("<i", 10**6) + bytes(10**6), "holds more than weights"),
            (b"\x80\x02X" + struct.pack("<i", 2**31 - 1) + b"short", "holds more than weights"),
            (b"\x80\x02X" + struct.pack("<i", 2**16 - 1) + b"short", "cut short"),
            (b"\x80\x02X" + struct.pack("<i", 10**6) + b"x" * 10**6, "holds more than weights"),
            (b"\x80\x02V" + b"x" * 10**6 + b"\n.", "holds more than weights"),
        ],
    )
    def test_what_would_fill_the_memory_is_not_given_to_torch(
        self, model_fault, path, monkeypatch, content, fault
    ):
        monkeypatch.setattr(torch, "load", None)
        path.write_bytes(content)
        tracemalloc.start()
        assert re.search(fault, model_fault(path))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 10e6

    def test_members_that_take_the_same_place_are_not_read(self, model_fault, path, tutorial):
        content = saved(tutorial.state_dict())
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            data = source.getinfo("archive/data/0")
        # Each of a hundred others says that it is where the first layer's weights are.
        buffer = io.BytesIO(content)
        with zipfile.ZipFile(buffer, "a") as target:
            for number in range(100):
                target.writestr(f"archive/data/{number + 10}", b"")
                target.filelist[-1].header_offset = data.header_offset
                target.filelist[-1].file_size = target.filelist[-1].compress_size = data.file_size
        path.write_bytes(buffer.getvalue())
        assert "more than it can" in model_fault(path)

    @pytest.mark.parametrize("zipped", [True, False])
    def test_sizes_that_lie_take_no_memory(self, model_fault, path, zipped):
        content = saved({"out.weight": torch.zeros(10)}, _use_new_zipfile_serialization=zipped)
        if zipped:
            with zipfile.ZipFile(io.BytesIO(content)) as source:
                content = source.read("archive/data.pkl")
        many = b"J" + struct.pack("<i", 10**9)
        for place in (b"K\n\x85", b"K\nt" if zipped else b"K\nN"):
            assert place in content
            lying = content.replace(place, many + place[2:])
            path.write_bytes(archive(lying, others=[("data/0", bytes(40))]) if zipped else lying)
            model_fault(path)


def test_names_that_are_allowed_are_some_of_those_that_torch_allows():
    allowed = torch._weights_only_unpickler._get_allowed_globals()
    assert allowed.keys() >= state_dicts.NAMES
