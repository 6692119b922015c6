import numpy as np
import pytest

from mnist_desktop.ink.photo.parts import page_of_picture


def centred():
    """A thin 7 with soft edges and a speck, 20 high, its centre of mass in the middle."""
    ink = np.zeros((28, 28), dtype=np.uint8)
    ink[4:6, 9:20] = 230
    ink[5, 8:21] = 60
    ink[7:24, 15] = 110
    ink[7:24, 14] = 230
    ink[7:24, 13] = 90
    ink[22:24, 3] = 50
    rows, columns = (ink.sum(axis=axis) @ np.arange(28) / ink.sum() for axis in (1, 0))
    return np.roll(ink, (round(14 - rows), round(14 - columns)), axis=(0, 1))


@pytest.mark.parametrize("is_dark", [False, True])
def test_mnists_own_picture_comes_through_unchanged_as_one_digit(is_dark):
    ink = centred()
    page = page_of_picture(255 - ink if is_dark else ink, reduced=2)

    (line,) = page.lines
    assert (line.picture(0, 1) == ink).all()
    assert line.boxes.tolist() == [[3, 6, 21, 26]]
    assert not line.is_crowd
    assert page.reduced == 2
    assert not page.aside.any()


def test_a_pale_one_is_stretched_to_full_ink():
    ink = centred()
    pale = np.rint(ink * 0.5).astype(np.uint8)
    (line,) = page_of_picture(255 - pale).lines
    picture = line.picture(0, 1).astype(int)
    assert picture.max() == 255
    assert np.abs(picture - ink * (255 / 230)).max() <= 2


def test_what_compression_leaves_on_the_paper_does_not_matter():
    ink = centred()
    noisy = np.where(ink > 40, ink, np.random.default_rng(0).integers(0, 12, ink.shape))
    (line,) = page_of_picture(noisy.astype(np.uint8)).lines

    assert (line.picture(0, 1) == noisy).all()


@pytest.mark.parametrize(
    "picture",
    [
        np.roll(centred(), 2, axis=0),
        np.roll(centred(), -2, axis=1),
        np.pad(centred(), 1),
        np.where(centred() > 0, centred(), 90).astype(np.uint8),
    ],
    ids=["too low", "too far left", "larger", "on grey"],
)
def test_other_pictures_are_scaled_and_centred(picture):
    (line,) = page_of_picture(picture).lines

    assert len(line.boxes) > 1 or not (line.picture(0, 1) == picture[:28, :28]).all()


def test_a_smaller_box_is_enlarged():
    picture = np.zeros((28, 28), dtype=np.uint8)
    picture[9:20, 13:16] = 255
    (line,) = page_of_picture(picture).lines

    rows = np.flatnonzero((line.picture(0, 1) > 127).any(axis=1))
    assert rows[-1] + 1 - rows[0] >= 19


def test_an_empty_field_has_no_lines():
    assert not page_of_picture(np.zeros((28, 28), dtype=np.uint8)).lines
