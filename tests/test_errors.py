from pathlib import Path

import pytest

from mnist_desktop.errors import FileError, UserError


def table(texts):
    """Translates by looking texts up."""
    return lambda context, text: texts.get(text, text) if context == "core" else None


def test_the_text_is_the_template_with_its_values():
    error = UserError("{count:,} of {what}", count=12345, what="digits")
    assert str(error) == error.text() == "12,345 of digits"


def test_the_template_is_translated_before_the_values_stand_in_it():
    error = UserError("{count} digits", count=3)
    assert error.text(table({"{count} digits": "{count} 个数字"})) == "3 个数字"


def test_braces_in_values_stay_as_they_are():
    assert str(UserError("it says {text}", text="{count} {}")) == "it says {count} {}"


@pytest.mark.parametrize("name", ["template", "self", "path", "fault", "error"])
def test_values_may_have_any_name(name):
    values = {name: 7}
    assert str(UserError("{" + name + "}", **values)) == "7"
    assert str(FileError("a.txt", "{" + name + "}", **values)) == "a.txt: 7"


def test_the_text_of_a_file_s_error_begins_with_its_name_alone():
    error = FileError(Path("somewhere") / "deep" / "digits.npz", "is {how}", how="empty")
    assert str(error) == "digits.npz: is empty"
    assert error.path == Path("somewhere/deep/digits.npz")
    assert isinstance(error, UserError)


def test_a_name_with_braces_is_no_template():
    assert str(FileError("{x}.npz", "is empty")) == "{x}.npz: is empty"


def test_the_name_is_not_translated_and_the_fault_is():
    error = FileError("is empty", "is empty")
    assert error.text(table({"is empty": "ist leer"})) == "is empty: ist leer"


def test_a_folder_without_a_name_is_named_by_its_path():
    assert str(FileError(".", "is empty")) == ".: is empty"


@pytest.mark.parametrize("value", ["v" * 5000, ValueError("v" * 5000), b"v" * 5000, ("v" * 5000,)])
def test_of_a_long_value_only_the_beginning_is_quoted(value):
    text = str(FileError("a.txt", "it says {value}; get another", value=value))
    assert text.startswith("a.txt: it says ")
    assert text.endswith("…; get another")
    assert 200 < len(text) < 250


def test_a_value_of_200_characters_stands_there_whole():
    assert str(UserError("{value}", value="v" * 200)) == "v" * 200
    assert str(UserError("{value}", value="v" * 201)) == "v" * 199 + "…"


def test_a_path_is_quoted_whole_since_its_end_tells_where_a_file_is():
    path = Path("/", *["folder"] * 100)
    assert str(UserError("kept in {path}", path=path)) == f"kept in {path}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("two\nlines\r\n\u2028end", "two lines end"),
        ("a\0\x1b[31m", "a [31m"),
        ("gnp\u202e.exe", "gnp .exe"),
        ("name \udcff", "name"),
        ("汉字 é 🙂", "汉字 é 🙂"),
    ],
)
def test_values_and_names_of_files_are_one_line_that_can_be_seen(value, shown):
    assert str(UserError("{value}", value=value)) == shown
    assert str(UserError("{path}", path=Path(value))) == shown
    assert str(FileError(value, "is empty")) == f"{shown}: is empty"
    assert str(UserError("two\nlines")) == "two\nlines"


def test_an_error_within_an_error_is_translated_too_and_quoted_whole():
    inner = UserError("{count} digits of {what}", count=3, what="x" * 190)
    error = UserError("damaged: {fault}", fault=inner)
    assert str(error) == f"damaged: 3 digits of {'x' * 190}"
    texts = {"damaged: {fault}": "kaputt: {fault}", inner.template: "{count} Ziffern"}
    assert error.text(table(texts)) == "kaputt: 3 Ziffern"
