import pytest
import torch

from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.train.step import targets_by_label


def test_a_digit_gets_what_smoothing_leaves_and_its_share():
    targets = targets_by_label(0.1)
    assert targets[3, 3] == pytest.approx(0.91)
    assert targets[3, 4] == pytest.approx(0.01)
    torch.testing.assert_close(targets.sum(dim=1), torch.ones(11))


def test_without_smoothing_it_is_the_digit_alone():
    assert torch.equal(targets_by_label(0.0)[:10], torch.eye(10))


def test_what_is_no_digit_is_as_likely_any():
    assert targets_by_label(0.1)[NO_DIGIT].unique().tolist() == pytest.approx([0.1])
