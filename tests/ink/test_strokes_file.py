import gzip
import json
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.errors import FileError
from mnist_desktop.ink import strokes_file
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import (
    StrokesFileError,
    read_strokes,
    save_drawing,
    save_drawings,
)
from mnist_desktop.progress import Cancelled

LINE = [[0, 0], [10, 20]]
GOOD = {"label": 1, "strokes": [LINE]}


@pytest.fixture
def written(tmp_path):
    """Writes a strokes file of records, or of lines as they are."""

    def write(*lines, name="drawings.jsonl"):
        path = tmp_path / name
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        content = "\n".join(texts).encode()
        path.write_bytes(gzip.compress(content, 1) if name.endswith(".gz") else content)
        return path

    return write


def fault_of(path):
    with pytest.raises(StrokesFileError) as caught:
        read_strokes(path)
    text = str(caught.value)
    assert text.startswith(f"{path.name}: ")
    assert len(text) < 200
    assert "\n" not in text
    return text


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_drawings_come_as_they_were_written_in_their_order(written, name):
    path = written(
        {"label": 7, "writer": "ann", "strokes": [LINE, [[1.5, -2.25]]]},
        {"label": "42", "strokes": [LINE]},
        {"label": None, "strokes": []},
        {"label": "scribble", "writer": 3, "strokes": [LINE], "later": "more"},
        {"strokes": [LINE]},
        name=name,
    )
    read = read_strokes(path)
    assert [one.label for one in read] == ["7", "42", None, "scribble", None]
    assert [one.digits for one in read] == ["7", "42", None, None, None]
    assert [one.writer for one in read] == ["ann", None, None, "3", None]
    assert [len(one.drawing.strokes) for one in read] == [2, 1, 0, 1, 1]
    np.testing.assert_array_equal(read[0].drawing.strokes[0].points, LINE)
    np.testing.assert_array_equal(read[0].drawing.strokes[1].points, [[1.5, -2.25]])


def test_gzip_is_recognised_by_its_contents_and_not_by_the_name(written):
    path = written(GOOD, name="drawings.gz")
    assert read_strokes(path.rename(path.with_name("drawings.jsonl")))[0].label == "1"


def test_a_writer_s_name_is_one_line_that_no_terminal_obeys(written):
    names = ["ann\n/ a", "\x1b[2Jbob\ud800", "  ", "Zoë 王"]
    read = read_strokes(written(*(GOOD | {"writer": name} for name in names)))
    assert [one.writer for one in read] == ["ann / a", "[2Jbob", None, "Zoë 王"]


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 10**12) | st.text(max_size=5),
            st.lists(
                st.lists(
                    st.tuples(*[st.floats(-1e6, 1e6, allow_nan=False)] * 2),
                    min_size=1,
                    max_size=4,
                ),
                max_size=3,
            ),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_written_is_read(tmp_path_factory, drawings):
    path = tmp_path_factory.mktemp("strokes") / "any.jsonl"
    records = [{"label": label, "strokes": strokes} for label, strokes in drawings]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    read = read_strokes(path)
    assert len(read) == len(drawings)
    for one, (label, strokes) in zip(read, drawings, strict=True):
        assert one.label == (str(label) if isinstance(label, int) else label)
        assert [stroke.points.tolist() for stroke in one.drawing.strokes] == [
            [list(point) for point in stroke] for stroke in strokes
        ]


