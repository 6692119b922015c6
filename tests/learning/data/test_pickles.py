import io
import pickle
import struct

import numpy as np
import pytest

from mnist_desktop.learning.data import pickles
from mnist_desktop.learning.data.pickles import ForbiddenNameError, PickleError, check_pickle

MEMO = pickles.MAX_OPCODES


def check(content, names=None):
    stream = io.BytesIO(content)
    check_pickle(stream, names)
    return stream.read()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_of_arrays_texts_and_numbers_passes_and_what_follows_is_not_read(protocol):
    values = [np.arange(300.0), np.zeros((2, 3), ">i2"), b"\0bytes", 2**40, -1, 0.5]
    again = ["text\n" * 20_000] * 40 + ["name"] * 40
    content = pickle.dumps({"a": values, "b": (None, True, {"c": [[]]}), "d": again}, protocol)
    assert check(content + b"more") == b"more"


def test_names_are_those_allowed_and_only_those():
    content = b"ccollections\nOrderedDict\n)Rcos\nsystem\n."
    check(content, {"collections.OrderedDict", "os.system"})
    with pytest.raises(ForbiddenNameError, match=r"^os\.system$"):
        check(content, {"collections.OrderedDict"})


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_wherever_it_is_cut_it_is_cut_short(protocol):
    content = pickle.dumps((np.arange(3), "text", 7), protocol)
    for end in range(len(content)):
        with pytest.raises(EOFError):
            check(content[:end])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"(" + b"]" * MEMO, id="many empty lists"),
        pytest.param(b"N" + b"\x85" * 3000 + b".", id="tuples within each other"),
        pytest.param(b"\x95" + struct.pack("<Q", 2**62) + b"N.", id="a frame of no end"),
        pytest.param(b"N" + b"q\0h\0\x86" * 40 + b".", id="tuples that hold another twice"),
        pytest.param(b"N\x85" + b"\x94h\0\x86" * 40 + b".", id="the same with protocol 4"),
        pytest.param(b"N\x85" + b"q\0Nbq\1h\1\x86" * 40 + b".", id="the same in disguise"),
        pytest.param(b"]q\0(" + b"NN" * 500 + b"e(" + b"h\0" * 40 + b"t.", id="a list reused"),
        pytest.param(b"}q\0(" + b"h\0" * 40 + b"t.", id="a dict reused"),
        pytest.param(b"\x8b" + struct.pack("<i", 10**6) + bytes(10**6) + b".", id="a giant number"),
        pytest.param(b"\x8a\xff" + bytes(255) + b".", id="a large number"),
        pytest.param(b"I" + b"9" * 300 + b"\n.", id="a number of many digits"),
        pytest.param(b"L" + b"9" * 10**6 + b"L\n.", id="a number of a million digits"),
        pytest.param(b"c" + b"m" * 300 + b"\nname\n.", id="a long name"),
        pytest.param(b"Nr" + struct.pack("<I", MEMO) + b".", id="a far place in the memo"),
        pytest.param(b"Np4294967295\n.", id="a far place as text"),
        pytest.param(b"Np-1\n.", id="a place below the first"),
        *(
            pytest.param(b"(cos\nsystem\n" + code + b".", id=f"opcode {code!r}")
            for code in (
                b"ios\nsystem\n",
                b"o",
                b"\x81",
                b"\x92",
                b"\x82\1",
                b"P1\n",
                b"2",
                b"\xff",
            )
        ),
    ],
)
def test_what_no_pickle_of_arrays_or_weights_does_is_refused(content):
    with pytest.raises(PickleError):
        check(content)


@pytest.mark.parametrize("code", [b"T", b"B", b"X", b"\x8d", b"\x8e", b"\x96"])
def test_a_length_beyond_the_file_is_not_believed(code):
    length = struct.pack("<Q", 2**62) if code > b"\x8c" else b"\xff\xff\xff\x7f"
    with pytest.raises(EOFError):
        check(code + length + b"short")
