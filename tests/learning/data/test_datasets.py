import gzip
import io
import pickle
import shutil
import weakref
from pathlib import Path

import numpy as np
import pytest
import torch

from mnist_desktop.learning.data import datasets
from mnist_desktop.learning.data.dataset_search import is_dataset_folder
from mnist_desktop.learning.data.datasets import bundled_mnist, open_dataset
from mnist_desktop.learning.data.loading import data_loader
from mnist_desktop.paths import bundled

NAMES = [
    f"{part}-{kind}-ubyte" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")
]


def as_pickle(splits, protocol=2, dtype="f4", sequence=tuple):
    """In the layout of mnist.pkl.gz."""
    parts = (splits.train, splits.validation, splits.test)
    most = 1 if dtype == "u1" else 256
    return pickle.dumps(
        sequence(
            ((part.pictures.reshape(-1, 784) / most).astype(dtype), part.labels.astype("i8"))
            for part in parts
        ),
        protocol,
    )


@pytest.fixture
def npz(official):
    """The content of a file."""
    content = io.BytesIO()
    train, test = official["train"], official["t10k"]
    np.savez_compressed(
        content,
        x_train=train.pictures,
        y_train=train.labels,
        x_test=test.pictures.astype("f4"),
        y_test=test.labels,
    )
    return content.getvalue()


class TestMnist:
    def test_it_has_the_tutorial_s_three_splits_in_their_order(self, mnist):
        parts = (mnist.train, mnist.validation, mnist.test)
        assert [len(part) for part in parts] == [50_000, 10_000, 10_000]
        # The first labels of the three parts of mnist.pkl.gz.
        assert mnist.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
        assert mnist.validation.labels[:5].tolist() == [3, 8, 6, 9, 6]
        assert mnist.test.labels[:5].tolist() == [7, 2, 1, 0, 4]
        assert mnist.name == "MNIST"

    def test_pictures_are_bytes_with_white_ink_on_black(self, mnist):
        for part in (mnist.train, mnist.validation, mnist.test):
            assert part.pictures.dtype == part.labels.dtype == np.uint8
            assert part.pictures.shape[1:] == (28, 28)
            assert part.pictures.max() == 255
            assert 30 < part.pictures.mean() < 36
            assert part.pictures[:, 0].mean() < 0.1
            assert set(part.labels) == set(range(10))

    def test_a_picture_shows_what_its_label_says(self, mnist):
        # A one is the lightest digit and a zero has nothing in its middle.
        means = [mnist.test.pictures[mnist.test.labels == digit].mean() for digit in range(10)]
        assert means.index(min(means)) == 1
        zeros = mnist.test.pictures[mnist.test.labels == 0]
        assert zeros[:, 13:15, 13:15].mean() < 20
        assert mnist.test.pictures[mnist.test.labels == 1][:, 13:15, 13:15].mean() > 150

    def test_its_folder_and_the_tutorial_s_file_of_it_give_the_same_bytes(
        self, mnist, small, tmp_path, assert_same
    ):
        assert_same(open_dataset(bundled("data/mnist")), mnist)
        (tmp_path / "mnist.pkl").write_bytes(as_pickle(small))
        assert_same(open_dataset(tmp_path / "mnist.pkl"), small)

    def test_whoever_needs_it_gets_the_same_as_long_as_it_is_in_use(self, elsewhere):
        first = bundled_mnist()
        assert bundled_mnist() is first
        gone = weakref.ref(first.train.pictures)
        del first
        assert gone() is None
        assert len(bundled_mnist().train) == 50_000

    def test_loading_it_can_be_watched(self, elsewhere, assert_watched):
        assert_watched(bundled_mnist)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """There is nobody who has loaded it already."""
    shutil.copytree(bundled("data/mnist"), tmp_path / "mnist")
    monkeypatch.setattr(datasets, "bundled", tmp_path.joinpath)
    monkeypatch.setattr(datasets, "MNIST", "mnist")


