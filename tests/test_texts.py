import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.texts import counted, file_name, one_line

OVERRIDE, ISOLATE = "\u202e", "\u2066"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("run 7", "run 7"),
        ("two  spaces & <b>tags</b>", "two  spaces & <b>tags</b>"),
        ("one\ntwo\r\nthree\ttab", "one two three tab"),
        ("one\u2028two\u2029three\x85four", "one two three four"),
        (" \n a \n\n b \n ", "a b"),
        (f"gpj.{OVERRIDE}exe{ISOLATE} x\u200fy\u061cz", "gpj. exe x y z"),
        ("\x00a\x1b[31mb\x7f", "a [31mb"),
        ("a\u200bb\ufeffc\u2060d", "a b c d"),
        ("broken \ud800 half", "broken half"),
        ("نمی‌خواهم 👩‍🚀 数字", "نمی‌خواهم 👩‍🚀 数字"),
        ("\n\u202e", ""),
        ("", ""),
    ],
)
def test_a_text_becomes_one_line(text, expected):
    assert one_line(text) == expected


def test_a_long_text_is_cut_short():
    assert one_line("x" * 200) == "x" * 200
    assert one_line("x" * 201) == "x" * 199 + "…"
    assert one_line("one two three", most=8) == "one two…"
    assert one_line("x" + "\n" * 10_000_000) == "x…"


@given(st.text(st.characters()), st.integers(1, 20))
def test_whatever_comes_is_one_clean_line(text, most):
    line = one_line(text, most)
    assert len(line) <= most
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not turning & {unicodedata.bidirectional(character) for character in line}
    line.encode()
    assert one_line(line, most) == line


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("run 7", "run 7"),
        ("a/b\\c: *?", "a-b-c-"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "run"),
        ("one\ntwo\x00", "one two"),
        ("数字 <1>", "数字 -1"),
        ("x" * 300, "x" * 80),
    ],
)
def test_any_name_makes_a_files_name(name, expected):
    assert file_name(name).rstrip("- ") == expected.rstrip("- ")


@pytest.mark.parametrize(("count", "text"), [(0, "runs"), (1, "run"), (2, "runs"), (101, "runs")])
def test_one_is_counted_otherwise_than_any_other_number(count, text):
    assert counted(count, "run", "runs") == text
