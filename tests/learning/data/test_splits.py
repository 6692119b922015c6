import hashlib
from pathlib import Path

import numpy as np
import pytest

from mnist_desktop.learning.data.splits import DatasetError, Split, check_labels

PATH = Path("some.npz")


def split(count, start=0):
    pictures = (
        np.arange(start, start + count, dtype=np.uint8)[:, None, None]
        .repeat(784)
        .reshape(-1, 28, 28)
    )
    return Split(pictures, (np.arange(start, start + count) % 10).astype(np.uint8))


def test_the_first_pictures_are_no_copy():
    whole = split(20)
    first = whole.first(5)
    assert len(first) == 5
    assert np.shares_memory(first.pictures, whole.pictures)
    np.testing.assert_array_equal(first.labels, whole.labels[:5])
    assert len(whole.first(None)) == len(whole.first(1000)) == 20


def test_the_sum_is_of_the_pictures_and_then_the_labels():
    one = split(3)
    assert one.sha256 == hashlib.sha256(one.pictures.tobytes() + one.labels.tobytes()).hexdigest()


def test_the_sum_does_not_depend_on_how_the_memory_is_laid_out():
    one = split(12)
    strided = Split(np.repeat(one.pictures, 2, axis=0)[::2], np.repeat(one.labels, 2)[::2])
    assert not strided.pictures.flags.c_contiguous
    assert strided.sha256 == one.sha256
    assert one.first(11).sha256 != one.sha256


def test_labels_of_as_many_pictures_pass():
    check_labels(PATH, split(10).labels, 10)


@pytest.mark.parametrize(
    ("count", "labels", "fault"),
    [
        (0, split(0).labels, "no pictures"),
        (5, split(4).labels, "4 labels do not fit 5 pictures"),
        (5, np.array([0, 1, 9, 10, 2], np.uint8), "label 3 is 10"),
    ],
)
def test_others_are_named_with_their_fault(count, labels, fault):
    with pytest.raises(DatasetError, match=f"some.npz: .*{fault}"):
        check_labels(PATH, labels, count)
