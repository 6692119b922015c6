"""Picture files: PNG, JPEG, BMP and WebP of any kind, as one plane of grey."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.errors import FileError, UserError
from mnist_desktop.files import opened_raw
from mnist_desktop.ink.photo.grey import DAMAGE, grey_of
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP, Translate, untranslated

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "BMP", "WEBP")
SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".webp")

MAX_PIXELS = 100_000_000
"""A picture of more is not opened: it would take gigabytes, or long. For each pixel, PNG needs up
to 4 bytes while it is unpacked, JPEG 8."""

MAX_COSTLY_PIXELS = 40_000_000
"""The same for WebP, which needs 20 bytes, and for colours with alpha, which take longer."""

MAX_LENGTH = 65_535
"""Of a side: what is longer is a thread. JPEG knows no more."""

MAX_FILE_BYTES = 2 * MAX_PIXELS
"""Of a file, and of what it unpacks to if it is gzip."""

MAX_HEADER_BYTES = 16 * 2**20
"""Of what stands before the pixels. Depth maps of telephones take some megabytes."""

MAX_READS = 500_000
"""Pieces in which a file is read: a PNG has one for each 8 kB, a hostile one for a few bytes."""

MAX_SCANS = 20
"""Times that a JPEG goes over the picture to make it finer; ten are usual."""

JPEG_SCAN = b"\xff\xda"
"""What each of them begins with (ITU-T T.81, B.1.1.3); no other data of a JPEG has it."""

Source = Path | NDArray[np.uint8]
"""A picture file, or pixels: (h, w, 4), red, green, blue and alpha."""

_BEGINNINGS = (
    (0, b"\x89PNG", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"BM", "BMP"),
    (8, b"WEBP", "WEBP"),
    (0, b"GIF8", "GIF"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\0\0\1\0", "icon"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypheix", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypavif", "AVIF"),
)
"""Where a format's mark stands in a file, the mark, and the format's name."""


class PictureFileError(FileError):
    """A picture that cannot be opened; it may have been pasted, and be no file."""

    def __init__(self, path: Path | None, fault: str, /, **values: object) -> None:
        super().__init__(path or "", fault, **values)
        self._is_pasted = path is None

    def text(self, translate: Translate = untranslated) -> str:
        """The name of the file and its fault; without a file, a sentence about the picture."""
        if self._is_pasted:
            fault = UserError.text(self, translate)
            return translate("core", "The picture {fault}.").format(fault=fault)
        return super().text(translate)


def is_picture(path: Path) -> bool:
    """Whether a file is meant to be a picture: by its name, or else by how it begins."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with opened_raw(path) as stream:
            return _format_of(stream.read(16)) is not None
    except FileError:
        return False


def open_reduced(source: Source, progress: Progress = unwatched) -> tuple[NDArray[np.uint8], int]:
    """A picture's greys, and how many of the file's pixels, along a side, each of them stands for.

    The greys are (h, w) uint8, 0 for black, the right way up, the longer side at most
    ``MAX_SIDE``.

    Raises:
        PictureFileError: it cannot be opened; the text says why and what to do.
    """
    if isinstance(source, np.ndarray):
        return _from_pixels(source)
    with opened_raw(source, PictureFileError, progress) as stream:
        return _open(source, stream)


def refuse_too_many(
    width: int, height: int, path: Path | None = None, most: int = MAX_PIXELS
) -> None:
    """Refuse a picture of too many pixels, before they are unpacked.

    Args:
        path: None for one that was pasted.

    Raises:
        PictureFileError: it has more than ``most``.
    """
    if width * height > most:
        raise _too_large(path, most)


def _open(path: Path, stream: io.BufferedIOBase) -> tuple[NDArray[np.uint8], int]:
    from PIL import Image, UnidentifiedImageError

    beginning = stream.read(16)
    if not beginning:
        raise PictureFileError(path, QT_TRANSLATE_NOOP("core", "is empty; get a whole copy"))
    bounded = _Bounded(path, stream, _format_of(beginning))
    with warnings.catch_warnings(), _decoding(path):
        # Of much that is odd in a file and does no harm; what is too large is refused below.
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(cast(IO[bytes], bounded), formats=FORMATS)
        except UnidentifiedImageError as fault:
            raise _unidentified(path, beginning) from fault
        except Image.DecompressionBombError as fault:
            raise _too_large(path) from fault
        with picture:
            _check(path, picture)
            bounded.most = MAX_FILE_BYTES
            return grey_of(picture)


