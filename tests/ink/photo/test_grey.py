import io
from itertools import product

import numpy as np
import pytest
from PIL import Image, ImageOps

from mnist_desktop.ink.photo import grey as grey_module
from mnist_desktop.ink.photo.grey import MAX_EXIF_BYTES, MAX_SIDE, ORIENTATION, grey_of

GREYS = np.tile(np.linspace(20, 235, 48).astype(np.uint8), (32, 1))
GREYS[4:9, 3:20] = 0  # so that no turn or mirror picture is the picture itself
PICTURE = Image.fromarray(GREYS)


def decoded(picture, kind="PNG", **options):
    """Of a picture that is saved, opened again, and made grey: the greys, and their reduction."""
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    with Image.open(io.BytesIO(stream.getvalue())) as opened:
        return grey_of(opened)


def greys(picture, kind="PNG", **options):
    return decoded(picture, kind, **options)[0]


class TestEachKind:
    @pytest.mark.parametrize("mode", ["L", "RGB", "P", "LA", "RGBA", "1"])
    def test_of_png(self, mode):
        black_and_white = np.where(GREYS > 127, 255, 0).astype(np.uint8)
        grey = greys(Image.fromarray(black_and_white).convert(mode))
        assert grey.dtype == np.uint8
        np.testing.assert_array_equal(grey, black_and_white)

    @pytest.mark.parametrize("paper", [0, 255])
    @pytest.mark.parametrize("alpha", [False, True])
    def test_colours_count_by_their_lightness_but_bright_ones_are_seen_on_light_paper(
        self, paper, alpha
    ):
        colours = np.full((4, 20, 3), paper, np.uint8)
        colours[:, :2] = (0, 0, 255)
        colours[:, 5:7] = (255, 255, 0)
        colours[:, 10:12] = (0, 255, 255)
        colours[:, 15:17] = (210, 230, 250)
        picture = Image.fromarray(colours)
        if alpha:
            picture.putalpha(255)
        blue, yellow, cyan, pale = greys(picture)[0, [0, 5, 10, 15]]
        assert blue < 40
        assert pale == 226
        if paper:
            assert max(yellow, cyan) < 130
        else:
            assert min(yellow, cyan) > 170

    def test_they_stay_as_they_are_on_a_dark_picture_amid_light_paper(self):
        colours = np.full((200, 260, 3), 255, np.uint8)
        colours[20:180, 50:210] = (68, 1, 84)
        colours[60:140, 110:150] = (253, 231, 37)
        colours[80:120, 10:30] = (253, 231, 37)
        colours[80:120, 224:244] = (200, 30, 10)
        grey = greys(Image.fromarray(colours))
        assert (grey[60:140, 110:150] > 200).all()
        assert (grey[80:120, 10:30] < 140).all(), "but beside it they are seen"
        assert (grey[80:120, 224:244] < 60).all(), "and dark ones, all over, become darker"

    @pytest.mark.parametrize("width", [3, 7])
    def test_and_on_each_of_many_however_broad_the_pen_is(self, width):
        colours = np.full((300, 300, 3), 255, np.uint8)
        for top, left in product(range(10, 290, 60), repeat=2):
            colours[top : top + 45, left : left + 45] = (68, 1, 84)
            colours[top + 6 : top + 39, left + 6 : left + 6 + width] = (253, 231, 37)
        grey = greys(Image.fromarray(colours))
        assert (grey[16:49, 16 : 16 + width] > 200).all()
        assert (grey[256:289, 256 : 256 + width] > 200).all()

    @pytest.mark.parametrize("paper", [(255, 165, 0), (255, 235, 0), (0, 210, 230)])
    @pytest.mark.parametrize("around", [0, 120])
    def test_paper_of_a_bright_colour_is_the_same_beside_ink_as_elsewhere(self, paper, around):
        colours = np.full((200 + 2 * around, 200 + 2 * around, 3), 255, np.uint8)
        sheet = colours[around : around + 200, around : around + 200]
        sheet[:] = paper
        sheet[60:140, 70:94] = sheet[60:84, 70:130] = sheet[60:140, 106:130] = 20
        grey = greys(Image.fromarray(colours))[around : around + 200, around : around + 200]
        np.testing.assert_array_equal(grey[60:140, 20:66], grey[0, 0])
        np.testing.assert_array_equal(grey[144:180, 20:180], grey[0, 0])

    @pytest.mark.parametrize(
        ("paper", "ink", "noise"),
        [
            ((70, 220, 30), (40, 220, 200), 6),
            ((205, 150, 55), (55, 165, 170), 6),
            ((9, 9, 9), (9, 9, 90), 0),
        ],
    )
    def test_colours_that_are_all_as_light_are_told_apart_as_colours(self, paper, ink, noise):
        colours = np.full((200, 300, 3), paper, float)
        colours[60:140, 140:160] = ink
        colours += np.random.default_rng(0).normal(0, noise, colours.shape)
        grey = greys(Image.fromarray(np.rint(colours.clip(0, 255)).astype(np.uint8)))
        assert np.median(grey[70:130, 145:155]) < 60
        assert np.median(grey) > 195

    def test_one_pixel_has_a_tone(self):
        assert greys(Image.new("RGB", (1, 1), (200, 30, 30))).shape == (1, 1)

    def test_what_is_lighter_or_darker_is_told_by_that_whatever_colours_there_are(self):
        colours = np.full((200, 300, 3), (190, 150, 160), np.uint8)
        colours[:, 150:] = (60, 200, 190)
        colours[60:140, 20:40] = 40
        grey = greys(Image.fromarray(colours))
        assert (grey[60:140, 20:40] == 40).all()

    def test_sixteen_bits_are_scaled_and_not_cut_off(self):
        np.testing.assert_array_equal(greys(Image.fromarray(GREYS.astype(np.uint16) * 257)), GREYS)

    @pytest.mark.parametrize(
        ("mode", "options", "most"),
        [
            ("CMYK", {}, 6),  # the colours of print
            ("RGB", {"keep_rgb": True}, 3),
        ],
    )
    def test_of_jpeg(self, mode, options, most):
        grey = greys(PICTURE.convert(mode), "JPEG", quality=95, **options)
        assert np.abs(grey.astype(int) - GREYS).mean() < most


