"""Data sets small enough to be written as files by the dozen, and how runs are compared."""

from __future__ import annotations

import dataclasses
import gzip
import struct

import numpy as np
import pytest
import torch

from mnist_desktop.learning.data.splits import DatasetError, Split, Splits
from mnist_desktop.learning.models.model import ModelFileError
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.train.checkpoint import Checkpoint
from mnist_desktop.learning.train.events import EpochDone, RunDone
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Cancelled


@pytest.fixture(scope="session")
def recognizer() -> Recognizer:
    """Reads with the bundled model."""
    return Recognizer(open_model(DEFAULT_MODEL))


@pytest.fixture(scope="session")
def tiny(mnist) -> Splits:
    """50, 10 and 12 pictures of MNIST."""
    return Splits("tiny", mnist.train.first(50), mnist.validation.first(10), mnist.test.first(12))


@pytest.fixture(scope="session")
def official(tiny) -> dict[str, Split]:
    """The same as MNIST is published: training and validation in one."""
    return {
        "train": Split(
            np.concatenate([tiny.train.pictures, tiny.validation.pictures]),
            np.concatenate([tiny.train.labels, tiny.validation.labels]),
        ),
        "t10k": tiny.test,
    }


@pytest.fixture(scope="session")
def idx_bytes():
    """An IDX file of an array of unsigned bytes."""

    def pack(array) -> bytes:
        header = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
        return header + array.astype(np.uint8).tobytes()

    return pack


@pytest.fixture
def idx_folder(tmp_path, official, idx_bytes):
    """Writes the four files: zipped or not, with a dash or a dot before "idx"."""

    def write(gzipped=False, mark="-", splits=official):
        folder = tmp_path / "my digits"
        folder.mkdir(exist_ok=True)
        for part, split in splits.items():
            for kind, code, array in (
                ("images", "idx3", split.pictures),
                ("labels", "idx1", split.labels),
            ):
                content = idx_bytes(array)
                path = folder / f"{part}-{kind}{mark}{code}-ubyte{'.gz' if gzipped else ''}"
                path.write_bytes(gzip.compress(content) if gzipped else content)
        return folder

    return write


@pytest.fixture(scope="session")
def assert_same():
    """Fails unless two data sets have the same pictures and labels, to the byte."""

    def check(one: Splits, other: Splits) -> None:
        for part in ("train", "validation", "test"):
            a, b = getattr(one, part), getattr(other, part)
            assert a.pictures.dtype == b.pictures.dtype == np.uint8
            assert a.labels.dtype == b.labels.dtype == np.uint8
            np.testing.assert_array_equal(a.pictures, b.pictures, strict=True)
            np.testing.assert_array_equal(a.labels, b.labels, strict=True)
            assert a.sha256 == b.sha256

    return check


@pytest.fixture(scope="session")
def dataset_fault():
    """The text of the ``DatasetError`` of a call, which names a file."""

    def call(opening, path, named=None) -> str:
        with pytest.raises(DatasetError) as caught:
            opening(path)
        text = str(caught.value)
        assert text.startswith(f"{(named or path).name}: "), text
        return text

    return call


@pytest.fixture(scope="session")
def model_fault():
    """The text of the ``ModelFileError`` of a model's file, which it names, in one line."""

    def call(path) -> str:
        with pytest.raises(ModelFileError) as caught:
            open_model(path)
        text = str(caught.value)
        assert text.startswith(f"{path.name}: "), text
        assert "\n" not in text
        return text

    return call


@pytest.fixture
def assert_watched(monkeypatch):
    """Fails unless an opening tells how far it is, up to one, and can be called off on its way."""
    monkeypatch.setattr("mnist_desktop.files.BUFFER", 1000)
    monkeypatch.setattr("mnist_desktop.gunzip.CHUNK", 1000)

    def check(opening) -> None:
        seen = []
        opening(seen.append)
        assert len(seen) > 5
        assert seen == sorted(seen)
        assert 0 < seen[0] < 0.2
        assert seen[-1] == 1.0
        for until in (0.0, 0.3, 0.7):

            def cancel(done, until=until):
                if done > until:
                    raise Cancelled

            with pytest.raises(Cancelled):
                opening(cancel)

    return check


@pytest.fixture(scope="session")
def figures():
    """All that events report, to the last bit, but seconds, which no two runs share."""

    def plain(value):
        match value:
            case torch.Tensor():
                return value.numpy().tobytes()
            case EpochRecord():
                return value._replace(seconds=0.0)
            case dict():
                return {name: plain(part) for name, part in value.items()}
            case Checkpoint() | EpochDone() | RunDone():
                return [plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
        return value

    return lambda events: [plain(event) for event in events]
