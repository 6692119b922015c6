import gzip
import io
import pickle
import struct
import tracemalloc
from typing import ClassVar

import numpy as np
import pytest

from mnist_desktop.learning import mnist_pickle as pickle_module
from mnist_desktop.learning.mnist_pickle import read_mnist_pickle
from mnist_desktop.learning.splits import DatasetError
from mnist_desktop.progress import Cancelled

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


def pairs(splits, pixels=lambda images: (images / 256).astype("f4"), labels="i8"):
    """The layout of the file: (784,) float32 in 256ths, and int64."""
    return tuple(
        (pixels(split.images.reshape(-1, 784)), split.labels.astype(labels))
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
    def test_as_python_3_writes_it(self, path, tiny, assert_same, protocol):
        path.write_bytes(gzip.compress(pickle.dumps(pairs(tiny), protocol)))
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

    @pytest.mark.parametrize("protocol", [2, 5])
    @pytest.mark.parametrize(
        "pixels",
        [
            lambda images: (images / 255).astype("f4"),
            lambda images: images / 255,
            lambda images: images,
            lambda images: images.reshape(-1, 28, 28).astype(">f4"),
            lambda images: np.asfortranarray(images / np.float32(256)),
        ],
        ids=["float32", "float64", "bytes", "big-endian", "column by column"],
    )
    def test_other_numbers_in_the_same_layout(self, path, tiny, assert_same, pixels, protocol):
        path.write_bytes(pickle.dumps(pairs(tiny, pixels, "u1"), protocol))
        assert_same(read_mnist_pickle(path), tiny)

    def test_lists_in_place_of_tuples(self, path, tiny, assert_same):
        path.write_bytes(pickle.dumps([list(pair) for pair in pairs(tiny)], 2))
        assert_same(read_mnist_pickle(path), tiny)

    def test_progress_goes_up_to_one_and_never_back(self, path, tiny, monkeypatch):
        monkeypatch.setattr("mnist_desktop.files.BUFFER", 1000)
        path.write_bytes(gzip.compress(pickle.dumps(pairs(tiny), 2)))
        seen = []
        read_mnist_pickle(path, seen.append)
        assert len(seen) > 5
        assert seen == sorted(seen)
        assert seen[-1] == 1.0

    @pytest.mark.parametrize("after", [0.0, 0.5])
    def test_it_can_be_called_off_at_any_time(self, path, tiny, monkeypatch, after):
        monkeypatch.setattr("mnist_desktop.files.BUFFER", 1000)
        path.write_bytes(gzip.compress(pickle.dumps(pairs(tiny), 2)))

        def cancel(done):
            if done > after:
                raise Cancelled

        with pytest.raises(Cancelled):
            read_mnist_pickle(path, cancel)


class TestFaults:
    @pytest.mark.parametrize("left", [1, 5, 100, -1, -1000])
    def test_a_pickle_that_is_cut_short(self, path, tiny, dataset_fault, left):
        path.write_bytes(pickle.dumps(pairs(tiny), 2)[:left])
        dataset_fault(read_mnist_pickle, path)

    @pytest.mark.parametrize("left", [12, 1000, -1, -9])
    def test_truncated_gzip(self, path, tiny, dataset_fault, left):
        path.write_bytes(gzip.compress(pickle.dumps(pairs(tiny), 2))[:left])
        assert "cut short" in dataset_fault(read_mnist_pickle, path)

    @pytest.mark.parametrize(
        "content",
        [
            None,
            (),
            42,
            "text",
            {"x_train": 1},
            ((1, 2), (3, 4), (5, 6)),
            [[[0] * 784], [0]],
            ((np.zeros((2, 784)), np.zeros(2)),) * 2,
            ((np.zeros((2, 784)), np.zeros(2)),) * 4,
            ((np.zeros((2, 784)), np.zeros(2), np.zeros(2)),) * 3,
            ((np.zeros((2, 784)), [0, 1]),) * 3,
        ],
    )
    @pytest.mark.parametrize("protocol", [0, 5])
    def test_a_pickle_of_other_things(self, path, dataset_fault, content, protocol):
        path.write_bytes(pickle.dumps(content, protocol))
        assert "not a pickle of three pairs" in dataset_fault(read_mnist_pickle, path)

    @pytest.mark.parametrize(
        ("images", "labels", "fault"),
        [
            (np.zeros((3, 32, 32)), np.zeros(3), "are 32×32, not 28×28"),
            (np.zeros((3, 784)), np.zeros(2), "2 labels do not fit 3 pictures"),
            (np.zeros((3, 784)), np.array([1, 2, 10]), "label 2 is 10"),
            (np.zeros((3, 784)) - 1, np.zeros(3), "values from -1 to -1"),
        ],
    )
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_arrays_that_do_not_fit(self, path, tiny, dataset_fault, images, labels, fault, place):
        content = list(pairs(tiny))
        content[place] = (images, labels)
        path.write_bytes(pickle.dumps(content, 2))
        assert fault in dataset_fault(read_mnist_pickle, path)

    @pytest.mark.parametrize(
        "content",
        [
            b"(S'" + b"0" * 10**7,
            b"B" + struct.pack("<I", 10**7) + bytes(10**7),
            b"N0" * 49_000 + b"B" + struct.pack("<I", 10**7) + bytes(10**7),
            b"N0" * 10**6,
        ],
        ids=["a line", "bytes", "bytes behind others", "nothing"],
    )
    def test_more_than_there_can_be_is_not_unpacked(
        self, path, dataset_fault, monkeypatch, content
    ):
        monkeypatch.setattr(pickle_module, "MAX_BYTES", 100_000)
        path.write_bytes(gzip.compress(content, 1))
        tracemalloc.start()
        assert "too large" in dataset_fault(read_mnist_pickle, path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 5e6


class Call:
    """Pickled, a call of a function that unpickling would make."""

    def __init__(self, function, *arguments):
        self.function = function
        self.arguments = arguments

    def __reduce__(self):
        return self.function, self.arguments


def named(module, name, arguments=b")"):
    """A pickle of a call of what has this name, with what is on the stack."""
    return b"c" + module.encode() + b"\n" + name.encode() + b"\n" + arguments + b"R."


ARRAY = b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tU\1btR"
FLOAT = b"cnumpy\ndtype\n(U\2f4K\0K\1tR(K\3U\1<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb"


class TestHostilePickles:
    @pytest.fixture
    def marker(self, tmp_path):
        return tmp_path / "it ran"

    @pytest.mark.parametrize("protocol", [0, 2, 4, 5])
    @pytest.mark.parametrize("packed", [False, True])
    def test_no_function_is_called(self, path, marker, dataset_fault, protocol, packed):
        import functools
        import os
        import subprocess

        code = f"open({str(marker)!r}, 'w')"
        for call in (
            Call(os.system, f"echo > '{marker}'"),
            Call(eval, code),
            Call(exec, code),
            Call(open, str(marker), "w"),
            Call(subprocess.check_call, ["touch", str(marker)]),
            Call(functools.partial(eval, code)),
            Call(getattr, np.ndarray, "tofile"),
            Call(np.load, str(marker)),
            Call(np.lib.format.open_memmap, str(marker), "w+", "u1", (3,)),
            Call(np.testing.rundocs, str(marker)),
            Call(__import__, "os"),
            Call(pickle.loads, b"."),
        ):
            content = pickle.dumps((call, call, call), protocol)
            path.write_bytes(gzip.compress(content) if packed else content)
            text = dataset_fault(read_mnist_pickle, path)
            assert "would run" in text
            assert not marker.exists()

    def test_the_text_says_what_it_would_have_run(self, path, dataset_fault):
        path.write_bytes(named("os", "system"))
        assert "would run os.system, and only arrays" in dataset_fault(read_mnist_pickle, path)

    @pytest.mark.parametrize(
        "content",
        [
            # Names near those that are allowed.
            named("numpy", "load"),
            named("numpy", "ndarray.__class__"),
            named("numpy", "ndarray\n.tofile"),
            named("numpy.core.multiarray", "fromfile"),
            named("numpy.core.multiarray", "_reconstruct.__globals__"),
            named("numpy.core.numeric", "os.system"),
            named("_codecs", "decode"),
            named("_codecs", "encode.__self__"),
            b"\x80\x04\x8c\x05numpy\x8c\x0dndarray.tofil\x93)R.",
            b"\x80\x04\x8c\x11numpy.core.numeric\x8c\x0a_frombuffe\x93)R.",
            # Objects of other classes, by other ways than a call.
            b"(ios\nsystem\n.",
            b"(cos\nsystem\nU\4echoo.",
            b"cos\nsystem\n)\x81.",
            b"cos\nsystem\n)}\x92.",
            b"\x82\x01.",
            b"\x83\x01\x00.",
            b"Pos.system\n.",
            b"U\4evilQ.",
            # The classes that stand for NumPy's, filled as no array is.
            b"cnumpy\nndarray\n}U\x0c__setstate__cnumpy\ndtype\nsb.",
            b"cnumpy\ndtype\n}U\5dtypecnumpy\nndarray\nsb.",
            b"c_codecs\nencode\n}U\7__new__cnumpy\ndtype\nsb.",
            b"c_codecs\nencode\n(X\1\0\0\0aX\6\0\0\0latin1tR}U\1aU\1bsb.",
            b"c_codecs\nencode\n(X\1\0\0\0aX\6\0\0\0latin1tR(N}U\1aU\1bstb.",
            ARRAY + b"}U\1aU\1bsb.",
            ARRAY + b"(K\1U\1atb.",
            ARRAY + b"Nb.",
            FLOAT + b"Nb.",
            # Arrays that are not of numbers, or not of the size they say.
            *(
                b"((" + ARRAY + b"(K\1(K\1K\1t" + dtype + b"I00\n" + state + b"tb" + b"l0tt."
                for dtype, state in (
                    (FLOAT.replace(b"\2f4", b"\2O8"), b"]U\4evila"),
                    (FLOAT.replace(b"\2f4", b"\2V4"), b"U\4evil"),
                    (FLOAT.replace(b"\2f4", b"\2S4"), b"U\4evil"),
                    (FLOAT.replace(b"U\2f4", b"}"), b"U\4evil"),
                    (FLOAT.replace(b"U\2f4", b"N"), b"U\4evil"),
                    (FLOAT, b"U\3evi"),
                    (FLOAT, b"X\4\0\0\0evil"),
                    (FLOAT, b"K\4"),
                    (b"U\2f4", b"U\4evil"),
                )
            ),
            # No pickles at all.
            b"\x80\x02",
            b"\x80\x63N.",
            b".",
            b"0.",
            b"(((((((",
            b"\x80\x02" + b"(" * 100_000 + b"t" * 100_000 + b".",
            b"\x80\x02" + b"]" + b"2a" * 1000 + b".",
            b"I1\n" * 3 + b"t.",
            b"I" + b"9" * 10_000 + b"\n.",
            b"F1e999\n.",
            b"\xff" * 100,
        ],
    )
    def test_nothing_but_an_error_comes_of_it(self, path, tiny, dataset_fault, content):
        path.write_bytes(content)
        dataset_fault(read_mnist_pickle, path)

    def test_a_faulty_file_does_not_change_how_the_next_is_read(
        self, path, tiny, dataset_fault, assert_same
    ):
        for name in ("__setstate__", "dtype", "code", "state", "__new__", "__init__"):
            for one in ("numpy\nndarray", "numpy\ndtype", "_codecs\nencode"):
                key = f"X{chr(len(name))}\0\0\0{name}"
                for state in (f"}}{key}Ns", f"(N}}{key}Nst"):
                    path.write_bytes(f"c{one}\n{state}b.".encode())
                    dataset_fault(read_mnist_pickle, path)
        for protocol in (2, 5):
            path.write_bytes(pickle.dumps(pairs(tiny), protocol))
            assert_same(read_mnist_pickle(path), tiny)

    @pytest.mark.parametrize(
        "content",
        [
            b"Nr\xff\xff\xff\x7f.",  # LONG_BINPUT: the two thousand millionth place in the memo
            b"Nr\xff\xff\xff\xff.",
            b"Np4294967295\n.",
            b"T\xff\xff\xff\x7fshort",
            b"B\xff\xff\xff\xffshort",
            b"X\xff\xff\xff\xffshort",
            b"\x8b\xff\xff\xff\x7fshort",
            b"\x80\x05\x8e" + struct.pack("<Q", 2**62) + b"short",
            b"\x80\x05\x96" + struct.pack("<Q", 2**62) + b"short",
            b"\x80\x05\x95" + struct.pack("<Q", 2**62) + b"short",
            ARRAY + b"(K\1(\x8a\5\0\0\0\0\1K\1t" + FLOAT + b"I00\nU\4evitb.",
        ],
    )
    @pytest.mark.parametrize("packed", [False, True])
    def test_a_few_bytes_that_ask_for_gigabytes_are_only_an_error(
        self, path, dataset_fault, content, packed
    ):
        path.write_bytes(gzip.compress(content) if packed else content)
        dataset_fault(read_mnist_pickle, path)

    @pytest.mark.parametrize(
        "content",
        [
            b"Nr\0\0\0\x10.",  # a place in the memo, for which the unpickler in C makes a table
            b"\x80\x05\x96" + struct.pack("<Q", 2**28) + b"short",
        ],
    )
    def test_nor_do_they_take_what_they_ask_for(self, path, dataset_fault, content):
        path.write_bytes(content)
        # Room for what is to be read may be taken, since the system gives it when it is filled.
        tracemalloc.start()
        dataset_fault(read_mnist_pickle, path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 2**28 + 10e6

    @pytest.mark.parametrize("protocol", [0, 2, 4, 5])
    def test_any_damaged_byte_gives_an_error_or_other_numbers_and_nothing_else(
        self, path, tiny, protocol
    ):
        content = pickle.dumps(pairs(tiny, lambda images: images, "u1"), protocol)
        random = np.random.default_rng(protocol)
        # Most of the file is pixels; what tells how to read it stands at the beginning.
        places = [*range(250), *random.choice(len(content), 100, replace=False)]
        for place in places:
            damaged = bytearray(content)
            damaged[place] ^= random.integers(1, 256)
            path.write_bytes(damaged)
            try:
                read_mnist_pickle(path)
            except DatasetError as fault:
                assert str(fault).startswith("mnist.pkl.gz: ")  # noqa: PT017
