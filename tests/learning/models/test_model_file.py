import dataclasses
import errno
import json
import os
import struct
from dataclasses import replace

import numpy as np
import pytest
import safetensors
import safetensors.torch
import torch

from mnist_desktop.errors import FileError
from mnist_desktop.ink.trajectory import POINTS
from mnist_desktop.learning.models import model_file
from mnist_desktop.learning.models.model import Lesson, Measurement, Model
from mnist_desktop.learning.models.model_description import MAX_LESSONS, TRAJECTORIES
from mnist_desktop.learning.models.model_file import (
    METADATA_KEY,
    open_model,
    save_model,
)
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.pen import peoples_pen
from mnist_desktop.learning.models.templates import MOST_OF_DIGIT, Templates
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import Score
from mnist_desktop.paths import DEFAULT_MODEL

TEMPLATES = Templates(
    np.linspace(-0.5, 0.5, 3 * POINTS * 2, dtype=np.float32).reshape(3, POINTS, 2),
    np.array([3, 3, 8]),
)

NETWORK = NetworkConfig((12, 16), "tanh", 0.25, "log_softmax")


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
        lessons=(
            Lesson(
                (3,) * 10 + (0,), "ab" * 32, Score(0.5, (0.4, 0.6), 30), Score(0.9, (0.8, 1), 30)
            ),
            Lesson((0,) * 10 + (1,), "cd" * 32),
        ),
        templates=TEMPLATES,
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "my.safetensors"


def outputs_of(model, small):
    return Recognizer(model).probabilities(small.test.pictures)


def described(path, change, tensors=None):
    """A file of this program's, its description changed."""
    save_model(path, model_of())
    with safetensors.safe_open(path, framework="pt") as content:
        about = json.loads(content.metadata()[METADATA_KEY])
    tensors = model_of().state_dict if tensors is None else tensors
    safetensors.torch.save_file(tensors, path, {METADATA_KEY: change(about)})


