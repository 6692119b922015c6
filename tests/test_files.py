import errno
import gzip
import os
import stat

import numpy as np
import pytest

from mnist_desktop import files
from mnist_desktop.errors import FileError
from mnist_desktop.files import reading, write_atomically
from mnist_desktop.progress import Cancelled


def names_in(folder):
    return [path.name for path in folder.iterdir()]


CONTENT = bytes(range(256)) * 5000


class OwnError(FileError):
    pass


def fault_of(path):
    with pytest.raises(OwnError) as caught, reading(path, OwnError) as stream:
        stream.read()
    assert caught.value.path == path
    return str(caught.value)


class TestReading:
    @pytest.mark.parametrize("name", ["file", "file.gz"])
    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    def test_gzip_is_unpacked_and_recognised_by_its_contents(self, tmp_path, name, pack):
        path = tmp_path / name
        path.write_bytes(pack(CONTENT))
        with reading(path) as stream:
            assert stream.read(3) == CONTENT[:3]
            assert stream.read() == CONTENT[3:]

    @pytest.mark.parametrize("content", [b"", b"\x1f"])
    def test_a_file_may_be_empty_or_shorter_than_a_magic_number(self, tmp_path, content):
        (tmp_path / "file").write_bytes(content)
        with reading(tmp_path / "file") as stream:
            assert stream.read() == content

    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    def test_progress_goes_up_to_one_and_never_back(self, tmp_path, monkeypatch, pack):
        monkeypatch.setattr(files, "BUFFER", 512)
        path = tmp_path / "file"
        path.write_bytes(pack(np.random.default_rng(0).bytes(500_000)))
        seen = []
        with reading(path, progress=seen.append) as stream:
            while stream.read(500):
                pass
        assert len(seen) > 20
        assert seen == sorted(seen)
        assert 0 < seen[0] < 0.1
        assert seen[-1] == 1.0

    def test_calling_it_off_from_progress_leaves_at_once(self, tmp_path):
        path = tmp_path / "file"
        path.write_bytes(CONTENT)

        def cancel(_done):
            raise Cancelled

        with pytest.raises(Cancelled), reading(path, progress=cancel):
            pytest.fail("nothing was to be read")

    def test_a_missing_file(self, tmp_path):
        assert "does not exist" in fault_of(tmp_path / "file")

    def test_a_folder(self, tmp_path):
        assert "is a folder" in fault_of(tmp_path)

    def test_a_name_that_the_system_will_not_hear_of(self, tmp_path):
        assert "cannot be read" in fault_of(tmp_path / ("n" * 5000))

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
    def test_a_pipe_is_not_waited_for(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        assert "not a regular file" in fault_of(tmp_path / "pipe")

    @pytest.mark.parametrize("left", [3, 9, 11, 1000, -1, -5, -9])
    def test_truncated_gzip_is_cut_short(self, tmp_path, left):
        path = tmp_path / "file.gz"
        path.write_bytes(gzip.compress(CONTENT)[:left])
        assert "cut short" in fault_of(path)

    @pytest.mark.parametrize("place", [2, 12, -6])
    def test_damaged_gzip_is_damaged(self, tmp_path, place):
        path = tmp_path / "file.gz"
        content = bytearray(gzip.compress(CONTENT))
        content[place] ^= 0xFF
        path.write_bytes(content)
        assert "damaged" in fault_of(path)

    def test_no_permission_is_told_in_the_system_s_words(self, tmp_path, monkeypatch):
        path = tmp_path / "file"
        path.write_bytes(b"secret")

        def refuse(*_):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(files, "_WatchedFile", refuse)
        assert os.strerror(errno.EACCES) in fault_of(path)

    def test_too_little_memory_is_the_file_s_fault(self, tmp_path):
        (tmp_path / "file").write_bytes(b"x")
        with pytest.raises(OwnError, match="memory"), reading(tmp_path / "file", OwnError):
            raise MemoryError

    def test_other_exceptions_pass(self, tmp_path):
        (tmp_path / "file").write_bytes(b"x")
        with pytest.raises(ZeroDivisionError), reading(tmp_path / "file"):
            _ = 1 / 0


class TestWriting:
    def test_a_new_file_holds_the_content(self, tmp_path):
        write_atomically(tmp_path / "new", CONTENT)
        assert (tmp_path / "new").read_bytes() == CONTENT
        assert names_in(tmp_path) == ["new"]

    def test_an_existing_file_is_replaced_whole(self, tmp_path):
        path = tmp_path / "file"
        path.write_bytes(CONTENT)
        write_atomically(path, b"short")
        assert path.read_bytes() == b"short"
        assert names_in(tmp_path) == ["file"]

    @pytest.mark.parametrize("step", ["fsync", "write", "replace"])
    def test_a_full_disk_leaves_the_old_file_and_nothing_else(self, tmp_path, monkeypatch, step):
        path = tmp_path / "file"
        path.write_bytes(b"old")

        def full(*_, **__):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        if step == "fsync":
            monkeypatch.setattr(os, "fsync", full)
        elif step == "replace":
            monkeypatch.setattr(os, "replace", full)
            monkeypatch.setattr(os, "rename", full)
            monkeypatch.setattr("pathlib.Path.replace", full)
        else:
            real = os.fdopen

            def failing(*args):
                stream = real(*args)

                class Full:
                    write = full

                    def __enter__(self):
                        return self

                    def __exit__(self, *_):
                        stream.close()

                return Full()

            monkeypatch.setattr(os, "fdopen", failing)
        with pytest.raises(FileError, match=os.strerror(errno.ENOSPC)) as caught:
            write_atomically(path, CONTENT)
        assert str(caught.value).startswith("file: cannot be saved")
        assert path.read_bytes() == b"old"
        assert names_in(tmp_path) == ["file"]

    def test_being_interrupted_leaves_the_old_file_and_nothing_else(self, tmp_path, monkeypatch):
        path = tmp_path / "file"
        path.write_bytes(b"old")

        def interrupt(_):
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_atomically(path, CONTENT)
        assert path.read_bytes() == b"old"
        assert names_in(tmp_path) == ["file"]

    def test_content_is_on_the_same_disk_before_it_takes_the_name(self, tmp_path, monkeypatch):
        path = tmp_path / "file"
        path.write_bytes(b"old")
        real, seen = os.fsync, []

        def fsync(handle):
            # A name can be taken over only within a disk, so the new content is in this folder.
            seen.append((path.read_bytes(), os.fstat(handle).st_size, len(names_in(tmp_path))))
            real(handle)

        monkeypatch.setattr(os, "fsync", fsync)
        write_atomically(path, b"new content")
        assert seen == [(b"old", len(b"new content"), 2)]

    def test_a_missing_folder_is_an_error_of_the_file(self, tmp_path):
        with pytest.raises(FileError, match="new: cannot be saved"):
            write_atomically(tmp_path / "nowhere" / "new", b"")

    def test_a_folder_of_that_name_stays(self, tmp_path):
        (tmp_path / "name").mkdir()
        with pytest.raises(FileError, match="cannot be saved"):
            write_atomically(tmp_path / "name", b"")
        assert names_in(tmp_path) == ["name"]

    @pytest.mark.skipif(os.name == "nt", reason="no such permissions here")
    def test_others_may_do_with_it_what_they_may_with_any_file(self, tmp_path):
        (tmp_path / "usual").write_bytes(b"")
        write_atomically(tmp_path / "new", b"")
        assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode

    @pytest.mark.skipif(os.name == "nt", reason="no such permissions here")
    def test_a_replaced_file_keeps_its_permissions(self, tmp_path):
        path = tmp_path / "file"
        path.write_bytes(b"")
        path.chmod(0o640)
        write_atomically(path, b"new")
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
