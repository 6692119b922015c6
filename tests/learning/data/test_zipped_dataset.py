import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from mnist_desktop.learning.data import zipped_dataset
from mnist_desktop.learning.data.datasets import SeveralDatasetsError, open_dataset


@pytest.fixture
def path(tmp_path):
    return tmp_path / "archive.zip"


def zipped(path, folder, *, inside="", others=()):
    """An archive of a folder's files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"{inside}{file.relative_to(folder).as_posix()}")
        for name, content in others:
            archive.writestr(name, content)


@pytest.mark.parametrize("inside", ["", "MNIST/raw/", "a/b/c/"])
def test_an_archive_of_idx_files(path, idx_folder, tiny, assert_same, inside):
    zipped(path, idx_folder(gzipped=True), inside=inside, others=[("__MACOSX/x.npz", "nothing")])
    assert_same(open_dataset(path), tiny)
    assert_same(open_dataset(path.parent), tiny)


def test_an_archive_of_pictures(path, official):
    with zipfile.ZipFile(path, "w") as archive:
        for part in ("train", "t10k"):
            split, name = official[part], part.replace("t10k", "test")
            for number, (picture, label) in enumerate(
                zip(split.pictures, split.labels, strict=True)
            ):
                content = io.BytesIO()
                Image.fromarray(picture).save(content, "png")
                archive.writestr(f"mnist_png/{name}/{label}/{number}.png", content.getvalue())
    np.testing.assert_array_equal(open_dataset(path).test.pictures, official["t10k"].pictures)


@pytest.mark.parametrize("folder", ["", "sub/"])
def test_of_several_sets_one_can_be_named(path, idx_folder, tiny, assert_same, folder):
    source = idx_folder()
    with zipfile.ZipFile(path, "w") as archive:
        for file in source.iterdir():
            archive.write(file, f"{folder}first/{file.name}")
            archive.write(file, f"{folder}second/{file.name}")
    with pytest.raises(SeveralDatasetsError) as caught:
        open_dataset(path)
    assert caught.value.names == (f"{folder}first", f"{folder}second")
    assert str(caught.value).startswith("archive.zip: holds 2 data sets")
    for name in caught.value.names:
        assert_same(open_dataset(path / name), tiny)


def test_names_that_lead_out_of_it_lead_nowhere(path, idx_folder, tiny, assert_same):
    evil = ["../out.npz", "/out.npz", "a/../../out.npz", "..\\out.npz", "C:/out.npz", "a" * 300]
    zipped(path, idx_folder(), others=[(name, "evil") for name in evil[:5]])
    assert_same(open_dataset(path), tiny)
    assert not list(path.parent.parent.rglob("out.npz"))


@pytest.mark.parametrize("most", [1000, 50_000])
def test_more_than_there_can_be_is_not_unpacked(path, idx_folder, dataset_fault, monkeypatch, most):
    zipped(path, idx_folder())
    monkeypatch.setattr(zipped_dataset, "MAX_UNPACKED", most)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert "unpacks to more than" in dataset_fault(open_dataset, path)


def test_a_list_of_members_that_is_too_long(path, idx_folder, dataset_fault, monkeypatch):
    zipped(path, idx_folder())
    monkeypatch.setattr(zipped_dataset, "MAX_DIRECTORY", 100)
    assert "too many files" in dataset_fault(open_dataset, path)


def test_a_damaged_one_and_one_without_a_set(path, idx_folder, dataset_fault):
    zipped(path, idx_folder())
    content = bytearray(path.read_bytes())
    content[3000:3050] = bytes(50)
    path.write_bytes(content)
    assert "get a whole copy" in dataset_fault(open_dataset, path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "nothing")
    assert "holds no data set" in dataset_fault(open_dataset, path)


def test_a_name_that_no_file_can_have(path, dataset_fault):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a" * 300 + ".npz", "nothing")
    assert "cannot be read" in dataset_fault(open_dataset, path)


def test_where_nothing_can_be_unpacked(path, idx_folder, dataset_fault, monkeypatch):
    zipped(path, idx_folder())
    monkeypatch.setattr("tempfile.tempdir", str(path / "nowhere"))
    assert "cannot be unpacked" in dataset_fault(open_dataset, path)


def test_nothing_is_left_behind(path, idx_folder, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    zipped(path, idx_folder())
    open_dataset(path)
    assert list(temporary.iterdir()) == []
