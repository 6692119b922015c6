import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.ink import strokes as strokes_module
from mnist_desktop.ink.strokes import (
    Drawing,
    LabelledDrawing,
    Stroke,
    StrokesFileError,
    read_strokes,
)


@pytest.fixture
def strokes_file(tmp_path):
    """Writes a strokes file of records, or of lines as they are."""

    def write(*lines, name="drawings.jsonl"):
        path = tmp_path / name
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        content = "\n".join(texts).encode()
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return write


def fault_of(path):
    with pytest.raises(StrokesFileError) as caught:
        read_strokes(path)
    text = str(caught.value)
    assert text.startswith(f"{path.name}: ")
    return text


LINE = [[0, 0], [10, 20]]


class TestStroke:
    def test_it_is_a_private_copy_that_nobody_can_write_to(self):
        points = np.array([[1.0, 2.0], [3.0, 4.0]])
        stroke = Stroke(points, np.array([1.0, 2.0]))
        points[0, 0] = 99
        assert stroke.points[0, 0] == 1
        for array in (stroke.points, stroke.widths):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 5

    @pytest.mark.parametrize(
        "points",
        [
            np.zeros((0, 2)),
            np.zeros((3, 3)),
            np.zeros(2),
            np.zeros((1, 2, 2)),
            [[1.0, np.nan]],
            [[np.inf, 1.0]],
            [[1.0, -1e300]],
        ],
    )
    def test_points_must_be_pairs_of_finite_numbers_and_at_least_one(self, points):
        with pytest.raises(ValueError, match=r"point|finite|beyond"):
            Stroke(np.array(points))

    @pytest.mark.parametrize("widths", [[1.0], [1.0, 2.0, 3.0], [[1.0], [2.0]], [1.0, np.nan]])
    def test_widths_must_be_one_finite_number_for_each_point(self, widths):
        with pytest.raises(ValueError, match=r"widths|finite"):
            Stroke(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array(widths))


class TestDrawing:
    def test_a_drawing_without_strokes_is_false(self, drawing_of):
        assert not Drawing()
        assert drawing_of([[0, 0]])

    def test_one_more_stroke_makes_a_new_drawing_and_leaves_the_old(self, drawing_of):
        old = drawing_of(LINE)
        stroke = Stroke(np.array([[5.0, 5.0]]))
        new = old.with_stroke(stroke)
        assert len(old.strokes) == 1
        assert new.strokes == (*old.strokes, stroke)

    def test_fitted_keeps_proportions_and_centres_in_the_unit_square(self, drawing_of):
        wide = drawing_of([[100, 50], [500, 50]], [[100, 150], [300, 150]])
        fitted = wide.fitted(margin=0.1)
        points = np.concatenate([stroke.points for stroke in fitted.strokes])
        np.testing.assert_allclose(points.min(axis=0), [0.1, 0.4])
        np.testing.assert_allclose(points.max(axis=0), [0.9, 0.6])
        assert len(fitted.strokes) == 2

    def test_fitted_puts_a_dot_in_the_middle(self, drawing_of):
        (stroke,) = drawing_of([[7, -3]]).fitted().strokes
        np.testing.assert_allclose(stroke.points, [[0.5, 0.5]])

    def test_fitted_of_nothing_is_nothing(self):
        assert not Drawing().fitted()


class TestDigits:
    @pytest.mark.parametrize("label", ["7", "0", "42", "007"])
    def test_a_digit_or_a_number_is_what_its_label_says(self, label):
        assert LabelledDrawing(Drawing(), label).digits == label

    @pytest.mark.parametrize("label", [None, "", "x", "4x", "-1", "1.5", " 7", "٣", "²", "３"])
    def test_what_is_no_digit_has_none(self, label):
        assert LabelledDrawing(Drawing(), label).digits is None


class TestReading:
    @pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
    def test_drawings_come_as_they_were_written_in_their_order(self, strokes_file, name):
        path = strokes_file(
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

    def test_gzip_is_recognised_by_its_contents_and_not_by_the_name(self, tmp_path):
        path = tmp_path / "drawings.jsonl"
        path.write_bytes(gzip.compress(json.dumps({"label": 1, "strokes": [LINE]}).encode()))
        assert read_strokes(path)[0].label == "1"

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
    def test_whatever_is_written_is_read(self, tmp_path_factory, drawings):
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

    def test_blank_lines_are_passed_over_and_still_counted(self, strokes_file):
        good = {"label": 1, "strokes": [LINE]}
        assert len(read_strokes(strokes_file("", good, "   ", good, ""))) == 2
        assert "line 4 " in fault_of(strokes_file("", good, " ", "[]"))

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
            '{"strokes": ' + "[" * 100_000,
            '{"strokes": ' + "[" * 60 + "1" + "]" * 60 + "}",
            '{"label": "\\ud800", "strokes": [[[1, 1' + "0" * 5000 + "]]]}",
        ],
    )
    def test_a_faulty_line_is_named_with_its_file(self, strokes_file, line):
        good = {"label": 1, "strokes": [LINE]}
        assert "line 3 is not a drawing: " in fault_of(strokes_file(good, good, line, good))

    def test_bytes_that_are_no_text_are_a_faulty_line(self, tmp_path):
        path = tmp_path / "picture.jsonl"
        path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe")
        assert "line 1 is not a drawing" in fault_of(path)

    @pytest.mark.parametrize("content", ["", "\n\n  \n"])
    def test_a_file_without_a_drawing_is_an_error(self, strokes_file, content):
        assert "no drawing" in fault_of(strokes_file(content))

    def test_a_line_that_is_too_long_ends_the_reading(self, strokes_file, monkeypatch):
        monkeypatch.setattr(strokes_module, "MAX_LINE_BYTES", 100)
        good = json.dumps({"label": 1, "strokes": [LINE]})
        assert len(read_strokes(strokes_file(good.ljust(99), good))) == 2
        assert "line 2 is too long" in fault_of(strokes_file(good, good.ljust(101)))

    def test_a_little_gzip_of_endless_nothing_ends_the_reading(self, strokes_file, monkeypatch):
        monkeypatch.setattr(strokes_module, "MAX_FILE_BYTES", 1000)
        assert "too long" in fault_of(strokes_file(*[""] * 5000, name="bomb.gz"))

    def test_a_truncated_gzip_is_called_cut_short(self, strokes_file):
        path = strokes_file({"label": 1, "strokes": [LINE]}, name="a.jsonl.gz")
        path.write_bytes(path.read_bytes()[:-12])
        assert "cut short" in fault_of(path)

    def test_a_damaged_gzip_is_called_damaged(self, strokes_file):
        path = strokes_file(*[{"label": i, "strokes": [LINE]} for i in range(50)], name="a.gz")
        content = bytearray(path.read_bytes())
        content[20:30] = b"\xff" * 10
        path.write_bytes(content)
        assert "damaged" in fault_of(path)

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path):
        assert "does not exist" in fault_of(tmp_path / "nowhere.jsonl")

    def test_a_folder_is_said_to_be_one(self, tmp_path):
        assert "is a folder" in fault_of(tmp_path)