def test_blank_lines_are_passed_over_and_still_counted(written):
    assert len(read_strokes(written("", GOOD, "   ", GOOD, ""))) == 2
    assert "line 4 " in fault_of(written("", GOOD, " ", "[]"))


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"strokes": [[[0, 0], [1',
        "[]",
        "3",
        "null",
        '"strokes"',
        '{"label": 3}',
        '{"label": 3, "strokes": null}',
        '{"label": 3, "strokes": {"0": [[1, 2]]}}',
        '{"strokes": [[]]}',
        '{"strokes": [[[1, 2, 3]]]}',
        '{"strokes": [[1, 2]]}',
        '{"strokes": [[[1, 2], [3]]]}',
        '{"strokes": [[["a", "b"]]]}',
        '{"strokes": [[[null, 1]]]}',
        '{"strokes": ["ab"]}',
        '{"strokes": [{"x": 1}]}',
        '{"strokes": [[[NaN, 1]]]}',
        '{"strokes": [[[1, Infinity]]]}',
        '{"strokes": [[[1, -1e999]]]}',
        '{"strokes": [[[1, 1e308]]]}',
        '{"strokes": [[[1, 1' + "0" * 400 + "]]]}",
        '{"label": 1.5, "strokes": []}',
        '{"label": true, "strokes": []}',
        '{"label": -1, "strokes": []}',
        '{"label": [1], "strokes": []}',
        json.dumps({"label": "7" * 201, "strokes": []}),
        json.dumps({"writer": "7" * 5000, "strokes": []}),
        json.dumps({"label": {"7" * 5000: 7}, "strokes": []}),
        json.dumps({"strokes": [[["9" * 5000, "a" * 5000]]]}),
        json.dumps({"strokes": [[[0, 0]]] * 501}),
        '{"strokes": ' + "[" * 100_000,
        '{"strokes": ' + "[" * 60 + "1" + "]" * 60 + "}",
        '{"label": "\\ud800", "strokes": [[[1, 1' + "0" * 5000 + "]]]}",
    ],
)
def test_a_faulty_line_is_named_with_its_file(written, line):
    assert "line 3 is not a drawing: " in fault_of(written(GOOD, GOOD, line, GOOD))


def test_bytes_that_are_no_text_are_a_faulty_line(tmp_path):
    path = tmp_path / "picture.jsonl"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe")
    assert "line 1 is not a drawing" in fault_of(path)


@pytest.mark.parametrize("content", ["", "\n\n  \n"])
def test_a_file_without_a_drawing_is_an_error(written, content):
    assert "no drawing" in fault_of(written(content))


class TestWhatIsTooMuch:
    def test_many_drawings_of_ordinary_size_are_not(self, written):
        points = np.random.default_rng(0).integers(0, 999, (2, 30, 2)).tolist()
        path = written(*[json.dumps({"label": 3, "strokes": points})] * 20_000, name="a.gz")
        assert len(read_strokes(path)) == 20_000

    @pytest.mark.parametrize(
        ("line", "times"),
        [
            ("", 200_000_000),
            ("7" * 10**6, 65),
            (json.dumps({"strokes": []}), 5_000_000),
            (json.dumps({"strokes": []}), 100_001),
            (json.dumps({"strokes": [LINE * 10_000]}), 180),
            (json.dumps({"strokes": [], "others": [{}] * 1000}), 201),
            (json.dumps({"strokes": [], "others": [0.5] * 10_000}), 801),
            (json.dumps({"strokes": []} | dict.fromkeys(map(str, range(1000)))), 1001),
        ],
        ids=["nothing", "digits", "bytes", "lines", "points", "objects", "numbers", "names"],
    )
    def test_it_is_refused_before_anything_is_made_of_it(self, tmp_path, monkeypatch, line, times):
        path = tmp_path / "bomb.jsonl.gz"
        with gzip.open(path, "wb", 1) as stream:
            for many in (*[times // 100] * 100, times % 100):
                stream.write(f"{line}\n".encode() * many)
        assert path.stat().st_size < 2**20
        monkeypatch.setattr(strokes_file.json, "loads", None)
        tracemalloc.start()
        assert "divide it up" in fault_of(path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 150e6

    def test_strokes_are_counted_in_all_drawings_together(self, written, monkeypatch):
        monkeypatch.setattr(strokes_file, "MAX_STROKES", 500)
        full = {"strokes": [[[0, 0]]] * 250}
        assert len(read_strokes(written(full, full))) == 2
        assert "divide it up" in fault_of(written(full, full, GOOD))

    def test_a_line_that_is_too_long_is_no_drawing(self, written, monkeypatch):
        monkeypatch.setattr(strokes_file, "MAX_LINE_BYTES", 100)
        good = json.dumps(GOOD)
        assert len(read_strokes(written(good.ljust(99), good))) == 2
        assert "line 2 is too long" in fault_of(written(good, good.ljust(101)))


class TestTheFile:
    def test_a_truncated_gzip_is_called_cut_short(self, written):
        path = written(GOOD, name="a.jsonl.gz")
        path.write_bytes(path.read_bytes()[:-12])
        assert "cut short" in fault_of(path)

    def test_a_damaged_gzip_is_called_damaged(self, written):
        path = written(*[{"label": i, "strokes": [LINE]} for i in range(50)], name="a.gz")
        content = bytearray(path.read_bytes())
        content[20:30] = b"\xff" * 10
        path.write_bytes(content)
        assert "damaged" in fault_of(path)

    def test_what_is_no_file_is_said_to_be_none(self, tmp_path):
        assert "does not exist" in fault_of(tmp_path / "nowhere.jsonl")
        assert "is a folder" in fault_of(tmp_path)


def test_reading_can_be_called_off_while_drawings_are_made(written):
    heard = []

    def call_off(done):
        heard.append(done)
        if len(heard) == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_strokes(written(*[GOOD] * 5000), call_off)
    assert heard == sorted(heard)
    assert 0 < heard[0] < 0.5 < heard[-1] < 1


PIECES = [b"[", b"]", b"{", b"}", b",", b":", b'"', b"-", b"1e400", b"NaN", b"null", b"\\u", b"\n"]


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 9), st.sampled_from(PIECES) | st.binary()),
        min_size=1,
        max_size=4,
    )
)
def test_damage_anywhere_gives_drawings_or_a_clear_error(tmp_path_factory, changes):
    content = b"".join(json.dumps(GOOD | {"writer": name}).encode() + b"\n" for name in "abc")
    for place, length, piece in changes:
        content = content[:place] + piece + content[place + length :]
    path = tmp_path_factory.mktemp("strokes") / "any.jsonl"
    path.write_bytes(content)
    try:
        texts = [one.writer or "" for one in read_strokes(path)]
    except StrokesFileError as fault:
        texts = [str(fault)]
    assert all(len(text) < 250 and text.isprintable() for text in texts)


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
    monkeypatch.setattr(strokes_file, "MAX_FILE_BYTES", len(before) + 10)
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
