import pytest
import torch

from mnist_desktop.learning.augment import Distortion
from mnist_desktop.learning.network import to_input


@pytest.fixture
def inputs(small):
    return to_input(torch.from_numpy(small.train.images[:200]))


def distorted(inputs, strength, seed=0):
    return Distortion(strength, torch.Generator().manual_seed(seed))(inputs.clone())


def test_without_strength_nothing_changes(inputs):
    assert torch.equal(distorted(inputs, 0.0), inputs)


@pytest.mark.parametrize("strength", [0.1, 1.0, 3.0])
def test_the_result_is_pictures_of_the_same_shape_and_range(inputs, strength):
    result = distorted(inputs, strength)
    assert result.shape == inputs.shape
    assert result.dtype == torch.float32
    assert result.min() >= 0
    assert result.max() <= 1
    assert result.isfinite().all()


def test_the_seed_decides_how(inputs):
    assert torch.equal(distorted(inputs, 1.0), distorted(inputs, 1.0))
    assert not torch.equal(distorted(inputs, 1.0), distorted(inputs, 1.0, seed=1))


def test_every_batch_is_distorted_in_another_way(inputs):
    distortion = Distortion(1.0, torch.Generator().manual_seed(0))
    assert not torch.equal(distortion(inputs.clone()), distortion(inputs.clone()))


def test_every_picture_is_distorted_in_another_way(inputs):
    result = distorted(inputs[:1].repeat(50, 1), 1.0)
    assert len(result.unique(dim=0)) == 50


def test_the_given_pictures_stay_as_they_are(inputs):
    before = inputs.clone()
    Distortion(1.0, torch.Generator().manual_seed(0))(inputs)
    assert torch.equal(inputs, before)


def test_stronger_changes_more(inputs):
    changes = [float((distorted(inputs, s) - inputs).abs().mean()) for s in (0.2, 0.5, 1.0, 2.0)]
    assert changes == sorted(changes)
    assert changes[0] > 0.005


def test_a_little_distortion_is_still_nearly_the_same_picture(inputs):
    """So no axis is swapped or mirrored, and nothing is moved."""
    result = distorted(inputs, 0.1)
    similar = torch.cosine_similarity(result, inputs, dim=1)
    assert similar.median() > 0.95


def test_digits_stay_whole_and_near_the_centre(inputs):
    result = distorted(inputs, 1.0)
    ink = result.sum(dim=1)
    assert (ink / inputs.sum(dim=1)).median() == pytest.approx(1.0, abs=0.2)
    columns = torch.arange(28.0).repeat(28)
    centres = (result @ columns) / ink
    assert centres.mean() == pytest.approx(14.0, abs=0.5)
    assert centres.std() < 2.5


def test_half_are_thicker_and_half_thinner(inputs):
    """The share of full ink goes both ways with the pen."""
    change = (distorted(inputs, 1.0).sum(dim=1) / inputs.sum(dim=1)).log()
    assert change.std() > 0.1
    assert 0.2 < (change > 0).float().mean() < 0.8