def _from_pixels(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int]:
    from PIL import Image

    with _decoding(None):
        return grey_of(Image.fromarray(pixels))


def _check(path: Path, picture: Image.Image) -> None:
    """Refuse what the header alone shows to be unusable, before anything is unpacked."""
    width, height = picture.size
    if width < 1 or height < 1:
        raise PictureFileError(path, QT_TRANSLATE_NOOP("core", "has no pixels; get a whole copy"))
    is_costly = picture.format == "WEBP" or picture.mode == "RGBA"
    refuse_too_many(width, height, path, MAX_COSTLY_PIXELS if is_costly else MAX_PIXELS)
    if max(width, height) > MAX_LENGTH:
        raise PictureFileError(
            path,
            QT_TRANSLATE_NOOP("core", "is more than {most:,} pixels long; cut out the digits"),
            most=MAX_LENGTH,
        )
    # A JPEG of several pictures holds previews of the first.
    if picture.format in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1:
        raise PictureFileError(
            path,
            QT_TRANSLATE_NOOP("core", "is animated; save the one picture of it that is meant"),
        )


class _Bounded:
    """What Pillow reads of a file, as long as no more is read than any sound picture needs.

    Each of a few bytes can be a piece by itself, or in a JPEG make it go over all pixels once more.

    Attributes:
        most: bytes that may be read, those that have been read included.
    """

    def __init__(self, path: Path, stream: io.BufferedIOBase, kind: str | None) -> None:
        # A WebP is read at once, whatever is in it.
        self.most = MAX_FILE_BYTES if kind == "WEBP" else MAX_HEADER_BYTES
        self.seek, self.tell = stream.seek, stream.tell
        self._path = path
        self._stream = stream
        self._scan = JPEG_SCAN if kind == "JPEG" else None
        self._bytes = self._reads = self._scans = 0

    def read(self, size: int = -1) -> bytes:
        left = self.most - self._bytes
        content = self._stream.read(left + 1 if size < 0 else min(size, left + 1))
        self._bytes += len(content)
        self._reads += 1
        self._scans += content.count(self._scan) if self._scan else 0
        if self._bytes > self.most or self._reads > MAX_READS or self._scans > MAX_SCANS:
            raise PictureFileError(
                self._path,
                QT_TRANSLATE_NOOP(
                    "core", "would take too long to unpack; save it anew as PNG or JPEG"
                ),
            )
        return content


@contextmanager
def _decoding(path: Path | None) -> Iterator[None]:
    """Whatever goes wrong while pixels are unpacked, as an error for people."""
    try:
        yield
    except DAMAGE as fault:
        raise _damaged(path) from fault
    except MemoryError as fault:
        raise PictureFileError(
            path, QT_TRANSLATE_NOOP("core", "is too large for this machine's memory")
        ) from fault


def _format_of(beginning: bytes) -> str | None:
    for place, mark, name in _BEGINNINGS:
        if beginning[place : place + len(mark)] == mark:
            return name
    return None


def _unidentified(path: Path, beginning: bytes) -> PictureFileError:
    name = _format_of(beginning)
    if name in FORMATS:
        return _damaged(path)
    if name is not None:
        return PictureFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core",
                "is in the format {format}; PNG, JPEG, BMP and WebP can be opened: "
                "save it as one of these",
            ),
            format=name,
        )
    return PictureFileError(
        path,
        QT_TRANSLATE_NOOP("core", "is not a picture that can be opened: PNG, JPEG, BMP or WebP"),
    )


def _damaged(path: Path | None) -> PictureFileError:
    return PictureFileError(
        path, QT_TRANSLATE_NOOP("core", "is damaged or cut short; get a whole copy")
    )


def _too_large(path: Path | None, most: int = MAX_PIXELS) -> PictureFileError:
    return PictureFileError(
        path,
        QT_TRANSLATE_NOOP(
            "core", "has more than {most} megapixels; make it smaller, or cut out the digits"
        ),
        most=most // 1_000_000,
    )
