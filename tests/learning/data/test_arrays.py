from pathlib import Path

import numpy as np
import pytest

from mnist_desktop.learning.data.arrays import split_from_arrays
from mnist_desktop.learning.data.splits import DatasetError

PATH = Path("some.npz")
GREYS = np.arange(256, dtype=np.uint8)


@pytest.fixture(scope="module")
def pictures(mnist):
    """Of all greys, and more than are converted at once."""
    pictures = mnist.test.pictures[:5000].copy()
    pictures[0].flat[:256] = GREYS
    pictures[-1].flat[:256] = GREYS
    return pictures


@pytest.fixture(scope="module")
def labels(mnist):
    return mnist.test.labels[:5000]


class TestPictures:
    @pytest.mark.parametrize("dtype", ["u1", ">i2", "u4", "i8", "f2", "f4", ">f8"])
    def test_0_to_255_in_any_type(self, pictures, labels, dtype):
        split = split_from_arrays(PATH, pictures.astype(dtype), labels)
        np.testing.assert_array_equal(split.pictures, pictures, strict=True)

    @pytest.mark.parametrize("shape", [(), (10,)])
    def test_single_numbers_are_no_pictures(self, shape):
        with pytest.raises(DatasetError, match="its pictures are 1×1; pictures of 28×28"):
            split_from_arrays(PATH, np.zeros(shape), np.zeros(10, dtype=np.uint8))

    @pytest.mark.parametrize("dtype", ["f4", "f8", ">f4"])
    @pytest.mark.parametrize("divisor", [255, 256])
    def test_0_to_1_divided_by_255_or_by_256(self, pictures, labels, dtype, divisor):
        scaled = (pictures / np.array(divisor, dtype="f4")).astype(dtype)
        split = split_from_arrays(PATH, scaled, labels)
        np.testing.assert_array_equal(split.pictures, pictures, strict=True)

    def test_0_to_1_in_half_precision(self, pictures, labels):
        split = split_from_arrays(PATH, (pictures / 255).astype("f2"), labels)
        np.testing.assert_array_equal(split.pictures, pictures, strict=True)

    @pytest.mark.parametrize("dtype", ["?", "f4", "f8"])
    def test_black_and_white(self, pictures, labels, dtype):
        split = split_from_arrays(PATH, (pictures > 127).astype(dtype), labels)
        np.testing.assert_array_equal(split.pictures, (pictures > 127) * np.uint8(255), strict=True)

    def test_pictures_that_begin_dark_are_still_0_to_255(self, pictures, labels):
        dark = pictures.astype("f4")
        dark[:4500] /= 255
        split = split_from_arrays(PATH, dark, labels)
        np.testing.assert_array_equal(split.pictures[4500:], pictures[4500:])
        assert split.pictures[:4500].max() == 1

    @pytest.mark.parametrize("shape", [(-1, 784), (-1, 28, 28), (-1, 28, 28, 1), (-1, 1, 28, 28)])
    @pytest.mark.parametrize("order", ["C", "F"])
    def test_in_one_row_or_in_28_with_a_channel_or_without(self, pictures, labels, shape, order):
        split = split_from_arrays(PATH, np.asarray(pictures.reshape(shape), order=order), labels)
        np.testing.assert_array_equal(split.pictures, pictures, strict=True)
        assert split.pictures.flags.c_contiguous

    @pytest.mark.parametrize("shape", [(5, 28, 27), (5, 32, 32), (5, 783), (784,), (), (5, 28)])
    def test_other_shapes_are_an_error(self, shape):
        with pytest.raises(DatasetError, match="pictures of 28×28"):
            split_from_arrays(PATH, np.zeros(shape), np.zeros(5))

    @pytest.mark.parametrize("value", [-1.0, 255.5, 256.0, -1e308, np.nan, np.inf, -np.inf])
    @pytest.mark.parametrize("where", [0, 4999])
    def test_values_outside_are_an_error(self, pictures, labels, value, where):
        wrong = pictures.astype("f8")
        wrong[where, 3, 3] = value
        with pytest.raises(DatasetError, match="0 to 255 or 0 to 1"):
            split_from_arrays(PATH, wrong, labels)

    def test_nor_may_they_become_infinite(self, labels):
        dark = np.zeros((1, 784))
        dark[0, 5] = -1e308
        with pytest.raises(DatasetError, match="0 to 255 or 0 to 1"):
            split_from_arrays(PATH, dark, labels[:1])

    def test_values_between_greys_become_the_nearest(self, pictures, labels):
        between = pictures.astype("f4")
        between[0, 0, :4] = 0.4, 0.6, 254.6, 255.4
        split = split_from_arrays(PATH, between, labels)
        assert split.pictures[0, 0, :4].tolist() == [0, 1, 255, 255]

    def test_the_values_of_the_text_are_those_of_the_file(self, labels):
        with pytest.raises(DatasetError, match=r"from -0\.5 to 0\.5;"):
            split_from_arrays(PATH, np.linspace(-0.5, 0.5, 784)[None], labels[:1])

    def test_more_than_there_can_be_are_an_error(self, pictures, labels, monkeypatch):
        monkeypatch.setattr("mnist_desktop.learning.data.splits.MAX_PICTURES", 4999)
        with pytest.raises(DatasetError, match="more than 4,999"):
            split_from_arrays(PATH, pictures, labels)

    def test_none_are_an_error(self):
        for dtype in ("u1", "f4"):
            with pytest.raises(DatasetError, match="no pictures"):
                split_from_arrays(PATH, np.zeros((0, 784), dtype), np.zeros(0))


class TestLabels:
    @pytest.mark.parametrize("dtype", ["u1", "i8", ">i4", "f4", "f8"])
    def test_whole_numbers_of_any_type(self, pictures, labels, dtype):
        split = split_from_arrays(PATH, pictures, labels.astype(dtype))
        np.testing.assert_array_equal(split.labels, labels, strict=True)

    @pytest.mark.parametrize("dtype", ["u1", "f4", "?"])
    def test_one_for_each_class(self, pictures, labels, dtype):
        split = split_from_arrays(PATH, pictures, np.eye(10, dtype=dtype)[labels])
        np.testing.assert_array_equal(split.labels, labels, strict=True)

    @pytest.mark.parametrize("wrong", [-1, 10, 255, 256, 266, 2**40, -253])
    def test_what_is_no_digit_is_an_error_and_not_wrapped_around(self, pictures, labels, wrong):
        outside = labels.astype("i8")
        outside[7] = wrong
        with pytest.raises(DatasetError, match="label 7 is "):
            split_from_arrays(PATH, pictures, outside)

    @pytest.mark.parametrize("wrong", [3.5, np.nan, np.inf, -0.5])
    def test_what_is_no_whole_number_is_an_error(self, pictures, labels, wrong):
        fraction = labels.astype("f8")
        fraction[7] = wrong
        with pytest.raises(DatasetError, match="label 7 is "):
            split_from_arrays(PATH, pictures, fraction)

    @pytest.mark.parametrize("shape", [(5000, 9), (5000, 1, 1), ()])
    def test_other_shapes_are_an_error(self, pictures, shape):
        with pytest.raises(DatasetError, match="one number for each picture"):
            split_from_arrays(PATH, pictures, np.zeros(shape))
