import csv
import json
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from mnist_desktop.errors import FileError, UserError
from mnist_desktop.learning.read.many_files import FileRead
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.library.database import Library
from mnist_desktop.progress import unwatched
from mnist_desktop.ui.session.read import many_pictures as many_module
from mnist_desktop.ui.session.read.picture_rows import PictureRow, row_of
from mnist_desktop.ui.session.read.thumbnails import THUMBNAIL, thumbnail

SEVEN = [[[120, 90], [200, 88], [280, 92], [250, 180], [200, 320]]]


@pytest.fixture
def folder(tmp_path, save_seven):
    """A picture of 7, a broken one, a strokes file of 7 and a scribble."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    save_seven(folder / "a.png")
    (folder / "b.png").write_bytes(b"no picture")
    lines = [json.dumps({"strokes": one}) for one in (SEVEN, [[[5, 5]]])]
    (folder / "c.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture
def pictures(session):
    return session.pictures


@pytest.fixture
def read(qtbot, pictures, folder):
    """All of the folder has been read."""
    pictures.read([folder])
    qtbot.waitUntil(lambda: not pictures.is_busy and len(pictures.rows) == 4)
    return pictures


def lines_of(path):
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return [tuple(row) for row in csv.reader(stream)]


def test_all_of_a_folder_is_read_and_what_fails_is_a_question_mark(read, folder):
    assert [(row.file.name, row.number, row.text) for row in read.rows] == [
        ("a.png", 0, "7"),
        ("b.png", 0, "?"),
        ("c.jsonl", 1, "7"),
        ("c.jsonl", 2, "?"),
    ]
    good, broken, drawn, dot = read.rows
    assert isinstance(broken.why, FileError)
    assert broken.confidence is None
    assert (good.why, good.best_text) == (None, "7")
    assert 0.5 < good.confidence <= 1
    assert dot.why == "too little ink"
    assert [row.is_unsure for row in read.rows] == [False, True, False, True]
    assert (good.picture.width(), good.picture.height()) == (37, 56)
    assert broken.picture.isNull()
    assert not drawn.picture.isNull()
    assert (read.done, read.total) == (3, 3)


def test_of_what_is_no_file_there_is_no_picture(qapp):
    fault = UserError("There is no such thing.")
    row = row_of(FileRead(0, None, 0, fault), unwatched)
    assert (row.file, row.text, row.best_text, row.why) == (None, "?", "", fault)
    assert row.picture.isNull()


def test_a_row_knows_of_ink_that_was_taken_for_nothing(qtbot, pictures, tmp_path):
    speck = [[420, 330], [424, 336]]
    drawings = [{"strokes": SEVEN}, {"strokes": [*SEVEN, speck]}]
    path = tmp_path / "drawings.jsonl"
    path.write_text("\n".join(map(json.dumps, drawings)))
    pictures.read([path])
    qtbot.waitUntil(lambda: len(pictures.rows) == 2 and not pictures.is_busy)
    assert [row.text for row in pictures.rows] == ["7", "7"]
    assert [row.has_unread for row in pictures.rows] == [False, True]


def test_question_marks_come_first_and_then_what_is_less_sure(read):
    good, broken, drawn, dot = read.rows
    good.confidence, drawn.confidence, dot.confidence = 0.7, 0.9, 0.99
    assert sorted(read.rows, key=lambda row: row.rank) == [broken, dot, good, drawn]


def test_rows_come_while_the_rest_is_still_being_read(qtbot, pictures, folder, monkeypatch):
    gate, real = threading.Event(), many_module.read_files

    def read_files(files, *words):
        for one in real(files, *words):
            yield one
            gate.wait(20)

    monkeypatch.setattr(many_module, "read_files", read_files)
    monkeypatch.setattr(many_module, "TOGETHER_SECONDS", -1)
    pictures.read([folder])
    qtbot.waitUntil(lambda: len(pictures.rows) == 1)
    assert pictures.is_busy
    assert (pictures.done, pictures.total) == (1, 3)
    pictures.cancel()
    assert not pictures.is_busy
    gate.set()
    qtbot.waitUntil(lambda: not pictures._jobs.running)
    assert len(pictures.rows) < 4
    assert pictures.total == pictures.done, "what was called off is to be read no more"
    pictures.read([folder / "a.png"])
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert pictures.total == pictures.done


def test_what_is_read_at_once_is_shown_together(qtbot, pictures, folder, monkeypatch):
    monkeypatch.setattr(many_module, "TOGETHER_SECONDS", 1000)
    shown = []
    pictures.added.connect(lambda rows: shown.append(len(rows)))
    pictures.read([folder])
    qtbot.waitUntil(lambda: not pictures.is_busy and len(pictures.rows) == 4)
    assert shown == [4]


def test_more_can_be_read_into_the_list(qtbot, read, folder):
    read.read([folder / "a.png"])
    read.read([folder / "c.jsonl"])
    qtbot.waitUntil(lambda: len(read.rows) == 7 and not read.is_busy)
    assert [row.text for row in read.rows[4:]] == ["7", "7", "?"]
    assert (read.done, read.total) == (5, 5)


def test_it_waits_for_a_model(qtbot, new_session, folder):
    session = new_session()
    pictures = session.pictures
    pictures.read([folder / "a.png"])
    pictures.read([folder / "c.jsonl"])
    assert pictures.is_busy
    session.opening.load()
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert [row.text for row in pictures.rows] == ["7", "7", "?"]
    session.shut_down()


def test_what_is_called_off_elsewhere_is_over_here_too(qtbot, session, pictures, folder):
    pictures.read([folder])
    session.jobs.newest.cancel()  # as the footer does
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert not pictures.is_busy
    pictures.cancel()
    pictures.rows.clear()
    pictures.read([folder])
    qtbot.waitUntil(lambda: not pictures.is_busy and len(pictures.rows) == 4)


def test_a_fault_of_the_program_keeps_nothing_else_from_being_read(
    qtbot, session, pictures, folder, monkeypatch
):
    real = many_module.find_files

    def find_files(paths, progress):
        if paths == [folder]:
            raise ArithmeticError
        return real(paths, progress)

    monkeypatch.setattr(many_module, "find_files", find_files)
    with qtbot.waitSignal(session.failed) as told:
        pictures.read([folder])
        pictures.read([folder / "a.png"])
    assert isinstance(told.args[0], ArithmeticError)
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert [row.text for row in pictures.rows] == ["7"]


def test_waiting_for_a_model_can_be_called_off(qtbot, new_session, folder):
    session = new_session()
    pictures = session.pictures
    pictures.read([folder / "a.png"])
    with qtbot.waitSignal(pictures.progressed):
        pictures.cancel()
    assert not pictures.is_busy
    session.shut_down()


def test_corrections_are_undone_and_redone(read):
    good, broken, *_ = read.rows
    heard = []
    read.changed.connect(heard.append)
    read.correct(broken, "12")
    read.correct(good, "1")
    read.correct(good, "9")
    assert (good.final_text, broken.final_text) == ("9", "12")
    assert (good.text, broken.text) == ("7", "?")
    assert read.undo() is good
    assert good.final_text == "1"
    assert [read.undo(), read.undo(), read.undo()] == [good, broken, None]
    assert (good.correction, broken.correction) == (None, None)
    assert read.redo() is broken
    assert broken.final_text == "12"
    read.correct(good, "2")
    assert not read.can_redo
    assert heard == [broken, good, good, good, good, broken, broken, good]


def test_what_was_read_or_nothing_is_no_correction(read):
    good, broken, *_ = read.rows
    read.correct(good, "7")
    read.correct(good, "7?7")
    read.correct(broken, "")
    assert not read.can_undo
    read.correct(good, "8")
    read.correct(good, "")
    assert good.correction is None
    assert read.can_undo


@pytest.fixture
def lessons(qtbot, session):
    """What of them the library has: labels and sources, when all is written."""

    def lessons():
        qtbot.waitUntil(lambda: not session.jobs.running)
        with Library().read() as connection:
            rows = connection.execute("SELECT label, kind, source FROM taught ORDER BY id")
            return list(map(tuple, rows))

    return lessons


def test_single_digits_put_right_are_kept_for_teaching_until_undone(read, lessons):
    good, _broken, drawn, _dot = read.rows
    read.correct(good, "1")
    assert lessons() == [("1", "picture", "picture")]
    (lesson,) = good.lessons
    np.testing.assert_array_equal(lesson.ink, good.result.digits[0].picture)
    read.correct(drawn, "-4")
    assert lessons() == [("1", "picture", "picture"), ("4", "picture", "file")]
    read.correct(drawn, "9")
    assert [label for label, *_ in lessons()] == ["1", "9"]
    read.undo()
    read.undo()
    assert lessons() == [("1", "picture", "picture")]
    read.undo()
    assert lessons() == []
    read.redo()
    assert lessons() == [("1", "picture", "picture")]
    read.close()
    assert lessons() == [("1", "picture", "picture")], "the list goes, what was learned stays"


def test_where_digits_cannot_be_told_apart_only_the_text_is_kept(read, lessons):
    good, broken, *_ = read.rows
    for text in ("71", "-12", "7\n1"):
        assert read.correct(good, text)
    read.correct(broken, "5")
    assert lessons() == []
    assert (good.final_text, broken.final_text) == ("7\n1", "5")


@pytest.mark.parametrize("text", ["x1", "seven", "1?", "-", "1\n-", "1 2", "1\n\n2"])
def test_what_no_reading_can_be_is_refused_and_what_stood_there_stays(qtbot, read, text):
    good = read.rows[0]
    read.correct(good, "12.5")
    with qtbot.waitSignal(read.refused) as refused:
        assert not read.correct(good, text)
    assert refused.args == [text]
    assert good.final_text == "12.5"


def test_of_a_number_only_what_was_wrong_or_unsure_is_a_lesson(make_digit):
    line = tuple(make_digit(*one) for one in ((1, 0.9), (2, 0.9), (3, 0.5), (4, 0.9)))
    row = PictureRow(Path("a.png"), 0, Reading((line, (make_digit(5),))), QImage())
    row.correct("193.4\n5", 0.65)
    assert [(one.read, one.label) for one in row.lessons] == [("2", "9"), ("3", "3")]
    row.correct("19\n345", 0.65)
    assert row.lessons == (), "as many digits, but in other lines"


def test_another_strictness_is_applied_to_what_was_read(qtbot, session, read):
    good, broken, drawn, dot = read.rows
    read.correct(drawn, "1")
    with qtbot.waitSignal(read.answered):
        session.reader.set_strictness(1.0)
    assert [row.text for row in read.rows] == ["?", "?", "7", "?"], "what was put right stays"
    assert drawn.final_text == "1"
    assert good.best_text == "7"
    read.undo()
    assert drawn.text == "?"
    with qtbot.waitSignal(read.answered):
        session.reader.set_strictness(0.01)
    assert [row.text for row in read.rows] == ["7", "?", "7", "?"]
    assert dot.why == "too little ink"
    with qtbot.waitSignal(read.answered):
        session.reader.set_strictness(0.0)
    assert dot.why is None
    assert isinstance(broken.why, FileError)
    with qtbot.waitSignal(read.answered):
        session.reader.set_strictness(0.01)
    assert dot.why == "too little ink"


def test_what_comes_after_the_strictness_was_changed_is_declined_by_it(
    qtbot, session, pictures, folder, monkeypatch
):
    gate, real = threading.Event(), many_module.read_files

    def read_files(files, *words):
        gate.wait(20)
        yield from real(files, *words)

    monkeypatch.setattr(many_module, "read_files", read_files)
    pictures.read([folder / "a.png"])
    qtbot.waitUntil(lambda: pictures.total == 1)
    session.reader.set_strictness(1.0)
    gate.set()
    qtbot.waitUntil(lambda: len(pictures.rows) == 1)
    assert pictures.rows[0].text == "?"


def test_what_was_declined_can_be_confirmed(qtbot, session, pictures, folder, lessons):
    session.reader.set_strictness(1.0)
    pictures.read([folder / "a.png"])
    qtbot.waitUntil(lambda: len(pictures.rows) == 1)
    (row,) = pictures.rows
    assert (row.text, row.best_text) == ("?", "7")
    pictures.correct(row, "7")
    assert row.correction == "7"
    assert lessons() == [("7", "picture", "picture")]


def test_in_the_table_what_could_not_be_read_is_empty_and_no_question_mark(
    qtbot, read, folder, tmp_path
):
    """Which stands for what was read and is not sure enough."""
    with qtbot.waitSignal(read.exported):
        read.export(tmp_path / "out.csv")
    _, *lines = lines_of(tmp_path / "out.csv")
    texts = [(Path(line[0]).name, line[1]) for line in lines]
    assert texts == [("a.png", "7"), ("b.png", ""), ("c.jsonl", "7"), ("c.jsonl", "?")]


def test_the_table_is_exported_and_then_nothing_is_unsaved(qtbot, read, folder, tmp_path):
    good, broken, *_ = read.rows
    read.correct(broken, "-12")
    read.correct(good, "1\n2")
    assert read.unsaved == 2
    with qtbot.waitSignal(read.exported) as told:
        read.export(tmp_path / "out.csv")
    assert told.args == [tmp_path / "out.csv"]
    assert read.unsaved == 0
    header, *lines = lines_of(tmp_path / "out.csv")
    assert header == ("file", "text", "confidence", "corrected")
    assert [(line[0], line[1], line[3]) for line in lines] == [
        (str(folder / "a.png"), "1\n2", "yes"),
        (str(folder / "b.png"), "-12", "yes"),
        (str(folder / "c.jsonl"), "7", ""),
        (str(folder / "c.jsonl"), "?", ""),
    ]
    assert lines[1][2] == ""
    read.undo()
    assert read.unsaved == 1


def test_what_is_put_right_while_the_table_is_written_is_unsaved(qtbot, read, tmp_path):
    read.correct(read.rows[0], "8")
    with qtbot.waitSignal(read.exported):
        read.export(tmp_path / "out.csv")
        read.correct(read.rows[1], "5")
    assert read.unsaved == 1


def test_what_is_exported_although_it_was_called_off_is_saved(qtbot, read, tmp_path):
    read.correct(read.rows[0], "8")
    job = read.export(tmp_path / "out.csv")
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert (tmp_path / "out.csv").exists()
    assert read.unsaved == 0


def test_what_cannot_be_exported_stays_unsaved(qtbot, read, tmp_path, session):
    read.correct(read.rows[0], "8")
    with qtbot.waitSignal(session.failed):
        read.export(tmp_path / "missing" / "out.csv")
    assert read.unsaved == 1


def test_closed_it_forgets_all_and_late_rows_are_for_nobody(qtbot, read, folder, monkeypatch):
    is_read, gate, real = threading.Event(), threading.Event(), many_module.read_files

    def read_files(files, *words):
        for one in real(files, *words):
            yield one
            is_read.set()
            gate.wait(20)

    monkeypatch.setattr(many_module, "read_files", read_files)
    monkeypatch.setattr(many_module, "TOGETHER_SECONDS", 1000)
    read.correct(read.rows[0], "8")
    read.correct(read.rows[2], "1")
    read.undo()
    read.read([folder])
    assert is_read.wait(20), "and waits to be shown"
    read.close()
    gate.set()
    qtbot.waitUntil(lambda: not read._jobs.running)
    QCoreApplication.processEvents()
    assert (read.rows, read.done, read.total, read.unsaved) == ([], 0, 0, 0)
    assert (read.can_undo, read.can_redo) == (False, False)
    assert (read.undo(), read.redo()) == (None, None)


def test_a_wide_or_long_picture_becomes_small_without_vanishing(qapp):
    for shape in ((1, 5000), (5000, 1), (3000, 4000), (8, 8)):
        small = thumbnail(np.full(shape, 90, dtype=np.uint8))
        assert 1 <= small.width() <= THUMBNAIL.width()
        assert 1 <= small.height() <= THUMBNAIL.height()
        assert small.pixelColor(0, 0).red() == 90
    assert (small.width(), small.height()) == (56, 56)


def test_a_drawing_becomes_small(qapp, drawing_of):
    small = thumbnail(drawing_of([[0, 0], [4e6, 0]], [[2e6, 3e6]]))
    assert small.width() <= THUMBNAIL.width()
    assert small.height() <= THUMBNAIL.height()
    assert small.pixelColor(small.width() // 2, 6).red() < 90
    assert small.pixelColor(small.width() // 2, small.height() // 2).red() > 200
    assert thumbnail(drawing_of([[-1e100, 0], [1e100, 0]])).width() == THUMBNAIL.width()
    dot = thumbnail(drawing_of([[5, 5]]))
    assert dot.pixelColor(dot.rect().center()).red() < 90