class TestSaving:
    @pytest.mark.parametrize("is_known", [True, False])
    def test_all_that_is_known_comes_back(self, path, model, is_known):
        model = model if is_known else model_of()
        save_model(path, model)
        opened = open_model(path)
        apart = {"state_dict": {}, "templates": model.templates}
        assert replace(opened, **apart).__dict__ == replace(model, **apart).__dict__
        np.testing.assert_array_equal(opened.templates.trajectories, model.templates.trajectories)
        np.testing.assert_array_equal(opened.templates.labels, model.templates.labels)
        assert opened.state_dict.keys() == model.state_dict.keys()
        for name, tensor in model.state_dict.items():
            assert torch.equal(opened.state_dict[name], tensor)

    def test_of_very_many_lessons_the_newest_are_kept(self, path):
        lessons = [Lesson((number, *[0] * 10), "") for number in range(MAX_LESSONS + 3)]
        save_model(path, model_of(lessons=tuple(lessons)))
        assert open_model(path).lessons == tuple(lessons[3:])

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
        assert about["network"]["hidden"] == [12, 16]

    def test_who_has_learned_from_people_hears_their_pens_whenever_it_was_saved(self, path):
        for digits, pen in ((0, None), (5, peoples_pen())):
            training = TrainingConfig(NETWORK, real_digits=digits)
            save_model(path, model_of(training=training))
            assert open_model(path).pen is pen
        assert open_model(DEFAULT_MODEL).pen is peoples_pen()

    def test_only_with_templates_do_earlier_versions_of_the_program_refuse_it(self, path, model):
        for known, version in ((model, 2), (replace(model, templates=Templates()), 1)):
            save_model(path, known)
            with safetensors.safe_open(path, framework="pt") as content:
                about = json.loads(content.metadata()[METADATA_KEY])
            assert about["format"] == version
            assert ("templates" in about) == (version == 2)

    def test_weights_that_lie_column_by_column_are_saved(self, path):
        model = model_of()
        weight = model.state_dict["out.weight"]
        model.state_dict["out.weight"] = weight.t().contiguous().t()
        save_model(path, model)
        assert torch.equal(open_model(path).state_dict["out.weight"], weight)

    def test_a_saved_model_is_replaced_whole_or_not_at_all(self, path, model, monkeypatch):
        save_model(path, model)
        before = path.read_bytes()

        def full(_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(FileError, match="cannot be saved: "):
                save_model(path, model_of(NetworkConfig(())))
        assert path.read_bytes() == before
        save_model(path, model_of(NetworkConfig(())))
        assert open_model(path).network == NetworkConfig(())
        assert list(path.parent.iterdir()) == [path]


class TestFaults:
    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"", "is empty"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500), "is not a model"),
            (b"hello world, this is a text\n" * 20, "is not a model"),
            (b"<!DOCTYPE html><html></html>", "is not a model"),
            (b"PK\5\6" + bytes(18), "is not a model"),
            (b"\x80", "cut short"),
            (struct.pack("<Q", 2**40) + b"{}", "its description is too long"),
            (struct.pack("<Q", 100) + b"{", "damaged or cut short"),
            (struct.pack("<Q", 2) + b"{}", "not a chain"),
            (b"\x1f\x8b\x08 gzip", "is not a model"),
        ],
    )
    @pytest.mark.parametrize("name", ["model.safetensors", "model.pt"])
    def test_foreign_files(self, model_fault, tmp_path, content, fault, name):
        path = tmp_path / name
        path.write_bytes(content)
        assert fault in model_fault(path)

    def test_a_missing_file_and_a_folder(self, model_fault, tmp_path):
        assert "does not exist" in model_fault(tmp_path / "no.safetensors")
        assert "is a folder" in model_fault(tmp_path)

    @pytest.mark.parametrize("left", [9, 100, 2000, -1, -1000])
    def test_truncated_safetensors(self, model_fault, path, model, left):
        save_model(path, model)
        path.write_bytes(path.read_bytes()[:left])
        assert "cut short" in model_fault(path)

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
    def test_weights_that_are_no_numbers(self, model_fault, path, value):
        model = model_of()
        model.state_dict["hidden2.weight"][3, 4] = value
        save_model(path, model)
        assert "hidden2.weight holds numbers that are infinite" in model_fault(path)

    def test_a_file_larger_than_there_can_be(self, model_fault, path, monkeypatch):
        save_model(path, model_of())
        monkeypatch.setattr(model_file, "MAX_BYTES", 1000)
        assert "too large" in model_fault(path)

    def test_one_that_says_too_much_of_itself_is_not_listened_to(
        self, model_fault, path, monkeypatch
    ):
        about = b'{"__metadata__":{"a":"' + b"a" * 2**20 + b'"}}'
        path.write_bytes(struct.pack("<Q", len(about)) + about)
        monkeypatch.setattr(safetensors, "safe_open", None)
        assert "its description is too long" in model_fault(path)


NAN, INFINITE = float("nan"), float("inf")
MEASURED = dataclasses.asdict(Measurement("a", "test", "", Score(0.5, (0.4, 0.6), 9)))
WRONG = {
    "network": [None, []],
    "network.hidden": ["12,16", [12.0, 16.0], [10**10]],
    "network.activation": ["__import__", ["relu"]],
    "network.dropout": [10**400, NAN],
    "training": [3, 0, {}, "", {"epochs": -1}, {"network": None}],
    "measurements": [3, [3], [{}], [{"score": {"interval": [1]}}]],
    "measurements.0.score.total": [INFINITE, None, "many", 0, -3, 10**400],
    "measurements.0.score.accuracy": [10**400, NAN, 1.5, -0.1],
    "measurements.0.score.interval": [[0.4], [0.4, INFINITE], 3],
    "lessons": [3, [3], [{}], [{"counts": [0] * 10, "base": "", "before": None, "after": None}]],
    "lessons.0.counts": [None, [-1] * 11, ["many"] * 11, [10**400] * 11],
    "lessons.0.after": [3, {"accuracy": 2, "interval": [0, 1], "total": 9}],
    "normalisation": [None, INFINITE, NAN, "new"],
    "temperature": [0.0, -1.0, NAN, "warm"],
}


