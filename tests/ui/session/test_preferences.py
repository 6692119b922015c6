import os
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS
from mnist_desktop.paths import user_folder
from mnist_desktop.ui.session.preferences import DEFAULT_PEN, FILE, Preferences
from mnist_desktop.ui.session.session import Session

CHOICES = {
    "language": "zh_CN",
    "theme": "contrast",
    "text_size": 150,
    "strictness": 0.7,
    "pen_width": 30,
    "model": "run 7",
    "window": QByteArray(b"\x01\x00\xff"),
}


def test_at_first_all_is_as_usual():
    preferences = Preferences()
    assert (preferences.language, preferences.theme, preferences.text_size) == ("", "system", 100)
    assert preferences.strictness == DEFAULT_STRICTNESS
    assert preferences.pen_width == DEFAULT_PEN
    assert preferences.model == ""
    assert preferences.folder == Path.home()
    assert preferences.window.isEmpty()


@pytest.mark.parametrize("name", CHOICES)
def test_what_is_chosen_is_there_the_next_day(qtbot, name):
    preferences = Preferences()
    with qtbot.waitSignal(preferences.changed) as changed:
        preferences.set(name, CHOICES[name])
    assert changed.args == [name]
    preferences.deleteLater()
    del preferences
    assert getattr(Preferences(), name) == CHOICES[name]


def test_the_same_choice_is_no_news(qtbot):
    preferences = Preferences()
    preferences.set("theme", "dark")
    with qtbot.assertNotEmitted(preferences.changed):
        preferences.set("theme", "dark")


def test_the_folder_of_a_file_is_remembered_while_it_is_there(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    Preferences().set("folder", folder)
    assert Preferences().folder == folder
    folder.rmdir()
    assert Preferences().folder == Path.home()


def test_what_makes_no_sense_is_as_if_it_were_not_there():
    user_folder().mkdir(parents=True, exist_ok=True)
    lines = ["strictness=2.5", "pen_width=-3", "text_size=huge", "window=1", "theme=dark"]
    (user_folder() / FILE).write_text("[General]\n" + "\n".join(lines))
    preferences = Preferences()
    assert preferences.strictness == DEFAULT_STRICTNESS
    assert preferences.pen_width == DEFAULT_PEN
    assert preferences.text_size == 100
    assert preferences.window.isEmpty()
    assert preferences.theme == "dark"


@pytest.mark.parametrize("content", [b"\0\xff" * 1000, b"[General", b""])
def test_a_damaged_file_is_no_trouble(content):
    user_folder().mkdir(parents=True, exist_ok=True)
    (user_folder() / FILE).write_bytes(content)
    preferences = Preferences()
    assert preferences.theme == "system"
    preferences.set("theme", "light")
    assert preferences.theme == "light"


def test_where_nothing_can_be_written_a_choice_holds_for_this_time():
    user_folder().parent.mkdir(parents=True, exist_ok=True)
    if user_folder().exists():
        user_folder().rmdir()
    user_folder().write_text("a file where the folder should be")
    preferences = Preferences()
    preferences.set("text_size", 125)
    assert preferences.text_size == 125


@pytest.mark.skipif(os.name != "posix", reason="elsewhere folders are private as a whole")
@pytest.mark.parametrize("is_there", [False, True])
def test_nobody_else_can_read_what_was_chosen(is_there):
    path = user_folder() / FILE
    if is_there:  # as it was written until now
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("[General]\ntheme=dark\n")
        path.chmod(0o644)
    preferences = Preferences()
    preferences.set("text_size", 125)
    preferences._settings.sync()
    assert "text_size=125" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert Preferences().theme == ("dark" if is_there else "system")


def test_a_session_reads_as_strictly_as_the_last_one(qtbot):
    session = Session()
    session.reader.set_strictness(0.9)
    session.deleteLater()
    assert Session().reader.strictness == 0.9


def test_the_field_is_a_square_until_it_is_wanted_wide():
    assert not Preferences().wide_field
    Preferences().set("wide_field", True)
    assert Preferences().wide_field
    Preferences().set("wide_field", False)
    assert not Preferences().wide_field
