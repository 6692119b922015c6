"""Data sets as they lie in people's folders."""

import pickle
import struct
import sys
import zipfile

import numpy as np
import pytest

from mnist_desktop.learning.data.dataset_search import is_dataset_folder
from mnist_desktop.learning.data.datasets import SeveralDatasetsError, open_dataset


@pytest.fixture
def save_npz(official):
    def save(path):
        train, test = official["train"], official["t10k"]
        names = ("x_train", "y_train", "x_test", "y_test")
        arrays = (train.pictures, train.labels, test.pictures, test.labels)
        np.savez(path, **dict(zip(names, arrays, strict=True)))

    return save


@pytest.mark.parametrize("place", ["MNIST/raw", "data/MNIST/raw", "a/b/c/d"])
def test_a_set_is_found_in_the_folders_of_a_folder(tmp_path, idx_folder, tiny, assert_same, place):
    folder = tmp_path / "root" / place
    folder.parent.mkdir(parents=True)
    idx_folder().rename(folder)
    while folder != tmp_path:
        assert_same(open_dataset(folder), tiny)
        assert is_dataset_folder(folder)
        folder = folder.parent


def test_not_in_hidden_ones_nor_very_deep(tmp_path, idx_folder, dataset_fault):
    root = tmp_path / "root"
    (root / "a/b/c/d").mkdir(parents=True)
    idx_folder().rename(root / "a/b/c/d/e")
    assert "holds no data set" in dataset_fault(open_dataset, root)
    (root / "a/b/c/d/e").rename(root / ".hidden")
    assert "holds no data set" in dataset_fault(open_dataset, root)


@pytest.mark.skipif(sys.platform == "win32", reason="no such links here")
@pytest.mark.parametrize("target", ["link", ".", "nowhere"])
def test_a_link_that_leads_nowhere_or_back_is_passed_over(idx_folder, tiny, assert_same, target):
    folder = idx_folder()
    (folder / "link").symlink_to(target)
    assert_same(open_dataset(folder), tiny)


@pytest.mark.parametrize("name", ["set.zip", "SET.ZIP"])
def test_an_archive_in_a_folder(tmp_path, save_npz, tiny, assert_same, name):
    (tmp_path / "downloads").mkdir()
    save_npz(tmp_path / "set.npz")
    with zipfile.ZipFile(tmp_path / "downloads" / name, "w") as archive:
        archive.write(tmp_path / "set.npz", "set.npz")
    assert is_dataset_folder(tmp_path / "downloads")
    assert_same(open_dataset(tmp_path / "downloads"), tiny)


def test_of_several_each_is_named_and_opens_by_its_name(
    tmp_path, idx_folder, save_npz, tiny, assert_same
):
    folder = idx_folder()
    save_npz(folder / "mine.npz")
    (folder / "FashionMNIST").mkdir()
    for file in folder.glob("*ubyte"):
        (folder / "FashionMNIST" / file.name).write_bytes(file.read_bytes())
    with pytest.raises(SeveralDatasetsError) as caught:
        open_dataset(folder)
    names = caught.value.names
    assert names == ("t10k-images-idx3-ubyte", "mine.npz", "FashionMNIST")
    assert "holds 3 data sets: t10k-images-idx3-ubyte, mine.npz, FashionMNIST" in str(caught.value)
    assert str(folder / names[0]) in str(caught.value)
    for name in names:
        assert_same(open_dataset(folder / name), tiny)
    assert open_dataset(folder / "FashionMNIST").class_names[9] == "ankle boot"


def test_a_set_of_which_files_are_missing_gives_way_to_a_whole_one(
    tmp_path, idx_folder, save_npz, tiny, assert_same
):
    folder = idx_folder()
    (folder / "t10k-labels-idx1-ubyte").unlink()
    save_npz(folder / "mine.npz")
    assert_same(open_dataset(folder), tiny)


