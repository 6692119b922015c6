import gzip
import io
import os
import pickle
import re
import struct
import tracemalloc
from functools import partial
from typing import ClassVar

import numpy as np
import pytest

from mnist_desktop.learning.data import mnist_pickle as pickle_module
from mnist_desktop.learning.data.mnist_pickle import read_mnist_pickle

PARTS = ("train", "validation", "test")


class Python2Pickler(pickle._Pickler):
    """Writes text and bytes as Python 2 did, which made the tutorial's file: as the same thing."""

    dispatch: ClassVar = dict(pickle._Pickler.dispatch)

    def save_text(self, text):
        content = text if isinstance(text, bytes) else text.encode("latin-1")
        if self.proto == 0:
            self.write(pickle.STRING + repr(content)[1:].encode() + b"\n")
        elif len(content) < 256:
            self.write(pickle.SHORT_BINSTRING + bytes([len(content)]) + content)
        else:
            self.write(pickle.BINSTRING + struct.pack("<i", len(content)) + content)
        self.memoize(text)

    dispatch[bytes] = dispatch[str] = save_text


def python2_dumps(value, protocol):
    content = io.BytesIO()
    Python2Pickler(content, protocol).dump(value)
    return content.getvalue().replace(b"numpy._core", b"numpy.core")


def pairs(splits, pixels=lambda pictures: (pictures / 256).astype("f4"), labels="i8"):
    """The layout of the file: (784,) float32 in 256ths, and int64."""
    return tuple(
        (pixels(split.pictures.reshape(-1, 784)), split.labels.astype(labels))
        for split in (getattr(splits, part) for part in PARTS)
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mnist.pkl.gz"


class TestTheTutorialsFile:
    @pytest.mark.parametrize("protocol", [0, 1, 2])
    def test_as_python_2_wrote_it(self, path, small, assert_same, protocol):
        path.write_bytes(gzip.compress(python2_dumps(pairs(small), protocol), 1))
        splits = read_mnist_pickle(path)
        assert splits.name == "mnist.pkl.gz"
        assert_same(splits, small)

    @pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4, 5])
    @pytest.mark.parametrize(
        "pixels",
        [
            lambda pictures: (pictures / 256).astype("f4"),
            lambda pictures: pictures / 255,
            lambda pictures: pictures,
            lambda pictures: pictures.reshape(-1, 28, 28).astype(">f4"),
            lambda pictures: np.asfortranarray(pictures / np.float32(256)),
        ],
        ids=["float32", "float64", "bytes", "big-endian", "column by column"],
    )
    @pytest.mark.parametrize("sequence", [tuple, list])
    def test_as_python_3_writes_it(self, path, tiny, assert_same, protocol, pixels, sequence):
        content = sequence(map(sequence, pairs(tiny, pixels, "u1")))
        path.write_bytes(gzip.compress(pickle.dumps(content, protocol)))
        assert_same(read_mnist_pickle(path), tiny)

    @pytest.mark.parametrize("protocol", [2, 5])
    def test_by_an_older_numpy(self, path, tiny, assert_same, protocol):
        content = pickle.dumps(pairs(tiny), protocol)
        # In protocol 5 names carry their length.
        older = content.replace(b"\x13numpy._core.numeric", b"\x12numpy.core.numeric")
        older = older.replace(b"numpy._core.multiarray", b"numpy.core.multiarray")
        assert b"_core" not in older
        if protocol == 5:
            # The frame is shorter now by what the names are.
            ((size,),) = [struct.unpack("<Q", older[3:11])]
            size -= len(content) - len(older)
            older = older[:3] + struct.pack("<Q", size) + older[11:]
        path.write_bytes(older)
        assert_same(read_mnist_pickle(path), tiny)

    def test_it_can_be_watched(self, path, tiny, assert_watched):
        path.write_bytes(gzip.compress(pickle.dumps(pairs(tiny), 2)))
        assert_watched(partial(read_mnist_pickle, path))


