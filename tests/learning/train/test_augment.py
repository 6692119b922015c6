import numpy as np
import pytest
import torch

from mnist_desktop.learning.models.network import to_input
from mnist_desktop.learning.train import augment
from mnist_desktop.learning.train.augment import Distortion, Warp, warp


@pytest.fixture
def inputs(small):
    return to_input(torch.from_numpy(small.train.pictures[:200]))


def sampler(strength=1.0, seed=0):
    return Distortion(strength, torch.Generator().manual_seed(seed))


def unchanged(count=1):
    """Parameters that leave the pictures as they are."""
    nothing = torch.zeros(count)
    return Warp(
        turn=nothing,
        slant=nothing,
        stretch=torch.ones(2, count),
        shift=torch.zeros(2, count),
        knots=torch.zeros(count, 2, augment.KNOTS, augment.KNOTS),
        pen=nothing,
        blur=nothing,
        erased=torch.zeros(3, 0, dtype=torch.int64),
        inked=torch.zeros(3, 0, dtype=torch.int64),
    )


def bar(rows, columns):
    """A picture with ink in these rows and columns."""
    picture = torch.zeros(28, 28)
    picture[rows, columns] = 1.0
    return picture.view(1, -1)


LYING, UPRIGHT = bar(slice(13, 15), slice(4, 24)), bar(slice(4, 24), slice(13, 15))


def warped(picture, **changes):
    return warp(picture, unchanged()._replace(**changes)).view(28, 28)


def slope(picture, along):
    """How much the ink moves down (or right) from one column (or row) to the next."""
    ink = picture if along == "columns" else picture.t()
    there = ink.sum(dim=0) > 0.5
    centres = (torch.arange(28.0) @ ink)[there] / ink.sum(dim=0)[there]
    return float(np.polyfit(torch.arange(28)[there], centres, 1)[0])


class TestWarp:
    def test_each_part_can_be_none(self, inputs):
        torch.testing.assert_close(warp(inputs, unchanged(200)), inputs, atol=1e-5, rtol=0)

    def test_pictures_turn_against_the_clock_where_their_places_turn_with_it(self):
        turn = torch.tensor([0.2])
        assert slope(warped(LYING, turn=turn), "columns") == pytest.approx(-np.tan(0.2), abs=0.02)
        assert slope(warped(UPRIGHT, turn=turn), "rows") == pytest.approx(np.tan(0.2), abs=0.02)

    def test_a_slant_moves_columns_and_no_row(self):
        slant = torch.tensor([0.3])
        assert slope(warped(UPRIGHT, slant=slant), "rows") == pytest.approx(-0.3, abs=0.02)
        torch.testing.assert_close(warped(LYING, slant=slant).sum(dim=1), LYING.view(28, 28).sum(1))

    def test_places_are_slanted_before_they_are_turned_and_turned_before_they_are_stretched(self):
        parameters = unchanged()._replace(
            turn=torch.tensor([0.5]),
            slant=torch.tensor([0.4]),
            stretch=torch.tensor([[1.2], [0.9]]),
        )
        x, y = (20 - 13.5) / 13.5, (5 - 13.5) / 13.5
        x += 0.4 * y
        x, y = np.cos(0.5) * x - np.sin(0.5) * y, np.sin(0.5) * x + np.cos(0.5) * y
        place = augment._places(parameters)[0, 5, 20]
        assert place.tolist() == pytest.approx([1.2 * x, 0.9 * y], abs=1e-5)

    def test_stretching_is_of_width_and_height_each_by_itself(self):
        wide = warped(LYING, stretch=torch.tensor([[0.8], [1.0]]))
        assert float(wide.sum()) == pytest.approx(float(LYING.sum()) / 0.8, rel=0.02)
        torch.testing.assert_close(wide.sum(dim=1) > 0, LYING.view(28, 28).sum(dim=1) > 0)

    def test_a_shift_is_in_pixels_right_and_down(self):
        picture = bar(slice(10, 15), slice(10, 15))
        moved = warped(picture, shift=torch.tensor([[2.0], [-3.0]]))
        expected = torch.roll(picture.view(28, 28), (3, -2), dims=(0, 1))
        torch.testing.assert_close(moved, expected, atol=1e-4, rtol=0)

    def test_a_knot_bends_what_is_near_it_the_way_that_it_says(self):
        knots = torch.zeros(1, 2, augment.KNOTS, augment.KNOTS)
        knots[0, 1, :, 0] = -2.0  # y, at the left side
        bent = warped(LYING, knots=knots)
        centres = torch.arange(28.0) @ bent / bent.sum(dim=0)
        assert centres[5] > 14.2
        assert centres[14:23].tolist() == pytest.approx([13.5] * 9, abs=1e-4)

    @pytest.mark.parametrize(("pen", "rows"), [(1.0, 4), (-1.0, 0)])
    def test_a_pen_is_two_pixels_thicker_or_thinner(self, pen, rows):
        picture = warped(LYING, pen=torch.tensor([pen]))
        assert int((picture > 0.99).any(dim=1).sum()) == rows

    def test_blurring_is_the_mean_of_nine_pixels(self):
        soft = warped(LYING, blur=torch.tensor([1.0]))
        assert soft[11:17, 14].tolist() == pytest.approx(
            [0, 1 / 3, 2 / 3, 2 / 3, 1 / 3, 0], abs=1e-4
        )

    def test_a_square_is_without_ink_and_another_is_full(self):
        paper, ink = torch.zeros(2, 784), torch.ones(2, 784)
        squares = torch.tensor([[1], [25], [4]])
        for picture, name, value in ((ink, "erased", 0.0), (paper, "inked", 1.0)):
            result = warp(picture, unchanged(2)._replace(**{name: squares})).view(2, 28, 28)
            expected = picture.view(2, 28, 28).clone()
            expected[1, 25:28, 4:7] = value
            torch.testing.assert_close(result, expected, atol=1e-5, rtol=0)


