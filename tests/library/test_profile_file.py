"""A person as a file for somebody else."""

import os
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.ink.correction import NO_DIGIT, Correction
from mnist_desktop.learning.models.model_file import model_bytes
from mnist_desktop.library import foreign_file, profile_file
from mnist_desktop.library.database import Library
from mnist_desktop.library.lessons import (
    go_to_lesson,
    keep_lesson,
    list_lessons,
    model_of_lesson,
)
from mnist_desktop.library.profile_file import export_profile, import_profile
from mnist_desktop.library.profiles import FIRST, add_profile, delete_profile, list_profiles
from mnist_desktop.library.taught import keep, read_taught

BOX = (0.0, 0.0, 1.0, 1.0)
PICTURE = np.arange(784, dtype=np.uint8).reshape(28, 28)


@pytest.fixture
def ada(library, seven, tiny_model):
    """The second person of a library, who has three drawings and two lessons, and read three."""
    keep(library, [Correction(BOX, "1", "1", seven, "canvas")], [], FIRST)
    keep_lesson(library, FIRST, "", tiny_model(7), tiny_model(8))
    ada = add_profile(library, "Ada")
    said = [
        Correction(BOX, "7", "7", seven, "canvas"),
        Correction(BOX, "3", "3", PICTURE, "picture"),
        Correction(BOX, "7", NO_DIGIT, seven, "file"),
    ]
    keep(library, said, [], ada)
    for seed in (1, 2):
        keep_lesson(library, ada, "mine", tiny_model(0), tiny_model(seed))
    return ada


@pytest.fixture
def exported(library, ada, tmp_path):
    path = tmp_path / "Ada?#.mnist-profile"
    export_profile(library, ada, path)
    return path


