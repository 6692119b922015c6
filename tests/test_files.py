import errno
import gzip
import io
import os
import socket
import stat
import zipfile

import numpy as np
import pytest

from mnist_desktop import files, gunzip
from mnist_desktop.errors import FileError
from mnist_desktop.files import (
    opened,
    opened_zip,
    private_folder,
    private_opener,
    write_atomically,
)
from mnist_desktop.progress import Cancelled

CONTENT = bytes(range(256)) * 5000
with_modes = pytest.mark.skipif(os.name == "nt", reason="no such permissions here")


class OwnError(FileError):
    pass


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file"


def names_in(folder):
    return [path.name for path in folder.iterdir()]


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def fault_of(path, opening=opened, **how):
    with pytest.raises(OwnError) as caught, opening(path, OwnError, **how) as stream:
        stream.read()
    assert caught.value.path == path
    return str(caught.value)


class TestReading:
    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    @pytest.mark.parametrize("limit", [None, len(CONTENT)])
    def test_gzip_is_unpacked_and_recognised_by_its_contents(self, path, pack, limit):
        path.write_bytes(pack(CONTENT))
        with opened(path, limit=limit) as stream:
            assert stream.read(3) == CONTENT[:3]
            assert stream.read() == CONTENT[3:]

    @pytest.mark.parametrize("content", [b"", b"\x1f"])
    def test_a_file_may_be_empty_or_shorter_than_a_magic_number(self, path, content):
        path.write_bytes(content)
        with opened(path) as stream:
            assert stream.read() == content

    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    def test_progress_goes_up_to_one_and_never_back(self, path, monkeypatch, pack):
        monkeypatch.setattr(files, "BUFFER", 512)
        monkeypatch.setattr(gunzip, "CHUNK", 512)
        path.write_bytes(pack(np.random.default_rng(0).bytes(500_000)))
        seen = []
        with opened(path, progress=seen.append) as stream:
            while stream.read(500):
                pass
            if stream.seekable():
                stream.seek(0)
                stream.read(500)
        assert len(seen) > 20
        assert seen == sorted(seen)
        assert 0 < seen[0] < 0.1
        assert seen[-1] == 1.0

    def test_calling_it_off_from_progress_leaves_at_once(self, path):
        path.write_bytes(CONTENT)

        def cancel(_done):
            raise Cancelled

        with pytest.raises(Cancelled), opened(path, progress=cancel):
            pytest.fail("nothing was to be read")

    @pytest.mark.parametrize(
        ("name", "fault"),
        [
            ("missing", "does not exist"),
            ("no\0name", "does not exist"),
            (".", "is a folder"),
            ("n" * 5000, "cannot be read: "),
        ],
    )
    def test_what_is_no_file(self, tmp_path, name, fault):
        assert fault in fault_of(tmp_path / name)

    @with_modes
    @pytest.mark.parametrize("kind", ["pipe", "pipe that is written to", "device", "socket"])
    def test_what_is_not_a_regular_file_is_not_waited_for(self, tmp_path, monkeypatch, kind):
        monkeypatch.chdir(tmp_path)  # names of sockets must be short
        path = tmp_path / "special"
        with socket.socket(socket.AF_UNIX) as server:
            writer = None
            if kind == "device":
                path.symlink_to("/dev/zero")
            elif kind == "socket":
                server.bind("special")
            else:
                os.mkfifo(path)
                if kind == "pipe that is written to":
                    writer = os.open(path, os.O_RDWR)
            text = fault_of(path)
            assert ("cannot be read" if kind == "socket" else "not a regular file") in text
            if writer is not None:
                os.close(writer)

    @pytest.mark.parametrize("left", [3, 9, 11, 1000, -1, -5, -9])
    @pytest.mark.parametrize("limit", [None, 10**7])
    def test_truncated_gzip_is_cut_short(self, path, left, limit):
        path.write_bytes(gzip.compress(CONTENT)[:left])
        assert "cut short" in fault_of(path, limit=limit)

    @pytest.mark.parametrize("place", [2, 12, -6])
    @pytest.mark.parametrize("limit", [None, 10**7])
    def test_damaged_gzip_is_damaged(self, path, place, limit):
        content = bytearray(gzip.compress(CONTENT))
        content[place] ^= 0xFF
        path.write_bytes(content)
        assert "damaged" in fault_of(path, limit=limit)

    def test_a_little_gzip_is_unpacked_up_to_the_limit_only(self, path, monkeypatch):
        path.write_bytes(gzip.compress(bytes(10**7), 1))
        monkeypatch.setattr(gunzip, "CHUNK", 1000)
        seen = []
        too_large = pytest.raises(OwnError, match="unpacks to more than 9,999 bytes")
        with too_large, opened(path, OwnError, limit=9999) as stream:
            while content := stream.read(1000):
                seen.append(content)
        assert b"".join(seen) == bytes(9000)

    @pytest.mark.parametrize("between", [b"", bytes(3), bytes(200_000)])
    def test_gzip_may_have_several_parts_and_zeros_between_them(self, path, between):
        path.write_bytes(b"".join(gzip.compress(part) + between for part in (CONTENT, b"", b"x")))
        with opened(path) as stream:
            assert stream.read() == CONTENT + b"x"

    @pytest.mark.parametrize("end", [b"x", b"\0\x1f\x8b", gzip.compress(CONTENT)[:-1]])
    def test_what_is_behind_a_part_must_be_one(self, path, end):
        path.write_bytes(gzip.compress(CONTENT) + end)
        assert "gzip" in fault_of(path) or "cut short" in fault_of(path)

    def test_a_file_of_nothing_but_empty_parts_is_not_gone_through(self, path):
        path.write_bytes(gzip.compress(b"") * 100_000)
        assert "damaged" in fault_of(path)

    def test_no_permission_is_told_in_the_system_s_words(self, path, monkeypatch):
        path.write_bytes(b"secret")

        def refuse(*_):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(files, "_WatchedFile", refuse)
        assert os.strerror(errno.EACCES) in fault_of(path)

    @pytest.mark.parametrize(
        ("fault", "expected"), [(MemoryError, OwnError), (ZeroDivisionError, ZeroDivisionError)]
    )
    def test_too_little_memory_is_the_file_s_fault_and_others_pass(self, path, fault, expected):
        path.write_bytes(b"x")
        with pytest.raises(expected), opened(path, OwnError):
            raise fault


