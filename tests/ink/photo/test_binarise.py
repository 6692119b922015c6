import numpy as np
import pytest
from scipy import ndimage

from mnist_desktop.ink.photo import binarise


def find_ink(grey):
    return binarise.find_ink(grey).mask


def page(*marks, paper=220.0):
    """Upright strokes, each of a place from the left and a tone."""
    grey = np.full((150, 200), paper)
    for left, tone in marks:
        grey[40:110, left : left + 8] = tone
    return np.rint(grey).astype(np.uint8)


@pytest.mark.parametrize("paper", [220, 120])
def test_what_is_hardly_darker_than_the_paper_is_no_ink(paper):
    assert not find_ink(page((90, 0.95 * paper), paper=paper)).any()
    assert find_ink(page((90, 0.88 * paper), paper=paper))[75, 94]


def test_beside_ink_what_is_everywhere_pale_is_none():
    dark = [(30, 40), (60, 40), (90, 40)]
    pale, less_pale = (find_ink(page(*dark, (160, tone))) for tone in (110, 75))
    assert pale[75, 64]
    assert not pale[:, 150:].any()
    assert less_pale[75, 164]
    # It is kept aside, though: it may be a printed line.
    assert binarise.find_ink(page(*dark, (160, 150))).faint[75, 164]
    assert not binarise.find_ink(page(*dark, (160, 205))).faint[75, 164]
    # A stroke may be pale in part.
    partly = page(*dark, (160, 40))
    partly[80:110, 160:168] = 110
    assert find_ink(partly)[95, 164]


@pytest.mark.parametrize("paper", [120, 220])
def test_what_is_no_darker_than_the_paper_s_noise_is_no_ink(paper):
    random = np.random.default_rng(0)

    def with_noise(grey):
        return np.clip(grey + random.normal(0, 30, grey.shape), 0, 255).astype(np.uint8)

    assert not find_ink(with_noise(page(paper=paper))).any()
    assert find_ink(with_noise(page((90, 20), paper=paper)))[75, 94]


def blotchy(random, shape, apart, tones):
    """Paper whose tone goes up and down by so much from one place to the next, so far apart."""
    at_places = random.normal(0, 1, [length // apart + 2 for length in shape])
    smooth = ndimage.zoom(at_places, apart, order=3)[: shape[0], : shape[1]]
    return 200 + tones * smooth + random.normal(0, 3, shape)


def picture_of(grey):
    return np.rint(grey.clip(0, 255)).astype(np.uint8)


def test_a_pencil_is_found_on_paper_that_is_blotchy_and_nothing_where_there_is_none():
    random = np.random.default_rng(0)
    grey = blotchy(random, (600, 900), 60, 9)
    grey[200:400, 448:452] -= 45
    ink = find_ink(picture_of(grey))
    assert ink[205:395, 449:451].mean() > 0.95
    ink[195:405, 443:457] = False
    assert ink.mean() < 1e-3
    assert not find_ink(picture_of(blotchy(random, (600, 900), 60, 9))).any()


@pytest.mark.parametrize("seed", [0, 2, 3])
@pytest.mark.parametrize("scale", [1, 2])
def test_blotches_beside_ink_are_none(seed, scale):
    grey = blotchy(np.random.default_rng(seed), (150, 200), 40, 26) - 50
    grey[40:110, 98:103] -= 60
    ink = binarise.find_ink(picture_of(grey), scale).mask[::scale, ::scale]
    assert ink[45:105, 99:102].all()
    ink[35:115, 93:108] = False
    assert not ink.any()


def test_a_broad_pen_is_found_however_blurred_the_picture_is():
    grey = np.full((300, 300), 220.0)
    grey[60:240, 120:180] = 40
    x = np.arange(300)
    for blur in (1, 8, 12):
        light = ndimage.gaussian_filter(grey, blur) - 0.2 * x
        ink = find_ink(picture_of(light))
        assert ink[70:230, 130:170].all(), blur


def test_ink_is_found_where_noise_is_most_of_what_looks_like_it():
    random = np.random.default_rng(0)
    grey = page((60, 150), (90, 150), paper=200).astype(float)
    grey = np.clip(grey + random.normal(0, 50, grey.shape), 0, 255).astype(np.uint8)
    ink = find_ink(grey)
    assert ink[45:105, 92:96].all()
    assert ink[:, 110:].mean() < 0.01
