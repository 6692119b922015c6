import numpy as np
import pytest

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.evaluate.disturbances import DISTURBANCES
from mnist_desktop.learning.evaluate.evaluation import predict
from mnist_desktop.learning.evaluate.robustness import MOST_PICTURES, disturb, evenly, robustness
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.progress import Cancelled

NEUTRAL = {"scaled": 100}


@pytest.fixture
def bars():
    """Eight pictures of an upright bar."""
    pictures = np.zeros((8, 28, 28), dtype=np.uint8)
    pictures[:, 4:24, 12:16] = 255
    return pictures


def centre(picture):
    rows, columns = np.indices(picture.shape)
    ink = picture.astype(float)
    return (rows * ink).sum() / ink.sum(), (columns * ink).sum() / ink.sum()


@pytest.mark.parametrize("kind", DISTURBANCES, ids=lambda kind: kind.name)
def test_the_neutral_strength_leaves_pictures_as_they_are(bars, small, kind):
    neutral = NEUTRAL.get(kind.name, 0)
    assert neutral in kind.strengths
    assert list(kind.strengths) == sorted(kind.strengths)
    for pictures in (bars, small.test.pictures[:5]):
        np.testing.assert_array_equal(disturb(pictures, kind.name, neutral), pictures)


@pytest.mark.parametrize("kind", DISTURBANCES, ids=lambda kind: kind.name)
def test_the_stronger_the_less_a_picture_is_itself(bars, kind):
    neutral = NEUTRAL.get(kind.name, 0)
    strong = [one for one in kind.strengths if one >= neutral]
    away = [np.abs(disturb(bars, kind.name, one).astype(float) - bars).mean() for one in strong]
    assert away == sorted(away)
    assert len(set(away)) == len(away)


def test_turned_by_a_quarter_the_bar_lies(bars):
    turned = disturb(bars, "turned", 90)
    np.testing.assert_allclose(turned[0], bars[0].T, atol=1)


def test_every_other_picture_is_turned_to_the_other_side(bars):
    turned = disturb(bars, "turned", 20)
    np.testing.assert_allclose(turned[1], turned[0][:, ::-1], atol=1)
    assert centre(turned[0][:10])[1] > centre(turned[0][-10:])[1], "clockwise"


def test_they_are_shifted_to_each_side_by_so_many_pixels(bars):
    row, column = centre(bars[0])
    shifted = [centre(picture) for picture in disturb(bars, "shifted", 3)[:4]]
    expected = [(row, column + 3), (row + 3, column), (row, column - 3), (row - 3, column)]
    np.testing.assert_allclose(shifted, expected, atol=1e-3)


def test_scaled_to_half_the_bar_is_half_as_high(bars):
    half = disturb(bars, "scaled", 50)[0]
    assert (half.max(axis=1) > 127).sum() == 10
    np.testing.assert_allclose(centre(half), centre(bars[0]), atol=0.1)


def test_thickened_the_pen_is_wider_by_so_much(bars):
    for pixels in (1, 2, 3):
        middle = disturb(bars, "thickened", pixels)[0, 14].astype(float)
        assert middle.sum() / 255 == pytest.approx(4 + pixels, abs=0.01)


def test_blurred_it_has_the_same_ink_with_softer_edges(bars):
    blurred = disturb(bars, "blurred", 1)[0].astype(float)
    assert blurred.sum() == pytest.approx(bars[0].sum(), rel=0.01)
    # A step that is blurred by a normal distribution is half as high where it stood.
    assert blurred[14, 11] + blurred[14, 12] == pytest.approx(255, abs=2)
    assert blurred[14, 12] == pytest.approx(255 * 0.69, abs=4)


def test_noise_is_the_same_each_time_and_as_strong_as_it_says():
    grey = np.full((50, 28, 28), 128, dtype=np.uint8)
    noisy = disturb(grey, "noisy", 10)
    np.testing.assert_array_equal(noisy, disturb(grey, "noisy", 10))
    assert noisy.astype(float).std() == pytest.approx(25.5, rel=0.02)


def test_accuracies_are_of_the_disturbed_pictures(small):
    network, split = MLP(NetworkConfig(hidden=()), 0), small.test.first(60)
    curves = robustness(network, split)
    assert [curve.disturbance for curve in curves] == list(DISTURBANCES)
    for curve in curves:
        assert len(curve.accuracies) == len(curve.disturbance.strengths)
    shifted = Split(disturb(split.pictures, "shifted", 6), split.labels)
    assert curves[1].accuracies[-1] == predict(network, shifted).score.accuracy
    np.testing.assert_array_equal(curves[1].samples[-1], shifted.pictures[0])
    assert curves[1].accuracies[0] == predict(network, split).score.accuracy


def test_of_many_pictures_some_are_taken_from_everywhere():
    many = Split(
        np.zeros((MOST_PICTURES + 500, 28, 28), np.uint8),
        np.linspace(0, 9, MOST_PICTURES + 500).astype(np.uint8),
    )
    chosen = evenly(many)
    assert len(chosen) == MOST_PICTURES
    assert (chosen.labels[0], chosen.labels[-1]) == (0, 9)
    assert evenly(many.first(7)).pictures.shape == (7, 28, 28)


def test_it_can_be_called_off(small):
    told = []

    def progress(done):
        told.append(done)
        if done > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        robustness(MLP(NetworkConfig(hidden=()), 0), small.test.first(9), progress)
    assert told == sorted(told)
    assert len(told) < 8