class TestZip:
    def test_members_can_be_read(self, path):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a", CONTENT)
        with opened_zip(path) as archive:
            assert archive.read("a") == CONTENT

    def test_an_archive_that_lists_a_multitude_is_not_listed(self, path, monkeypatch):
        monkeypatch.setattr(files, "MAX_DIRECTORY", 4000)
        with zipfile.ZipFile(path, "w") as archive:
            for number in range(100):
                archive.writestr(f"{number}", b"")
        with pytest.raises(OwnError, match="too many files"), opened_zip(path, OwnError):
            pytest.fail("it was not to be opened")

    @pytest.mark.parametrize(
        "content", [b"", b"PK\3\4 and nothing more", gzip.compress(b"", mtime=0)]
    )
    def test_what_is_no_archive(self, path, content):
        path.write_bytes(content)
        assert "damaged or cut short" in fault_of(path, opened_zip)


class TestWriting:
    @pytest.mark.parametrize("before", [None, CONTENT])
    def test_it_holds_the_content_and_nothing_else_is_there(self, path, before):
        if before is not None:
            path.write_bytes(before)
        write_atomically(path, b"short")
        assert path.read_bytes() == b"short"
        assert names_in(path.parent) == ["file"]

    @pytest.mark.parametrize("step", ["fsync", "write", "replace", "interrupted"])
    def test_a_full_disk_leaves_the_old_file_and_nothing_else(self, path, monkeypatch, step):
        path.write_bytes(b"old")

        def full(*_, **__):
            if step == "interrupted":
                raise KeyboardInterrupt
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        if step == "replace":
            monkeypatch.setattr("pathlib.Path.replace", full)
        elif step == "write":
            monkeypatch.setattr(os, "fdopen", type("Full", (io.FileIO,), {"write": full}))
        else:
            monkeypatch.setattr(os, "fsync", full)
        expected = KeyboardInterrupt if step == "interrupted" else FileError
        with pytest.raises(expected) as caught:
            write_atomically(path, CONTENT)
        if expected is FileError:
            assert str(caught.value) == f"file: cannot be saved: {os.strerror(errno.ENOSPC)}"
        assert path.read_bytes() == b"old"
        assert names_in(path.parent) == ["file"]

    def test_content_is_on_the_same_disk_before_it_takes_the_name(self, path, monkeypatch):
        path.write_bytes(b"old")
        real, seen = os.fsync, []

        def fsync(handle):
            # A name can be taken over only within a disk, so the new content is in this folder.
            seen.append((path.read_bytes(), os.fstat(handle).st_size, len(names_in(path.parent))))
            real(handle)

        monkeypatch.setattr(os, "fsync", fsync)
        write_atomically(path, b"new content")
        assert seen == [(b"old", len(b"new content"), 2)]

    def test_a_missing_folder_is_an_error_of_the_file(self, tmp_path):
        for folder in ("nowhere", "no\0where"):
            with pytest.raises(FileError, match="new: cannot be saved"):
                write_atomically(tmp_path / folder / "new", b"")

    @with_modes
    @pytest.mark.parametrize("make", ["mkdir", "pipe"])
    def test_what_is_no_file_stays(self, path, make):
        path.mkdir() if make == "mkdir" else os.mkfifo(path)
        with pytest.raises(FileError, match="file: cannot be saved: it is not a regular file"):
            write_atomically(path, b"")
        assert names_in(path.parent) == ["file"]
        assert not path.is_file()


