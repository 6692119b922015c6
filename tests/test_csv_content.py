import csv
import io

import pytest

from mnist_desktop.csv_content import csv_content, harmless


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_what_is_written_comes_back_as_it_was():
    rows = [["a,b", 'with "quotes"', "two\nlines", "数字"], ["", "7", "0.5", " x "]]
    content = csv_content(["one", "two", "three", "four"], rows)
    assert rows_of(content) == [["one", "two", "three", "four"], *rows]
    assert content.count(b"\r\n") == 3


def test_only_what_is_not_ascii_has_a_mark_before_it():
    assert csv_content(["a"], [["7"]]) == b"a\r\n7\r\n"
    assert csv_content(["a"], [["é"]]).startswith(b"\xef\xbb\xbf")


def test_the_name_of_a_file_need_not_be_text():
    assert rows_of(csv_content(["a"], [["\udcff.png"]])) == [["a"], ["\\udcff.png"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_what_looks_like_a_formula_is_one_no_more(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "7", "a=1", "1-2", "'=1"])
def test_all_else_stays_as_it_is(text):
    assert harmless(text) == text
