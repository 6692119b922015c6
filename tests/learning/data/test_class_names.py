import pytest

from mnist_desktop.learning.data.class_names import class_names_of, dataset_name, lies_on_its_side


@pytest.mark.parametrize(
    ("place", "third", "name"),
    [
        ("FashionMNIST/raw", "dress", "FashionMNIST"),
        ("data/fashion", "dress", "fashion"),
        ("fashion-mnist_train.csv", "dress", "fashion-mnist_train.csv"),
        ("KMNIST/raw", "つ", "KMNIST"),
        ("kmnist-train-imgs.npz", "つ", "kmnist-train-imgs.npz"),
        ("data/MNIST/raw", "3", "MNIST"),
        ("my digits", "3", "my digits"),
        ("fashionmnist", "dress", "fashionmnist"),
        ("old-fashioned", "3", "old-fashioned"),
        ("emnist/mnist_train.csv", "3", "mnist_train.csv"),
        ("fashion/MNIST/raw", "3", "MNIST"),
        ("mnist/fashion/raw", "dress", "fashion"),
    ],
)
def test_classes_and_name_of_a_set_are_told_by_its_folders(tmp_path, place, third, name):
    path = tmp_path / "a" / "b" / "c" / place
    names = class_names_of(path)
    assert len(names) == 10
    assert names[3] == third
    assert dataset_name(path) == name
    assert not lies_on_its_side(path)


def test_emnist_lies_on_its_side(tmp_path):
    assert lies_on_its_side(tmp_path / "EMNIST" / "raw" / "emnist-digits")
    assert lies_on_its_side(tmp_path / "emnist-digits-train.csv")
    deep = tmp_path / "a" / "b" / "c"
    assert not lies_on_its_side(deep / "femnist-train.csv"), "another set"