class TestIdxFolders:
    @pytest.mark.parametrize("gzipped", [False, True])
    @pytest.mark.parametrize("mark", ["-", "."])
    @pytest.mark.parametrize("name", [None, *NAMES])
    def test_the_folder_and_any_one_of_its_four_files_open_all(
        self, idx_folder, tiny, assert_same, gzipped, mark, name
    ):
        path = idx_folder(gzipped, mark)
        if name:
            (path / "other.npz").write_bytes(b"PK nothing")
            path /= name.replace("-idx", f"{mark}idx") + ".gz" * gzipped
        splits = open_dataset(path)
        assert splits.name == "my digits"
        assert_same(splits, tiny)

    @pytest.mark.parametrize("missing", [*NAMES, "train", "t10k"])
    def test_a_file_or_part_that_is_missing_is_named(self, idx_folder, dataset_fault, missing):
        folder = idx_folder()
        for path in folder.glob(f"{missing}*"):
            path.unlink()
        fault = dataset_fault(open_dataset, folder)
        assert f"{missing} is missing" in fault or f"{missing}-images" in fault

    def test_the_current_folder_and_its_files_give_its_name(self, idx_folder, monkeypatch):
        monkeypatch.chdir(idx_folder())
        assert open_dataset(Path(NAMES[0])).name == "my digits"
        assert open_dataset(Path()).name == "my digits"

    def test_a_tilde_is_the_home_folder(self, idx_folder, tiny, assert_same, monkeypatch):
        folder = idx_folder()
        monkeypatch.setenv("HOME", str(folder.parent))
        monkeypatch.setenv("USERPROFILE", str(folder.parent))
        assert_same(open_dataset(Path("~/my digits")), tiny)

    def test_another_idx_file_beside_mnist_is_not_taken_for_it(
        self, idx_folder, idx_bytes, tiny, dataset_fault
    ):
        other = idx_folder() / "letters-images-idx3-ubyte"
        other.write_bytes(idx_bytes(tiny.test.pictures))
        assert "not called as one of MNIST's four files" in dataset_fault(open_dataset, other)

    def test_truncated_gzip(self, idx_folder, dataset_fault):
        path = idx_folder(gzipped=True) / "train-images-idx3-ubyte.gz"
        path.write_bytes(path.read_bytes()[:-100])
        for opened in (path, path.parent, path.parent / "t10k-labels-idx1-ubyte.gz"):
            assert "cut short" in dataset_fault(open_dataset, opened, named=path)


class TestFiles:
    @pytest.mark.parametrize("kind", ["pickle", "list", "gzip", "npz"])
    @pytest.mark.parametrize("name", ["mnist.pkl.gz", "mnist.pkl", "mnist.npz", "anything"])
    def test_they_are_recognised_by_their_contents_alone_or_alone_in_a_folder(
        self, tmp_path, npz, tiny, assert_same, kind, name
    ):
        content = {
            "pickle": as_pickle(tiny),
            "list": as_pickle(tiny, 1, sequence=list),  # which begins as none of its kind
            "gzip": gzip.compress(as_pickle(tiny)),
            "npz": npz,
        }[kind]
        (tmp_path / name).write_bytes(content)
        if kind == "list" and "pkl" not in name:
            return  # by its name
        assert_same(open_dataset(tmp_path / name), tiny)
        if name != "anything":
            assert_same(open_dataset(tmp_path), tiny)

    @pytest.mark.parametrize("names", [[], ["notes.txt"]])
    def test_a_folder_without_one(self, tmp_path, npz, dataset_fault, names):
        for name in names:
            (tmp_path / name).write_bytes(npz)
        assert "holds no data set" in dataset_fault(open_dataset, tmp_path)

    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"", "is empty"),
            (b"hello", "is not a data set"),
            (b"\x89PNG\r\n", "is not a data set"),
            (b"\0", "is not a data set"),
            (b"PK\3\4 and nothing more", "get a whole copy"),
            (b"\x80\x04", "cut short"),
            (b"\x80\x02cos\nsystem\n.", "would run os.system"),
        ],
    )
    def test_what_is_no_data_set_is_named_with_its_fault(
        self, tmp_path, dataset_fault, pack, content, fault
    ):
        path = tmp_path / "some file"
        path.write_bytes(pack(content))
        assert fault in dataset_fault(open_dataset, path)

    @pytest.mark.parametrize("name", ["nowhere", "~nobody-of-this-name/digits.npz"])
    def test_a_missing_file(self, dataset_fault, name):
        assert "does not exist" in dataset_fault(open_dataset, Path(name))

    def test_an_archive_of_a_name_that_cannot_be(self, dataset_fault):
        assert "name too long" in dataset_fault(
            open_dataset, Path("n" * 300 + ".zip", "digits.npz")
        )


@pytest.mark.parametrize("dtype", ["u1", "f4"])
@pytest.mark.parametrize("kind", ["idx", "npz", 2, 4, 5])
def test_whatever_is_opened_can_be_learned_from(idx_folder, tmp_path, npz, tiny, kind, dtype):
    # torch warns of arrays that it may not write to, and warnings are errors here.
    path = tmp_path / "digits"
    if kind == "idx":
        path = idx_folder()
    else:
        path.write_bytes(npz if kind == "npz" else as_pickle(tiny, kind, dtype))
    splits = open_dataset(path)
    for part in (splits.train, splits.validation, splits.test):
        assert part.pictures.flags.writeable
        assert part.pictures.flags.c_contiguous
        assert part.labels.flags.writeable
    (pictures, labels), *_ = data_loader(splits.train, 50)
    assert pictures.dtype == torch.uint8
    np.testing.assert_array_equal(pictures.numpy(), tiny.train.pictures)
    np.testing.assert_array_equal(labels.numpy(), tiny.train.labels)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("t10k-images.idx3-ubyte", True),
        ("train-labels-idx1-ubyte.gz", True),
        ("mnist.pkl.gz", True),
        ("mine.npz", True),
        ("train.png", False),
        ("notes.txt", False),
    ],
)
def test_a_folder_is_a_data_set_s_by_the_names_in_it(tmp_path, name, is_one):
    assert not is_dataset_folder(tmp_path)
    (tmp_path / name).touch()
    assert is_dataset_folder(tmp_path) == is_one
    assert not is_dataset_folder(tmp_path / name)