def but(place, value):
    """Changes one thing in a description, named with dots."""

    def change(about):
        about["measurements"] = [MEASURED]
        about["lessons"] = [dataclasses.asdict(Lesson((0,) * 11, ""))]
        about = inner = json.loads(json.dumps(about))
        *parents, last = place.split(".")
        for name in parents:
            inner = inner[int(name) if name.isdigit() else name]
        inner[last] = value
        return json.dumps(about)

    return change


class TestDescriptions:
    def test_a_newer_version_asks_for_an_update(self, model_fault, path):
        described(path, but("format", 3))
        assert "newer version of this program; update it" in model_fault(path)

    def test_what_a_later_version_of_this_format_adds_is_passed_over(self, path):
        described(path, but("calibration", {"temperature": 1.2}))
        assert open_model(path).network == NETWORK

    def test_what_need_not_be_there_may_be_missing(self, path):
        described(path, lambda about: json.dumps({"format": 1, "network": about["network"]}))
        opened = open_model(path)
        assert (opened.training, opened.measurements, opened.normalisation) == (None, (), 1)
        assert opened.lessons == ()

    @pytest.mark.parametrize(
        ("ways", "labels"),
        [
            (TEMPLATES.trajectories, [3, 3]),
            (TEMPLATES.trajectories, [3, 3, 10]),
            (TEMPLATES.trajectories, [3, 3, -1]),
            (TEMPLATES.trajectories, [3, 3, "all"]),
            (TEMPLATES.trajectories, None),
            (TEMPLATES.trajectories[:, 1:], [3, 3, 8]),
            (2 * TEMPLATES.trajectories, [3, 3, 8]),
            (np.zeros((MOST_OF_DIGIT + 1, POINTS, 2), np.float32), [1] * (MOST_OF_DIGIT + 1)),
            (None, [3]),
        ],
    )
    def test_templates_that_are_none(self, model_fault, path, ways, labels):
        tensors = dict(model_of().state_dict)
        if ways is not None:
            tensors[TRAJECTORIES] = torch.from_numpy(ways.copy())
        described(path, but("templates", labels), tensors)
        assert "description is damaged" in model_fault(path)

    @pytest.mark.parametrize(
        "text",
        ["", "no json", "[]", "null", "3", "{}", '{"format": 1}', "[" * 100_000, '{"format": NaN}'],
    )
    def test_a_description_that_is_none(self, model_fault, path, text):
        described(path, lambda _: text)
        assert "description is damaged" in model_fault(path)

    @pytest.mark.parametrize(
        ("place", "value"), [(place, value) for place, values in WRONG.items() for value in values]
    )
    def test_a_description_that_cannot_be(self, model_fault, path, place, value):
        described(path, but(place, value))
        assert "description is damaged" in model_fault(path)

    def test_the_name_of_a_data_set_is_one_line_of_a_usual_length(self, path):
        described(path, but("measurements.0.dataset", "two\nlines" + "x" * 5000))
        (opened,) = open_model(path).measurements
        assert opened.dataset.startswith("two lines")
        assert len(opened.dataset) == 200

    @pytest.mark.parametrize("hidden", [[16, 12], [12, 16, 16], []])
    def test_one_of_another_network(self, model_fault, path, hidden):
        described(path, but("network.hidden", hidden))
        assert "do not have the shapes of the network 784-" in model_fault(path)

    @pytest.mark.parametrize("change", ["missing", "more", "renamed"])
    def test_weights_that_are_not_the_network_s(self, model_fault, path, change):
        tensors = dict(model_of().state_dict)
        if change == "more":
            tensors["extra"] = torch.zeros(3)
        else:
            bias = tensors.pop("out.bias")
            if change == "renamed":
                tensors["out.b"] = bias
        described(path, json.dumps, tensors)
        assert "do not have the shapes" in model_fault(path)


def test_the_bundled_model_is_never_overwritten_by_whatever_name(model, tmp_path):
    before = DEFAULT_MODEL.read_bytes()
    link = tmp_path / "mine.safetensors"
    link.symlink_to(DEFAULT_MODEL)
    for name in (DEFAULT_MODEL, link):
        with pytest.raises(FileError, match="comes with the program"):
            save_model(name, model)
    assert DEFAULT_MODEL.read_bytes() == before
