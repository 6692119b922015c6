"""A look at a pickle before it is unpickled. Needs no torch, and runs nothing of it.

A pickle is a program for a machine with a stack and a memo. A few bytes of it can fill the memory
or take hours, also where all that it may call is harmless: numbers of a million digits, places in
the memo that a table is made for, tuples that hold another twice, which holds another twice. What
is unpickled here is arrays and weights of networks, for which some hundreds of steps are enough.
"""

from __future__ import annotations

import io
import pickletools
from collections.abc import Container

CHUNK = 2**16

MAX_OPCODES = 20_000
MAX_TUPLES = 2000
"""So deep they can be in one another."""

MAX_REUSES = 20
"""So often what may hold other things can be taken from the memo again."""

MAX_LINE = 256
"""Bytes of a number or a name that is written as text."""

MAX_FRAME = 2**20
"""Bytes that are to be read at once. Python makes frames of 64 kB, and none of what is longer."""

MAX_NAME = 2**16
"""Bytes of a text where names are given: weights are not in the pickle, but beside it."""

MAX_INT = 16
"""Bytes of a whole number. With 10, PyTorch's old files begin."""


class PickleError(ValueError):
    """A pickle that does what none of arrays or weights does, or too much of it."""


class ForbiddenNameError(PickleError):
    """A pickle that names what it may not; the text is the name."""


def check_pickle(stream: io.BufferedIOBase, names: Container[str] | None = None) -> None:
    """Follow a pickle to its end, and no further, without unpickling it.

    Args:
        names: "module.name" of all that it may name; None leaves that to the unpickler.

    Raises:
        ForbiddenNameError: it names something else.
        ValueError: it cannot be a pickle of arrays or weights.
        EOFError: it is cut short.
    """
    tuples = reuses = 0
    latest = ""
    is_simple: dict[int, bool] = {}  # what is at each place of the memo
    for _ in range(MAX_OPCODES):
        code = _read(stream, 1)
        opcode = _OPCODES.get(code)
        if opcode is None:
            raise PickleError(f"opcode {code!r}")
        argument = _argument(stream, opcode, most=None if names is None else MAX_NAME)
        name = opcode.name
        if name == "STOP":
            return
        if name == "GLOBAL" and names is not None:
            named = argument.decode("utf-8", "replace").strip().replace("\n", ".")
            if named not in names:
                raise ForbiddenNameError(named)
        if name in _PUTS:
            place = len(is_simple) if name == "MEMOIZE" else _place(opcode, argument)
            if not 0 <= place < MAX_OPCODES:
                raise PickleError(f"place {place} in the memo")
            is_simple[place] = latest in _SIMPLE
        elif name != "FRAME":
            latest = name
        elif int.from_bytes(argument, "little") > MAX_FRAME:
            raise PickleError("a frame that is too long")
        tuples += name in _TUPLES
        reuses += name in _GETS and not is_simple.get(_place(opcode, argument), False)
        if tuples > MAX_TUPLES or reuses > MAX_REUSES:
            raise PickleError("too much that holds other things")
    raise PickleError(f"more than {MAX_OPCODES:,} steps")


def _argument(stream: io.BufferedIOBase, opcode: pickletools.OpcodeInfo, most: int | None) -> bytes:
    """What follows an opcode; of text and bytes, only their length, but they are there, and no
    longer than ``most``.
    """
    kind = opcode.arg.n if opcode.arg else 0
    if kind == pickletools.UP_TO_NEWLINE:
        is_text = opcode.name in {"STRING", "UNICODE"}
        longest = (most or -1) if is_text else MAX_LINE
        argument = b"".join(stream.readline(longest) for _ in range(1 + (opcode.name == "GLOBAL")))
        if not argument.endswith(b"\n"):
            is_cut = longest < 0 or len(argument) < longest
            raise EOFError if is_cut else PickleError("a line without an end")
        return argument
    argument = _read(stream, _LENGTH_BYTES.get(kind, kind))
    if kind in _LENGTH_BYTES:
        left = int.from_bytes(argument, "little")
        if opcode.name == "LONG1" and left > MAX_INT:
            raise PickleError(f"a number of {left} bytes")
        if most is not None and left > most:
            raise PickleError(f"a text of {left:,} bytes")
        while left:
            left -= len(_read(stream, min(left, CHUNK)))
    return argument


def _read(stream: io.BufferedIOBase, size: int) -> bytes:
    content = stream.read(size) if size else b""
    if len(content) < size:
        raise EOFError
    return content


def _place(opcode: pickletools.OpcodeInfo, argument: bytes) -> int:
    """In the memo."""
    return int(argument) if opcode.name in {"PUT", "GET"} else int.from_bytes(argument, "little")


_LENGTH_BYTES = {
    pickletools.TAKEN_FROM_ARGUMENT1: 1,
    pickletools.TAKEN_FROM_ARGUMENT4: 4,
    pickletools.TAKEN_FROM_ARGUMENT4U: 4,
    pickletools.TAKEN_FROM_ARGUMENT8U: 8,
}
"""Of the length that stands before text or bytes."""

_PUTS = {"PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"}
_GETS = {"GET", "BINGET", "LONG_BINGET"}
_TUPLES = {"TUPLE", "TUPLE1", "TUPLE2", "TUPLE3"}
_SIMPLE = {
    *("NONE", "NEWTRUE", "NEWFALSE", "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1"),
    *("FLOAT", "BINFLOAT", "STRING", "BINSTRING", "SHORT_BINSTRING"),
    *("UNICODE", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8"),
    *("SHORT_BINBYTES", "BINBYTES", "BINBYTES8", "BYTEARRAY8"),
    *("EMPTY_TUPLE", "GLOBAL", "STACK_GLOBAL"),
}
"""What these make holds nothing else."""

_OTHERS = {
    *("PROTO", "FRAME", "STOP", "MARK", "REDUCE", "BUILD", "BINPERSID"),
    *("EMPTY_LIST", "LIST", "APPEND", "APPENDS"),
    *("EMPTY_DICT", "DICT", "SETITEM", "SETITEMS"),
}
_OPCODES = {
    opcode.code.encode("latin-1"): opcode
    for opcode in pickletools.opcodes
    if opcode.name in _PUTS | _GETS | _TUPLES | _SIMPLE | _OTHERS
}
