"""Figures of a split."""

import numpy as np
import pytest

from mnist_desktop.learning.data.overview import CHUNK, overview
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.progress import Cancelled


def test_the_figures_are_those_of_all_pictures_at_once(mnist):
    split = mnist.train.first(CHUNK + 700)
    found = overview(split)
    assert found.counts.tolist() == np.bincount(split.labels, minlength=10).tolist()
    for label in (0, 9):
        expected = split.pictures[split.labels == label].mean(axis=0)
        np.testing.assert_allclose(found.means[label], expected)
    assert found.histogram.sum() == 784 * len(split)
    assert found.histogram[255] == (split.pictures == 255).sum()
    assert found.mean == pytest.approx(split.pictures.mean() / 255)
    assert found.deviation == pytest.approx(split.pictures.std() / 255)
    assert found.paper == pytest.approx((split.pictures == 0).mean())


def test_a_class_without_pictures_has_an_empty_mean_and_what_is_no_digit_counts_for_none():
    pictures = np.full((3, 28, 28), 100, dtype=np.uint8)
    found = overview(Split(pictures, np.array([3, 3, NO_DIGIT], dtype=np.uint8)))
    assert found.counts.tolist() == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0]
    assert found.means[3].max() == 100
    assert found.means[4].max() == 0
    assert found.histogram[100] == 3 * 784


def test_nothing_has_figures_too():
    nothing = Split(np.zeros((0, 28, 28), dtype=np.uint8), np.zeros(0, dtype=np.uint8))
    found = overview(nothing)
    assert (found.mean, found.deviation, found.paper) == (0, 0, 0)


def test_it_can_be_cancelled(small):
    def cancel(_done):
        raise Cancelled

    with pytest.raises(Cancelled):
        overview(small.train, cancel)
