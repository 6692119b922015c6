import io
import re
import struct
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from mnist_desktop.ink.photo.file import (
    MAX_SIDE,
    PictureFileError,
    is_picture,
    open_reduced,
    refuse_too_many,
)
from mnist_desktop.progress import Cancelled

GREYS = np.tile(np.linspace(20, 235, 48).astype(np.uint8), (32, 1))
GREYS[4:9, 3:20] = 0  # so that no turn or mirror image is the picture itself


def encoded(image, kind="PNG", **options) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def opened(source):
    """What a file of these bytes, a file, or pixels open as."""
    if not isinstance(source, bytes):
        return open_reduced(source)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture"
        path.write_bytes(source)
        return open_reduced(path)


def open_picture(source):
    return opened(source)[0]


def faults(source):
    with pytest.raises(PictureFileError) as caught:
        open_picture(source)
    return str(caught.value)


def png_of_size(width, height, depth=8):
    """A PNG with a valid header, and nothing to fill it."""

    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


class TestWhatOpens:
    @pytest.mark.parametrize(
        ("kind", "options"),
        [("PNG", {}), ("JPEG", {"quality": 95}), ("BMP", {}), ("WEBP", {"lossless": True})],
    )
    def test_each_format(self, tmp_path, kind, options):
        path = tmp_path / "digit.of.any.name"
        path.write_bytes(encoded(Image.fromarray(GREYS).convert("RGB"), kind, **options))
        grey = open_picture(path)
        assert grey.dtype == np.uint8
        assert grey.shape == GREYS.shape
        assert np.abs(grey.astype(int) - GREYS).mean() < 2

    @pytest.mark.parametrize("mode", ["L", "RGB", "P", "LA", "RGBA", "1"])
    def test_each_kind_of_png(self, mode):
        black_and_white = np.where(GREYS > 127, 255, 0).astype(np.uint8)
        content = encoded(Image.fromarray(black_and_white).convert(mode))
        np.testing.assert_array_equal(open_picture(content), black_and_white)

    def test_colours_count_by_their_lightness(self):
        colours = np.zeros((4, 8, 3), np.uint8)
        colours[:, :4] = (0, 0, 255)
        colours[:, 4:] = (255, 255, 0)
        grey = open_picture(encoded(Image.fromarray(colours)))
        assert grey[0, 0] < 40
        assert grey[0, 7] > 220

    def test_sixteen_bits_are_scaled_and_not_cut_off(self):
        content = encoded(Image.fromarray(GREYS.astype(np.uint16) * 257))
        np.testing.assert_array_equal(open_picture(content), GREYS)

    def test_sixteen_bits_of_a_large_picture(self):
        large = np.repeat(np.repeat(GREYS.astype(np.uint16) * 257, 101, 0), 101, 1)
        grey = open_picture(encoded(Image.fromarray(large), compress_level=1))
        assert max(grey.shape) <= MAX_SIDE
        assert grey[-1, -1] == GREYS[-1, -1]

    def test_the_colours_of_print(self):
        content = encoded(Image.fromarray(GREYS).convert("CMYK"), "JPEG", quality=95)
        assert np.abs(open_picture(content).astype(int) - GREYS).mean() < 6

    def test_a_jpeg_that_keeps_red_green_and_blue(self):
        image = Image.fromarray(GREYS).convert("RGB")
        content = encoded(image, "JPEG", quality=95, keep_rgb=True)
        assert np.abs(open_picture(content).astype(int) - GREYS).mean() < 3

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_a_camera_that_was_turned(self, orientation):
        image = Image.fromarray(GREYS)
        exif = Image.Exif()
        exif[0x0112] = orientation
        content = encoded(image, exif=exif)
        expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(content))))
        np.testing.assert_array_equal(open_picture(content), expected)

    def test_damaged_exif_data_does_not_matter(self):
        content = encoded(Image.fromarray(GREYS), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
        np.testing.assert_array_equal(open_picture(content), GREYS)

    def test_a_jpeg_with_a_preview_is_one_picture(self):
        image = Image.fromarray(GREYS).convert("RGB")
        content = encoded(image, "MPO", save_all=True, append_images=[image.reduce(2)], quality=95)
        assert open_picture(content).shape == GREYS.shape


class TestPixels:
    def pixels(self, greys):
        return np.dstack([greys, greys, greys, np.full_like(greys, 255)])

    def test_they_open_as_a_file_of_them_does(self):
        np.testing.assert_array_equal(open_picture(self.pixels(GREYS)), GREYS)

    def test_transparent_ones_lie_on_paper(self):
        pixels = self.pixels(GREYS)
        pixels[..., 3] = 0
        assert (open_picture(pixels) == 255).all()

    def test_too_many_are_refused(self):
        refuse_too_many(10_000, 10_000)
        with pytest.raises(PictureFileError, match=r"^the picture: has more than 100 megapixels"):
            refuse_too_many(10_001, 10_000)

    def test_the_word_for_a_picture_that_is_no_file_is_translated(self):
        words = {"the picture": "das Bild", "is empty": "ist leer"}
        assert PictureFileError(None, "is empty").text(words.__getitem__) == "das Bild: ist leer"
        file = PictureFileError(Path("the picture"), "is empty")
        assert file.text(words.__getitem__) == "the picture: ist leer"


class TestWhatIsAPicture:
    @pytest.mark.parametrize("name", ["a.png", "a.JPG", "a.jpeg", "a.bmp", "a.webp"])
    def test_what_is_called_one_even_if_it_is_not_there(self, tmp_path, name):
        assert is_picture(tmp_path / name)

    def test_what_begins_as_one_even_if_it_cannot_be_opened(self, tmp_path):
        for content in (encoded(Image.fromarray(GREYS)), encoded(Image.fromarray(GREYS), "GIF")):
            (tmp_path / "a").write_bytes(content)
            assert is_picture(tmp_path / "a")

    def test_nothing_else(self, tmp_path):
        (tmp_path / "a.jsonl").write_text('{"strokes": []}')
        for path in (tmp_path / "a.jsonl", tmp_path, tmp_path / "none", tmp_path / ("n" * 300)):
            assert not is_picture(path)


class TestTransparency:
    def ink_of(self, tone, colour="LA"):
        pixels = np.zeros((20, 20, 2), np.uint8)
        pixels[..., 0] = tone
        pixels[5:15, 8:12, 1] = 255
        return open_picture(encoded(Image.fromarray(pixels, "LA").convert(colour)))

    @pytest.mark.parametrize("colour", ["LA", "RGBA"])
    def test_dark_ink_lies_on_white(self, colour):
        grey = self.ink_of(30, colour)
        assert grey[0, 0] == 255
        assert grey[10, 10] == 30

    def test_light_ink_lies_on_black(self):
        grey = self.ink_of(240)
        assert grey[0, 0] == 0
        assert grey[10, 10] == 240

    def test_dark_ink_on_a_card_with_transparent_corners_lies_on_white(self):
        pixels = np.full((20, 20, 2), 255, np.uint8)
        pixels[5:15, 8:12, 0] = 0
        pixels[:2, :2, 1] = 0
        assert open_picture(encoded(Image.fromarray(pixels, "LA")))[0, 0] == 255

    def test_a_transparent_colour_of_a_palette(self):
        image = Image.fromarray(np.pad(np.ones((4, 4), np.uint8), 4), "P")
        image.putpalette([0, 0, 0, 40, 40, 40])
        grey = open_picture(encoded(image, transparency=0))
        assert grey[0, 0] == 255
        assert grey[6, 6] == 40

    def test_nothing_but_transparency_is_white(self):
        assert (open_picture(encoded(Image.new("LA", (9, 9)))) == 255).all()


class TestLargePictures:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    def test_are_reduced(self, kind):
        large = Image.fromarray(GREYS).resize((4800, 3200), Image.Resampling.NEAREST)
        grey = open_picture(encoded(large, kind))
        assert 0.5 * MAX_SIDE < max(grey.shape) <= MAX_SIDE
        assert grey.shape[1] / grey.shape[0] == pytest.approx(1.5, abs=0.01)
        assert abs(int(grey[-1, -1]) - GREYS[-1, -1]) < 4

    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    def test_by_how_much_is_told(self, kind):
        for factor in (1, 50, 130):
            large = Image.fromarray(GREYS).resize((48 * factor, 32 * factor))
            grey, reduced = opened(encoded(large, kind))
            assert grey.shape[1] * reduced == pytest.approx(48 * factor, abs=reduced)

    def test_lines_in_them_stay_by_their_mean(self):
        lines = np.full((30, 6000), 255, np.uint8)
        lines[:, ::3] = 0
        assert abs(open_picture(encoded(Image.fromarray(lines))).mean() - 170) < 2

    @pytest.mark.parametrize("size", [(10_001, 10_000), (60_000, 60_000)])
    def test_too_many_pixels_are_refused_before_they_are_unpacked(self, size):
        assert "more than 100 megapixels" in faults(png_of_size(*size))

    def test_just_below_that_it_is_the_content_that_counts(self):
        assert "damaged" in faults(png_of_size(9_999, 10_000))


class TestWhatDoesNotOpen:
    def test_the_text_names_the_file(self, tmp_path):
        path = tmp_path / "seven.png"
        path.write_bytes(b"seven")
        assert faults(path).startswith("seven.png: is not a picture")

    def test_what_is_no_file(self, tmp_path):
        assert "does not exist" in faults(tmp_path / "none.png")
        assert "folder" in faults(tmp_path)

    def test_an_empty_file(self, tmp_path):
        path = tmp_path / "nothing.png"
        path.touch()
        assert "is empty" in faults(path)
        assert "is empty" in faults(b"")

    @pytest.mark.parametrize("kind", ["GIF", "TIFF"])
    def test_another_format_is_named(self, kind):
        text = faults(encoded(Image.fromarray(GREYS), kind))
        assert kind in text
        assert "save it as" in text

    def test_a_phone_s_own_format_is_named(self):
        assert "HEIC" in faults(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_an_animation(self, kind):
        frames = [Image.fromarray(np.roll(GREYS, step, 1)).convert("RGB") for step in (0, 9)]
        content = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
        assert "is animated" in faults(content)

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP"])
    def test_a_file_cut_short_anywhere(self, kind):
        noise = np.random.default_rng(0).integers(0, 255, (60, 60), dtype=np.uint8)
        content = encoded(Image.fromarray(noise).convert("RGB"), kind)
        for share in (0.02, 0.1, 0.5, 0.9):
            assert "damaged or cut short" in faults(content[: max(16, int(share * len(content)))])

    def test_no_pixels(self):
        assert re.search("no pixels|damaged", faults(png_of_size(0, 5)))

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP"])
    def test_damage_anywhere_gives_a_picture_or_a_clear_error(self, kind):
        random = np.random.default_rng(1)
        whole = np.frombuffer(encoded(Image.fromarray(GREYS).convert("RGB"), kind), np.uint8)
        for _ in range(150):
            content = whole.copy()
            places = random.integers(0, len(content), 3)
            content[places] = random.integers(0, 256, 3)
            with suppress(PictureFileError):
                assert open_picture(content.tobytes()).ndim == 2


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
