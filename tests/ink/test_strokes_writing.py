import gzip
import json

import numpy as np
import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.ink import strokes_file
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import StrokesFileError, read_strokes
from mnist_desktop.ink.strokes_writing import save_drawing, save_drawings


@pytest.mark.parametrize("name", ["one.jsonl", "one.jsonl.gz"])
def test_what_is_saved_is_read_again(tmp_path, seven, name):
    save_drawing(tmp_path / name, LabelledDrawing(seven, "7"))
    (found,) = read_strokes(tmp_path / name)
    assert found.label == "7"
    for stroke, original in zip(found.drawing.strokes, seven.strokes, strict=True):
        np.testing.assert_allclose(stroke.points, original.points, atol=1e-5)
    is_packed = (tmp_path / name).read_bytes()[:2] == b"\x1f\x8b"
    assert is_packed == name.endswith(".gz")


@pytest.mark.parametrize(
    ("label", "written"), [("7", 7), ("07", "07"), ("1.5\n2", "1.5\n2"), ("七", "七"), (None, None)]
)
def test_a_label_is_written_as_the_format_has_it(tmp_path, seven, label, written):
    path = tmp_path / "one.jsonl"
    save_drawing(path, LabelledDrawing(seven, label))
    assert json.loads(path.read_text(encoding="utf-8"))["label"] == written
    assert read_strokes(path)[0].label == label


def test_what_was_read_can_be_saved_though_its_label_has_half_a_character(tmp_path):
    path = tmp_path / "half.jsonl"
    path.write_text('{"label": "a\\ud800", "writer": "b\\udfff", "strokes": [[[1, 2]]]}')
    (found,) = read_strokes(path)
    save_drawing(path, found)
    assert read_strokes(path)[0].label == found.label == "a?"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_one_is_appended_to_the_drawings_of_a_file(tmp_path, seven, pack, end):
    path = tmp_path / "drawings.jsonl"  # whatever it is called, it stays as it is packed
    before = b'{"label": "x", "writer": "me", "strokes": [[[1, 2]]]}' + end
    path.write_bytes(pack(before))
    save_drawing(path, LabelledDrawing(seven, "7"), append=True)
    assert [one.label for one in read_strokes(path)] == ["x", "7"]
    content = path.read_bytes()
    assert (content[:2] == b"\x1f\x8b") == (pack is gzip.compress)
    assert (content if pack is bytes else gzip.decompress(content)).startswith(before)


def test_without_appending_the_file_is_replaced(tmp_path, seven):
    path = tmp_path / "one.jsonl"
    path.write_bytes(b"anything")
    save_drawing(path, LabelledDrawing(seven, "7"))
    assert len(read_strokes(path)) == 1


def test_nothing_is_appended_to_what_is_no_strokes_file(tmp_path, seven):
    path = tmp_path / "letter.jsonl"
    path.write_bytes(b"Dear friend,\n")
    with pytest.raises(StrokesFileError, match="line 1"):
        save_drawing(path, LabelledDrawing(seven, "7"), append=True)
    assert path.read_bytes() == b"Dear friend,\n"


def test_nothing_is_appended_that_would_make_a_file_too_large_to_open(tmp_path, seven, monkeypatch):
    path = tmp_path / "one.jsonl"
    save_drawing(path, LabelledDrawing(seven, "7"))
    before = path.read_bytes()
    for module in ("strokes_file", "strokes_writing"):
        name = f"mnist_desktop.ink.{module}.MAX_FILE_BYTES"
        monkeypatch.setattr(name, len(before) + 10)
    assert len(before) + 10 == strokes_file.MAX_FILE_BYTES
    with pytest.raises(StrokesFileError, match="holds more than"):
        save_drawing(path, LabelledDrawing(seven, "7"), append=True)
    assert path.read_bytes() == before


def test_a_folder_that_is_missing_is_told(tmp_path, seven):
    with pytest.raises(FileError, match="cannot be saved"):
        save_drawing(tmp_path / "missing" / "one.jsonl", LabelledDrawing(seven, "7"))


@pytest.mark.parametrize("name", ["many.jsonl", "many.JSONL.GZ"])
def test_many_are_saved_in_their_order_in_place_of_what_was_there(
    tmp_path, seven, drawing_of, name
):
    path = tmp_path / name
    save_drawing(path, LabelledDrawing(seven, "1"))
    dot = drawing_of([[3, 4]])
    save_drawings(path, [LabelledDrawing(seven, "7"), LabelledDrawing(dot, None)])
    first, second = read_strokes(path)
    assert (first.label, second.label) == ("7", None)
    assert second.drawing.strokes[0].points.tolist() == [[3, 4]]
    assert (path.read_bytes()[:2] == b"\x1f\x8b") == name.endswith("GZ")


def test_many_that_cannot_be_saved_leave_what_was_there(tmp_path, seven):
    with pytest.raises(FileError, match="cannot be saved"):
        save_drawings(tmp_path / "no" / "many.jsonl", [LabelledDrawing(seven, "7")])
    assert list(tmp_path.iterdir()) == []
