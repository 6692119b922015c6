import sys

import pytest

from mnist_desktop.learning.models.interpretation import InputFormat, Wish
from mnist_desktop.library import model_files
from mnist_desktop.library.database import Library
from mnist_desktop.library.model_files import forget, remember, remembered


def names(library):
    return [path for path, _ in remembered(library)]


def test_files_are_remembered_in_the_order_in_which_they_were_used(tmp_path, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr("mnist_desktop.library.model_files.time.time", lambda: next(clock))
    library = Library()
    for name in ("a", "b", "c", "a"):
        remember(library, tmp_path / name)
    assert names(library) == [tmp_path / name for name in ("b", "c", "a")]
    forget(library, tmp_path / "c")
    assert names(library) == [tmp_path / "b", tmp_path / "a"]


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_file_whose_name_is_no_text_is_remembered_too(tmp_path):
    library = Library()
    path = tmp_path / "caf\udce9.safetensors"
    remember(library, path)
    remember(library, path)
    assert names(library) == [path]
    forget(library, path)
    assert names(library) == []


def test_the_oldest_is_forgotten_when_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(model_files, "MOST", 3)
    library = Library()
    for number in range(5):
        remember(library, tmp_path / str(number))
    assert names(library) == [tmp_path / str(number) for number in (2, 3, 4)]


@pytest.mark.parametrize(
    "wish",
    [
        None,
        Wish("tanh"),
        Wish(None, InputFormat("0-255")),
        Wish("relu", InputFormat("standardised", white_paper=True, transposed=True)),
    ],
)
def test_what_was_said_of_a_file_is_remembered_too(tmp_path, wish):
    library = Library()
    remember(library, tmp_path / "foreign", wish)
    assert remembered(library) == [(tmp_path / "foreign", wish)]


def test_what_was_said_and_cannot_be_understood_was_not_said(tmp_path):
    library = Library()
    remember(library, tmp_path / "foreign", Wish("tanh", InputFormat("0-255")))
    with library.write() as connection:
        connection.execute("UPDATE model_files SET activation = 'swish', input = 'pink'")
    assert remembered(library) == [(tmp_path / "foreign", None)]
