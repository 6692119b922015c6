"""How a file is spoiled: its bytes, or the parts that its format has, put together again so that
what reads them comes further than to a checksum.

All take a ``random.Random``, so the same seed spoils in the same way.
"""

from __future__ import annotations

import gzip
import io
import json
import math
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random
from typing import Any

from hostile.corpus import Sample
from hostile.pickles import FRAGMENTS
from hostile.sqlite_mutations import spoiled_database

NUMBERS = (0, 1, 2, 9, 10, 11, 27, 28, 127, 128, 255, 256, 784, 32767, 32768, 65535, 65536)
LARGE = (*(2**bits + off for bits in (16, 24, 31, 32, 62, 63) for off in (-1, 0, 1)), 2**64 - 1)
TOKENS = (
    *(b"null", b"true", b"-1", b"1e999", b"NaN", b"-Infinity", b'""', b"[]", b"{}", b"0.5"),
    *(b"9" * 400, b"9" * 5000, b"[" * 300, b'"\\ud800"', b"\xff\xfe", b"\0", b"\n", b"1e308"),
    *("“…”".encode(), b"x" * 5000, "\u202e\u2028".encode()),
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 1, 11, 2**31, 2**63, 2**64, 10**30, 0.5, -0.0, 1e308, 5e-324),
    *(math.nan, math.inf, -math.inf, "", "x", "x" * 5000, "\n\x1b[31m", "\ud800", "\0"),
    *([], {}, [[]], [None], [1, "two"], {"a": 1}, [[1, 2], [3]], [[[1, 2], [3]]]),
)
PNG = b"\x89PNG\r\n\x1a\n"


def spoiled(sample: Sample, corpus: Sequence[Sample], random: Random) -> Sample:
    """A sample with between one and four faults; ``corpus`` is what parts of others come from."""
    content = sample.content
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        content = _spoiled_once(sample, content, corpus, random)
    return sample.spoiled(content)


def _spoiled_once(
    sample: Sample, content: bytes, corpus: Sequence[Sample], random: Random
) -> bytes:
    if random.random() < 0.65:
        for beginning, spoil in STRUCTURED:
            # What is spoiled already may not come apart any more.
            with suppress(Exception):
                if content.startswith(beginning):
                    return spoil(content, random)
        with suppress(Exception):
            if sample.name.endswith(".safetensors"):
                return _header_spoiled(content, random)
            if sample.name.endswith(".jsonl"):
                return _line_spoiled(content, random)
    if random.random() < 0.1:
        other = random.choice(corpus).content
        return content[: _place(content, random)] + other[_place(other, random) :]
    return bytes_spoiled(content, random)


def bytes_spoiled(content: bytes, random: Random) -> bytes:
    """Any content with one fault."""
    changed = bytearray(content)
    start = _place(content, random)
    length = random.choice((1, 2, 4, 8, 16, 100, 1000, 5000))
    match random.randrange(11):
        case 0 | 1:
            for _ in range(random.choice((1, 1, 2, 8))):
                if changed:
                    changed[_place(content, random) % len(changed)] ^= 1 << random.randrange(8)
        case 2:
            changed[start : start + 1] = bytes([random.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF))])
        case 3 | 4:
            changed = _number_set(changed, start, random)
        case 5:
            del changed[start : start + length]
        case 6:
            changed[start:start] = changed[start : start + length] * random.choice((1, 1, 2, 50))
        case 7:
            changed[start:start] = random.randbytes(length)
        case 8:
            del changed[start:]
        case 9:
            token = random.choice((*TOKENS, *FRAGMENTS))
            changed[start : start + random.choice((0, len(token)))] = token
        case 10:
            return _digits_spoiled(content, random)
    return bytes(changed)


def _place(content: bytes, random: Random) -> int:
    """Most of what matters stands at the beginning or the end."""
    size = len(content)
    kind = random.randrange(4)
    if kind == 0:
        return random.randrange(min(size, 64) + 1)
    if kind == 1:
        return random.randrange(min(size, 512) + 1)
    if kind == 2:
        return size - random.randrange(min(size, 512) + 1)
    return random.randrange(size + 1)


def _number_set(changed: bytearray, start: int, random: Random) -> bytearray:
    code = random.choice("BHIQ")
    order = random.choice("<>")
    number = random.choice((*NUMBERS, *LARGE)) & (256 ** struct.calcsize(code) - 1)
    packed = struct.pack(order + code, number)
    changed[start : start + len(packed)] = packed
    return changed


def _digits_spoiled(content: bytes, random: Random) -> bytes:
    """A number that stands there as text is another one."""
    found = list(re.finditer(rb"[0-9]+", content[:20_000]))
    if not found:
        return content
    at = random.choice(found)
    token = random.choice((b"0", b"-1", b"1e999", b"9" * 20, b"9" * 5000, b"", b"2147483648"))
    return content[: at.start()] + token + content[at.end() :]


