"""Small files that are in order, of every format that the program opens. Made anew each time."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from safetensors.torch import save as to_safetensors

from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Split, Splits
from mnist_desktop.learning.models.export import export_model
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP, copy_state
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import BatchDone, RunDone, Steer
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import deletion, model_files, runs
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_file import export_run

PARTS = ("train", "validation", "test")

FIXTURES = Path(__file__).parents[2] / "library" / "fixtures"
CONFIG = TrainingConfig(
    NetworkConfig((4,), dropout=0.1), epochs=3, batch_size=8, device="cpu", patience=3
)


@dataclass(frozen=True)
class Sample:
    """A file, by the name that it is opened under.

    Attributes:
        beside: other files in its folder.
    """

    name: str
    content: bytes
    beside: dict[str, bytes] = field(default_factory=dict)

    def spoiled(self, content: bytes) -> Sample:
        """A file of the same name with other content."""
        return replace(self, content=content)


def tiny_splits() -> Splits:
    """24, 6 and 6 pictures of MNIST."""
    mnist = bundled_mnist()

    def first(split: Split, count: int) -> Split:
        return Split(split.pictures[:count].copy(), split.labels[:count].copy())

    return Splits("tiny", first(mnist.train, 24), first(mnist.validation, 6), first(mnist.test, 6))


def corpus_of(kind: str, splits: Splits) -> list[Sample]:
    """All samples of a format."""
    return list(MAKERS[kind](splits))


def _pictures(splits: Splits) -> Iterator[Sample]:
    line = np.concatenate([*splits.train.pictures[:3]], axis=1)
    ink = Image.fromarray(255 - np.kron(line, np.ones((2, 2), np.uint8)))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "seven"
    alpha = Image.merge("LA", (ink, Image.eval(ink, lambda tone: 255 - tone)))
    deep = Image.fromarray(np.asarray(ink).astype(np.uint16) * 257)
    for name, picture, how in (
        ("grey.png", ink, {}),
        ("turned.png", ink, {"exif": exif}),
        ("alpha.png", alpha, {"dpi": (300, 300)}),
        ("palette.png", ink.convert("P", palette=Image.Palette.ADAPTIVE), {"transparency": 3}),
        ("deep.png", deep, {}),
        ("grey.jpg", ink, {"quality": 80, "exif": exif}),
        ("colour.jpg", ink.convert("RGB"), {"progressive": True}),
        ("cmyk.jpg", ink.convert("CMYK"), {}),
        ("colour.bmp", ink.convert("RGB"), {}),
        ("black.bmp", ink.convert("1"), {}),
        ("colour.webp", ink.convert("RGB"), {"exif": exif}),
        ("alpha.webp", alpha.convert("RGBA"), {"lossless": True}),
    ):
        content = io.BytesIO()
        picture.save(content, {"jpg": "jpeg"}.get(name[-3:], name.rpartition(".")[2]), **how)
        yield Sample(name, content.getvalue())


def _strokes(_: Splits) -> Iterator[Sample]:
    seven = [[[120, 90], [280.5, 92], [250, 180], [2e2, 320]], [[170, 200], [270, 205]]]
    one = [[[10, 10], [10, 60], [11, 90]]]
    lines = [
        json.dumps({"label": label, "writer": writer, "strokes": strokes})
        for label, writer, strokes in (
            (7, "a/1", seven),
            ("71", None, [*seven, [[400, 80], [402, 330]]]),
            (None, "b", one),
            ("phi", "c", [[[0, 0]]]),
        )
    ]
    content = "\n".join(lines).encode() + b"\n\n"
    yield Sample("drawn.jsonl", content)
    yield Sample("one.jsonl", lines[0].encode())
    yield Sample("zipped.jsonl.gz", gzip.compress(content, 1))


def _official(splits: Splits) -> dict[str, Split]:
    train, validation = splits.train, splits.validation
    pictures = np.concatenate([train.pictures, validation.pictures])
    return {
        "train": Split(pictures, np.concatenate([train.labels, validation.labels])),
        "t10k": splits.test,
    }


def idx(array: NDArray[np.uint8], *, count: int | None = None) -> bytes:
    """An IDX file; one that says it holds ``count`` of them."""
    shape = (len(array) if count is None else count, *array.shape[1:])
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *shape) + array.tobytes()


def _idx(splits: Splits) -> Iterator[Sample]:
    for pack, end in ((bytes, ""), (lambda content: gzip.compress(content, 1), ".gz")):
        files = {}
        for part, split in _official(splits).items():
            files[f"{part}-images-idx3-ubyte{end}"] = pack(idx(split.pictures))
            files[f"{part}-labels-idx1-ubyte{end}"] = pack(idx(split.labels))
        for name, content in files.items():
            yield Sample(name, content, {k: v for k, v in files.items() if k != name})


def _pickles(splits: Splits) -> Iterator[Sample]:
    triple = tuple(
        (split.pictures.reshape(-1, 784).astype(np.float32) / 255, split.labels.astype(np.int64))
        for split in (splits.train.first(4), splits.validation.first(2), splits.test.first(2))
    )
    for protocol in (0, 2, 4):
        yield Sample(f"mnist-{protocol}.pkl", pickle.dumps(triple, protocol))
    names = {
        part: dict(zip(("x", "y"), pair, strict=True))
        for part, pair in zip(PARTS, triple, strict=True)
    }
    yield Sample("dict.pkl", pickle.dumps(names, 4))
    old = pickle.dumps(triple, 2).replace(b"numpy._core", b"numpy.core")
    yield Sample("mnist.pkl.gz", gzip.compress(old, 1))


def _npz(splits: Splits) -> Iterator[Sample]:
    official = _official(splits)
    arrays = {
        "x_train": official["train"].pictures,
        "y_train": official["train"].labels,
        "x_test": official["t10k"].pictures,
        "y_test": official["t10k"].labels,
    }
    for save in (np.savez, np.savez_compressed):
        content = io.BytesIO()
        save(content, **arrays)
        yield Sample(f"{save.__name__}.npz", content.getvalue())
    content = io.BytesIO()
    # As somebody may call them, or not call them at all.
    names = ("train_images", "train_labels", "test_images", "test_labels")
    np.savez(content, **dict(zip(names, arrays.values(), strict=True)))
    yield Sample("images.npz", content.getvalue())
    content = io.BytesIO()
    np.savez(content, *arrays.values())
    yield Sample("unnamed.npz", content.getvalue())
    content = io.BytesIO()
    flat = {name: one.reshape(len(one), -1).astype(np.float64) for name, one in arrays.items()}
    np.savez_compressed(content, **{k: v / 255 if k[0] == "x" else v for k, v in flat.items()})
    yield Sample("floats.npz", content.getvalue())


def _csv(splits: Splits) -> Iterator[Sample]:
    def table(split: Split, separator: str, *, is_last: bool = False) -> str:
        lines = []
        for picture, label in zip(split.pictures, split.labels, strict=True):
            cells = picture.ravel().tolist()
            cells.insert(len(cells) if is_last else 0, int(label))
            lines.append(separator.join(map(str, cells)))
        return "\n".join(lines) + "\n"

    header = ",".join(["label", *(f"pixel{number}" for number in range(784))]) + "\n"
    test = table(splits.test, ",").encode()
    yield Sample(
        "mnist_train.csv", (header + table(splits.train, ",")).encode(), {"mnist_test.csv": test}
    )
    yield Sample("last.csv", table(splits.validation, ";", is_last=True).encode())
    yield Sample("digits.csv.gz", gzip.compress(test, 1))


def _zips(splits: Splits) -> Iterator[Sample]:
    whole = next(_idx(splits))
    files = {whole.name: whole.content, **whole.beside}
    pictures = {}
    for number, (picture, label) in enumerate(
        zip(splits.test.pictures, splits.test.labels, strict=True)
    ):
        content = io.BytesIO()
        Image.fromarray(picture).save(content, "png")
        pictures[f"mnist_png/train/{label}/{number}.png"] = content.getvalue()
    for name, members in (
        ("idx.zip", {f"MNIST/raw/{name}": content for name, content in files.items()}),
        ("pictures.zip", pictures),
        ("table.zip", {"train.csv": next(_csv(splits)).content}),
        ("several.zip", {"a.npz": b"PK", **files}),
    ):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members.items():
                archive.writestr(member, data)
        yield Sample(name, content.getvalue())


def _model(splits: Splits) -> Model:
    *_, done = train(CONFIG, splits)
    assert isinstance(done, RunDone)
    model = done.model(CONFIG, splits)
    assert model is not None
    return model


def _safetensors(splits: Splits) -> Iterator[Sample]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.safetensors"
        export_model(path, _model(splits))
        yield Sample(path.name, path.read_bytes())
    state = copy_state(MLP(NetworkConfig((4, 3))))
    names = {"hidden1": "net.0", "hidden2": "net.2", "out": "net.4"}
    renamed = {f"{names[k.partition('.')[0]]}.{k.partition('.')[2]}": v for k, v in state.items()}
    yield Sample("foreign.safetensors", to_safetensors(renamed, {"format": "pt"}))
    halves = {name: one.half() for name, one in renamed.items() if name.endswith("weight")}
    yield Sample("halves.safetensors", to_safetensors(halves))


def _pt(splits: Splits) -> Iterator[Sample]:
    model = _model(splits)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.pt"
        export_model(path, model)
        yield Sample(path.name, path.read_bytes())
    state = copy_state(MLP(NetworkConfig((4,))))
    for name, content, how in (
        ("legacy.pt", state, {"_use_new_zipfile_serialization": False}),
        ("checkpoint.pth", {"epoch": 3, "model": state, "loss": torch.tensor(0.5)}, {}),
        ("doubles.pth", {key: one.double() for key, one in state.items()}, {}),
    ):
        stream = io.BytesIO()
        torch.save(content, stream, **how)
        yield Sample(name, stream.getvalue())


def _record(library: Library, splits: Splits, name: str, batches: int | None = None) -> int:
    """A run, or its beginning."""
    with closing(RunRecorder.begin(library, CONFIG, splits, name)) as recorder:
        events, seen, command = train(CONFIG, splits), 0, None
        while batches is None or seen < batches:
            try:
                event = events.send(command)
            except StopIteration:
                break
            seen += isinstance(event, BatchDone)
            is_due = isinstance(event, BatchDone) and seen == 4
            command = Steer(replace(CONFIG, learning_rate=2e-3)) if is_due else None
            assert recorder.take(event) is None
        assert recorder.run_id is not None
        return recorder.run_id


def _fixture(name: str) -> bytes:
    return gzip.decompress((FIXTURES / f"{name}.gz").read_bytes())


def _runs(splits: Splits) -> Iterator[Sample]:
    with tempfile.TemporaryDirectory() as folder:
        library, path = Library(Path(folder) / "library.sqlite3"), Path(folder) / "file"
        for name, batches in (("finished", None), ("interrupted", 7), ("empty", 0)):
            number = _record(library, splits, name, batches)
            runs.set_note(library, number, f"about {name}")
            export_run(library, number, path)
            yield Sample(f"{name}.mnist-run", path.read_bytes())
    yield Sample("version-2.mnist-run", _fixture("run-2.mnist-run"))


def _libraries(splits: Splits) -> Iterator[Sample]:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library.sqlite3")
        for name, batches in (("one", None), ("two", 7), ("three", 0), ("four", None)):
            number = _record(library, splits, name, batches)
        deletion.delete(library, [number])
        runs.set_note(library, 1, "a note")
        model_files.remember(library, Path("/models/mine.safetensors"))
        yield Sample("library.sqlite3", library.path.read_bytes())
    yield Sample("library.sqlite3", _fixture("library-2.sqlite3"))


MAKERS: dict[str, Callable[[Splits], Iterator[Sample]]] = {
    "picture": _pictures,
    "strokes": _strokes,
    "idx": _idx,
    "pickle": _pickles,
    "npz": _npz,
    "csv": _csv,
    "zip": _zips,
    "safetensors": _safetensors,
    "pt": _pt,
    "run": _runs,
    "library": _libraries,
}
