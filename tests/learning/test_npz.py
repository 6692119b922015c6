import io
import struct
import zipfile

import numpy as np
import pytest

from mnist_desktop.learning import npz as npz_module
from mnist_desktop.learning.npz import read_npz
from mnist_desktop.learning.splits import DatasetError
from mnist_desktop.progress import Cancelled


class Marker:
    """Pickled, it leaves a file where it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


@pytest.fixture
def arrays(official):
    return {
        "x_train": official["train"].images,
        "y_train": official["train"].labels,
        "x_test": official["t10k"].images,
        "y_test": official["t10k"].labels,
    }


@pytest.fixture
def path(tmp_path):
    return tmp_path / "digits.npz"


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_both_kinds_give_the_splits(path, arrays, tiny, assert_same, save):
    save(path, **arrays)
    splits = read_npz(path)
    assert splits.name == "digits.npz"
    assert_same(splits, tiny)


@pytest.mark.parametrize(
    ("dtype", "divisor", "shape", "labels"),
    [
        ("i8", 1, (-1, 784), "i8"),
        ("f4", 255, (-1, 28, 28, 1), "f4"),
        ("f8", 255, (-1, 784), "u1"),
        (">f8", 256, (-1, 28, 28), ">i8"),
        ("f2", 1, (-1, 28, 28), "i2"),
    ],
)
def test_any_numbers_in_any_shape(path, arrays, tiny, assert_same, dtype, divisor, shape, labels):
    for name, array in arrays.items():
        if name.startswith("x"):
            arrays[name] = (array / divisor).astype(dtype).reshape(shape)
        else:
            arrays[name] = array.astype(labels)
    np.savez(path, **arrays)
    assert_same(read_npz(path), tiny)


def test_labels_as_one_for_each_class_and_pictures_column_by_column(
    path, arrays, tiny, assert_same
):
    arrays["y_train"] = np.eye(10)[arrays["y_train"]]
    arrays["x_train"] = np.asfortranarray(arrays["x_train"])
    np.savez(path, **arrays, more=np.zeros(3))
    assert_same(read_npz(path), tiny)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_compress(path, arrays, tiny, assert_same, method):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            archive.writestr(f"{name}.npy", content.getvalue())
    assert_same(read_npz(path), tiny)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_progress_goes_up_to_one_and_never_back(path, arrays, monkeypatch, save):
    monkeypatch.setattr(npz_module, "CHUNK", 4096)
    save(path, **arrays)
    seen = []
    read_npz(path, seen.append)
    assert len(seen) > 5
    assert seen == sorted(seen)
    assert 0 < seen[0] < 0.2
    assert seen[-1] == pytest.approx(1.0, abs=0.02)


def test_it_can_be_called_off_at_any_time(path, arrays, monkeypatch):
    monkeypatch.setattr(npz_module, "CHUNK", 4096)
    np.savez(path, **arrays)

    def cancel(done):
        if done > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_npz(path, cancel)


class TestFaults:
    @pytest.mark.parametrize("missing", ["x_train", "y_train", "x_test", "y_test"])
    def test_an_array_that_is_missing_is_named(self, path, arrays, dataset_fault, missing):
        arrays.pop(missing)
        np.savez(path, **arrays)
        assert f"no array named {missing}" in dataset_fault(read_npz, path)

    @pytest.mark.parametrize("left", [4, 30, 1000, -1, -30, -200])
    @pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
    def test_a_file_that_is_cut_short(self, path, arrays, dataset_fault, save, left):
        save(path, **arrays)
        path.write_bytes(path.read_bytes()[:left])
        assert "get a whole copy" in dataset_fault(read_npz, path)

    @pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
    def test_damaged_bytes(self, path, arrays, dataset_fault, save):
        save(path, **arrays)
        content = bytearray(path.read_bytes())
        content[3000:3100] = bytes(value ^ 0xFF for value in content[3000:3100])
        path.write_bytes(content)
        assert "get a whole copy" in dataset_fault(read_npz, path)

    def test_an_array_of_objects_is_not_unpickled(self, path, arrays, dataset_fault, tmp_path):
        marker = tmp_path / "marker"
        arrays["y_test"] = np.array([Marker(marker)], dtype=object)
        np.savez(path, **arrays)
        assert "type object" in dataset_fault(read_npz, path)
        assert not marker.exists()

    @pytest.mark.parametrize("dtype", ["U1", "c16", "M8[D]", "V8"])
    def test_what_are_no_numbers(self, path, arrays, dataset_fault, dtype):
        arrays["x_test"] = np.zeros((12, 784), dtype)
        np.savez(path, **arrays)
        assert "of type" in dataset_fault(read_npz, path)

    @pytest.mark.parametrize(
        ("name", "array", "fault"),
        [
            ("x_train", np.zeros((60, 32, 32)), "are 32×32, not 28×28"),
            ("x_test", np.zeros(12), "not 28×28"),
            ("y_train", np.zeros(59), "59 labels do not fit 60 pictures"),
            ("y_test", np.full(12, 11), "label 0 is 11"),
            ("y_test", np.array(3), "one number for each picture"),
            ("x_test", np.full((12, 784), -3.0), "values from -3 to -3"),
        ],
    )
    def test_arrays_that_do_not_fit(self, path, arrays, dataset_fault, name, array, fault):
        np.savez(path, **{**arrays, name: array})
        assert fault in dataset_fault(read_npz, path)

    def test_a_single_training_picture(self, path, arrays, dataset_fault):
        arrays.update(x_train=arrays["x_train"][:1], y_train=arrays["y_train"][:1])
        np.savez(path, **arrays)
        assert "one training picture" in dataset_fault(read_npz, path)

    @pytest.mark.parametrize(
        "header",
        [
            "{'descr': '|u1', 'fortran_order': False, 'shape': (2147483648, 28, 28), }",
            "{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 28, 28), }",
            "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
            "{'descr': [('a', 'u1')], 'fortran_order': False, 'shape': (1,), }",
            "{'descr': '|u1', 'fortran_order': False}",
            "__import__('os').system('echo')",
            "[" * 5000,
            "{[]: 1}",
            "{'descr': (), 'fortran_order': False, 'shape': (1,), }",
            "",
        ],
    )
    def test_a_header_that_lies(self, path, arrays, dataset_fault, header):
        np.savez(path, **arrays)
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        text = header.encode() + b"\n"
        members["x_train.npy"] = b"\x93NUMPY\1\0" + struct.pack("<H", len(text)) + text + b"12345"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        assert "cannot be read" in dataset_fault(read_npz, path)

    @pytest.mark.parametrize("content", [b"", b"\x93NUM", b"\x93NUMPY\x09\0", b"not an array"])
    def test_a_member_that_is_no_array(self, path, arrays, dataset_fault, content):
        np.savez(path, **{name: arrays[name] for name in ("y_train", "x_test", "y_test")})
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("x_train.npy", content)
        dataset_fault(read_npz, path)

    def test_an_encrypted_member(self, path, arrays, dataset_fault):
        np.savez(path, **arrays)
        content = bytearray(path.read_bytes())
        place = content.index(b"PK\1\2")
        content[place + 8] |= 1
        path.write_bytes(content)
        assert "cannot be read" in dataset_fault(read_npz, path)

    def test_a_member_larger_than_there_can_be_is_not_unpacked(
        self, path, arrays, dataset_fault, monkeypatch
    ):
        monkeypatch.setattr(npz_module, "MAX_ARRAY_BYTES", 20_000)
        np.savez_compressed(path, **arrays)
        assert "x_train is too large" in dataset_fault(read_npz, path)

    def test_nor_is_one_that_says_it_is_smaller(self, path, arrays, dataset_fault, monkeypatch):
        np.savez_compressed(path, **arrays)
        honest = len(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            size = archive.getinfo("x_train.npy").file_size
        content = path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 500))
        assert len(content) == honest
        path.write_bytes(content)
        dataset_fault(read_npz, path)


def test_any_damaged_byte_gives_an_error_or_other_numbers_and_nothing_else(path, arrays):
    np.savez_compressed(path, **arrays)
    content = path.read_bytes()
    random = np.random.default_rng(0)
    for place in random.choice(len(content), 150, replace=False):
        damaged = bytearray(content)
        damaged[place] ^= random.integers(1, 256)
        path.write_bytes(damaged)
        try:
            read_npz(path)
        except DatasetError as fault:
            assert str(fault).startswith("digits.npz: ")  # noqa: PT017