class TestIdxWithAPrefix:
    def test_emnist(self, idx_folder, tiny, official, assert_same):
        lying = {
            part: type(split)(split.pictures.transpose(0, 2, 1), split.labels)
            for part, split in official.items()
        }
        folder = idx_folder(gzipped=True, splits=lying)
        for file in folder.iterdir():
            file.rename(folder / f"emnist-digits-{file.name.replace('t10k', 'test')}")
        splits = open_dataset(folder)
        assert_same(splits, tiny)
        assert splits.name == "emnist-digits"
        assert_same(open_dataset(folder / "emnist-digits-test-labels-idx1-ubyte.gz"), tiny)

    def test_two_prefixes_are_two_sets(self, idx_folder, tiny, assert_same):
        folder = idx_folder()
        for file in list(folder.iterdir()):
            file.rename(folder / f"one-{file.name}")
            (folder / f"two-{file.name}").write_bytes((folder / f"one-{file.name}").read_bytes())
        with pytest.raises(SeveralDatasetsError) as caught:
            open_dataset(folder)
        assert [name[:4] for name in caught.value.names] == ["one-", "two-"]
        assert_same(open_dataset(folder / caught.value.names[1]), tiny)

    def test_qmnist_has_a_table_for_its_labels(self, idx_folder, official, tiny, assert_same):
        folder = idx_folder()
        for part, split in official.items():
            table = np.full((len(split), 8), 70_000, ">i4")
            table[:, 0] = split.labels
            header = bytes([0, 0, 12, 2]) + struct.pack(">2I", *table.shape)
            name = part.replace("t10k", "test")
            pictures = folder / f"{part}-images-idx3-ubyte"
            pictures.rename(folder / f"qmnist-{name}-images-idx3-ubyte")
            (folder / f"{part}-labels-idx1-ubyte").unlink()
            (folder / f"qmnist-{name}-labels-idx2-int").write_bytes(header + table.tobytes())
        assert_same(open_dataset(folder), tiny)


@pytest.mark.parametrize("save", [np.savez, np.save])
def test_arrays_in_files_of_their_own_as_kmnist_is_published(tmp_path, official, tiny, save):
    end = {np.savez: ".npz", np.save: ".npy"}[save]
    for part, split in official.items():
        name = part.replace("t10k", "test")
        save(tmp_path / f"kmnist-{name}-imgs{end}", split.pictures)
        save(tmp_path / f"kmnist-{name}-labels{end}", split.labels)
    for path in (tmp_path, tmp_path / f"kmnist-test-labels{end}"):
        splits = open_dataset(path)
        np.testing.assert_array_equal(splits.train.pictures, tiny.train.pictures)
        np.testing.assert_array_equal(splits.test.labels, tiny.test.labels)
        assert splits.class_names[0] == "お"


def test_labels_that_are_texts_are_no_labels(tmp_path, official, dataset_fault):
    train = official["train"]
    np.save(tmp_path / "X_train.npy", train.pictures)
    np.save(tmp_path / "y_train.npy", train.labels.astype(str))
    fault = dataset_fault(open_dataset, tmp_path, named=tmp_path / "y_train.npy")
    assert "is not an array of numbers: its numbers are of type <U" in fault


@pytest.mark.parametrize(
    "layout",
    [
        lambda x, y, p, q: ((x, y), (p, q)),
        lambda x, y, p, q: [x, y, p, q],
        lambda x, y, p, q: {"train_img": x, "train_label": y, "test_img": p, "test_label": q},
        lambda x, y, p, q: {
            "Train": {"Features": x, "Labels": y},
            "Test": {"Features": p, "Labels": q},
            "about": "MNIST, 70,000 digits",
        },
        lambda x, y, p, q: {"training_images": x, "training_labels": y, "test": (p, q)},
    ],
)
@pytest.mark.parametrize("protocol", [2, 5])
def test_pickles_of_other_layouts(tmp_path, official, tiny, assert_same, layout, protocol):
    train, test = official["train"], official["t10k"]
    arrays = (train.pictures.reshape(-1, 784), train.labels, test.pictures, test.labels[:, None])
    (tmp_path / "digits.pkl").write_bytes(pickle.dumps(layout(*arrays), protocol))
    assert_same(open_dataset(tmp_path / "digits.pkl"), tiny)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.png"], False),
        (["a.png", "table.csv"], False),
        (["a.png", "x/mine.npz"], False),
        (["a.png", "mine.npz"], True),
        (["x/mine.npz"], True),
        (["archive.zip"], True),
        (["a.png", "archive.zip"], False),
        (["0/a.png", "1/a.png"], True),
        (["train/0/a.png", "train/1/a.png"], True),
        (["2024/a.png", "2025/a.png"], False),
        (["0/a.txt", "1/a.txt"], False),
    ],
)
def test_folders_of_pictures_are_told_from_data_sets(tmp_path, names, expected):
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a,b")
    assert is_dataset_folder(tmp_path) == expected
