import gzip
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch

from mnist_desktop.learning.datasets import bundled_mnist, open_dataset
from mnist_desktop.learning.loading import data_loader
from mnist_desktop.learning.splits import DatasetError, Splits
from mnist_desktop.paths import bundled
from mnist_desktop.progress import Cancelled

NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


def as_pickle(splits):
    """In the layout of mnist.pkl.gz."""
    parts = (splits.train, splits.validation, splits.test)
    return pickle.dumps(
        tuple(
            ((part.images.reshape(-1, 784) / 256).astype("f4"), part.labels.astype("i8"))
            for part in parts
        ),
        2,
    )


@pytest.fixture
def npz(tmp_path, official):
    def write(name="mnist.npz"):
        path = tmp_path / name
        with path.open("wb") as stream:
            np.savez_compressed(
                stream,
                x_train=official["train"].images,
                y_train=official["train"].labels,
                x_test=official["t10k"].images,
                y_test=official["t10k"].labels,
            )
        return path

    return write


class TestMnist:
    def test_it_has_the_tutorial_s_three_splits_in_their_order(self, mnist):
        assert [len(part) for part in (mnist.train, mnist.validation, mnist.test)] == [
            50_000,
            10_000,
            10_000,
        ]
        # The first labels of the three parts of mnist.pkl.gz.
        assert mnist.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
        assert mnist.validation.labels[:5].tolist() == [3, 8, 6, 9, 6]
        assert mnist.test.labels[:5].tolist() == [7, 2, 1, 0, 4]
        assert mnist.name == "MNIST"

    def test_pictures_are_bytes_with_white_ink_on_black(self, mnist):
        for part in (mnist.train, mnist.validation, mnist.test):
            assert part.images.dtype == part.labels.dtype == np.uint8
            assert part.images.shape[1:] == (28, 28)
            assert part.images.max() == 255
            assert 30 < part.images.mean() < 36
            assert part.images[:, 0].mean() < 0.1
            assert set(part.labels) == set(range(10))

    def test_a_picture_shows_what_its_label_says(self, mnist):
        # A one is the lightest digit and a zero has nothing in its middle.
        means = [mnist.test.images[mnist.test.labels == digit].mean() for digit in range(10)]
        assert means.index(min(means)) == 1
        zeros = mnist.test.images[mnist.test.labels == 0]
        assert zeros[:, 13:15, 13:15].mean() < 20
        assert mnist.test.images[mnist.test.labels == 1][:, 13:15, 13:15].mean() > 150

    def test_the_tutorial_s_file_of_all_of_it_gives_the_same_bytes(
        self, mnist, tmp_path, assert_same
    ):
        path = tmp_path / "mnist.pkl"
        path.write_bytes(as_pickle(mnist))
        assert_same(open_dataset(path), mnist)

    def test_the_folder_of_it_opens_as_any_other(self, mnist, assert_same):
        assert_same(open_dataset(bundled("data/mnist")), mnist)

    def test_progress_goes_up_to_one_and_never_back(self):
        seen = []
        bundled_mnist(seen.append)
        assert len(seen) > 5
        assert seen == sorted(seen)
        assert 0 < seen[0] < 0.2
        assert seen[-1] == 1.0

    @pytest.mark.parametrize("after", [0.0, 0.5, 0.9])
    def test_loading_it_can_be_called_off(self, after):
        def cancel(done):
            if done > after:
                raise Cancelled

        with pytest.raises(Cancelled):
            bundled_mnist(cancel)


class TestFolders:
    @pytest.mark.parametrize("gzipped", [False, True])
    @pytest.mark.parametrize("mark", ["-", "."])
    def test_four_idx_files(self, idx_folder, tiny, assert_same, gzipped, mark):
        splits = open_dataset(idx_folder(gzipped, mark))
        assert splits.name == "my digits"
        assert_same(splits, tiny)

    @pytest.mark.parametrize("kind", ["pickle", "npz"])
    def test_one_other_file(self, tmp_path, npz, tiny, assert_same, kind):
        if kind == "npz":
            npz()
        else:
            (tmp_path / "mnist.pkl.gz").write_bytes(gzip.compress(as_pickle(tiny)))
        assert_same(open_dataset(tmp_path), tiny)

    def test_idx_files_come_before_others(self, idx_folder, tiny, assert_same):
        folder = idx_folder()
        (folder / "other.npz").write_bytes(b"PK nothing")
        assert_same(open_dataset(folder), tiny)

    def test_a_folder_without_data_is_named(self, tmp_path, dataset_fault):
        (tmp_path / "empty").mkdir()
        (tmp_path / "empty" / "notes.txt").write_text("nothing")
        assert "holds no data set" in dataset_fault(open_dataset, tmp_path / "empty")

    def test_a_folder_with_several_is_not_guessed_about(self, tmp_path, npz, dataset_fault):
        npz("one.npz")
        npz("two.npz")
        assert "holds no data set" in dataset_fault(open_dataset, tmp_path)

    @pytest.mark.parametrize("missing", [*NAMES, "train", "t10k"])
    def test_a_file_or_part_that_is_missing_is_named(self, idx_folder, dataset_fault, missing):
        folder = idx_folder()
        for path in folder.glob(f"{missing}*"):
            path.unlink()
        fault = dataset_fault(open_dataset, folder)
        assert f"{missing} is missing" in fault or f"{missing}-images" in fault


