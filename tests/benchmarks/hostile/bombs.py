"""Small files that unpack to much, say that they hold much, or take long to be understood."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import pickle
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import torch

from hostile.corpus import Sample, idx
from hostile.pickles import EVIL, FRAGMENTS, global_of
from hostile.picture_bombs import pictures
from hostile.sqlite_bombs import databases

Bomb = Callable[[], Sample]
MEGABYTE = 2**20
LARGE = 200 * MEGABYTE
HUGE = 2000 * MEGABYTE


def bombs_of(kind: str, corpus: list[Sample]) -> list[Bomb]:
    """Each is made when it is called."""
    return list(MAKERS[kind](corpus))


def zipped(*parts: tuple[bytes, int]) -> bytes:
    """gzip of pieces, each repeated to so many bytes."""
    packer = zlib.compressobj(9, wbits=-15)
    packed, total, checksum = [b"\x1f\x8b\x08" + bytes(7)], 0, 0
    for piece, size in parts:
        block = piece * max(1, min(size, MEGABYTE) // len(piece))
        count = max(1, size // len(block))
        # After a full flush the same again is packed as the same bytes.
        packed.append((packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * count)
        for _ in range(count):
            checksum = zlib.crc32(block, checksum)
        total += count * len(block)
    packed += [packer.flush(), struct.pack("<II", checksum, total % 2**32)]
    return b"".join(packed)


def _pickle_contents(huge: int = HUGE) -> Iterator[Callable[[], bytes]]:
    """Raw or gzipped, with values of so many bytes."""
    head = b"\x80\x02"
    raw = (
        *EVIL,
        *(head + fragment for fragment in FRAGMENTS),
        head + b"N" + b"\x85" * 1_000_000 + b".",
        head + b"]" + b"\x94h\0\x86" * 100 + b".",
        head + b"]q\0" + b"(h\0h\0h\0h\0h\0h\0h\0h\0tq\0" * 40 + b".",
        head + b"}q\0" + b"h\0h\0s" * 1000 + b".",
        head + b"Nr\xff\xff\xff\x7f.",
        head + b"Np99999999999999999999\n.",
        head + b"\x8e" + b"\xff" * 8,
        head + b"\x96\0\0\0\xc0\0\0\0\0",
        head + b"\x8b\xff\xff\xff\x7f",
        head + b"\x95\0\0\0\0\0\0\0\x40",
        head + b"I" + b"9" * 1_000_000 + b"\n.",
        head + b"L" + b"9" * 1_000_000 + b"L\n.",
        b"(" * 1_000_000 + b".",
        b"\x80" * 1_000_000,
        _array_of(b"(" + _long(2**40) + b"K\x1ct", b""),
        _array_of(b"(" + _long(2**62) + _long(2**62) + b"t", b""),
        _array_of(b"(J\xff\xff\xff\xffK\x1ct", b""),
        head + (global_of("numpy.core.multiarray._reconstruct") + b"(tR") * 50_000 + b".",
        head + b"(" + global_of("_codecs.encode") * 100_000 + b"t.",
    )
    for content in raw:
        yield partial(bytes, content)
    yield partial(zipped, (head + b"(\x8e" + struct.pack("<Q", huge), 1), (b"x", huge), (b"t.", 1))
    for before, piece in (
        (head + b"(", b"]"),
        (head + b"(", b"}"),
        (head + b"(", b"\x8f"),
        (head + b"(", b")"),
        (head, b"("),
        (head + b"N", b"\x85"),
        (head + b"(N", b"2"),
        (head + b"(\x8b" + struct.pack("<i", LARGE), b"\x7f"),
        (head + b"(I", b"9"),
        (head + b"(L", b"9"),
        (head + b"(F", b"9"),
        (head + b"(V", b"x"),
        (head + b"(S'", b"x"),
        (head + b"(c", b"x"),
        (head + b"(", b"Nq\0h\0"),
        (head + b"(", b"X\1\0\0\0x\x94"),
        (head + b"(", b"\x80\x02"),
        (head + b"(", b"]a"),
        (head + b"(]", b"Na"),
        (head + b"(}", b"K\1K\2s"),
        (head + b"(", global_of("numpy.dtype") + b"(X\2\0\0\0f8I0\nI1\ntR"),
        (head + b"(", b"\n"),
        (b"\x80", b"\0"),
    ):
        yield partial(zipped, (before, 1), (piece, LARGE), (b"t.", 1))


def _long(number: int) -> bytes:
    return pickle.LONG1 + bytes([9]) + number.to_bytes(9, "little")


def _array_of(shape: bytes, content: bytes) -> bytes:
    """A pickle of an array that says it has a shape."""
    make = global_of("numpy.core.multiarray._reconstruct") + global_of("numpy.ndarray")
    kind = global_of("numpy.dtype") + b"(X\2\0\0\0u1K\0K\1tR"
    content = b"B" + struct.pack("<I", len(content)) + content
    array = make.replace(b"\ncnumpy", b"\n(cnumpy") + b"(K\0tU\1btR(K\1" + shape + kind
    return b"\x80\x02((" + array + b"\x89" + content + b"tbNtNNt."


def _pickles(_: list[Sample]) -> Iterator[Bomb]:
    for make in _pickle_contents():
        yield lambda make=make: Sample("mnist.pkl.gz", make())
    for make in _gzip_contents():
        yield lambda make=make: Sample("mnist.pkl.gz", make())


def _gzip_contents() -> Iterator[Callable[[], bytes]]:
    """What is odd about gzip, whatever is in it."""
    empty = gzip.compress(b"")
    yield lambda: empty * 500_000
    yield lambda: gzip.compress(b"\x80") + empty * 500_000
    yield lambda: empty + b"\0" * (64 * MEGABYTE)
    yield lambda: b"\x1f\x8b\x08\x08" + bytes(6) + b"n" * (64 * MEGABYTE)
    yield lambda: b"\x1f\x8b\x08\x04" + bytes(6) + b"\xff\xff" + b"n" * 65535
    yield lambda: gzip.compress(gzip.compress(zipped((b"\0", HUGE))))


def _pt(corpus: list[Sample]) -> Iterator[Bomb]:
    for make in _pickle_contents(LARGE):
        for way in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield lambda make=make, way=way: Sample("model.pt", _torch_archive(make(), way))
        yield lambda make=make: Sample("model.pt", make())
    for content in _lying_tensors():
        yield lambda content=content: Sample("model.pt", content)
    yield lambda: Sample("model.pt", _archive({f"a/{n}": b"" for n in range(100_000)}))
    yield lambda: Sample("model.pt", _archive({"a/data.pkl": b"\0" * HUGE}, zipfile.ZIP_DEFLATED))
    whole = next(one.content for one in corpus if one.name == "own.pt")
    for at in (14, 18, 22, 26):
        yield lambda at=at: Sample("model.pt", whole[:at] + b"\xff\xff\xff\x7f" + whole[at + 4 :])


def _unzipped(content: bytes) -> bytes:
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def _torch_archive(content: bytes, way: int) -> bytes:
    members = {"archive/data.pkl": _unzipped(content), "archive/version": b"3\n"}
    return _archive(members | {"archive/byteorder": b"little", "archive/data/0": bytes(40)}, way)


def _archive(members: Mapping[Any, bytes], way: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", way) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _lying_tensors() -> Iterator[bytes]:
    """Few numbers that say they are many."""
    one = torch.zeros(1)
    for tensor in (
        one.expand(40_000, 40_000),
        one.as_strided((10_000, 784, 700), (0, 0, 0)),
        torch.zeros(0, 2**40),
        torch.zeros(1, dtype=torch.complex64).expand(2**15, 784),
        torch.sparse_coo_tensor(torch.zeros(2, 1, dtype=torch.long), one, (2**20, 2**20)),
    ):
        for how in (True, False):
            stream = io.BytesIO()
            content = {"out.weight": tensor, "out.bias": torch.zeros(10)}
            torch.save(content, stream, _use_new_zipfile_serialization=how)
            yield stream.getvalue()
    stream = io.BytesIO()
    shared = torch.zeros(10, 784)
    torch.save({f"layer{n}.weight": shared for n in range(20_000)}, stream)
    yield stream.getvalue()


def _safetensors(corpus: list[Sample]) -> Iterator[Bomb]:
    own = next(one.content for one in corpus if one.name == "own.safetensors")
    size = struct.unpack("<Q", own[:8])[0]
    header = json.loads(own[8 : 8 + size])

    def with_header(text: bytes, rest: bytes = own[8 + size :]) -> Sample:
        return Sample("model.safetensors", struct.pack("<Q", len(text)) + text + rest)

    def with_about(text: str) -> Sample:
        return with_header(json.dumps(header | {"__metadata__": {"mnist-desktop": text}}).encode())

    empty = {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}
    for text in (
        *("[" * 1_000_000, '{"a":' * 100_000, "9" * 1_000_000, "x" * 1_000_000),
        '{"format": ' + "9" * 100_000 + "}",
        json.dumps({"format": 1, "network": {"hidden": [1] * 1_000_000}}),
        json.dumps({"format": 1, "network": {"hidden": ["x" * 100_000]}}),
        json.dumps({"format": 1, "network": {}, "measurements": [{}] * 300_000}),
        json.dumps({"format": 1, "network": {"hidden": [16384] * 4}}),
    ):
        yield partial(with_about, text)
    yield lambda: with_about(json.dumps("x" * (90 * MEGABYTE)))
    yield lambda: with_header(json.dumps({"__metadata__": {"m": "x" * 99_000_000}}).encode())
    yield lambda: with_header(json.dumps({f"t{n}": empty for n in range(10_000)}).encode())
    yield lambda: with_header(json.dumps({f"t{n}": empty for n in range(1_000_000)}).encode())
    yield lambda: with_header(b'{"a":' + b"[" * 90_000_000)
    yield lambda: with_header(b'{"__metadata__":{' + b'"k":"v",' * 10_000_000)
    yield lambda: with_header(b"{" + b" " * 99_000_000)
    for shape in ([2**40], [2**32, 2**32], [2**62, 4], [0, 2**62], [10**30], [1] * 100_000):
        tensor = {"dtype": "F32", "shape": shape, "data_offsets": [0, 0]}
        yield lambda tensor=tensor: with_header(json.dumps({"t": tensor}).encode(), b"")
    for length in (2**31, 2**62, 2**63, 2**64 - 1):
        yield lambda length=length: Sample("m.safetensors", struct.pack("<Q", length) + b"{" * 900)


def _strokes(_: list[Sample]) -> Iterator[Bomb]:
    dot, line = b"[[0,0]],", b'{"strokes":[[[0,0]]]}\n'
    for parts in (
        ((b'{"strokes":[', 1), (dot, 100 * MEGABYTE), (b"[[1,1]]]}", 1)),
        ((b'{"strokes":[[', 1), (b"[0,0],", 100 * MEGABYTE), (b"[1,1]]]}", 1)),
        ((line, 100 * MEGABYTE),),
        ((b"\n", LARGE),),
        ((b" ", LARGE),),
        ((b"\0", HUGE),),
        ((b"[", LARGE),),
        ((b'{"strokes":', 100 * MEGABYTE),),
        ((b'{"strokes":[]}\n', 100 * MEGABYTE),),
        ((b'{"label":"', 1), (b"7", LARGE), (b'","strokes":[[[0,0]]]}', 1)),
        ((b'{"label":', 1), (b"7", LARGE), (b',"strokes":[[[0,0]]]}', 1)),
        ((b'{"strokes":[[[0,', 1), (b"9", LARGE), (b"]]]}", 1)),
        ((b'{"x":"', 1), (b"\\u0041", 100 * MEGABYTE), (b'","strokes":[[[0,0]]]}', 1)),
        ((b"{", 1), (b'"a":{},', 60 * MEGABYTE), (b'"strokes":[[[0,0]]]}', 1)),
        ((b'{"strokes":[', 1), (b"{},", 60 * MEGABYTE), (b"[[0,0]]]}", 1)),
    ):
        yield lambda parts=parts: Sample("drawn.jsonl.gz", zipped(*parts))
    for make in _gzip_contents():
        yield lambda make=make: Sample("drawn.jsonl.gz", make())
    rng = np.random.default_rng(0)
    for strokes in (
        [[[0, n]] for n in range(60_000)],
        [[[n, n % 7], [n, 9]] for n in range(499)],
        [[[n % 100 * 3, n // 100], [n % 100 * 3, n // 100 + 9]] for n in range(480)],
        [rng.integers(0, 1000, (300_000, 2)).tolist()],
        [rng.integers(0, 1000, (700, 2)).tolist() for _ in range(400)],
        [[[1e100, -1e100], [-1e100, 1e100]], [[0, 0], [1e-300, 1e-300]]],
        [[[0, 0], [1e99, 1]]] * 400,
        [[[0, 0], [5e-324, 0]], [[1e-320, 0], [0, 0]]],
    ):
        content = json.dumps({"strokes": strokes}).encode()
        yield lambda content=content: Sample("drawn.jsonl", content)


def _idx(corpus: list[Sample]) -> Iterator[Bomb]:
    pictures, labels = (next(s for s in corpus if s.name == name) for name in IDX_NAMES)
    picture = np.zeros((1, 28, 28), np.uint8)
    for count in (1, 1_000_000, 8_000_000, 2**31, 2**32 - 1):
        yield partial(pictures.spoiled, idx(picture, count=count))
        yield partial(labels.spoiled, idx(np.zeros(1, np.uint8), count=count))
        yield lambda count=count: pictures.spoiled(
            zipped((idx(picture, count=count), 1), (b"\0", HUGE))
        )
    yield partial(pictures.spoiled, bytes([0, 0, 8, 255]) + b"\xff\xff\xff\xff" * 255)
    yield lambda: labels.spoiled(zipped((idx(np.zeros(1, np.uint8), count=30), 1), (b"\0", HUGE)))
    for make in _gzip_contents():
        yield lambda make=make: pictures.spoiled(make())


IDX_NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte")


def _npz(_: list[Sample]) -> Iterator[Bomb]:
    arrays = {"x_train": "(30,28,28)", "y_train": "(30,)", "x_test": "(6,28,28)", "y_test": "(6,)"}
    plain = {f"{name}.npy": _npy(shape, bytes(30 * 784)) for name, shape in arrays.items()}

    def with_member(content: bytes, way: int = zipfile.ZIP_DEFLATED, more: int = 0) -> Sample:
        members = {**plain, "x_train.npy": content}
        return Sample("d.npz", _archive(members | {f"{n}": b"" for n in range(more)}, way))

    for shape in (
        *("(8000000,28,28)", "(2000000,28,28)", f"({2**62},28,28)", "(-1,28,28)", "(0,28,28)"),
        *("(" * 5000 + ")" * 5000, "(" + "1," * 60_000 + ")", "9" * 60_000, "(30,28,28," * 9),
        *("()", "(1e9,)", "('a',)", "__import__('os').system('true')", "-" * 9000 + "1"),
    ):
        yield lambda shape=shape: with_member(_npy(shape, bytes(784)))
    for kind in ("|O", "<M8[s]", "<U100000000", "|V1000000000", "<c16", "|S0", "<f16"):
        yield lambda kind=kind: with_member(_npy("(30,28,28)", bytes(784 * 30), kind))
    for size in (2**16 - 1, 2**31, 2**32 - 1):
        header = b"\x93NUMPY\2\0" + struct.pack("<I", size)
        yield lambda header=header: with_member(header + b" " * 5000)
        yield lambda header=header: with_member(header + b"(" * 2**17)
    yield lambda: with_member(_npy("(600000,28,28)", b"\0") + bytes(HUGE))
    yield lambda: with_member(b"\x93NUMPY\2\0" + struct.pack("<I", LARGE) + b"(" * LARGE)
    yield lambda: with_member(b"", more=100_000)
    zeros = lzma.compress(bytes(LARGE), format=lzma.FORMAT_ALONE)
    yield lambda: with_member(_npy("(30,28,28)", bytes(LARGE)), zipfile.ZIP_LZMA)
    yield lambda: with_member(_npy("(30,28,28)", bytes(LARGE)), zipfile.ZIP_BZIP2)
    yield lambda: with_member(zeros)
    whole = with_member(_npy("(30,28,28)", bytes(30 * 784))).content
    for at in (18, 22, 26, 28, -6, -10, -14, -20):
        place = at % len(whole)
        yield lambda place=place: Sample(
            "d.npz", whole[:place] + b"\xff\xff\xff\x7f" + whole[place + 4 :]
        )


def _csv(corpus: list[Sample]) -> Iterator[Bomb]:
    line = b",".join([b"7", *[b"0"] * 784]) + b"\n"
    for pieces in (
        [(b"," * 784 + b"\n", 785)],
        *([(piece, LARGE)] for piece in (b"0,", b"9", b'"', b"\n")),
        [(line, len(line)), (b"7,", 2), (b"9", 2**15), (b",0", 2 * 783)],
        [(line, len(line)), (b"nan,", 4 * 784), (b"0\n", 2)],
        [(line, len(line)), (b"1e999,", 6 * 784), (b"0\n", 2)],
        [(line, 3 * len(line)), (line[:-2] + b"\xff\n", len(line))],
        [(line, 3 * len(line)), (b'"', 1), (line, len(line))],
        [(line, len(line)), (b"\n", HUGE)],
    ):
        yield lambda pieces=pieces: Sample("d.csv.gz", zipped(*pieces))
        if sum(size for _, size in pieces) < MEGABYTE:
            yield lambda pieces=pieces: Sample("d.csv", gzip.decompress(zipped(*pieces)))
    for content in _gzip_contents():
        yield lambda content=content: Sample("d.csv.gz", content())


def _zips(corpus: list[Sample]) -> Iterator[Bomb]:
    train = "train-images-idx3-ubyte"
    whole = corpus[0].content
    yield lambda: Sample("d.zip", _archive({train: bytes(5 * LARGE)}, zipfile.ZIP_DEFLATED))
    yield lambda: Sample("d.zip", _archive({f"{n}.npz": b"" for n in range(200_000)}))
    yield lambda: Sample("d.zip", _archive({f"{n}/{train}": b"" for n in range(3000)}))
    yield lambda: Sample("d.zip", _archive({"/".join("d" * 500) + f"/{train}": b""}))
    yield lambda: Sample("d.zip", _archive({"a" * 5000 + ".csv": b"", "b.zip": whole}))
    for name in ("../" * 9 + "out.npz", "/tmp/out.npz", "C:\\out.npz", "CON.csv", "a\0b.csv", "0/"):
        yield lambda name=name: Sample("d.zip", _archive({name: b"PK", f"x/{name}": b"PK"}))
    for at in (14, 18, 22, 26, 28, -6, -10, -14, -20):
        place = at % len(whole)
        yield lambda place=place: Sample(
            "d.zip", whole[:place] + b"\xff\xff\xff\x7f" + whole[place + 4 :]
        )
    # A link, which must stay a text.
    link = zipfile.ZipInfo("x.npz")
    link.external_attr = 0o120777 << 16
    yield lambda: Sample("d.zip", _archive({link: b"/etc/passwd"}))
    for make in pictures():
        yield lambda make=make: Sample(
            "d.zip", _archive({"0/a.png": make().content, "1/b.png": b""})
        )


def _npy(shape: str, content: bytes, kind: str = "|u1") -> bytes:
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\1\0" + struct.pack("<H", min(len(header), 65535)) + header + content


def _databases(corpus: list[Sample]) -> Iterator[Bomb]:
    return databases(corpus)


MAKERS: dict[str, Callable[[list[Sample]], Iterator[Bomb]]] = {
    "picture": lambda _: pictures(),
    "strokes": _strokes,
    "idx": _idx,
    "pickle": _pickles,
    "npz": _npz,
    "csv": _csv,
    "zip": _zips,
    "safetensors": _safetensors,
    "pt": _pt,
    "run": _databases,
    "library": _databases,
}
