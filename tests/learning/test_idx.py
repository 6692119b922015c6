import gzip
import struct

import numpy as np
import pytest

from mnist_desktop.learning import idx as idx_module
from mnist_desktop.learning.idx import find_idx, read_idx
from mnist_desktop.learning.splits import DatasetError


@pytest.fixture
def files(idx_folder):
    """Pictures and labels of the smaller part."""
    return find_idx(idx_folder(), "t10k")


def fault_of(images, labels, named):
    with pytest.raises(DatasetError) as caught:
        read_idx(images, labels)
    text = str(caught.value)
    assert text.startswith(f"{named.name}: "), text
    return text


def header(*numbers, dimensions=3, kind=8):
    return bytes([0, 0, kind, dimensions]) + struct.pack(f">{len(numbers)}I", *numbers)


class TestFinding:
    @pytest.mark.parametrize("gzipped", [False, True])
    @pytest.mark.parametrize("mark", ["-", "."])
    def test_files_have_a_dash_or_a_dot_and_are_zipped_or_not(self, idx_folder, gzipped, mark):
        folder = idx_folder(gzipped, mark)
        end = ".gz" if gzipped else ""
        assert find_idx(folder, "train") == (
            folder / f"train-images{mark}idx3-ubyte{end}",
            folder / f"train-labels{mark}idx1-ubyte{end}",
        )

    def test_a_folder_with_neither_file_has_none(self, tmp_path):
        assert find_idx(tmp_path, "train") is None

    @pytest.mark.parametrize("kind", ["images", "labels"])
    def test_one_without_the_other_is_an_error_that_names_the_missing_one(self, idx_folder, kind):
        folder = idx_folder()
        (missing,) = folder.glob(f"train-{kind}*")
        missing.unlink()
        with pytest.raises(DatasetError, match=f"my digits: .*{missing.name} is missing"):
            find_idx(folder, "train")
        assert find_idx(folder, "t10k")

    def test_a_folder_with_the_name_of_a_file_is_no_file(self, tmp_path):
        (tmp_path / "train-images-idx3-ubyte").mkdir()
        assert find_idx(tmp_path, "train") is None


class TestReading:
    def test_pictures_and_labels_come_as_they_are(self, files, tiny):
        split = read_idx(*files)
        np.testing.assert_array_equal(split.images, tiny.test.images, strict=True)
        np.testing.assert_array_equal(split.labels, tiny.test.labels, strict=True)

    @pytest.mark.parametrize("chunk", [1, 100, 784 * 12])
    def test_reading_piece_by_piece_changes_nothing(self, files, tiny, monkeypatch, chunk):
        monkeypatch.setattr(idx_module, "CHUNK", chunk)
        np.testing.assert_array_equal(read_idx(*files).images, tiny.test.images)

    def test_zipped_and_raw_may_be_mixed(self, files, tiny):
        images, labels = files
        labels.write_bytes(gzip.compress(labels.read_bytes()))
        np.testing.assert_array_equal(read_idx(images, labels).labels, tiny.test.labels)


class TestFaults:
    @pytest.mark.parametrize("which", [0, 1])
    def test_an_empty_file(self, files, which):
        files[which].write_bytes(b"")
        assert "is empty" in fault_of(*files, named=files[which])

    @pytest.mark.parametrize("which", [0, 1])
    @pytest.mark.parametrize("magic", [b"\0\0\x08\x02", b"\0\0\x0d\x03", b"PK\3\4", b"\0\0\x08"])
    def test_a_wrong_magic_number(self, files, which, magic):
        content = files[which].read_bytes()
        files[which].write_bytes(magic if len(magic) < 4 else magic + content[4:])
        assert f"begins with {magic.hex(' ')}" in fault_of(*files, named=files[which])

    def test_pictures_where_labels_should_be(self, files):
        images, _ = files
        assert "not an IDX file of labels" in fault_of(images, images, named=images)

    @pytest.mark.parametrize(
        ("which", "left", "fault"),
        [
            (0, 4, "cut short within its header"),
            (0, 15, "cut short within its header"),
            (0, -1, "11 of 12 pictures"),
            (0, -784, "11 of 12 pictures"),
            (0, -785, "10 of 12 pictures"),
            (0, 16, "0 of 12 pictures"),
            (1, 7, "cut short within its header"),
            (1, -5, "7 of 12 labels"),
        ],
    )
    def test_a_file_that_is_cut_short(self, files, which, left, fault):
        files[which].write_bytes(files[which].read_bytes()[:left])
        assert fault in fault_of(*files, named=files[which])

    def test_more_than_the_header_says(self, files):
        images, _ = files
        images.write_bytes(images.read_bytes() + b"\0")
        assert "more than the 12 pictures" in fault_of(*files, named=images)

    @pytest.mark.parametrize("which", [0, 1])
    def test_truncated_gzip(self, files, which):
        files[which].write_bytes(gzip.compress(files[which].read_bytes())[:-10])
        assert "cut short" in fault_of(*files, named=files[which])

    def test_counts_that_differ(self, files, idx_bytes, tiny):
        _, labels = files
        labels.write_bytes(idx_bytes(tiny.test.labels[:9]))
        assert "9 labels do not fit 12 pictures" in fault_of(*files, named=labels)

    @pytest.mark.parametrize("sides", [(32, 32), (28, 29), (784, 1), (0, 0)])
    def test_pictures_that_are_not_28_by_28(self, files, idx_bytes, sides):
        images, _ = files
        images.write_bytes(idx_bytes(np.zeros((12, *sides))))
        assert f"are {sides[0]}×{sides[1]}, not 28×28" in fault_of(*files, named=images)

    def test_labels_that_are_no_digits(self, files, idx_bytes, tiny):
        _, labels = files
        wrong = tiny.test.labels.copy()
        wrong[4] = 10
        labels.write_bytes(idx_bytes(wrong))
        assert "label 4 is 10" in fault_of(*files, named=labels)

    def test_no_pictures_at_all(self, files, idx_bytes):
        images, labels = files
        images.write_bytes(idx_bytes(np.zeros((0, 28, 28))))
        labels.write_bytes(idx_bytes(np.zeros(0)))
        assert "no pictures" in fault_of(*files, named=labels)

    @pytest.mark.parametrize("count", [1_000_001, 2**31, 2**32 - 1])
    @pytest.mark.parametrize(
        ("which", "sides", "what"), [(0, (28, 28), "pictures"), (1, (), "labels")]
    )
    def test_a_header_that_says_it_holds_too_much_is_not_believed(
        self, files, count, which, sides, what
    ):
        files[which].write_bytes(header(count, *sides, dimensions=1 + len(sides)))
        assert f"says it holds {count:,} {what}" in fault_of(*files, named=files[which])

    def test_a_little_gzip_of_endless_nothing_is_not_unpacked_to_its_end(self, files):
        images, _ = files
        content = images.read_bytes()
        images.write_bytes(gzip.compress(content + bytes(200_000_000), 1))
        unpacked = []
        real = gzip.GzipFile.read

        def read(self, size=-1):
            unpacked.append(self.tell())
            return real(self, size)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gzip.GzipFile, "read", read)
            assert "more than the 12 pictures" in fault_of(*files, named=images)
        assert max(unpacked) <= len(content)

    def test_a_missing_file(self, files):
        _, labels = files
        labels.unlink()
        assert "does not exist" in fault_of(*files, named=labels)