def test_without_room_for_a_copy_it_is_said(library, ada, exported, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(FileError, match=r"b\.mnist-profile: cannot be saved: No such file"):
        export_profile(library, ada, tmp_path / "b.mnist-profile")
    with pytest.raises(FileError, match=r"Ada.*: cannot be read: No such file"):
        import_profile(library, exported)


@pytest.fixture
def others(tmp_path):
    """The library of another machine, with something in it."""
    library = Library(tmp_path / "another" / "library.sqlite3")
    add_profile(library, "Bob")
    return library


def content_of(library):
    """All of it but the bytes."""
    taught = [(one.id, one.profile, one.label) for one in read_taught(library)]
    people = list_profiles(library)
    return people, taught, [list_lessons(library, one.id) for one in people]


def test_another_machine_has_the_drawings_and_what_reads(library, ada, exported, others, sound):
    before = exported.read_bytes()
    there = import_profile(others, exported)
    assert [(one.id, one.name) for one in list_profiles(others)] == [
        *((FIRST, ""), (2, "Bob"), (there, "Ada"))
    ]
    for mine, theirs in zip(read_taught(library, ada), read_taught(others, there), strict=True):
        assert (theirs.label, theirs.source) == (mine.label, mine.source)
        assert theirs.created == mine.created
        if isinstance(mine.ink, np.ndarray):
            np.testing.assert_array_equal(theirs.ink, mine.ink)
        else:
            for stroke, other in zip(theirs.ink.strokes, mine.ink.strokes, strict=True):
                np.testing.assert_array_equal(stroke.points, other.points)
    assert exported.read_bytes() == before
    assert [one.name for one in exported.parent.glob("Ada*")] == [exported.name]
    sound(others.path)


def test_with_the_model_it_goes_back_to_and_no_more(exported, others, tiny_model):
    there = import_profile(others, exported)
    base, last = list_lessons(others, there)
    assert (base.base, base.previous, base.name) == (None, None, "mine")
    assert (last.base, last.previous) == (base.id, base.id)
    assert list_profiles(others)[-1].lesson == last.id
    assert model_bytes(model_of_lesson(others, base.id)) == model_bytes(tiny_model(0))
    assert model_bytes(model_of_lesson(others, last.id)) == model_bytes(tiny_model(2))


def test_who_has_gone_back_is_exported_so(library, ada, others, tmp_path, tiny_model):
    go_to_lesson(library, ada, list_lessons(library, ada)[0].id)
    export_profile(library, ada, tmp_path / "file")
    there = import_profile(others, tmp_path / "file")
    (only,) = list_lessons(others, there)
    assert (only.base, list_profiles(others)[-1].lesson) == (None, only.id)
    assert model_bytes(model_of_lesson(others, only.id)) == model_bytes(tiny_model(0))


def test_who_has_learned_nothing_is_exported_too(library, seven, others, tmp_path):
    keep(library, [Correction(BOX, "7", "7", seven, "canvas")], [], FIRST)
    export_profile(library, FIRST, tmp_path / "file")
    there = import_profile(others, tmp_path / "file")
    assert [one.label for one in read_taught(others, there)] == ["7"]
    assert list_profiles(others)[-1].lesson is None


def test_somebody_comes_twice_as_two(exported, others):
    first, second = import_profile(others, exported), import_profile(others, exported)
    assert first != second
    assert len(read_taught(others, first)) == len(read_taught(others, second)) == 3


def test_nothing_of_anybody_else_is_in_the_file(exported):
    with closing(sqlite3.connect(exported)) as file:
        counts = [
            file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("profiles", "taught", "lessons")
        ]
        labels = [label for (label,) in file.execute("SELECT label FROM taught")]
    assert counts == [1, 3, 2]
    assert "1" not in labels


def test_somebody_who_is_gone_is_not_exported(library, ada, fault, tmp_path):
    delete_profile(library, ada)
    with fault(library.path) as text:
        export_profile(library, ada, tmp_path / "file")
    assert "deleted" in text[0]
    assert not (tmp_path / "file").exists()


def test_a_folder_that_is_not_there(library, ada, tmp_path):
    with pytest.raises(FileError, match="cannot be saved"):
        export_profile(library, ada, tmp_path / "no" / "file")


def test_a_file_of_a_newer_version(exported, others, fault, change):
    before = content_of(others)
    change(exported, "PRAGMA user_version = 99")
    with fault(exported) as text:
        import_profile(others, exported)
    assert "newer version" in text[0]
    assert content_of(others) == before


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\3\4" * 1000, b"SQLite format 3\0" * 99])
def test_a_file_of_another_kind(others, tmp_path, fault, content):
    path = tmp_path / "file.mnist-profile"
    path.write_bytes(content)
    before = content_of(others)
    with fault(path):
        import_profile(others, path)
    assert (path.read_bytes(), content_of(others)) == (content, before)


def test_a_library_is_no_profile(library, ada, others, fault):
    with fault(library.path) as text:
        import_profile(others, library.path)
    assert "another program" in text[0]


HOSTILE = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON taught BEGIN DELETE FROM taught; END",
    "a view": "CREATE VIEW v AS SELECT * FROM taught",
    "a table more": "CREATE TABLE extra (x)",
    "a generated column": "ALTER TABLE taught ADD COLUMN x AS (zeroblob(1000000000))",
    "nobody": "DELETE FROM profiles",
    "two people": "INSERT INTO profiles SELECT 99, name, created, lesson FROM profiles",
    "a name that is none": "UPDATE profiles SET name = x'ff'",
    "a person of no time": "UPDATE profiles SET created = 1e300",
    "a drawing of no time": "UPDATE taught SET created = 1e300",
    "a drawing before all time": "UPDATE taught SET created = -9e999",
    "a lesson of no time": "UPDATE lessons SET created = 1e18",
    "a label of two digits": "UPDATE taught SET label = '42'",
    "a label that is a letter": "UPDATE taught SET label = 'x'",
    "a label that is empty": "UPDATE taught SET label = ''",
    "a label that is no text": "UPDATE taught SET label = x'37'",
    "a source that is none": "UPDATE taught SET source = 'elsewhere'",
    "strokes without an end": "UPDATE taught SET content = CAST('[[' AS BLOB)",
    "no strokes": "UPDATE taught SET content = CAST('[]' AS BLOB) WHERE kind = 'strokes'",
    "a stroke of no points": "UPDATE taught SET content = CAST('[[]]' AS BLOB) "
    "WHERE kind = 'strokes'",
    "points that are no numbers": "UPDATE taught SET content = CAST('[[[NaN, 1e999]]]' AS BLOB) "
    "WHERE kind = 'strokes'",
    "deep strokes": f"UPDATE taught SET content = CAST('{'[' * 50_000}' AS BLOB)",
    "strokes as text": "UPDATE taught SET content = CAST(content AS TEXT) WHERE kind = 'strokes'",
    "a picture of 27 rows": "UPDATE taught SET content = zeroblob(27 * 28) WHERE kind = 'picture'",
    "a huge picture": "UPDATE taught SET content = zeroblob(1000000) WHERE kind = 'picture'",
    "a model that is none": "UPDATE lessons SET content = zeroblob(100)",
    "half a model": "UPDATE lessons SET content = CAST(substr(content, 1, 5000) AS BLOB)",
    "weights that are no numbers": "UPDATE lessons SET content = CAST(substr(content, 1, "
    "length(content) - 4) || x'0000c07f' AS BLOB)",
    "a model of no name": "UPDATE lessons SET name = x'ff'",
    "three lessons": "INSERT INTO lessons SELECT 99, profile, previous, base, created, name, "
    "content FROM lessons LIMIT 1",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_this_program_would_not_have_written(exported, others, fault, kind, change):
    before = content_of(others)
    change(exported, HOSTILE[kind])
    with fault(exported) as text:
        import_profile(others, exported)
    assert "damaged" in text[0]
    assert content_of(others) == before


def test_numbers_in_the_file_point_at_nobody_here(exported, others, change):
    change(
        exported,
        "UPDATE taught SET profile = 2, id = id + 100",
        "UPDATE lessons SET profile = 1, previous = 1, base = 1 WHERE base IS NOT NULL",
        "UPDATE profiles SET id = 2, lesson = 1",
    )
    there = import_profile(others, exported)
    assert read_taught(others, FIRST) == read_taught(others, 2) == []
    assert {one.profile for one in read_taught(others)} == {there}
    base, last = list_lessons(others, there)
    assert (last.base, list_profiles(others)[-1].lesson) == (base.id, last.id)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_short_names_itself_and_not_the_library(exported, others, fault, share):
    before = content_of(others)
    content = exported.read_bytes()
    exported.write_bytes(content[: int(share * len(content))])
    with fault(exported) as text:
        import_profile(others, exported)
    assert "damaged" in text[0]
    assert content_of(others) == before


def test_a_library_that_cannot_be_written_is_what_is_told(exported, tmp_path, fault):
    there = tmp_path / "broken.sqlite3"
    there.write_bytes(b"no database at all" * 100)
    with fault(there):
        import_profile(Library(there), exported)


def test_the_file_is_opened_for_reading_only(exported, others, monkeypatch):
    asked = []
    connect = sqlite3.connect

    def watched(address, *more, **how):
        asked.append(str(address))
        return connect(address, *more, **how)

    monkeypatch.setattr(sqlite3, "connect", watched)
    import_profile(others, exported)
    (address,) = [one for one in asked if "Ada" in one]
    assert "mode=ro&immutable=1" in address


@pytest.mark.skipif(os.name != "posix", reason="another kind of permission")
def test_a_file_that_is_being_made_is_the_person_s_alone(tmp_path):
    foreign_file.new_file(tmp_path / "file", profile_file.PROFILE_FILE).close()
    assert (tmp_path / "file").stat().st_mode & 0o077 == 0
