import json

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_desktop.errors import FileError, UserError
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.many_files import find_files, read_files
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Cancelled

SEVEN = [[[120, 90], [200, 88], [280, 92], [250, 180], [200, 320]]]


@pytest.fixture(scope="module")
def recognizer():
    return Recognizer(open_model(DEFAULT_MODEL))


@pytest.fixture
def put(tmp_path):
    """Puts files of any content into a folder, in no good order."""

    def put(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"content")
        return tmp_path

    return put


@pytest.fixture
def picture(tmp_path):
    """A seven, 600 by 240 pixels."""
    image = Image.new("L", (600, 240), 215)
    ImageDraw.Draw(image).line([(80, 50), (180, 50), (110, 200)], fill=40, width=12, joint="curve")
    path = tmp_path / "seven.png"
    image.save(path)
    return path


@pytest.fixture
def drawings(tmp_path):
    path = tmp_path / "drawings.jsonl"
    path.write_text("\n".join(json.dumps({"strokes": one}) for one in (SEVEN, [])))
    return path


def names(folder, found):
    return [path.relative_to(folder).as_posix() for path in found]


def test_a_folder_s_files_come_in_the_order_of_their_names_and_its_folders_after_them(put):
    folder = put("b/2.png", "10.png", "9.JPG", "a/b/1.bmp", "a/x.webp", "a/c.jsonl.gz")
    assert names(folder, find_files([folder])) == [
        *("9.JPG", "10.png", "a/c.jsonl.gz", "a/x.webp", "a/b/1.bmp", "b/2.png"),
    ]


def test_what_is_no_picture_or_hidden_is_passed_over(put):
    folder = put("notes.txt", "model.pt", ".hidden.png", ".thumbs/1.png", "none", "1.png")
    (folder / "photo").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert names(folder, find_files([folder])) == ["1.png", "photo"]


def test_a_picture_that_cannot_be_opened_is_not_passed_over_in_silence(put):
    folder = put("photo.HEIC", "scan.tif")
    assert names(folder, find_files([folder])) == ["photo.HEIC", "scan.tif"]


def test_links_that_lead_in_circles_are_gone_through_once(put):
    folder = put("a/1.png")
    (folder / "a" / "back").symlink_to(folder, target_is_directory=True)
    (folder / "b").symlink_to(folder / "a", target_is_directory=True)
    assert names(folder, find_files([folder])) == ["a/1.png"]


def test_files_that_are_named_come_as_they_are_named(put):
    folder = put("2.png", "1.txt")
    paths = [folder / "2.png", folder / "1.txt", folder / "missing.png", folder / "2.png"]
    assert list(find_files(paths)) == paths


def test_an_empty_folder_is_told_of_and_does_not_keep_from_the_next(put):
    folder = put("full/1.png", "empty/notes.txt")
    fault, path = find_files([folder / "empty", folder / "full"])
    assert isinstance(fault, FileError)
    assert str(fault) == "empty: holds neither pictures nor drawings"
    assert path == folder / "full" / "1.png"


def test_pictures_and_drawings_are_read_with_where_they_come_from(recognizer, picture, drawings):
    one, seven, nothing = read_files([picture, drawings], recognizer, 0.5)
    assert [(read.place, read.file, read.number) for read in (one, seven, nothing)] == [
        (0, picture, 0),
        (1, drawings, 1),
        (1, drawings, 2),
    ]
    assert [read.result.text for read in (one, seven, nothing)] == ["7", "7", ""]
    assert one.content.shape == (240, 600)
    assert one.content.dtype == np.uint8
    assert isinstance(seven.content, Drawing)


def test_what_cannot_be_read_is_told_in_its_place(recognizer, picture, tmp_path):
    missing = tmp_path / "missing.png"
    faults = [UserError("one"), FileError("x.png", "two")]
    found = list(read_files([missing, picture, *faults], recognizer, 0.5))
    assert [str(one.result) for one in found if isinstance(one.result, UserError)] == [
        "missing.png: does not exist; it may have been moved or renamed",
        "one",
        "x.png: two",
    ]
    assert [one.place for one in found] == [0, 1, 2, 3]
    assert found[1].result.text == "7"


def test_it_is_as_strict_as_is_asked(recognizer, picture):
    (read,) = read_files([picture], recognizer, 1.0)
    assert (read.result.text, read.result.best_text) == ("?", "7")


def test_progress_grows_over_all_files_and_can_call_it_off(recognizer, picture, drawings):
    seen = []
    list(read_files([picture, drawings, picture], recognizer, 0.5, seen.append))
    assert seen == sorted(seen)
    assert seen[0] == 0
    assert len([done for done in seen if done < 1 / 3]) > 2
    assert 2 / 3 <= seen[-1] <= 1

    def call_off(done):
        if done > 0.5:
            raise Cancelled

    reading = read_files([picture, drawings, picture], recognizer, 0.5, call_off)
    assert next(reading).result.text == "7"
    with pytest.raises(Cancelled):
        list(reading)