class TestFaults:
    @pytest.mark.parametrize("left", [1, 5, 12, 100, -1, -9, -1000])
    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    def test_a_file_that_is_cut_short(self, path, tiny, dataset_fault, pack, left):
        path.write_bytes(pack(pickle.dumps(pairs(tiny), 2))[:left])
        fault = dataset_fault(read_mnist_pickle, path)
        assert "cut short" in fault or left == 1

    def test_a_gzip_whose_sum_is_wrong(self, path, tiny, dataset_fault):
        content = bytearray(gzip.compress(pickle.dumps(pairs(tiny), 2)))
        content[-8] ^= 1
        path.write_bytes(content)
        assert "damaged" in dataset_fault(read_mnist_pickle, path)

    @pytest.mark.parametrize(
        "content",
        [
            *(None, (), 42, "text", {"x_train": 1}, ((1, 2), (3, 4), (5, 6)), [[[0] * 784], [0]]),
            ((np.zeros((2, 784)), np.zeros(2)),) * 4,
            ((np.zeros((2, 784)), np.zeros(2), np.zeros(2)),) * 3,
            ((np.zeros((2, 784)), [0, 1]),) * 3,
            ((np.zeros((2, 784), object), np.zeros(2)),) * 3,
            ((np.zeros((2, 784), "U1"), np.zeros(2)),) * 3,
            ((np.zeros(2, "784u1"), np.zeros(2, "i4,i4")),) * 3,
        ],
    )
    @pytest.mark.parametrize("protocol", [0, 5])
    def test_a_pickle_of_other_things(self, path, dataset_fault, content, protocol):
        path.write_bytes(pickle.dumps(content, protocol))
        fault = dataset_fault(read_mnist_pickle, path)
        assert "not a pickle of arrays" in fault or "has no pictures with labels" in fault

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_arrays_that_do_not_fit(self, path, tiny, dataset_fault, place):
        content = list(pairs(tiny))
        content[place] = (np.zeros((3, 784)), np.array([1, 2, 10]))
        path.write_bytes(pickle.dumps(content, 2))
        assert "label 2 is 10" in dataset_fault(read_mnist_pickle, path)


class Call:
    """Pickled, a call of a function that unpickling would make."""

    def __init__(self, function, *arguments):
        self.function = function
        self.arguments = arguments

    def __reduce__(self):
        return self.function, self.arguments


def named(module, name):
    """A pickle of a call of what has this name."""
    return b"c" + module.encode() + b"\n" + name.encode() + b"\n)R."


ARRAY = b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tU\1btR"
FLOAT = b"cnumpy\ndtype\n(U\2f4K\0K\1tR(K\3U\1<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb"


def array(shape=b"K\1t", dtype=FLOAT, content=b"U\4evil"):
    """The same array six times over, in three pairs."""
    one = ARRAY + b"(K\1(" + shape + dtype + b"I00\n" + content + b"tb"
    return b"(" + (b"(" + one * 2 + b"t") * 3 + b"t."


