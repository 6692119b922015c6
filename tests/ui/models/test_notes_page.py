import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTabWidget

from mnist_desktop.library.runs import run_of
from mnist_desktop.ui.models import notes_page
from mnist_desktop.ui.models.notes_page import NotesPage


@pytest.fixture
def numbers(put):
    return [put("first", note="old"), put("second", epochs=1, outcome=None)]


@pytest.fixture
def tab(numbers, open_tab, session, entry):
    session.shelf.add(entry)
    tab = open_tab()
    tab.findChild(QTabWidget, "modelsPages").setCurrentIndex(2)
    tab.activateWindow()
    return tab


@pytest.fixture
def choose(tab, table_of, settle):
    def choose(*keys):
        table_of(tab).choose(keys)
        settle()
        settle()

    return choose


@pytest.fixture
def note(tab):
    return tab.findChild(QPlainTextEdit, "runNoteEdit")


@pytest.fixture
def log(tab):
    return tab.findChild(QPlainTextEdit, "runLogView")


def test_the_note_and_the_log_are_those_of_the_run(choose, note, log, numbers):
    choose(numbers[0])
    assert note.toPlainText() == "old"
    lines = log.toPlainText().splitlines()
    assert [line.partition(":")[0] for line in lines[:2]] == ["epoch 2", "epoch 4"]
    assert lines[2].startswith("All 5 epochs are done.")
    assert log.isReadOnly()
    choose(numbers[1])
    assert note.toPlainText() == ""
    assert log.toPlainText() == ""


def test_the_log_of_a_run_that_was_left_does_not_come_late(
    tab, table_of, log, numbers, session, settle
):
    page = tab.findChild(NotesPage)
    (row,) = [row for row in table_of(tab).rows.rows if row.key == numbers[0]]
    page.show_rows([])
    page.show_rows([row])
    page.show_rows([])
    settle()
    assert log.toPlainText() == ""


def test_back_from_several_runs_the_log_of_one_is_there_again(choose, log, numbers):
    choose(numbers[0])
    before = log.toPlainText()
    choose(*numbers)
    assert log.toPlainText() == ""
    choose(numbers[0])
    assert log.toPlainText() == before


def test_a_file_that_is_dropped_on_the_note_is_for_the_window(note):
    assert not note.acceptDrops()
    assert not note.viewport().acceptDrops()


def test_a_long_log_shows_its_end(choose, log, numbers, monkeypatch):
    monkeypatch.setattr(notes_page, "MOST_LINES", 1)
    choose(numbers[0])
    assert log.toPlainText().startswith("All 5 epochs are done.")
    assert "\n" not in log.toPlainText()


def test_a_note_is_saved_when_one_turns_to_something_else(
    tab, choose, note, numbers, library, settle
):
    choose(numbers[0])
    note.setFocus()
    QTest.keyClicks(note, "new ")
    assert run_of(library, numbers[0]).note == "old"
    tab.findChild(QLineEdit, "runsFilter").setFocus()
    settle()
    assert run_of(library, numbers[0]).note == "new old"
    assert note.toPlainText() == "new old"


def test_choosing_another_run_saves_the_note_on_the_right_one(choose, note, numbers, library):
    choose(numbers[0])
    QTest.keyClicks(note, "mine ")
    choose(numbers[1])
    QTest.keyClicks(note, "yours")
    choose(numbers[0])
    assert note.toPlainText() == "mine old"
    assert run_of(library, numbers[0]).note == "mine old"
    assert run_of(library, numbers[1]).note == "yours"


def test_leaving_the_page_or_choosing_several_saves_it(tab, choose, note, numbers, library, settle):
    choose(numbers[0])
    QTest.keyClicks(note, "a")
    tab.findChild(QTabWidget, "modelsPages").setCurrentIndex(0)
    settle()
    assert run_of(library, numbers[0]).note == "aold"
    QTest.keyClicks(note, "b")
    choose(*numbers)
    assert run_of(library, numbers[0]).note == "abold"
    assert not note.isEnabled()
    assert note.toPlainText() == ""


def test_a_refresh_leaves_what_is_being_typed(choose, note, numbers, session, settle, put):
    choose(numbers[0])
    QTest.keyClicks(note, "half")
    put("newer")
    session.runs.refresh()
    settle()
    assert note.toPlainText() == "halfold"


def test_what_is_typed_stands_against_what_is_written_elsewhere(
    tab, choose, note, numbers, session, settle, library
):
    choose(numbers[0])
    QTest.keyClicks(note, "half")
    with library.write() as connection:
        connection.execute("UPDATE runs SET note = 'elsewhere' WHERE id = ?", numbers[:1])
    session.runs.refresh()
    settle()
    settle()
    assert note.toPlainText() == "halfold"
    tab.findChild(QTabWidget, "modelsPages").setCurrentIndex(0)
    settle()
    assert run_of(library, numbers[0]).note == "halfold"


def test_a_note_that_was_changed_elsewhere_is_shown(
    choose, note, numbers, session, settle, library
):
    choose(numbers[0])
    note.setFocus()
    QTest.keyClicks(note, "new ")
    note.clearFocus()
    settle()
    assert run_of(library, numbers[0]).note == "new old"
    with library.write() as connection:
        connection.execute("UPDATE runs SET note = 'elsewhere' WHERE id = ?", numbers[:1])
    session.runs.refresh()
    settle()
    settle()
    assert note.toPlainText() == "elsewhere"


def test_what_was_not_changed_is_not_saved(choose, note, numbers, session):
    titles = []
    session.jobs.changed.connect(lambda: titles.extend(job.title for job in session.jobs.running))
    choose(numbers[0])
    choose(numbers[1])
    choose()
    assert "Saving the note" not in titles


def test_the_log_grows_with_the_run(choose, log, numbers, session, settle, library):
    choose(numbers[1])
    assert log.toPlainText() == ""
    with library.write() as connection:
        connection.execute(
            "INSERT INTO epochs VALUES (?, 2, 0.5, 0.9, 0.5, 0.9, 1.0, 0)", numbers[1:]
        )
    session.runs.refresh()
    settle()
    settle()
    assert log.toPlainText().startswith("epoch 2: train loss 0.5000")


def test_a_log_that_cannot_be_read_is_told_of_once(choose, numbers, session, settle, library):
    with library.write() as connection:
        connection.execute("UPDATE runs SET config = 'damaged' WHERE id = ?", numbers[:1])
    session.runs.refresh()
    settle()
    faults = []
    session.failed.connect(faults.append)
    choose(numbers[0])
    for _ in range(2):
        session.runs.refresh()
        settle()
        settle()
    assert len(faults) == 1


def test_files_and_several_runs_have_no_note(choose, note, numbers, entry):
    choose(entry.path)
    assert not note.isEnabled()
    assert "Files have no note" in note.placeholderText()
    choose(*numbers)
    assert "Choose one run" in note.placeholderText()
