"""Pictures that unpack to much, or that take long to be understood."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from hostile.corpus import Sample
from hostile.mutations import PNG, png_chunk

MEGABYTE = 2**20


def pictures() -> Iterator[Callable[[], Sample]]:
    """Each is made when it is called."""
    for depth, kind in ((1, 0), (8, 0), (16, 0), (8, 2), (16, 2), (8, 3), (8, 4), (8, 6), (16, 6)):
        for width, height in ((10_000, 9_999), (6000, 6000), (100_000_000, 1), (1, 65_535)):
            for interlaced in (0, 1):
                yield lambda a=(width, height, depth, kind, interlaced): _png(*a)
    for side in (2**31 - 1, 65_536, 30_000):
        yield lambda side=side: Sample("p.png", _png_of(_ihdr(side, side, 8, 0), (b"IDAT", b"")))
    small = zlib.compress(bytes(9 * 8), 1)
    start, end = _ihdr(8, 8, 8, 0), (b"IDAT", small)
    text = zlib.compress(bytes(200 * MEGABYTE), 9)
    for chunks in (
        [(b"zTXt", b"k\0\0" + text)],
        [(b"zTXt", b"k%d\0\0" % n + text) for n in range(20)],
        [(b"iTXt", b"k\0\1\0\0\0" + text)],
        [(b"iCCP", b"k\0\0" + text)],
        [(b"tEXt", b"k\0v")] * 1_000_000,
        [(b"eXIf", b"")] * 500_000,
        [(b"eXIf", _exif(offset)) for offset in (8,)],
        [(b"eXIf", _exif(8, count=65_535))],
        [(b"eXIf", _exif(2**31))],
        [(b"eXIf", _exif(26, count=1) + bytes(900_000))],
        [(b"acTL", struct.pack(">II", 2**31 - 1, 0))],
        [(b"fcTL", bytes(26))] * 200_000,
        [(b"PLTE", bytes(768))] * 100_000,
        [(b"tRNS", bytes(60_000))],
    ):
        yield lambda chunks=chunks: Sample("p.png", _png_of(start, *chunks, end))
    yield lambda: Sample("p.png", _png_of(start, *[(b"IDAT", b"")] * 500_000, end))
    yield lambda: Sample("p.png", _png_of(start, (b"IDAT", zlib.compress(bytes(900 * MEGABYTE)))))
    yield from (_scans, _rle, _webp, _jpeg_of_markers, _jpeg_thumbnails)
    for ink in (_noise(0.5), _noise(0.02), _dots(4), _dots(9), _stripes(2), _stripes(7), _comb()):
        for suffix in (".png", ".jpg"):
            yield lambda ink=ink, suffix=suffix: _saved(ink, suffix)


def _ihdr(
    width: int, height: int, depth: int, kind: int, interlaced: int = 0
) -> tuple[bytes, bytes]:
    return b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)


def _png_of(*chunks: tuple[bytes, bytes]) -> bytes:
    return PNG + b"".join(png_chunk(*chunk) for chunk in (*chunks, (b"IEND", b"")))


def _png(width: int, height: int, depth: int, kind: int, interlaced: int) -> Sample:
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    packer, left = zlib.compressobj(1), height * (1 + width * depth * channels // 8)
    content = bytearray()
    while left > 0:
        content += packer.compress(bytes(min(left, MEGABYTE)))
        left -= MEGABYTE
    palette = [(b"PLTE", bytes(768))] if kind == 3 else []
    header = _ihdr(width, height, depth, kind, interlaced)
    return Sample("p.png", _png_of(header, *palette, (b"IDAT", bytes(content + packer.flush()))))


def _exif(offset: int, count: int = 3) -> bytes:
    """A directory whose next one, and whose sub-directories, are at an offset."""
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, offset) for tag in (0x8769, 0x8825, 0xA005))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", count) + entries + struct.pack("<I", offset)


def _scans() -> Sample:
    """A progressive JPEG that is gone over again and again."""
    stream = io.BytesIO()
    Image.new("L", (9000, 9000), 200).save(stream, "jpeg", progressive=True, quality=50)
    content = stream.getvalue()
    first = content.index(b"\xff\xda")
    return Sample("p.jpg", content[:first] + content[first:-2] * 300 + b"\xff\xd9")


def _rle() -> Sample:
    header = struct.pack("<IiiHHIIiiII", 40, 9000, 9000, 1, 8, 1, 0, 0, 0, 256, 0)
    content = header + bytes(1024) + b"\xff\0" * (MEGABYTE // 2)
    head = struct.pack("<2sIHHI", b"BM", 14 + len(content), 0, 0, 14 + 40 + 1024)
    return Sample("p.bmp", head + content)


def _webp() -> Sample:
    stream = io.BytesIO()
    Image.new("RGB", (16_383, 6000), (9, 9, 9)).save(stream, "webp", lossless=True, method=0)
    return Sample("p.webp", stream.getvalue())


def _jpeg_of_markers() -> Sample:
    return Sample("p.jpg", b"\xff\xd8" + b"\xff\xe0\0\2" * 2_000_000 + b"\xff\xd9")


def _jpeg_thumbnails() -> Sample:
    part = b"\xff\xe1" + struct.pack(">H", 65_000) + b"Exif\0\0" + _exif(8, 1000)
    return Sample("p.jpg", b"\xff\xd8" + part.ljust(65_002, b"\0") * 300 + b"\xff\xd9")


def _saved(ink: NDArray[np.uint8], end: str) -> Sample:
    stream = io.BytesIO()
    Image.fromarray(255 - ink).save(stream, {".png": "png", ".jpg": "jpeg"}[end])
    return Sample(f"p{end}", stream.getvalue())


SIDE = 2400


def _noise(share: float) -> NDArray[np.uint8]:
    rng = np.random.default_rng(0)
    return np.where(rng.random((SIDE, SIDE)) < share, 255, 0).astype(np.uint8)


def _dots(step: int) -> NDArray[np.uint8]:
    ink = np.zeros((SIDE, SIDE), np.uint8)
    ink[::step, ::step] = 255
    return np.maximum(ink, np.roll(ink, 1, axis=0))


def _stripes(width: int) -> NDArray[np.uint8]:
    ink = np.zeros((SIDE, SIDE), np.uint8)
    ink[:, np.arange(SIDE) // width % 2 == 0] = 255
    return ink


def _comb() -> NDArray[np.uint8]:
    """One shape that could be cut at very many places."""
    ink = _stripes(3)
    ink[SIDE // 2 : SIDE // 2 + 3] = 255
    return ink
