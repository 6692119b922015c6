import gzip
import struct

import numpy as np
import pytest

from mnist_desktop import gunzip
from mnist_desktop.learning.data import idx as idx_module
from mnist_desktop.learning.data.idx import find_idx, read_idx
from mnist_desktop.learning.data.splits import DatasetError


@pytest.fixture
def files(idx_folder):
    """Pictures and labels of the smaller part."""
    return find_idx(idx_folder(), "t10k")


def fault_of(pictures, labels, named):
    with pytest.raises(DatasetError) as caught:
        read_idx(pictures, labels)
    text = str(caught.value)
    assert text.startswith(f"{named.name}: "), text
    return text


def header(*sides, kind=8, zeros=0):
    """The beginning of a file of so many things, of these sides."""
    return bytes([0, zeros, kind, len(sides)]) + struct.pack(f">{len(sides)}I", *sides)


def test_a_folder_with_the_name_of_a_file_is_no_file(tmp_path):
    (tmp_path / "train-images-idx3-ubyte").mkdir()
    assert find_idx(tmp_path, "train") is None


@pytest.mark.parametrize("chunk", [1, 100, 784 * 12, 2**16])
@pytest.mark.parametrize("packed", [False, True])
def test_pictures_and_labels_come_as_they_are(files, tiny, monkeypatch, chunk, packed):
    pictures, labels = files
    if packed:
        labels.write_bytes(gzip.compress(labels.read_bytes()))
    monkeypatch.setattr(idx_module, "CHUNK", chunk)
    split = read_idx(pictures, labels)
    np.testing.assert_array_equal(split.pictures, tiny.test.pictures, strict=True)
    np.testing.assert_array_equal(split.labels, tiny.test.labels, strict=True)


@pytest.mark.parametrize(
    ("which", "content", "fault"),
    [
        *((which, b"", "is empty") for which in (0, 1)),
        *(
            (which, magic + bytes(12), f"begins with {magic.hex(' ')}")
            for which in (0, 1)
            for magic in (b"\0\0\x08\2", b"\0\0\x0d\3", b"\0\1\x08\3", b"PK\3\4")
        ),
        (1, header(12, 28, 28), "not an IDX file of labels"),
        (0, b"\0\0\x08", "begins with 00 00 08"),
        (0, header(12, 28, 28)[:4], "cut short within its header"),
        (0, header(12, 28, 28)[:15], "cut short within its header"),
        (1, header(12)[:7], "cut short within its header"),
        (0, header(12, 28, 28), "holds 0 of 12 pictures"),
        (0, header(12, 28, 28) + bytes(784 * 11 - 1), "holds 10 of 12 pictures"),
        (0, header(12, 28, 28) + bytes(784 * 12 - 1), "holds 11 of 12 pictures"),
        (1, header(12) + bytes(7), "holds 7 of 12 labels"),
        (0, header(12, 28, 28) + bytes(784 * 12 + 1), "more than the 12 pictures"),
        *(
            (0, header(12, *sides) + bytes(9408), f"are {sides[0]}×{sides[1]}, not 28×28")
            for sides in ((32, 32), (28, 29), (784, 1), (0, 0))
        ),
        *(
            (which, header(count, *sides), f"says it holds {count:,} {what}")
            for count in (1_000_001, 2**32 - 1)
            for which, sides, what in ((0, (28, 28), "pictures"), (1, (), "labels"))
        ),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named_with_its_fault(files, which, content, fault):
    files[which].write_bytes(content)
    assert fault in fault_of(*files, named=files[which])


def test_what_does_not_fit_together_is_the_labels_fault(files, idx_bytes, tiny):
    pictures, labels = files
    labels.write_bytes(idx_bytes(tiny.test.labels[:9]))
    assert "9 labels do not fit 12 pictures" in fault_of(pictures, labels, named=labels)
    pictures.write_bytes(pictures.read_bytes()[:16])  # that it is so is seen before they are read
    assert "9 labels do not fit 12 pictures" in fault_of(pictures, labels, named=labels)


def test_a_little_gzip_of_endless_nothing_is_not_unpacked_to_its_end(files, monkeypatch):
    pictures, _ = files
    content = pictures.read_bytes()
    pictures.write_bytes(gzip.compress(content + bytes(50_000_000), 1))
    unpacked = []
    real = gunzip._Unzipped.readinto

    def readinto(self, buffer):
        unpacked.append(real(self, buffer))
        return unpacked[-1]

    monkeypatch.setattr(gunzip._Unzipped, "readinto", readinto)
    assert "more than the 12 pictures" in fault_of(*files, named=pictures)
    assert sum(unpacked) <= len(content) + gunzip.CHUNK
