from mnist_desktop.library import model_files
from mnist_desktop.library.database import Library
from mnist_desktop.library.model_files import forget, remember, remembered


def test_files_are_remembered_in_the_order_in_which_they_were_used(tmp_path, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr("mnist_desktop.library.model_files.time.time", lambda: next(clock))
    library = Library()
    for name in ("a", "b", "c", "a"):
        remember(library, tmp_path / name)
    assert remembered(library) == [tmp_path / name for name in ("b", "c", "a")]
    forget(library, tmp_path / "c")
    assert remembered(library) == [tmp_path / "b", tmp_path / "a"]


def test_the_oldest_is_forgotten_when_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(model_files, "MOST", 3)
    library = Library()
    for number in range(5):
        remember(library, tmp_path / str(number))
    assert remembered(library) == [tmp_path / str(number) for number in (2, 3, 4)]
