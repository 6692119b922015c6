"""Whatever is in a file, a data set or a model comes of it, or one sentence that says why not."""

import gzip
import io
import pickle
import zipfile
from functools import partial

import numpy as np
import pytest
import safetensors.torch
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.errors import FileError
from mnist_desktop.learning.data.datasets import open_dataset
from mnist_desktop.learning.data.idx import read_idx
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.model_file import open_model, save_model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.settings.config import NetworkConfig

pytestmark = pytest.mark.filterwarnings("ignore:Detected pickle protocol")

PIECES = [b"\0" * 4, b"\xff" * 8, b"\xff\xff\xff\x7f", b"}N]().tRbs0", b"h\0\x86q\0" * 40]
PIECES += [b"]" * 999, b"[" * 99, b"cos\nsystem\n", b"PK\1\2", b"PK\5\6"]
CHANGES = st.lists(
    st.tuples(
        st.integers(-300, 500),  # most of a file between these is pixels
        st.binary(min_size=1, max_size=4) | st.sampled_from(PIECES),
        st.sampled_from(["replace", "insert", "repeat", "cut", "end"]),
    ),
    min_size=1,
    max_size=4,
)


def changed(content, changes):
    content = bytearray(content)
    for place, piece, how in changes:
        if how == "replace":
            content[place : place + len(piece)] = piece
        elif how == "insert":
            content[place:place] = piece
        elif how == "repeat":
            content[place:place] = content[place : place + 40] * 5
        else:
            del content[place : place + len(piece) if how == "cut" else None]
    return bytes(content)


def changed_within(content, changes, part):
    """An archive of which members are changed and its sums are right again."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target,
    ):
        for name in source.namelist():
            member = source.read(name)
            target.writestr(name, changed(member, changes) if part in name else member)
    return packed.getvalue()


def written(write, content, **how):
    buffer = io.BytesIO()
    write(content, buffer, **how)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture(scope="module")
def whole(official, tiny, idx_bytes, folder):
    """The content of a whole file of each kind."""
    pairs = [(part.pictures, part.labels) for part in (tiny.train, tiny.validation, tiny.test)]
    arrays = {"x_train": official["train"].pictures, "y_train": official["train"].labels}
    arrays |= {"x_test": official["t10k"].pictures / 255, "y_test": official["t10k"].labels}
    network = NetworkConfig((3, 4))
    weights = MLP(network).state_dict()
    save_model(folder / "own", Model(network, weights))
    (folder / "labels").write_bytes(idx_bytes(tiny.test.labels))
    return {
        **{f"pickle {protocol}": pickle.dumps(pairs, protocol) for protocol in (0, 2, 4, 5)},
        "gzip": gzip.compress(pickle.dumps(pairs, 2)),
        "idx": idx_bytes(tiny.test.pictures),
        "npz": written(lambda kept, file: np.savez(file, **kept), arrays),
        "packed npz": written(lambda kept, file: np.savez_compressed(file, **kept), arrays),
        "own model": (folder / "own").read_bytes(),
        "foreign model": safetensors.torch.save(weights),
        "pt": written(torch.save, weights),
        "old pt": written(torch.save, weights, _use_new_zipfile_serialization=False),
    }


@pytest.mark.parametrize(
    ("kind", "within"),
    [
        *((f"pickle {protocol}", None) for protocol in (0, 2, 4, 5)),
        *((kind, None) for kind in ("gzip", "idx", "npz", "packed npz")),
        *((kind, None) for kind in ("own model", "foreign model", "pt", "old pt")),
        *(("npz", "x_t"), ("pt", "data.pkl")),
    ],
)
@given(changes=CHANGES)
def test_nothing_else_comes_of_a_damaged_file(folder, whole, kind, within, changes):
    path = folder / "mnist.pkl"
    change = partial(changed_within, part=within) if within else changed
    path.write_bytes(change(whole[kind], changes))
    try:
        if kind == "idx":
            read_idx(path, folder / "labels")
        elif "model" in kind or "pt" in kind:
            open_model(path)
        else:
            open_dataset(path)
    except FileError as fault:
        text = str(fault)
        assert "\n" not in text
        assert len(text) < 500
