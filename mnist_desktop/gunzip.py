"""Gzip files of which no more is unpacked than is wanted."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

from mnist_desktop.texts import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 2**16

MAX_PARTS = 10_000
"""Of a gzip file, one after the other: what is made to be read in blocks has one for each 64 kB."""


def unzipped(packed: io.BufferedReader[Any], limit: int | None) -> io.BufferedReader[Any]:
    """What a file unpacks to; reading more than ``limit`` bytes of it is an ``OverLimitError``."""
    return io.BufferedReader(_Unzipped(packed, limit), CHUNK)


class OverLimitError(Exception):
    """There is more than may be unpacked."""


class _Unzipped(io.RawIOBase):
    """What a gzip file unpacks to, which ends with an error where there is too much of it.

    Python's own ``GzipFile`` takes minutes over a file of empty parts, or of zeros behind them.
    """

    def __init__(self, packed: io.BufferedReader[Any], limit: int | None) -> None:
        super().__init__()
        self._packed = packed
        self._left = limit
        self._parts = 1
        self._waiting = b""
        self._unpacker = zlib.decompressobj(wbits=31)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)[:CHUNK]  # of which a copy is made
        while not self._unpacker.eof or self._begin_part():
            packed = self._waiting or self._packed.read1(CHUNK)
            content = self._unpacker.decompress(packed, len(view))
            self._waiting = self._unpacker.unconsumed_tail
            if content:
                view[: len(content)] = content
                self._count(len(content))
                return len(content)
            if not packed and not self._unpacker.eof:
                raise EOFError
        return 0

    def _begin_part(self) -> bool:
        """Whether there is one more; zeros may stand before it."""
        rest = self._unpacker.unused_data.lstrip(b"\0")
        while not rest:
            more = self._packed.read1(CHUNK)
            if not more:
                return False
            rest = more.lstrip(b"\0")
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise zlib.error(QT_TRANSLATE_NOOP("core", "too many parts"))
        self._waiting, self._unpacker = rest, zlib.decompressobj(wbits=31)
        return True

    def _count(self, size: int) -> None:
        if self._left is not None:
            self._left -= size
            if self._left < 0:
                raise OverLimitError
