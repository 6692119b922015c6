import numpy as np
import pytest

from mnist_desktop.ink.photo.blocks import without_blocks
from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.learning.data.datasets import bundled_mnist

SMALL = np.random.default_rng(0).integers(0, 256, (9, 12), dtype=np.uint8)


def in_blocks(small, height, width):
    return small.repeat(height, axis=0).repeat(width, axis=1)


@pytest.mark.parametrize("side", [2, 3, 10])
def test_the_pixels_of_blocks_are_found_again(side):
    pixels, found = without_blocks(in_blocks(SMALL, side, side))
    np.testing.assert_array_equal(pixels, SMALL)
    assert found == side
    assert pixels.base is None  # or the large one would be kept, too


def test_blank_rows_between_do_not_make_the_blocks_larger():
    with_blank = SMALL.copy()
    with_blank[:4] = with_blank[:, 3:9] = 255
    pixels, side = without_blocks(in_blocks(with_blank, 5, 5))
    np.testing.assert_array_equal(pixels, with_blank)
    assert side == 5


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(SMALL, id="pixels as they are"),
        pytest.param(in_blocks(SMALL, 4, 4)[:, 1:], id="a block is cut"),
        pytest.param(in_blocks(SMALL, 4, 3), id="higher than wide"),
        pytest.param(in_blocks(SMALL[:7], 4, 4), id="of too few pixels"),
        pytest.param(in_blocks(SMALL // 64, 4, 4), id="of few tones, drawn of rectangles"),
        pytest.param(np.full((40, 40), 255, np.uint8), id="blank"),
    ],
)
def test_what_has_no_square_blocks_stays_as_it_is(picture):
    same, side = without_blocks(picture)
    np.testing.assert_array_equal(same, picture)
    assert side == 1


def test_a_picture_of_mnist_enlarged_in_blocks_comes_out_pixel_for_pixel():
    picture = bundled_mnist().test.pictures[0]
    page = page_of_picture(255 - in_blocks(picture, 10, 10), reduced=2)
    (line,) = page.lines
    np.testing.assert_array_equal(line.picture(0, 1), picture)
    assert page.reduced == 20
