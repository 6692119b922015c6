"""One's own digits as a data set, or as a part of one."""

from itertools import chain

import numpy as np
import pytest

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data.own_digits import FEWEST, MOST_TIMES, SHARE, with_own
from mnist_desktop.learning.data.splits import Split


def own(*counts):
    """So many of each digit; each picture is another one, and says which digit it is of."""
    labels = np.repeat(np.arange(len(counts)), counts).astype(np.uint8)
    pictures = np.zeros((len(labels), 28, 28), dtype=np.uint8)
    pictures[:, 0, 0], pictures[:, 0, 1] = labels, np.arange(len(labels))
    return Split(pictures, labels)


def identities(split):
    assert (split.pictures[:, 0, 0] == split.labels).all(), "each keeps its label"
    return split.pictures[:, 0, 1].tolist()


def test_joining_they_make_up_a_twentieth_and_nothing_else_changes(small):
    mine = own(*[3] * 10)
    joined = with_own(small, mine, "join")
    added = len(joined.train) - len(small.train)
    assert added % 30 == 0
    assert added / len(small.train) == pytest.approx(SHARE, abs=30 / len(small.train))
    assert joined.train.pictures[: len(small.train)].tobytes() == small.train.pictures.tobytes()
    times = np.bincount(joined.train.pictures[len(small.train) :, 0, 1])
    assert set(times) == {added // 30}, "each as often as any other"
    assert joined.validation is small.validation
    assert joined.test is small.test
    assert joined.name == "small + 30 own digits"


def test_few_are_not_learned_by_heart_and_many_come_once(mnist, small):
    few = with_own(mnist, own(FEWEST), "join")
    assert len(few.train) - len(mnist.train) == MOST_TIMES * FEWEST
    many = with_own(small, own(*[20] * 10), "join")
    assert len(many.train) - len(small.train) == 200


def test_alone_they_are_in_three_splits_each_once(small):
    alone = with_own(small, own(*[5] * 10), "alone")
    parts = [identities(one) for one in (alone.train, alone.validation, alone.test)]
    assert [len(part) for part in parts] == [30, 10, 10]
    assert sorted(chain(*parts)) == list(range(50))
    for split in (alone.validation, alone.test):
        assert sorted(split.labels.tolist()) == list(range(10)), "each digit is tested"
    again = with_own(small, own(*[5] * 10), "alone")
    assert again.test.sha256 == alone.test.sha256
    assert alone.name == "50 own digits"


@pytest.mark.parametrize("counts", [[1] * 10, [3, 3, 4], [4, 4, 4], [FEWEST], [2, 9]])
def test_however_few_there_are_something_is_tested(small, counts):
    alone = with_own(small, own(*counts), "alone")
    parts = [identities(one) for one in (alone.train, alone.validation, alone.test)]
    assert all(parts)
    assert sorted(chain(*parts)) == list(range(sum(counts)))
    assert len(parts[0]) > len(parts[1]) + len(parts[2])


@pytest.mark.parametrize("part", ["join", "alone"])
def test_too_few_are_refused_with_what_to_do(small, part):
    with pytest.raises(UserError, match="practice sheet"):
        with_own(small, own(FEWEST - 1), part)
