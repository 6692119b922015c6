import numpy as np
import torch

from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.teach import judging
from mnist_desktop.learning.teach.judging import folds, right, share_kept
from mnist_desktop.learning.teach.neurons import Neurons, Seen


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


class TestShareKept:
    def kept(self, pushed, count=4000):
        """Of a neuron that pushes so many of the zeros, which are 1 ahead, towards one."""
        inputs = torch.zeros(count, 1)
        inputs[:pushed] = 1.0
        logits = torch.zeros(count, 10)
        logits[:, 0] = 1.0
        seen = Seen(inputs, logits, torch.zeros(count, dtype=torch.int64))
        out = torch.zeros(10, 1)
        out[1] = 1.5
        return share_kept(Neurons(torch.ones(1, 1), torch.zeros(1), out, "relu"), seen)

    def test_what_forgets_too_much_speaks_more_softly(self):
        assert self.kept(2) == 1.0
        assert self.kept(3) == 0.55
        assert self.kept(1, count=50) == 1.0
        assert self.kept(2, count=50) == 0.55

    def test_nothing_is_kept_of_what_is_no_number_or_forgets_all_the_same(self, monkeypatch):
        monkeypatch.setattr(judging, "SHARES", (1.0, 0.8))
        assert self.kept(3) == 0.0
        seen = Seen(torch.ones(5, 1), torch.zeros(5, 10), torch.zeros(5, dtype=torch.int64))
        broken = torch.full((10, 1), torch.nan)
        assert share_kept(Neurons(torch.ones(1, 1), torch.zeros(1), broken, "relu"), seen) == 0.0


def test_of_no_digit_it_is_right_to_be_unsure():
    logits = torch.zeros(4, 10)
    logits[[0, 1, 3], [4, 4, 4]] = 6.0
    labels = torch.tensor([4, NO_DIGIT, NO_DIGIT, 5])
    believed = np.full(4, np.inf, np.float32)
    assert right(logits, believed, labels).tolist() == [True, False, True, False]
    assert right(logits / 10, believed, labels).tolist() == [True, True, True, False]
    odds = np.full(4, -10, np.float32)
    assert right(logits, odds, labels).tolist() == [True, True, True, False]
