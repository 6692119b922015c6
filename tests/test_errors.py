from pathlib import Path

import pytest

from mnist_desktop.errors import FileError, UserError


def test_the_text_is_the_template_with_its_values():
    error = UserError("{count:,} of {what}", count=12345, what="digits")
    assert str(error) == error.text() == "12,345 of digits"


def test_the_template_is_translated_before_the_values_stand_in_it():
    error = UserError("{count} digits", count=3)
    assert error.text({"{count} digits": "{count} 个数字"}.__getitem__) == "3 个数字"


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
    assert error.text({"is empty": "ist leer"}.__getitem__) == "is empty: ist leer"


def test_a_folder_without_a_name_is_named_by_its_path():
    assert str(FileError(".", "is empty")) == ".: is empty"
