"""Who writes here, and who does so now."""

import time

import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.library import profiles
from mnist_desktop.library.profile_file import export_profile
from mnist_desktop.library.profiles import FIRST, add_profile, delete_profile
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.teach.people import People


@pytest.fixture
def people(qtbot, session_of, library, jobs):
    people = People(session_of(library=library, jobs=jobs, preferences=Preferences()))
    with qtbot.waitSignal(people.changed):
        people.read()
    return people


@pytest.fixture
def done(qtbot, jobs):
    """Returns when nothing goes on any more."""
    return lambda: qtbot.waitUntil(lambda: not jobs.running)


def names(people):
    return [people.name_of(one) for one in people.all]


def test_at_first_there_is_one_who_has_no_name_yet(people):
    assert names(people) == ["Me"]
    assert people.current.id == FIRST


def test_people_of_the_same_name_are_told_apart(people, done):
    for name in ("Ada", "Me", "Ada"):
        people.add(name)
        done()
    assert names(people) == ["Me", "Ada", "Me (2)", "Ada (2)"]
    people.rename(people.all[1].id, "Bob")
    done()
    assert names(people) == ["Me", "Bob", "Me (2)", "Ada"]


def test_the_last_name_that_was_given_counts(people, done, monkeypatch):
    rename = profiles.rename_profile

    def rename_slowly(library, profile, name):
        if name == "Ada":  # as where another window writes just then
            time.sleep(0.2)
        rename(library, profile, name)

    monkeypatch.setattr(profiles, "rename_profile", rename_slowly)
    people.rename(FIRST, "Ada")
    people.rename(FIRST, "Bob")
    done()
    assert names(people) == ["Bob"]


def test_who_is_added_writes_and_is_remembered(session_of, people, done, library, jobs):
    people.add("Ada")
    done()
    assert names(people) == ["Me", "Ada"]
    assert people.current.name == "Ada"
    assert Preferences().profile == people.current.id
    tomorrow = People(session_of(library=library, jobs=jobs, preferences=Preferences()))
    assert tomorrow.current.id == people.current.id, "also before it is read who there is"


def test_until_somebody_is_there_nobody_else_writes(people, jobs, done):
    people.add("Ada")
    done()
    seen = [people.current.id]
    people.changed.connect(lambda: seen.append(people.current.id))
    # Whenever anything happens on the way.
    jobs.changed.connect(lambda: seen.append(people.current.id))
    people.add("Bob")
    done()
    assert people.current.name == "Bob"
    assert FIRST not in seen


def test_another_is_chosen_once(qtbot, people, done):
    people.add("Ada")
    done()
    with qtbot.waitSignal(people.changed):
        people.choose(FIRST)
    assert people.current.id == FIRST
    with qtbot.assertNotEmitted(people.changed):
        people.choose(FIRST)
    people.read()
    done()
    assert people.current.id == FIRST, "Ada is new no more"


def test_one_is_called_otherwise_and_goes(people, done):
    people.add("Ada")
    done()
    ada = people.current.id
    people.rename(ada, "Ada Lovelace")
    done()
    assert people.current.name == "Ada Lovelace"
    people.delete(ada)
    done()
    assert names(people) == ["Me"]
    assert people.current.id == FIRST


def test_who_was_deleted_elsewhere_does_not_write(people, done, library):
    people.add("Ada")
    done()
    delete_profile(library, people.current.id)
    people.read()
    done()
    assert people.current.id == FIRST


def test_a_file_brings_somebody_who_writes(qtbot, people, done, tmp_path, library):
    ada = add_profile(library, "Ada")
    export_profile(library, ada, tmp_path / "Ada.mnist-profile")
    people.import_file(tmp_path / "Ada.mnist-profile")
    done()
    assert names(people) == ["Me", "Ada", "Ada (2)"]
    assert people.current.id == people.all[-1].id


def test_what_cannot_be_done_is_told_and_changes_nothing(qtbot, people, done, tmp_path, jobs):
    (tmp_path / "x.mnist-profile").write_bytes(b"no profile")
    with qtbot.waitSignal(jobs.failed) as told:
        people.import_file(tmp_path / "x.mnist-profile")
    assert isinstance(told.args[0], FileError)
    done()
    assert people.current.id == FIRST
