import csv
from pathlib import Path

import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.learning.read.readings_file import ReadingLine, write_readings


@pytest.fixture
def written(tmp_path):
    """Writes lines; the rows of the file."""

    def write(*lines, **options):
        path = tmp_path / "out.csv"
        write_readings(path, lines, **options)
        with path.open(newline="", encoding="utf-8-sig") as stream:
            return list(csv.reader(stream))

    return write


def test_there_is_a_line_for_each_reading(written):
    lines = [
        ReadingLine(Path("a/1.png"), "12\n-3.5", 0.98765),
        ReadingLine(Path("a/2.png"), "?", 0.25),
        ReadingLine(Path("a/2.png"), "", None),
    ]
    assert written(*lines) == [
        ["file", "text", "confidence"],
        [str(Path("a/1.png")), "12\n-3.5", "0.9877"],
        [str(Path("a/2.png")), "?", "0.2500"],
        [str(Path("a/2.png")), "", ""],
    ]


def test_what_a_person_has_put_right_is_told_where_it_is_asked_for(written):
    lines = [ReadingLine(Path("a"), "7", 0.5, is_corrected=True), ReadingLine(Path("b"), "1", 0.9)]
    assert [row[3:] for row in written(*lines, with_corrections=True)] == [
        ["corrected"],
        ["yes"],
        [""],
    ]


@pytest.mark.parametrize("text", ["-5", "+7", "-12.50", "-1\n+2", "+1-2"])
def test_numbers_stay_numbers(written, text):
    assert written(ReadingLine(Path("a"), text, 1.0))[1][1] == text


@pytest.mark.parametrize("text", ["=1", "-1+cmd|' /C calc'!A0", "@7", "+a"])
def test_a_text_or_name_is_no_formula_for_a_spreadsheet(written, text):
    row = written(ReadingLine(Path(text), text, 1.0))[1]
    assert row[:2] == [f"'{Path(text)}", f"'{text}"]


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(FileError, match=r"^out\.csv: cannot be saved"):
        write_readings(tmp_path / "missing" / "out.csv", [])