class TestFiles:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("gzipped", [False, True])
    def test_any_one_of_the_four_opens_all(self, idx_folder, tiny, assert_same, name, gzipped):
        splits = open_dataset(idx_folder(gzipped) / (name + ".gz" * gzipped))
        assert splits.name == "my digits"
        assert_same(splits, tiny)

    @pytest.mark.parametrize("name", ["mnist.pkl.gz", "mnist.pkl", "anything", "mnist.npz"])
    @pytest.mark.parametrize("gzipped", [False, True])
    def test_a_pickle_is_recognised_by_its_contents(
        self, tmp_path, tiny, assert_same, name, gzipped
    ):
        content = as_pickle(tiny)
        (tmp_path / name).write_bytes(gzip.compress(content) if gzipped else content)
        assert_same(open_dataset(tmp_path / name), tiny)

    def test_a_pickle_that_begins_as_none_of_its_kind_is_recognised_by_its_name(
        self, tmp_path, tiny, assert_same
    ):
        path = tmp_path / "mnist.pkl"
        path.write_bytes(pickle.dumps(list(pickle.loads(as_pickle(tiny))), 1))
        assert path.read_bytes()[:1] == b"]"
        assert_same(open_dataset(path), tiny)

    def test_a_file_of_the_current_folder_gives_the_folder_s_name(self, idx_folder, monkeypatch):
        monkeypatch.chdir(idx_folder())
        assert open_dataset(Path(NAMES[0])).name == "my digits"
        assert open_dataset(Path()).name == "my digits"

    @pytest.mark.parametrize("name", ["mnist.npz", "mnist.pkl.gz", "anything"])
    def test_so_is_an_npz(self, npz, tiny, assert_same, name):
        assert_same(open_dataset(npz(name)), tiny)

    def test_a_tilde_is_the_home_folder(self, idx_folder, tiny, assert_same, monkeypatch):
        folder = idx_folder()
        monkeypatch.setenv("HOME", str(folder.parent))
        monkeypatch.setenv("USERPROFILE", str(folder.parent))
        assert_same(open_dataset(Path("~/my digits")), tiny)

    def test_the_home_of_nobody_is_a_missing_file(self, dataset_fault):
        path = Path("~nobody-of-this-name/digits.npz")
        assert "does not exist" in dataset_fault(open_dataset, path)

    def test_another_idx_file_beside_mnist_is_not_taken_for_it(
        self, idx_folder, idx_bytes, tiny, dataset_fault
    ):
        other = idx_folder() / "letters-images-idx3-ubyte"
        other.write_bytes(idx_bytes(tiny.test.images))
        assert "not called as one of MNIST's four files" in dataset_fault(open_dataset, other)

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

    def test_a_missing_file(self, tmp_path, dataset_fault):
        assert "does not exist" in dataset_fault(open_dataset, tmp_path / "nowhere")

    def test_truncated_gzip(self, idx_folder, dataset_fault):
        path = idx_folder(gzipped=True) / "train-images-idx3-ubyte.gz"
        path.write_bytes(path.read_bytes()[:-100])
        for opened in (path, path.parent, path.parent / "t10k-labels-idx1-ubyte.gz"):
            assert "cut short" in dataset_fault(open_dataset, opened, named=path)


@pytest.mark.parametrize("dtype", ["u1", "f4"])
@pytest.mark.parametrize("kind", ["idx", "npz", 2, 4, 5])
def test_whatever_is_opened_can_be_learned_from(idx_folder, tmp_path, official, tiny, kind, dtype):
    # torch warns of arrays that it may not write to, and warnings are errors here.
    x_train, x_test = (official[part].images.astype(dtype) for part in ("train", "t10k"))
    y_train, y_test = (official[part].labels.astype(dtype) for part in ("train", "t10k"))
    path = tmp_path / "digits"
    if kind == "idx":
        path = idx_folder()
    elif kind == "npz":
        with path.open("wb") as stream:
            np.savez(stream, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    else:
        path.write_bytes(
            pickle.dumps([(x_train, y_train), (x_test, y_test), (x_test, y_test)], kind)
        )
    splits = open_dataset(path)
    assert isinstance(splits, Splits)
    for part in (splits.train, splits.validation, splits.test):
        assert part.images.flags.writeable
        assert part.images.flags.c_contiguous
        assert part.labels.flags.writeable
    (pictures, labels), *_ = data_loader(splits.train, 50)
    assert pictures.dtype == torch.uint8
    np.testing.assert_array_equal(pictures.numpy(), tiny.train.images)
    np.testing.assert_array_equal(labels.numpy(), tiny.train.labels)


def test_calling_it_off_is_no_fault_of_the_file(idx_folder):
    def cancel(_done):
        raise Cancelled

    with pytest.raises(Cancelled):
        open_dataset(idx_folder(gzipped=True), cancel)
    with pytest.raises(DatasetError):
        open_dataset(idx_folder() / "nothing", cancel)
