from types import SimpleNamespace

import pytest

from mnist_desktop.ui.session.shelf import Entry, Shelf


def recognizer():
    return SimpleNamespace(model=SimpleNamespace(test_score=None))


@pytest.fixture
def shelf(qtbot):
    return Shelf()


def test_adding_a_model_does_not_change_which_one_reads(qtbot, shelf):
    first = Entry("first", recognizer())
    shelf.add(first)
    shelf.read_with(first)
    with qtbot.assertNotEmitted(shelf.current_changed):
        shelf.add(Entry("second", recognizer()))
    assert shelf.current is first


def test_a_file_that_is_opened_again_takes_its_old_place(tmp_path, shelf):
    first, other = Entry("first", recognizer()), Entry("other", recognizer())
    for entry in (first, Entry("a", recognizer(), tmp_path / "a.safetensors"), other):
        shelf.add(entry)
    again = Entry("a", recognizer(), tmp_path / "a.safetensors")
    shelf.add(again)
    assert shelf.entries == [first, again, other]


def test_of_two_models_that_were_saved_to_one_file_the_one_that_is_opened_stays(tmp_path, shelf):
    entries = [Entry(name, recognizer()) for name in ("first", "other", "second")]
    for entry in entries:
        shelf.add(entry)
    for entry in (entries[0], entries[2]):
        shelf.mark_saved(entry, tmp_path / "a.safetensors")
    shelf.read_with(entries[2])
    again = Entry("a", recognizer(), tmp_path / "a.safetensors")
    shelf.add(again)
    assert shelf.entries == [again, entries[1]]
    assert shelf.current is again


def test_a_file_that_is_opened_again_while_it_reads_goes_on_reading(qtbot, tmp_path, shelf):
    before = Entry("a", recognizer(), tmp_path / "a.safetensors")
    shelf.add(before)
    shelf.read_with(before)
    again = Entry("a", recognizer(), tmp_path / "a.safetensors")
    with qtbot.waitSignal(shelf.current_changed):
        shelf.add(again)
    assert shelf.current is again


def test_of_runs_that_are_gone_only_what_a_file_holds_stays(tmp_path, shelf):
    saved = Entry("saved", recognizer(), tmp_path / "saved.safetensors", run_id=1)
    for entry in (saved, Entry("run 2", recognizer(), run_id=2), Entry("run 3", recognizer())):
        shelf.add(entry)
    shelf.read_with(saved)
    shelf.forget_runs([1, 2])
    assert [entry.name for entry in shelf.entries] == ["saved", "run 3"]
    assert shelf.current is saved
    assert saved.run_id is None, "or it would be looked for in the library at the next start"


def test_models_without_a_file_are_kept_apart(shelf):
    shelf.add(Entry("run 1", recognizer()))
    shelf.add(Entry("run 2", recognizer()))
    assert [entry.name for entry in shelf.entries] == ["run 1", "run 2"]


def test_what_no_file_holds_is_unsaved_unless_it_is_still_training(tmp_path, shelf):
    trained = Entry("run 1", recognizer())
    shelf.add(trained)
    shelf.add(Entry("run 2", recognizer(), is_training=True))
    shelf.add(Entry("a", recognizer(), tmp_path / "a.safetensors"))
    assert shelf.unsaved == [trained]
    shelf.mark_saved(trained, tmp_path / "mi\nne.safetensors")
    assert shelf.unsaved == []
    assert trained.name == "mi ne"


def test_another_name_is_announced_and_the_same_one_is_not(qtbot, shelf):
    entry = Entry("run 1", recognizer())
    shelf.add(entry)
    with qtbot.waitSignal(shelf.changed):
        shelf.rename(entry, "mi\nne")
    assert entry.name == "mi ne"
    with qtbot.assertNotEmitted(shelf.changed):
        shelf.rename(entry, "mi\nne")


def test_new_weights_of_the_model_that_reads_are_announced(qtbot, shelf):
    entry = Entry("run 1", recognizer(), is_training=True)
    shelf.add(entry)
    shelf.read_with(entry)
    newer = recognizer()
    with qtbot.waitSignal(shelf.current_changed):
        shelf.renew(entry, newer, is_training=False)
    assert shelf.current.recognizer is newer
    assert entry.is_unsaved


def test_when_the_model_that_reads_is_removed_the_last_one_reads(qtbot, shelf):
    first, second = Entry("first", recognizer()), Entry("second", recognizer())
    for entry in (first, second):
        shelf.add(entry)
    shelf.read_with(second)
    with qtbot.waitSignal(shelf.current_changed):
        shelf.remove(second)
    assert shelf.current is first
    shelf.remove(first)
    assert shelf.current is None


def test_when_another_is_removed_the_same_one_reads(qtbot, shelf):
    entries = [Entry(name, recognizer()) for name in ("first", "second", "third")]
    for entry in entries:
        shelf.add(entry)
    shelf.read_with(entries[0])
    with qtbot.assertNotEmitted(shelf.current_changed):
        shelf.remove(entries[1])
    assert shelf.current is entries[0]


def test_of_the_others_it_is_the_last_that_reads(shelf):
    entries = [Entry(name, recognizer()) for name in ("first", "second", "third")]
    for entry in entries:
        shelf.add(entry)
    shelf.read_with(entries[1])
    shelf.remove(entries[1])
    assert shelf.current is entries[2]


def test_what_the_library_holds_for_a_person_is_not_lost(shelf):
    shelf.add(Entry("mine", recognizer(), is_in_profile=True))
    assert shelf.unsaved == []
    shelf.add(Entry("mine", recognizer()))
    assert shelf.unsaved == shelf.entries[1:]


def test_the_program_s_own_model_has_no_name_of_its_own(shelf):
    assert [Entry(name, recognizer()).own_name for name in (None, "mine")] == ["", "mine"]
