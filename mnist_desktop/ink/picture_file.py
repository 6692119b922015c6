"""Picture files: PNG, JPEG, BMP and WebP of any kind, as one plane of grey."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.errors import FileError, UserError
from mnist_desktop.files import opened
from mnist_desktop.progress import Progress, unwatched

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "BMP", "WEBP")
SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".webp")

MAX_PIXELS = 100_000_000
"""A picture of more is not opened: unpacked, it would take gigabytes."""

MAX_SIDE = 2000
"""The longer side of what is handed on, in pixels, at the most."""

PASTED = "the picture"
"""What a picture without a file is called: a template for translation."""

Source = Path | NDArray[np.uint8]
"""A picture file, or pixels: (h, w, 4), red, green, blue and alpha."""

ORIENTATION = 0x0112
"""The EXIF tag for how the camera was held (EXIF 2.32, §4.6.4)."""

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

# What Pillow raises for data that is cut short or damaged depends on the format and the place.
_DAMAGE = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError),
    *(OverflowError, struct.error, zlib.error),
)


class PictureFileError(FileError):
    """A picture that cannot be opened; it may have been pasted, and be no file."""

    def __init__(self, path: Path | None, fault: str, /, **values: object) -> None:
        super().__init__(path or PASTED, fault, **values)
        self._is_pasted = path is None

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The name of the file or ``PASTED``, then the fault, passed through ``translate``."""
        if self._is_pasted:
            return f"{translate(PASTED)}: {UserError.text(self, translate)}"
        return super().text(translate)


def is_picture(path: Path) -> bool:
    """Whether a file is meant to be a picture: by its name, or else by how it begins."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            beginning = stream.read(16)
    except OSError:
        return False
    return _format_of(beginning) is not None


def open_reduced(source: Source, progress: Progress = unwatched) -> tuple[NDArray[np.uint8], int]:
    """A picture's greys, and how many of the file's pixels, along a side, each of them stands for.

    The greys are (h, w) uint8, 0 for black, the right way up, the longer side at most
    ``MAX_SIDE``.

    Raises:
        PictureFileError: it cannot be opened; the text says why and what to do.
    """
    if isinstance(source, np.ndarray):
        return _from_pixels(source)
    with opened(source, PictureFileError, progress) as stream:
        return _open(source, stream)


def refuse_too_many(width: int, height: int, path: Path | None = None) -> None:
    """Refuse a picture of too many pixels, before they are unpacked.

    Args:
        path: None for one that was pasted.

    Raises:
        PictureFileError: it has more than ``MAX_PIXELS``.
    """
    if width * height > MAX_PIXELS:
        raise _too_large(path)


def _open(path: Path, stream: io.BufferedIOBase) -> tuple[NDArray[np.uint8], int]:
    from PIL import Image, UnidentifiedImageError

    beginning = stream.read(16)
    if not beginning:
        raise PictureFileError(path, "is empty; get a whole copy")
    stream.seek(0)
    with warnings.catch_warnings():
        # Of much that is odd in a file and does no harm; what is too large is refused below.
        warnings.simplefilter("ignore")
        try:
            image = Image.open(cast(IO[bytes], stream), formats=FORMATS)
        except UnidentifiedImageError as fault:
            raise _unidentified(path, beginning) from fault
        except Image.DecompressionBombError as fault:
            raise _too_large(path) from fault
        except _DAMAGE as fault:
            raise _damaged(path) from fault
        with image, _decoding(path):
            _check(path, image)
            return _grey(image)


def _from_pixels(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int]:
    from PIL import Image

    with _decoding(None):
        return _grey(Image.fromarray(pixels))


def _check(path: Path, image: Image.Image) -> None:
    """Refuse what the header alone shows to be unusable, before anything is unpacked."""
    width, height = image.size
    if width < 1 or height < 1:
        raise PictureFileError(path, "has no pixels; get a whole copy")
    refuse_too_many(width, height, path)
    # A JPEG of several pictures holds previews of the first.
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise PictureFileError(path, "is animated; save the one picture of it that is meant")


@contextmanager
def _decoding(path: Path | None) -> Iterator[None]:
    """Whatever goes wrong while pixels are unpacked, as an error for people."""
    try:
        yield
    except _DAMAGE as fault:
        raise _damaged(path) from fault
    except MemoryError as fault:
        raise PictureFileError(path, "is too large for this machine's memory") from fault


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
            "is in the format {format}; PNG, JPEG, BMP and WebP can be opened: "
            "save it as one of these",
            format=name,
        )
    return PictureFileError(path, "is not a picture that can be opened: PNG, JPEG, BMP or WebP")


def _damaged(path: Path | None) -> PictureFileError:
    return PictureFileError(path, "is damaged or cut short; get a whole copy")


def _too_large(path: Path | None) -> PictureFileError:
    return PictureFileError(
        path,
        "has more than {most} megapixels; make it smaller, or cut out the digits",
        most=MAX_PIXELS // 1_000_000,
    )


def _grey(image: Image.Image) -> tuple[NDArray[np.uint8], int]:
    """Decoded, reduced, on paper where it is transparent, and the right way up."""
    # A JPEG can be decoded at a half, a quarter or an eighth of its size, in a part of the time.
    side = max(image.size)
    image.draft("L", (MAX_SIDE, MAX_SIDE))
    image.load()
    reduced = round(side / max(image.size))
    orientation = _orientation(image)
    factor = -(-max(image.size) // MAX_SIDE)
    if image.mode.startswith("I") or image.mode == "F":
        grey = _sixteen_bits(image, factor)
    elif image.has_transparency_data:
        grey = _on_paper(image.convert("RGBA").convert("LA").reduce(factor))
    else:
        grey = np.asarray(image.convert("L").reduce(factor))
    return _upright(grey, orientation), reduced * factor


def _sixteen_bits(image: Image.Image, factor: int) -> NDArray[np.uint8]:
    """Greys of 16 bits, the means of squares of ``factor`` pixels; Pillow would cut them off."""
    values = np.asarray(image)
    height, width = (max(1, length // factor) for length in values.shape)
    values = values[: height * factor, : width * factor]
    step_down, step_across = (min(factor, length) for length in values.shape)
    means = values.reshape(height, step_down, width, step_across).mean(axis=(1, 3))
    grey: NDArray[np.uint8] = np.rint(np.clip(means / 257, 0, 255)).astype(np.uint8)
    return grey


def _on_paper(image: Image.Image) -> NDArray[np.uint8]:
    """A picture with alpha on white; on black if everything in it is light."""
    tones, alpha = np.moveaxis(np.asarray(image, dtype=np.float32), 2, 0)
    solid = tones[alpha > 127]
    # Not the lightest or darkest pixel: edges and compression leave a few of any tone.
    paper = 0.0 if len(solid) and np.percentile(solid, 2) > 127 else 255.0
    mixed: NDArray[np.uint8] = np.rint((tones * alpha + paper * (255 - alpha)) / 255).astype(
        np.uint8
    )
    return mixed


def _orientation(image: Image.Image) -> int:
    """1 to 8; 1, upright, where the EXIF data has none or is damaged."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except _DAMAGE:
        return 1
    return value if value in range(1, 9) else 1


def _upright(grey: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Turned and mirrored as its EXIF orientation says that it must be."""
    if orientation >= 5:
        grey = grey.T
    if orientation in (2, 3, 6, 7):
        grey = grey[:, ::-1]
    if orientation in (3, 4, 7, 8):
        grey = grey[::-1]
    return np.ascontiguousarray(grey)
