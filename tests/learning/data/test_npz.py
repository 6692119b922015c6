import io
import struct
import zipfile
from functools import partial

import numpy as np
import pytest

from mnist_desktop.learning.data import npz as npz_module
from mnist_desktop.learning.data.npz import read_npz


class Marker:
    """Pickled, it leaves a file where it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


@pytest.fixture
def arrays(official):
    return {
        "x_train": official["train"].pictures,
        "y_train": official["train"].labels,
        "x_test": official["t10k"].pictures,
        "y_test": official["t10k"].labels,
    }


@pytest.fixture
def path(tmp_path):
    return tmp_path / "digits.npz"


def with_member(path, arrays, content, name="x_train.npy"):
    """Write the arrays, one of them replaced by some bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for key, array in arrays.items():
            member = io.BytesIO()
            np.save(member, array)
            archive.writestr(f"{key}.npy", content if f"{key}.npy" == name else member.getvalue())


def header(text, version=1):
    length = struct.pack("<H", len(text) + 1)
    return b"\x93NUMPY" + bytes([version, 0]) + length + text.encode() + b"\n"


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_whatever_way_it_is_packed_it_gives_the_splits(path, arrays, tiny, assert_same, method):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            archive.writestr(f"{name}.npy", content.getvalue())
    splits = read_npz(path)
    assert splits.name == "digits.npz"
    assert_same(splits, tiny)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize(
    ("dtype", "divisor", "shape", "labels"),
    [
        ("u1", 1, (-1, 28, 28), "u1"),
        ("i8", 1, (-1, 784), "i8"),
        ("f4", 255, (-1, 28, 28, 1), "f4"),
        (">f8", 256, (-1, 28, 28), ">i8"),
        ("f2", 1, (-1, 28, 28), "i2"),
    ],
)
def test_numbers_of_any_type_in_any_shape(
    path, arrays, tiny, assert_same, save, dtype, divisor, shape, labels
):
    for name, array in arrays.items():
        if name.startswith("x"):
            arrays[name] = (array / divisor).astype(dtype).reshape(shape)
        else:
            arrays[name] = array.astype(labels)
    arrays["x_train"] = np.asfortranarray(arrays["x_train"])
    save(path, **arrays, more=np.zeros(3))
    assert_same(read_npz(path), tiny)


@pytest.mark.filterwarnings("error")
def test_a_header_that_python_2_has_written(path, arrays, tiny, assert_same):
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            shape = "".join(f"{side}L, " for side in array.shape)
            text = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({shape}), }}"
            archive.writestr(f"{name}.npy", header(text) + array.astype("u1").tobytes())
    assert_same(read_npz(path), tiny)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_it_can_be_watched(path, arrays, assert_watched, save):
    save(path, **arrays)
    assert_watched(partial(read_npz, path))


class TestFaults:
    @pytest.mark.parametrize("missing", ["x_train", "y_train", "x_test", "y_test"])
    def test_an_array_that_is_missing_is_named(self, path, arrays, dataset_fault, missing):
        arrays.pop(missing)
        np.savez(path, **arrays)
        assert f"is called as {missing} or alike; it has 0" in dataset_fault(read_npz, path)

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

    @pytest.mark.parametrize(
        ("name", "array", "fault"),
        [
            ("x_train", np.zeros((60, 32, 32)), "are 32×32; pictures of 28×28"),
            ("y_test", np.full(12, 11), "label 0 is 11"),
            *(
                ("x_test", np.zeros((12, 784), dtype), "of type")
                for dtype in ("U1", "c16", "M8[D]", "V8", "u1,u1")
            ),
        ],
    )
    def test_arrays_that_do_not_fit(self, path, arrays, dataset_fault, name, array, fault):
        np.savez(path, **{**arrays, name: array})
        assert fault in dataset_fault(read_npz, path)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\x93NUM",
            b"\x93NUMPY\2\0\xff\xff\xff\xff" + bytes(50),
            b"\x93NUMPY\x09\0",
            header("  {'descr': '|u1', 'fortran_order': False, 'shape': (5,), }", version=2)
            + bytes(5),
            b"not an array",
            *(
                header(f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}")
                + bytes(5)
                for descr, shape in (
                    ("'|u1'", "(2147483648, 28, 28)"),
                    ("'|u1'", "(-1, -5)"),
                    ("'|u1'", "(6,)"),
                    ("'|u1'", "(4,)"),
                    ("'|O'", "(1,)"),
                    ("[('a', 'u1')]", "(5,)"),
                    ("()", "(5,)"),
                )
            ),
            *map(
                header,
                (
                    "{'descr': '|u1', 'fortran_order': False}",
                    "__import__('os').system('echo')",
                    "[" * 5000,
                    "-" * 9000 + "1",  # at which Python says nothing but MemoryError
                    "{[]: 1}",
                    "",
                ),
            ),
        ],
    )
    def test_a_member_that_is_no_array_of_its_size(self, path, arrays, dataset_fault, content):
        with_member(path, arrays, content)
        text = dataset_fault(read_npz, path)
        assert "x_train.npy is not an array of numbers: " in text.rstrip()

    def test_an_encrypted_member(self, path, arrays, dataset_fault):
        np.savez(path, **arrays)
        content = bytearray(path.read_bytes())
        place = content.index(b"PK\1\2")
        content[place + 8] |= 1
        path.write_bytes(content)
        assert "cannot be unpacked" in dataset_fault(read_npz, path)

    @pytest.mark.parametrize("most", [20_000, 57_000])
    def test_more_than_there_can_be_is_not_unpacked(
        self, path, arrays, dataset_fault, monkeypatch, most
    ):
        # x_train alone has 47,000 bytes, all of them 57,200.
        monkeypatch.setattr(npz_module, "MAX_BYTES", most)
        monkeypatch.setattr(zipfile.ZipExtFile, "read", None)
        np.savez_compressed(path, **arrays)
        assert "is too large" in dataset_fault(read_npz, path)

    def test_nor_is_a_member_that_says_it_is_smaller(self, path, arrays, dataset_fault):
        np.savez_compressed(path, **arrays)
        with zipfile.ZipFile(path) as archive:
            size = archive.getinfo("x_train.npy").file_size
        content = path.read_bytes()
        path.write_bytes(content.replace(struct.pack("<I", size), struct.pack("<I", 500)))
        assert path.read_bytes() != content
        dataset_fault(read_npz, path)