class TestHostilePickles:
    @pytest.mark.parametrize("protocol", [0, 2, 4, 5])
    def test_no_function_is_called(self, path, tmp_path, dataset_fault, protocol):
        marker = tmp_path / "it ran"
        code = f"open({str(marker)!r}, 'w')"
        for call in (
            Call(os.system, f"echo > '{marker}'"),
            Call(eval, code),
            Call(open, str(marker), "w"),
            Call(partial(eval, code)),
            Call(getattr, np.ndarray, "tofile"),
            Call(np.lib.format.open_memmap, str(marker), "w+", "u1", (3,)),
            Call(pickle.loads, b"."),
        ):
            path.write_bytes(pickle.dumps((call, call, call), protocol))
            fault = dataset_fault(read_mnist_pickle, path)
            assert re.search(r"would run [\w.]+, and only arrays are allowed", fault)
            assert not marker.exists()

    def test_the_arrays_by_hand_are_right_but_for_what_is_wrong_with_them(
        self, path, dataset_fault
    ):
        path.write_bytes(array())
        assert "has no pictures with labels" in dataset_fault(read_mnist_pickle, path)

    @pytest.mark.parametrize(
        "content",
        [
            # Names near those that are allowed.
            named("numpy", "ndarray.__class__"),
            named("numpy.core.multiarray", "fromfile"),
            named("numpy.core.multiarray", "_reconstruct.__globals__"),
            named("_codecs", "decode"),
            b"\x80\x04\x8c\x05numpy\x8c\x0dndarray.tofil\x93)R.",
            b"\x80\x04\x8c\x11numpy.core.numeric\x8c\x0a_frombuffe\x93)R.",
            # What another unpickler would be asked for.
            b"U\4evilQ.",
            # The classes that stand for NumPy's, filled as no array is.
            b"cnumpy\nndarray\n}U\x0c__setstate__cnumpy\ndtype\nsb.",
            b"cnumpy\ndtype\n}U\5dtypecnumpy\nndarray\nsb.",
            b"c_codecs\nencode\n}U\7__new__cnumpy\ndtype\nsb.",
            b"c_codecs\nencode\n(X\1\0\0\0aX\6\0\0\0latin1tR(N}U\1aU\1bstb.",
            ARRAY + b"}U\1aU\1bsb.",
            ARRAY + b"(K\1U\1atb.",
            ARRAY + b"Nb.",
            FLOAT + b"Nb.",
            # Arrays that are not of numbers, or not of the size they say.
            array(dtype=FLOAT.replace(b"\2f4", b"\2O8"), content=b"]U\4evila"),
            array(dtype=FLOAT.replace(b"\2f4", b"\2V4")),
            array(dtype=FLOAT.replace(b"\2f4", b"\2S4")),
            array(dtype=FLOAT.replace(b"U\2f4", b"}")),
            array(dtype=FLOAT.replace(b"U\2f4", b"N")),
            array(dtype=b"U\2f4"),
            array(content=b"U\3evi"),
            array(content=b"X\4\0\0\0evil"),
            array(content=b"K\4"),
            array(shape=b"J\xff\xff\xff\xffJ\xff\xff\xff\xfft"),
            array(shape=b"\x8a\5\0\0\0\0\1K\1t"),
            array(shape=b"G?\xf0\0\0\0\0\0\0t"),
        ],
    )
    def test_nothing_but_an_error_comes_of_it(self, path, dataset_fault, content):
        path.write_bytes(content)
        dataset_fault(read_mnist_pickle, path)

    def test_a_faulty_file_does_not_change_how_the_next_is_read(
        self, path, tiny, dataset_fault, assert_same
    ):
        for name in ("__setstate__", "arguments", "state", "__new__", "__init__"):
            for one in ("numpy\nndarray", "numpy\ndtype", "_codecs\nencode"):
                key = f"X{chr(len(name))}\0\0\0{name}"
                for state in (f"}}{key}Ns", f"(N}}{key}Nst"):
                    path.write_bytes(f"c{one}\n{state}b.".encode())
                    dataset_fault(read_mnist_pickle, path)
        for protocol in (2, 5):
            path.write_bytes(pickle.dumps(pairs(tiny), protocol))
            assert_same(read_mnist_pickle(path), tiny)

    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"(" + b"]" * 10**7, "not a pickle of arrays"),
            (b"\x80\x05\x96" + struct.pack("<Q", 2**28) + b"short", "cut short"),
            # A product of these would be a text of half a gigabyte.
            (array(shape=b"J\xff\xff\xff\x0fU\2abt"), "not a pickle of arrays"),
            (b"T\xff\xff\xff\x7f" + bytes(10**7), "too large"),
            (b"(S'" + b"0" * 10**7, "too large"),
        ],
    )
    def test_a_few_bytes_take_no_more_memory_than_there_can_be(
        self, path, dataset_fault, monkeypatch, content, fault
    ):
        monkeypatch.setattr(pickle_module, "MAX_BYTES", 100_000)
        path.write_bytes(gzip.compress(content, 1))
        tracemalloc.start()
        assert fault in dataset_fault(read_mnist_pickle, path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 5e6