class TestACameraThatWasTurned:
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_its_picture_comes_the_right_way_up(self, orientation):
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        turned = PICTURE.copy()
        turned.info["exif"] = exif.tobytes()
        expected = np.asarray(ImageOps.exif_transpose(turned))
        np.testing.assert_array_equal(greys(PICTURE, exif=exif), expected)

    @pytest.mark.filterwarnings("ignore:Corrupt EXIF")
    def test_damaged_data_does_not_matter_nor_more_than_a_camera_writes(self):
        damaged = b"Exif\0\0MM\0*\xff\xff\xff\xff"
        np.testing.assert_array_equal(greys(PICTURE, exif=damaged), GREYS)
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        assert greys(PICTURE, exif=exif.tobytes()).shape == (48, 32)
        padded = exif.tobytes() + bytes(MAX_EXIF_BYTES)
        np.testing.assert_array_equal(greys(PICTURE, exif=padded), GREYS)


class TestTransparency:
    def ink_of(self, tone, colour="LA"):
        pixels = np.zeros((20, 20, 2), np.uint8)
        pixels[..., 0] = tone
        pixels[5:15, 8:12, 1] = 255
        return greys(Image.fromarray(pixels, "LA").convert(colour))

    @pytest.mark.parametrize("colour", ["LA", "RGBA"])
    @pytest.mark.parametrize(("tone", "paper"), [(30, 255), (240, 0)])
    def test_dark_ink_lies_on_white_and_light_ink_on_black(self, colour, tone, paper):
        grey = self.ink_of(tone, colour)
        assert grey[0, 0] == paper
        assert grey[10, 10] == tone

    def test_dark_ink_on_a_card_with_transparent_corners_lies_on_white(self):
        pixels = np.full((20, 20, 2), 255, np.uint8)
        pixels[5:15, 8:12, 0] = 0
        pixels[:2, :2, 1] = 0
        assert greys(Image.fromarray(pixels, "LA"))[0, 0] == 255

    def test_a_transparent_colour_of_a_palette(self):
        picture = Image.fromarray(np.pad(np.ones((4, 4), np.uint8), 4), "P")
        picture.putpalette([0, 0, 0, 40, 40, 40])
        grey = greys(picture, transparency=0)
        assert grey[0, 0] == 255
        assert grey[6, 6] == 40

    def test_nothing_but_transparency_is_white(self):
        assert (greys(Image.new("LA", (9, 9))) == 255).all()


class TestLargePictures:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    @pytest.mark.parametrize("factor", [1, 50, 130])
    def test_are_reduced_and_by_how_much_is_told(self, kind, factor):
        large = PICTURE.resize((48 * factor, 32 * factor), Image.Resampling.NEAREST)
        grey, reduced = decoded(large, kind)
        assert max(grey.shape) <= MAX_SIDE
        assert factor == 1 or max(grey.shape) > 0.3 * MAX_SIDE
        assert grey.shape[1] * reduced == pytest.approx(48 * factor, abs=reduced)
        assert grey.shape[1] / grey.shape[0] == pytest.approx(1.5, abs=0.01)
        assert abs(int(grey[-1, -1]) - GREYS[-1, -1]) < 4

    def test_lines_in_them_stay_by_their_mean(self):
        lines = np.full((30, 6000), 255, np.uint8)
        lines[:, ::3] = 0
        assert abs(greys(Image.fromarray(lines)).mean() - 170) < 2

    @pytest.mark.parametrize("mode", ["L", "RGB", "P", "RGBA", "LA", "I;16"])
    def test_strip_by_strip_they_become_what_they_are_at_once(self, monkeypatch, mode):
        noise = np.random.default_rng(0).integers(0, 256, (47, 39), dtype=np.uint8)
        picture = Image.fromarray(noise)
        if mode == "I;16":
            picture = Image.fromarray(noise.astype(np.uint16) * 200)
        elif mode.endswith("A"):
            picture.putalpha(Image.fromarray(noise[::-1]))
            picture = picture.convert(mode)
        else:
            picture = picture.convert(mode)
        monkeypatch.setattr(grey_module, "MAX_SIDE", 20)
        at_once = greys(picture)
        assert at_once.shape == (16, 13)
        assert np.ptp(at_once) > 20
        monkeypatch.setattr(grey_module, "STRIP_PIXELS", 200)
        np.testing.assert_array_equal(greys(picture), at_once)
