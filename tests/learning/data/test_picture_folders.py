import numpy as np
import pytest
from PIL import Image

from mnist_desktop.errors import FileError
from mnist_desktop.learning.data.class_names import FASHION
from mnist_desktop.learning.data.datasets import open_dataset
from mnist_desktop.learning.data.picture_folders import read_picture_folders
from mnist_desktop.progress import Cancelled


@pytest.fixture
def folders(tmp_path, official):
    """Writes pictures, numbered as they come, into folders by class."""

    def write(parts, names="0123456789", suffix=".png", change=lambda picture: picture):
        root = tmp_path / "pictures"
        for name, part in parts.items():
            split = official[part]
            for number, (picture, label) in enumerate(
                zip(split.pictures, split.labels, strict=True)
            ):
                folder = root / name / names[label]
                folder.mkdir(parents=True, exist_ok=True)
                Image.fromarray(change(picture)).save(folder / f"{number}{suffix}")
        return root

    return write


@pytest.mark.parametrize(
    "parts",
    [
        {"train": "train", "test": "t10k"},
        {"training": "train", "testing": "t10k"},
    ],
)
def test_folders_of_digits_in_folders_of_parts(folders, tiny, assert_same, parts):
    splits = open_dataset(folders(parts))
    assert_same(splits, tiny)
    assert splits.name == "pictures"


@pytest.mark.parametrize(
    ("names", "class_name"),
    [
        ("0123456789", "3"),
        (["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], "3"),
        (FASHION, "3"),
        ([name.upper() for name in FASHION], "3"),
    ],
)
def test_without_parts_the_last_are_for_the_test(folders, official, names, class_name):
    splits = open_dataset(folders({"": "train"}, names))
    found = np.concatenate([splits.train.labels, splits.validation.labels, splits.test.labels])
    np.testing.assert_array_equal(found, official["train"].labels)
    assert splits.class_names[3] == class_name
    assert any("no test pictures" in str(note) for note in splits.notes)


@pytest.mark.parametrize("depth", ["L", "RGB", "RGBA", "1"])
def test_pictures_of_any_depth(folders, official, depth):
    def change(picture):
        black_and_white = (picture > 127).astype(np.uint8) * 255
        return np.asarray(Image.fromarray(black_and_white).convert(depth))

    splits = open_dataset(folders({"train": "train", "test": "t10k"}, change=change))
    np.testing.assert_array_equal(splits.test.pictures, (official["t10k"].pictures > 127) * 255)


def test_larger_ones_on_white_paper_are_scaled_and_inverted_and_it_is_said(folders, official):
    splits = open_dataset(
        folders(
            {"train": "train", "test": "t10k"},
            change=lambda picture: np.pad(
                255 - picture.repeat(2, 0).repeat(2, 1), ((0, 0), (9, 9)), constant_values=255
            ),
        )
    )
    told = " ".join(map(str, splits.notes))
    assert "72 of its pictures were not 28×28" in told
    assert "light on black" in told
    before, after = official["t10k"].pictures, splits.test.pictures
    assert after.shape == before.shape
    # As wide as before by 56 / 74, and in the middle.
    assert np.ptp(np.nonzero(after.max(axis=0).max(axis=0))) < np.ptp(
        np.nonzero(before.max(axis=0).max(axis=0))
    )
    assert after[:, 2:26].mean() > after[:, [0, 1, 26, 27]].mean() + 10


def test_a_picture_that_cannot_be_opened_is_named(folders):
    root = folders({"": "train"})
    (root / "3" / "spoiled.png").write_bytes(b"\x89PNG\r\n")
    with pytest.raises(FileError, match=r"spoiled\.png: is damaged"):
        open_dataset(root)


def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path):
    gone = tmp_path / "3"
    with pytest.raises(FileError, match="3: cannot be read: No such file"):
        read_picture_folders(tmp_path, {"train": {3: gone}})


def test_other_files_beside_pictures_are_passed_over(folders, official):
    root = folders({"": "train"})
    (root / "3" / "Thumbs.db").write_bytes(b"nothing")
    (root / "readme.txt").write_text("digits")
    (root / "extra").mkdir()
    splits = open_dataset(root)
    assert len(splits.train) + len(splits.validation) + len(splits.test) == 60


def test_it_can_be_watched_and_called_off(folders):
    root, seen = folders({"": "train"}), []
    open_dataset(root, seen.append)
    assert seen[-1] == 1.0

    def cancel(_done):
        raise Cancelled

    with pytest.raises(Cancelled):
        open_dataset(root, cancel)


def test_folders_with_other_names_are_no_classes(folders, dataset_fault):
    names = [f"holiday {number}" for number in range(10)]
    root = folders({"": "train"}, names)
    assert "holds no data set" in dataset_fault(open_dataset, root)
