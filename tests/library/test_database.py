import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import list_runs, read_run, rename, run_of, set_note
from mnist_desktop.library.schema import LIBRARY


@contextmanager
def read_only(folder):
    """Nobody may write in a folder: root becomes another user, as nothing is read-only for root."""
    is_root = os.geteuid() == 0
    folder.chmod(0o555)
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def open_folder():
    """A folder that any user can look into; pytest's own is its user's alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_it_is_in_the_users_folder_and_in_wal(monkeypatch, tmp_path):
    monkeypatch.setenv("MNIST_DESKTOP_HOME", str(tmp_path / "not yet" / "there"))
    library = Library()
    assert list_runs(library) == []
    assert library.path == tmp_path / "not yet" / "there" / "library.sqlite3"
    with library.read() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA page_size").fetchone()[0] == 16_384
        assert connection.execute("PRAGMA auto_vacuum").fetchone()[0] == 2
        assert connection.execute("PRAGMA busy_timeout").fetchone()[0] >= 5000


def test_where_it_cannot_be_made_the_text_says_where_and_what_to_do(library, fault):
    library.path.parent.write_bytes(b"")
    with fault(library.path) as text:
        list_runs(library)
    assert f"cannot be made in {library.path.parent}: " in text[0]
    assert "see that one may write there" in text[0]


@pytest.mark.parametrize("content", [b"\x80no database at all" * 500, b"SQLite format 3\0" * 500])
def test_a_file_that_is_damaged_is_said_to_be_and_left_alone(library, fault, content):
    library.path.parent.mkdir()
    library.path.write_bytes(content)
    for use in (lambda: list_runs(library), lambda: rename(library, 1, "new")):
        with fault(library.path) as text:
            use()
        assert "is damaged and was left as it is" in text[0]
        assert f"in {library.path.parent}, put a whole copy" in text[0], "where it is to be found"
    assert library.path.read_bytes() == content
    assert [path.name for path in library.path.parent.iterdir()] == ["library.sqlite3"]


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_library_that_is_cut_short_is_never_a_crash(library, recorded, fault, kept):
    run = recorded()
    content = library.path.read_bytes()
    content = content[: int(kept * len(content))]
    library.path.write_bytes(content)
    with fault(library.path) as text:
        read_run(library, run)
    assert "damaged" in text[0]
    assert library.path.read_bytes() == content


def test_pages_of_rubbish_are_never_a_crash(library, recorded, fault):
    run = recorded()
    content = bytearray(library.path.read_bytes())
    content[4 * 16_384 :] = b"\xa5" * (len(content) - 4 * 16_384)
    library.path.write_bytes(content)
    with fault(library.path) as text:
        read_run(library, run)
    assert "damaged" in text[0]


def test_a_library_of_a_newer_version_is_left_alone(library, recorded, fault):
    recorded()
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(LIBRARY.migrations) + 1}")
    content = library.path.read_bytes()
    for use in (lambda: list_runs(library), lambda: rename(library, 1, "new")):
        with fault(library.path) as text:
            use()
        assert "newer version of this program; update it" in text[0]
    assert library.path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(library, fault):
    library.path.parent.mkdir()
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    content = library.path.read_bytes()
    with fault(library.path) as text:
        list_runs(library)
    assert "another program" in text[0]
    assert library.path.read_bytes() == content


@pytest.mark.skipif(os.name != "posix", reason="folders are made read-only in another way")
class TestAReadOnlyFolder:
    def test_there_is_none_yet(self, open_folder, fault):
        library = Library(open_folder / "library.sqlite3")
        with read_only(open_folder), fault(library.path) as text:
            rename(library, 1, "new")
        assert str(open_folder) in text[0]

    def test_there_is_no_folder_either(self, open_folder, fault):
        library = Library(open_folder / "home" / "library.sqlite3")
        with read_only(open_folder), fault(library.path) as text:
            rename(library, 1, "new")
        assert "ermission" in text[0]

    def test_there_is_one(self, open_folder, recorded, fault):
        library = Library(open_folder / "library.sqlite3")
        run = recorded(into=library)
        with read_only(open_folder), fault(library.path) as text:
            rename(library, 1, "new")
        assert str(open_folder) in text[0]
        assert run_of(library, run).outcome == "completed"


def test_another_program_that_keeps_writing_is_waited_for_and_then_named(
    library, recorded, monkeypatch, fault
):
    run = recorded(0)
    real = Library.open
    monkeypatch.setattr(Library, "open", lambda library, patience=0.01: real(library, patience))
    with library.write():
        assert len(list_runs(library)) == 1  # whoever reads does not wait
        with fault(library.path) as text:
            rename(library, run, "new")
    assert "is in use" in text[0]
    set_note(library, run, "works again")


def test_all_of_a_transaction_is_undone_by_a_fault_in_it(library, recorded):
    run = recorded(0)

    def half() -> None:
        with library.write() as connection:
            connection.execute("UPDATE runs SET name = 'half'")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert run_of(library, run).name == "a run"
