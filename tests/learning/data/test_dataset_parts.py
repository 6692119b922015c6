import numpy as np
import pytest

from mnist_desktop.learning.data import dataset_parts
from mnist_desktop.learning.data.dataset_parts import assembled, part_of
from mnist_desktop.learning.data.splits import DatasetError, Split


@pytest.fixture
def first(mnist):
    """The first pictures of MNIST, as a private copy."""
    return lambda count: Split(
        mnist.train.pictures[:count].copy(), mnist.train.labels[:count].copy()
    )


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("mnist_train.csv", "train"),
        ("Training", "train"),
        ("t10k-images", "test"),
        ("X_test", "test"),
        ("validation", "validation"),
        ("x_dev", "validation"),
        ("val", "validation"),
        ("x_val", "validation"),
        ("valid_images", "validation"),
        ("xtrain", "train"),
        ("XTrain", "train"),
        ("MNISTtrain", "train"),
        ("ytestY", "test"),
        ("train2", "train"),
        ("testset", "test"),
        ("images", None),
        ("values", None),
        ("intervals", None),
        ("device_id", None),
        ("latest", None),
        ("constraints", None),
    ],
)
def test_parts_are_told_by_names(name, part):
    assert part_of(name) == part


@pytest.mark.parametrize(
    ("parts", "sizes", "note"),
    [
        (("train", "validation", "test"), (60, 60, 60), None),
        (("train", "test"), (50, 10, 60), None),
        (("train", "validation"), (50, 10, 60), "its validation pictures are kept for the test"),
        (("train",), (42, 8, 10), "It has no test pictures: the last sixth of its pictures"),
        (("test",), (42, 8, 10), "It has no test pictures: the last sixth of its pictures"),
    ],
)
def test_what_is_missing_is_cut_off_and_said(tmp_path, first, parts, sizes, note):
    whole = first(60)
    splits = assembled(tmp_path / "a.npz", dict.fromkeys(parts, whole))
    assert (len(splits.train), len(splits.validation), len(splits.test)) == sizes
    told = " ".join(map(str, splits.notes))
    assert (note in told) if note else not told
    if len(parts) == 1:
        cut = [splits.train, splits.validation, splits.test]
        np.testing.assert_array_equal(np.concatenate([one.labels for one in cut]), whole.labels)


def test_pictures_in_the_order_of_their_labels_are_mixed_before_they_are_cut(tmp_path, first):
    given = first(600)
    order = given.labels.argsort(kind="stable")
    ordered = Split(given.pictures[order], given.labels[order])
    splits = assembled(tmp_path / "a.npz", {"train": ordered})
    assert all(len(set(part.labels)) == 10 for part in (splits.validation, splits.test))
    assert any("were mixed" in str(note) for note in splits.notes)
    label, picture = splits.test.labels[0], splits.test.pictures[0]
    places = [i for i in range(600) if (given.pictures[i] == picture).all()]
    assert given.labels[places[0]] == label
    again = assembled(tmp_path / "a.npz", {"train": ordered})
    assert again.test.sha256 == splits.test.sha256


def test_dark_ink_on_white_paper_is_made_light_on_black(tmp_path, first, monkeypatch):
    given = first(60)
    white = Split(255 - given.pictures, given.labels)
    splits = assembled(tmp_path / "a.npz", {"train": white, "test": first(5)})
    np.testing.assert_array_equal(splits.train.pictures, given.pictures[:50])
    assert any("made light on black" in str(note) for note in splits.notes)


@pytest.mark.parametrize("chunk", [7, 4096])
def test_emnist_is_set_up(tmp_path, first, monkeypatch, chunk):
    monkeypatch.setattr(dataset_parts, "CHUNK", chunk)
    given = first(60)
    lying = Split(given.pictures.transpose(0, 2, 1).copy(), given.labels)
    splits = assembled(tmp_path / "emnist-digits", {"train": lying, "test": first(5)})
    np.testing.assert_array_equal(splits.train.pictures, given.pictures[:50])
    assert any("lie on their side" in str(note) for note in splits.notes)


@pytest.mark.parametrize("count", [1, 2])
def test_too_few_to_be_cut(tmp_path, first, count):
    with pytest.raises(DatasetError, match="one training picture only"):
        assembled(tmp_path / "a.npz", {"train": first(count)})
