import numpy as np
import torch

from mnist_desktop.learning.config import NO_DIGIT
from mnist_desktop.learning.judging import folds, right


class TestFolds:
    def test_each_is_set_aside_once_and_each_digit_spread_evenly(self):
        labels = np.repeat(np.arange(10), 6)
        parts = folds(labels, 3, seed=0)
        assert sorted(np.concatenate(parts)) == list(range(60))
        for part in parts:
            np.testing.assert_array_equal(np.bincount(labels[part]), np.full(10, 2))

    def test_the_order_of_the_drawings_does_not_decide(self):
        labels = np.zeros(30, dtype=int)
        first, *_ = folds(labels, 3, seed=0)
        other, *_ = folds(labels, 3, seed=1)
        assert list(first) != list(range(0, 30, 3))
        assert list(first) != list(other)

    def test_few_are_as_many_parts_and_one_is_none(self):
        assert [len(part) for part in folds(np.array([3, 3]), 3, seed=0)] == [1, 1]
        assert folds(np.array([3]), 3, seed=0) == []


def test_of_no_digit_it_is_right_to_be_unsure():
    logits = torch.zeros(4, 10)
    logits[[0, 1, 3], [4, 4, 4]] = 6.0
    labels = torch.tensor([4, NO_DIGIT, NO_DIGIT, 5])
    assert right(logits, labels, 1.0).tolist() == [True, False, True, False]
    assert right(logits, labels, 10.0).tolist() == [True, True, True, False]
