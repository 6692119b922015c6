import numpy as np
import pytest
from scipy import ndimage

from mnist_desktop.ink.photo.roads import picture_of_ink, scaled_ink


def ring(side=120, pen=16, tone=200):
    """A zero's shape, and how dark its ink is."""
    y, x = np.indices((side, side)) - side / 2 + 0.5
    shape = np.abs(np.hypot(x, y) - side * 0.35) < pen / 2
    return shape, (shape * tone).astype(np.uint8)


def holes(picture):
    return ndimage.label(picture < 128)[1] - 1


class TestScaledInk:
    def test_mnist_s_own_pixels_come_out_as_they_went_in(self, mnist):
        for picture in mnist.test.pictures[:20]:
            amount = np.pad(picture, ((3, 9), (5, 2))).astype(np.float32) / 255
            scaled = scaled_ink(amount).astype(int)
            moved = [np.roll(scaled, move, (0, 1)) for move in np.ndindex(3, 3)]
            moved = [np.roll(one, (-1, -1), (0, 1)) for one in moved]
            assert min(np.abs(one - picture).max() for one in moved) <= 1

    @pytest.mark.parametrize("side", [12, 60, 400])
    def test_the_box_has_twenty_pixels_and_the_centre_of_mass_is_at_the_centre(self, side):
        amount = np.zeros((2 * side, 2 * side), np.float32)
        amount[3 : 3 + side, 5 : 5 + side // 4] = 1
        picture = scaled_ink(amount).astype(float) / 255
        assert picture.sum(axis=0).max() == pytest.approx(20, abs=1.1)
        rows = picture.sum(axis=1) @ np.arange(28) / picture.sum()
        assert rows == pytest.approx(14, abs=0.55)

    def test_ink_that_nearly_fills_the_box_is_not_scaled(self):
        amount = np.zeros((28, 28), np.float32)
        amount[5:24, 10:14] = np.random.default_rng(0).uniform(0.4, 1, (19, 4))
        before, after = (np.sort(one.ravel()) for one in (amount * 255, scaled_ink(amount)))
        np.testing.assert_allclose(after, before, atol=0.51)

    def test_greys_are_means_of_what_lay_there(self):
        amount = np.random.default_rng(0).integers(0, 2, (400, 400)).astype(np.float32)
        picture = scaled_ink(amount) / 255
        assert picture.sum() == pytest.approx(amount.sum() / 400, rel=0.02)
        assert picture[8:20, 8:20].std() < 0.1

    def test_of_nothing_is_empty(self):
        assert not scaled_ink(np.zeros((9, 9), np.float32)).any()


class TestTheRoad:
    def test_a_broad_pen_keeps_its_small_loop(self):
        shape, darkness = ring(pen=44)
        assert holes(picture_of_ink(shape, ~shape & False, darkness, 1)) == 1

    def test_a_thin_pen_is_redrawn_as_broad_as_mnist_s(self):
        thin, broad = (
            picture_of_ink(shape, ~shape & False, darkness, 1).sum() / 255
            for shape, darkness in (ring(pen=3), ring(pen=13))
        )
        assert thin == pytest.approx(broad, rel=0.25)

    def test_how_dark_the_ink_is_does_not_matter(self):
        pictures = [
            picture_of_ink(shape, ~shape & False, darkness, 1)
            for shape, darkness in (ring(tone=60), ring(tone=250))
        ]
        np.testing.assert_array_equal(*pictures)

    def test_another_shape_s_ink_is_left_out(self):
        shape, darkness = ring()
        other = np.zeros_like(shape)
        other[:, :12] = True
        beside = np.maximum(darkness, 250 * other.astype(np.uint8))
        np.testing.assert_array_equal(
            picture_of_ink(shape, other, beside, 1),
            picture_of_ink(shape, ~shape & False, darkness, 1),
        )

    def test_the_mask_may_be_finer_than_the_greys(self):
        shape, darkness = ring()
        fine = shape.repeat(4, axis=0).repeat(4, axis=1)
        np.testing.assert_array_equal(
            picture_of_ink(fine, ~fine & False, darkness, 4),
            picture_of_ink(shape, ~shape & False, darkness, 1),
        )
