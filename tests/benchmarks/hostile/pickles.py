"""Pickles that would run something, and parts of such, to be put into others.

What they run leaves a mark: a file, by whose name the worker knows that code has run.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

CANARY = Path(os.environ.get("TMPDIR", "/tmp")) / f"mnist-desktop-canary-{os.getpid()}"
"""Its path is the same in the processes that are forked from this one."""

COMMAND = f"touch {CANARY}"


def global_of(name: str) -> bytes:
    """What pushes a module's function."""
    module, _, function = name.rpartition(".")
    return b"c" + module.encode() + b"\n" + function.encode() + b"\n"


def call(name: str, *arguments: str) -> bytes:
    """What calls a function with texts; a fragment that leaves its result on the stack."""
    texts = b"".join(b"X" + len(text).to_bytes(4, "little") + text.encode() for text in arguments)
    return global_of(name) + b"(" + texts + b"tR"


FRAGMENTS: tuple[bytes, ...] = (
    call("os.system", COMMAND),
    call("posix.system", COMMAND),
    call("builtins.eval", f"__import__('os').system({COMMAND!r})"),
    call("builtins.exec", f"open({str(CANARY)!r}, 'w')"),
    call("builtins.open", str(CANARY), "w"),
    call("pathlib.Path.touch", str(CANARY)),
    call("numpy.testing._private.utils.runstring", f"open({str(CANARY)!r}, 'w')", ""),
    call("torch.serialization.os.system", COMMAND),
    call("torch._utils.os.system", COMMAND),
    call("numpy.load", str(CANARY)),
    call("numpy.core.multiarray._reconstruct"),
    call("numpy.ndarray", "1"),
    call("torch._utils._rebuild_tensor_v2"),
    call("collections.OrderedDict"),
    call("_codecs.encode", "x" * 100, "utf-16"),
    global_of("os.system"),
    global_of("torch.FloatStorage"),
    *(code.encode("latin-1") for code in "(.0123btu}])Rao\x81\x82\x85\x86\x87\x88\x93\x94q"),
    pickle.LONG4 + b"\xff\xff\xff\x7f",
    pickle.BINBYTES8 + b"\xff" * 8,
    pickle.BINUNICODE8 + b"\0\0\0\0\0\0\0\x10",
    pickle.BYTEARRAY8 + b"\0\0\0\xff\0\0\0\0",
    pickle.FRAME + b"\0\0\0\0\0\0\0\x40",
    pickle.BINPERSID,
    pickle.EXT4 + b"\1\0\0\0",
)
"""Put into any pickle; the last ones are what a broken one may come to."""

EVIL: tuple[bytes, ...] = tuple(
    b"\x80\x02" + (before + fragment) + b"."
    for fragment in FRAGMENTS[:15]
    for before in (b"", b"}")
)
"""Whole pickles."""