class TestSample:
    @pytest.mark.parametrize("strength", [0.5, 1.0])
    def test_each_part_is_spread_as_its_constant_says(self, strength):
        drawn = sampler(strength).sample(20_000)
        for values, spread in (
            (drawn.turn, augment.TURN),
            (drawn.slant, augment.SLANT),
            (drawn.stretch.log(), augment.STRETCH),
            (drawn.shift, augment.SHIFT),
            (drawn.knots, augment.ELASTIC),
        ):
            assert float(values.std()) == pytest.approx(spread * strength, rel=0.03)
            assert float(values.mean()) == pytest.approx(0, abs=0.03 * spread * strength)
        for values, low, high in (
            (drawn.pen, -augment.THICKNESS, augment.THICKNESS),
            (drawn.blur, 0, augment.BLUR),
        ):
            assert float(values.min()) == pytest.approx(low * strength, abs=0.01)
            assert float(values.max()) == pytest.approx(high * strength, abs=0.01)

    def test_no_two_parts_go_together(self):
        drawn = sampler().sample(20_000)
        parts = [drawn.turn, drawn.slant, *drawn.stretch, *drawn.shift, drawn.pen, drawn.blur]
        together = np.corrcoef(torch.stack(parts)) - np.eye(len(parts))
        assert np.abs(together).max() < 0.03

    @pytest.mark.parametrize(
        ("name", "share"), [("erased", augment.ERASED), ("inked", augment.STRAY)]
    )
    def test_squares_are_in_some_pictures_and_anywhere_in_them(self, name, share):
        squares = getattr(sampler().sample(20_000), name)
        assert squares.shape[1] / 20_000 == pytest.approx(share, rel=0.1)
        assert len(squares[0].unique()) == squares.shape[1]
        for corner in squares[1:]:
            # The last one reaches the last pixel.
            assert sorted(corner.unique().tolist()) == list(range(28 - augment.PATCH + 1))

    def test_at_the_highest_strength_shares_stay_shares(self):
        drawn = sampler(3.0).sample(20_000)
        assert (float(drawn.pen.min()), float(drawn.pen.max())) == (-1.0, 1.0)
        assert float(drawn.blur.max()) == 1.0


class TestDistortion:
    def test_without_strength_nothing_changes(self, inputs):
        assert torch.equal(sampler(0.0)(inputs), inputs)

    @pytest.mark.parametrize("strength", [0.1, 1.0, 3.0])
    def test_the_result_is_pictures_of_the_same_shape_and_range(self, inputs, strength):
        before = inputs.clone()
        result = sampler(strength)(inputs)
        assert (result.shape, result.dtype) == (inputs.shape, torch.float32)
        assert result.min() >= 0
        assert result.max() <= 1
        assert torch.equal(inputs, before)

    def test_the_seed_decides_how_and_every_batch_and_picture_is_another(self, inputs):
        one, same, other = sampler(), sampler(), sampler(seed=1)
        first = one(inputs)
        assert torch.equal(same(inputs), first)
        assert not torch.equal(other(inputs), first)
        assert not torch.equal(one(inputs), first)
        assert len(one(inputs[:1].repeat(50, 1)).unique(dim=0)) == 50

    def test_stronger_changes_more(self, inputs):
        changes = [float((sampler(s)(inputs) - inputs).abs().mean()) for s in (0.2, 0.5, 1.0, 2.0)]
        assert changes == sorted(changes)
        assert changes[0] > 0.005

    def test_digits_stay_whole_and_near_the_centre(self, inputs):
        result = sampler()(inputs)
        ink = result.sum(dim=1)
        assert (ink / inputs.sum(dim=1)).median() == pytest.approx(1.0, abs=0.2)
        centres = (result @ torch.arange(28.0).repeat(28)) / ink
        assert centres.mean() == pytest.approx(14.0, abs=0.5)
        assert centres.std() < 2.5
