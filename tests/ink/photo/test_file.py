import io
import os
import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mnist_desktop.ink.photo import file as file_module
from mnist_desktop.ink.photo.file import (
    PictureFileError,
    is_picture,
    open_reduced,
    refuse_too_many,
)
from mnist_desktop.progress import Cancelled

GREYS = np.tile(np.linspace(20, 235, 48).astype(np.uint8), (32, 1))
GREYS[4:9, 3:20] = 0
PICTURE = Image.fromarray(GREYS)


@pytest.fixture(scope="module")
def picture_file(tmp_path_factory):
    """A file of these bytes."""
    path = tmp_path_factory.mktemp("pictures") / "picture"

    def write(content):
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def faults(picture_file):
    """Why a file, or a file of these bytes, does not open."""

    def open_in_vain(source):
        path = source if isinstance(source, Path) else picture_file(source)
        with pytest.raises(PictureFileError) as caught:
            open_reduced(path)
        text = str(caught.value)
        assert text.startswith(f"{path.name}: ")
        assert len(text) < 200
        return text

    return open_in_vain


def encoded(picture, kind="PNG", **options) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def chunk(name, content=b""):
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png(width, height, *chunks, colours=0, pixels=b""):
    """A PNG with a valid header, further chunks, and these bytes for all pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *chunks, chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


each_format = pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("JPEG", {"quality": 95}), ("BMP", {}), ("WEBP", {"lossless": True})],
)


class TestWhatOpens:
    @each_format
    def test_each_format_whatever_it_is_called(self, tmp_path, kind, options):
        path = tmp_path / "digit.of.any.name"
        path.write_bytes(encoded(PICTURE.convert("RGB"), kind, **options))
        grey, reduced = open_reduced(path)
        assert reduced == 1
        assert grey.dtype == np.uint8
        assert grey.shape == GREYS.shape
        assert np.abs(grey.astype(int) - GREYS).mean() < 2

    def test_a_jpeg_with_a_preview_is_one_picture(self, picture_file):
        picture = PICTURE.convert("RGB")
        content = encoded(
            picture, "MPO", save_all=True, append_images=[picture.reduce(2)], quality=95
        )
        assert open_reduced(picture_file(content))[0].shape == GREYS.shape


class TestPixels:
    def pixels(self, greys):
        return np.dstack([greys, greys, greys, np.full_like(greys, 255)])

    def test_they_open_as_a_file_of_them_does(self):
        grey, reduced = open_reduced(self.pixels(GREYS))
        assert reduced == 1
        np.testing.assert_array_equal(grey, GREYS)

    def test_transparent_ones_lie_on_paper(self):
        pixels = self.pixels(GREYS)
        pixels[..., 3] = 0
        assert (open_reduced(pixels)[0] == 255).all()

    def test_too_many_are_refused(self):
        refuse_too_many(10_000, 10_000)
        with pytest.raises(PictureFileError, match=r"^The picture has more than 100 mega.*\.$"):
            refuse_too_many(10_001, 10_000)

    def test_of_one_that_is_no_file_a_sentence_is_said_in_any_language(self):
        words = {"The picture {fault}.": "Das Bild {fault}!", "is empty": "ist leer"}

        def translate(context, text):
            return words.get(text, text)

        assert str(PictureFileError(None, "is empty")) == "The picture is empty."
        assert PictureFileError(None, "is empty").text(translate) == "Das Bild ist leer!"
        assert PictureFileError(Path("a.png"), "is empty").text(translate) == "a.png: ist leer"


class TestWhatIsAPicture:
    @pytest.mark.parametrize("name", ["a.png", "a.JPG", "a.jpeg", "a.bmp", "a.webp"])
    def test_what_is_called_one_even_if_it_is_not_there(self, tmp_path, name):
        assert is_picture(tmp_path / name)

    def test_what_begins_as_one_even_if_it_cannot_be_opened(self, tmp_path):
        for content in (encoded(PICTURE), encoded(PICTURE, "GIF")):
            (tmp_path / "a").write_bytes(content)
            assert is_picture(tmp_path / "a")

    def test_nothing_else(self, tmp_path):
        (tmp_path / "a.jsonl").write_text('{"strokes": []}')
        paths = [tmp_path / "a.jsonl", tmp_path, tmp_path / "none", tmp_path / ("n" * 300)]
        if hasattr(os, "mkfifo"):
            paths.append(tmp_path / "nobody writes to this pipe")
            os.mkfifo(paths[-1])
        assert not any(map(is_picture, paths))


class TestWhatDoesNotOpen:
    def test_what_is_no_picture(self, faults, tmp_path):
        assert "is not a picture" in faults(b"seven")
        assert "does not exist" in faults(tmp_path / "none.png")
        assert "folder" in faults(tmp_path)
        assert "is empty" in faults(b"")

    @pytest.mark.parametrize("kind", ["GIF", "TIFF"])
    def test_another_format_is_named(self, faults, kind):
        text = faults(encoded(PICTURE, kind))
        assert kind in text
        assert "save it as" in text

    def test_a_phone_s_own_format_is_named(self, faults):
        assert "HEIC" in faults(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_an_animation(self, faults, kind):
        frames = [Image.fromarray(np.roll(GREYS, step, 1)).convert("RGB") for step in (0, 9)]
        content = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
        assert "is animated" in faults(content)

    @each_format
    def test_a_file_cut_short_anywhere(self, faults, kind, options):
        noise = np.random.default_rng(0).integers(0, 255, (60, 60), dtype=np.uint8)
        content = encoded(Image.fromarray(noise).convert("RGB"), kind, **options)
        for share in (0.02, 0.1, 0.5, 0.9):
            assert "damaged or cut short" in faults(content[: max(16, int(share * len(content)))])

    def test_no_pixels(self, faults):
        assert re.search("no pixels|damaged", faults(png(0, 5)))

    @pytest.mark.parametrize("before", [b"", chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\0\0\0\0\0")])
    def test_a_palette_that_is_missing(self, faults, before):
        assert "damaged" in faults(png(1, 1, before, colours=3, pixels=b"\0\0"))


PROGRESSIVE = encoded(PICTURE, "JPEG", progressive=True)
SCAN = PROGRESSIVE[PROGRESSIVE.rindex(b"\xff\xda") : -2]
RUNS = encoded(PICTURE, "BMP")
RUNS = RUNS[:30] + struct.pack("<I", 1) + RUNS[34:1078]


class TestWhatIsTooMuch:
    @pytest.mark.parametrize("size", [(10_001, 10_000), (60_000, 60_000)])
    def test_too_many_pixels_are_refused_before_they_are_unpacked(self, faults, size):
        assert "more than 100 megapixels" in faults(png(*size))

    def test_just_below_that_it_is_the_content_that_counts(self, faults):
        assert "damaged" in faults(png(9_999, 10_000))

    def test_of_webp_and_of_colours_with_alpha_it_is_fewer(self, faults):
        webp = encoded(Image.new("L", (10_000, 4001)), "WEBP", lossless=True, method=0)
        for content in (webp, png(10_000, 4001, colours=6)):
            assert "more than 40 megapixels" in faults(content)
        assert "damaged" in faults(png(10_000, 4001, colours=2))

    def test_a_thread_of_pixels(self, faults):
        assert "pixels long" in faults(png(1, 65_536))
        assert "damaged" in faults(png(1, 65_535))

    @pytest.mark.parametrize(
        "content",
        [
            png(9, 9, chunk(b"juNk", bytes(17 * 2**20))),
            png(9, 9, chunk(b"eXIf", bytes(17 * 2**20))),
            png(9, 9, *[chunk(b"IDAT")] * 260_000, pixels=bytes(90)),
            PROGRESSIVE[:-2] + SCAN * 15 + b"\xff\xd9",
            PROGRESSIVE[:2] + (b"\xff\xe1\xff\xffExif\0\0" + bytes(65527)) * 300,
            RUNS + b"\1\0" * 260_000,
        ],
        ids=["chunk", "exif", "chunks", "scans", "segments", "runs"],
    )
    def test_many_pieces_or_bytes(self, faults, content):
        assert "would take too long" in faults(content)

    def test_bytes_behind_the_pixels_count_too(self, faults, picture_file, monkeypatch):
        content = encoded(PICTURE)[:-12] + chunk(b"juNk", bytes(20_000)) + chunk(b"IEND")
        np.testing.assert_array_equal(open_reduced(picture_file(content))[0], GREYS)
        monkeypatch.setattr(file_module, "MAX_FILE_BYTES", 10_000)
        assert "would take too long" in faults(content)


def test_opening_can_be_called_off_while_pixels_are_unpacked(tmp_path):
    path = tmp_path / "noise.png"
    noise = np.random.default_rng(0).integers(0, 255, (2000, 3000), dtype=np.uint8)
    Image.fromarray(noise).save(path, compress_level=0)
    heard = []

    def call_off(done):
        heard.append(done)
        if done > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        open_reduced(path, call_off)
    assert heard == sorted(heard)
    assert 0 < heard[0] < 0.5 < heard[-1] < 1


EXIF = Image.Exif()
EXIF[0x0112] = 6
SEEDS = [
    *(encoded(PICTURE.convert(mode), exif=EXIF) for mode in ("1", "P", "RGBA")),
    encoded(PICTURE, "JPEG", exif=EXIF),
    PROGRESSIVE,
    encoded(PICTURE, "BMP"),
    encoded(PICTURE.convert("RGB"), "WEBP", exif=EXIF),
]
PIECES = [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0"]


def with_right_sums(content):
    """A PNG whose damage is not given away by its chunks' check sums."""
    place, parts = 8, [content[:8]]
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        name, inside = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        parts.append(chunk(name, inside))
        place += 12 + length
    return b"".join(parts)


@settings(max_examples=400)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 12), st.sampled_from(PIECES) | st.binary()),
        min_size=1,
        max_size=3,
    ),
)
def test_damage_anywhere_gives_a_picture_or_a_clear_error(picture_file, content, changes):
    for place, length, piece in changes:
        content = content[:place] + piece + content[place + length :]
    if content.startswith(b"\x89PNG"):
        content = with_right_sums(content)
    try:
        text = f"{open_reduced(picture_file(content))[0].ndim} sides"
    except PictureFileError as fault:
        text = str(fault)
    assert text == "2 sides" or (text.startswith("picture: ") and len(text) < 200)
