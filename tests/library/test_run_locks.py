import os

import pytest

from mnist_desktop.library.run_locks import RunLock, is_held, is_recorded, lock_path


def test_it_is_held_until_it_is_released(tmp_path):
    lock = RunLock(tmp_path / "locks" / "a")
    assert is_held(tmp_path / "locks" / "a")
    assert is_held(tmp_path / "locks" / "a")  # looking does not take it
    lock.release()
    lock.release()
    assert not is_held(tmp_path / "locks" / "a")
    assert list((tmp_path / "locks").iterdir()) == []


def test_what_is_left_of_a_process_that_has_ended_is_removed(tmp_path):
    left = tmp_path / "a"
    left.write_bytes(b"")
    assert not is_held(left)
    assert not left.exists()


@pytest.mark.parametrize("token", [None, "", "../library.sqlite3", "nothing", 5, b"a", "ä"])
def test_a_token_is_no_path(library, token):
    lock_path(library.path, "a").parent.mkdir(parents=True)
    library.path.write_bytes(b"content")
    assert not is_recorded(library.path, token)
    assert library.path.read_bytes() == b"content"


def test_a_library_knows_its_locks_by_a_token(library):
    lock = RunLock(lock_path(library.path, "abc"))
    assert is_recorded(library.path, "abc")
    if os.name == "posix":
        assert lock_path(library.path, "abc").stat().st_mode & 0o077 == 0
    lock.release()
    assert not is_recorded(library.path, "abc")