@with_modes
class TestPermissions:
    def test_others_may_do_with_it_what_they_may_with_any_file(self, tmp_path, monkeypatch):
        real = os.umask

        def umask(mask):
            before = real(mask)
            (tmp_path / "meanwhile").touch()  # as another thread may do just then
            return before

        monkeypatch.setattr(os, "umask", umask)
        before = real(0o027)
        try:
            write_atomically(tmp_path / "new", b"")
            write_atomically(tmp_path / "meanwhile", b"")
        finally:
            now = real(before)
        assert now == 0o027
        assert {mode_of(path) for path in tmp_path.iterdir()} == {0o640}

    def test_where_the_disk_knows_no_permissions_it_is_saved_all_the_same(self, path, monkeypatch):
        def refuse(*_, **__):  # as shares do that are reached through FUSE
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

        path.write_bytes(b"old")
        monkeypatch.setattr("pathlib.Path.chmod", refuse)
        write_atomically(path, b"new")
        assert path.read_bytes() == b"new"

    @pytest.mark.parametrize("mode", [0o640, 0o666, 0o600, 0o444])
    def test_a_replaced_file_keeps_its_own(self, path, monkeypatch, mode):
        path.write_bytes(b"")
        path.chmod(mode)
        seen = []
        real = os.fsync

        def fsync(handle):
            seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
            real(handle)

        monkeypatch.setattr(os, "fsync", fsync)
        write_atomically(path, b"new")
        assert mode_of(path) == mode
        assert seen[0] | mode == mode, "the new content could be read by others for a moment"

    @pytest.mark.parametrize("before", [None, 0o644])
    def test_a_file_that_is_opened_as_private_is_its_owner_s(self, path, before):
        if before is not None:
            path.write_bytes(b"old ")
            path.chmod(before)
        with open(path, "a", opener=private_opener) as stream:
            stream.write("secret")
        assert mode_of(path) == 0o600
        assert path.read_text().endswith("secret")

    def test_and_a_folder_but_only_if_it_is_new(self, tmp_path):
        private_folder(tmp_path / "above" / "new")
        assert mode_of(tmp_path / "above" / "new") == 0o700
        (tmp_path / "shared").mkdir(mode=0o755)
        private_folder(tmp_path / "shared")
        assert mode_of(tmp_path / "shared") == 0o755


@with_modes
class TestLinks:
    @pytest.mark.parametrize("target", ["target", "folder/target", "second"])
    def test_a_link_stays_one_and_its_target_is_replaced(self, tmp_path, target):
        (tmp_path / "folder").mkdir()
        (tmp_path / "second").symlink_to("folder/third")
        (tmp_path / target).write_bytes(b"old")
        link = tmp_path / "link"
        link.symlink_to(target)
        write_atomically(link, b"new")
        assert link.is_symlink()
        assert (tmp_path / target).read_bytes() == b"new"
        assert (tmp_path / "second").is_symlink()
        assert len(names_in(tmp_path) + names_in(tmp_path / "folder")) <= 5

    def test_one_that_leads_nowhere_gets_its_target(self, tmp_path):
        (tmp_path / "link").symlink_to("target")
        write_atomically(tmp_path / "link", b"new")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "target").read_bytes() == b"new"

    @pytest.mark.parametrize("target", ["link", "nowhere/target"])
    def test_one_that_cannot_have_one_is_an_error_and_stays(self, tmp_path, target):
        (tmp_path / "link").symlink_to(target)
        with pytest.raises(FileError, match="link: cannot be saved: "):
            write_atomically(tmp_path / "link", b"new")
        assert names_in(tmp_path) == ["link"]
        assert (tmp_path / "link").is_symlink()