def json_spoiled(value: Any, random: Random) -> Any:
    """The same with one value in it another one, gone, or there twice."""
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        keys = node if isinstance(node, dict) else range(len(node) if isinstance(node, list) else 0)
        for key in keys:
            places.append((node, key))
            walk(node[key])

    walk(value)
    if not places:
        return random.choice(ODD_VALUES)
    node, key = random.choice(places)
    match random.randrange(6):
        case 0:
            del node[key]
        case 1:
            other, name = random.choice(places)
            node[key] = json.loads(json.dumps(other[name]))
        case 2 if isinstance(node, list):
            node[key:key] = [node[key]] * random.choice((1, 40))
        case 3 if isinstance(node, dict):
            node[random.choice(("x" * 300, "", "\n", key.upper()))] = node.pop(key)
        case 4 if isinstance(node[key], int | float):
            node[key] = random.choice((-1, 10, 0.001, 1e6, 1e18)) * node[key]
        case _:
            node[key] = random.choice(ODD_VALUES)
    return value


def _gzip_spoiled(content: bytes, random: Random) -> bytes:
    inner = gzip.decompress(content)
    is_lines = inner[:1] == b"{" and random.random() < 0.5
    changed = _line_spoiled(inner, random) if is_lines else bytes_spoiled(inner, random)
    return gzip.compress(changed, 1)


def _line_spoiled(content: bytes, random: Random) -> bytes:
    lines = [line for line in content.splitlines() if line]
    number = random.randrange(len(lines))
    lines[number] = json.dumps(json_spoiled(json.loads(lines[number]), random)).encode()
    return b"\n".join(lines)


def _header_spoiled(content: bytes, random: Random) -> bytes:
    """Safetensors: eight bytes of length, a JSON text, the numbers."""
    size = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + size])
    about = header.get("__metadata__", {})
    if "mnist-desktop" in about and random.random() < 0.7:
        spoilt = json_spoiled(json.loads(about["mnist-desktop"]), random)
        about["mnist-desktop"] = json.dumps(spoilt)
    else:
        header = json_spoiled(header, random)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + content[8 + size :]


def _zip_spoiled(content: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [(one.filename, archive.read(one)) for one in archive.infolist()]
    at = random.randrange(len(members))
    name, inner = members[at]
    match random.randrange(8):
        case 0:
            del members[at]
        case 1:
            members.insert(at, (name, random.choice(members)[1]))
        case 2:
            members[at] = bytes_spoiled(name.encode(), random).decode("latin-1"), inner
        case _:
            members[at] = name, bytes_spoiled(inner, random)
    packed = io.BytesIO()
    way = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(packed, "w", way, compresslevel=1) as archive,
    ):
        warnings.simplefilter("ignore")  # two members of one name
        for name, inner in members:
            archive.writestr(name.replace("\0", "") or "x", inner)
    return packed.getvalue()


def _png_spoiled(content: bytes, random: Random) -> bytes:
    chunks, place = [], len(PNG)
    while place + 12 <= len(content):
        (size,) = struct.unpack(">I", content[place : place + 4])
        chunks.append((content[place + 4 : place + 8], content[place + 8 : place + 8 + size]))
        place += 12 + size
    at = random.randrange(len(chunks))
    name, inner = chunks[at]
    match random.randrange(6):
        case 0:
            del chunks[at]
        case 1:
            chunks.insert(random.randrange(len(chunks)), chunks[at])
        case 2 if name == b"IDAT":
            inner = bytes_spoiled(zlib.decompress(inner), random)
            chunks[at] = name, zlib.compress(inner, 1)
        case 3:
            names = (b"PLTE", b"tRNS", b"eXIf", b"iCCP", b"zTXt", b"iTXt", b"acTL", b"fdAT")
            chunks[at] = random.choice(names), inner
        case _:
            chunks[at] = name, bytes_spoiled(inner, random)
    return PNG + b"".join(map(png_chunk, *zip(*chunks, strict=True)))


def png_chunk(name: bytes, inner: bytes) -> bytes:
    """A chunk with its length and sum."""
    return (
        struct.pack(">I", len(inner)) + name + inner + struct.pack(">I", zlib.crc32(name + inner))
    )


STRUCTURED: tuple[tuple[bytes, Callable[[bytes, Random], bytes]], ...] = (
    (b"\x1f\x8b", _gzip_spoiled),
    (b"PK\3\4", _zip_spoiled),
    (PNG, _png_spoiled),
    (b"SQLite format 3\0", spoiled_database),
)
