"""The list of many pictures, as a person uses it."""

import csv
import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)

from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.ui.pictures.table import PicturesTable
from mnist_desktop.ui.pictures.table_model import Column, PicturesModel
from mnist_desktop.ui.pictures.window import PicturesWindow

SEVEN = [[[120, 90], [200, 88], [280, 92], [250, 180], [200, 320]]]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path, save_seven):
    """Two pictures of a 7, one that is none, and drawings of a 7 and of a dot."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        save_seven(folder / name)
    (folder / "none.png").write_bytes(b"no picture")
    lines = [json.dumps({"strokes": one}) for one in (SEVEN, [[[5, 5]]])]
    (folder / "drawings.jsonl").write_text("\n".join(lines))
    return folder


def drop(widget, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    drop_content(widget, mime)


def drop_content(widget, mime):
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), action, mime, button, Qt.KeyboardModifier.NoModifier)
    widget.dropEvent(event)


def pictures_window(window):
    return window.findChild(QWidget, "picturesWindow")


@pytest.fixture
def main(qtbot):
    """What stands for the program's window where only the list is looked at."""
    main = QWidget()
    qtbot.addWidget(main)
    main.show()
    return main


@pytest.fixture
def opened(qtbot, main, session, folder):
    """The list with what was read in a folder."""
    pictures = session.pictures
    pictures.read([folder])
    opened = PicturesWindow(session, main)
    opened.show()
    qtbot.waitUntil(lambda: not pictures.is_busy and len(pictures.rows) == 5)
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    pictures.close()
    opened.close()


@pytest.fixture
def table(opened):
    table = opened.findChild(PicturesTable, "picturesTable")
    table.setFocus()
    return table


@pytest.fixture
def hints(monkeypatch):
    """What the list has said below its rows, the newest last."""
    told = []
    monkeypatch.setattr(PicturesTable, "show_hint", lambda _table, hint: told.append(hint))
    return told


def column(table, which):
    model = table.model()
    return [model.index(row, which).data() for row in range(model.rowCount())]


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def type_text(text):
    for character in text:
        QTest.keyClicks(QApplication.focusWidget(), character)


def answer_with(role):
    """Press a button of the dialog that comes; what it said."""
    said = []

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        if role is None:
            dialog.reject()
        else:
            next(one for one in dialog.buttons() if dialog.buttonRole(one) is role).click()

    QTimer.singleShot(0, answer)
    return said


def test_a_folder_is_listed_question_marks_first(opened, table):
    assert column(table, Column.TEXT)[:2] == ["?", "?"]
    assert column(table, Column.PICTURE) == [""] * 5
    assert column(table, Column.TEXT)[2:] == ["7", "7", "7"]
    assert column(table, Column.FILE)[:2] == ["none.png", "drawings.jsonl, drawing 2"]
    assert column(table, Column.NOTE)[0].startswith("is not a picture that can be opened")
    assert column(table, Column.NOTE)[1].startswith("too little ink; perhaps ")
    sureness = column(table, Column.SURENESS)
    assert sureness[0] == ""
    shares = [int(text.removesuffix(" %")) for text in sureness[2:]]
    assert shares == sorted(shares)
    count = opened.findChild(QLabel, "picturesCount").text()
    assert count == "4 read · 1 unreadable · 2 “?”"
    assert not opened.findChild(QWidget, "picturesProgress").isVisible()


def test_it_may_lie_below_the_window_which_stays_one_window(window, session, folder):
    session.pictures.read([folder])
    list_window = pictures_window(window)
    assert list_window.isVisible()
    assert list_window.windowHandle().transientParent() is None
    # A part that the system knows as a window of its own is no parent for a dialog.
    native = Qt.WidgetAttribute.WA_NativeWindow
    assert [one for one in window.findChildren(QWidget) if one.testAttribute(native)] == [
        one for one in window.findChildren(QWidget) if one.isWindow() and one.testAttribute(native)
    ]
    list_window.close()


def test_ink_that_was_taken_for_nothing_is_told_of(session, opened, table):
    (row, *_) = [row for row in session.pictures.rows if row.text == "7"]
    row.result = replace(row.result, unread=((0.0, 0.0, 1.0, 1.0),))
    session.pictures.changed.emit(row)
    notes = dict(zip(column(table, Column.FILE), column(table, Column.NOTE), strict=True))
    assert notes[row.file.name] == "some of the ink was not read"
    assert [note for note in notes.values() if note == "some of the ink was not read"] == [
        "some of the ink was not read"
    ]


def test_how_sure_it_is_has_room_in_any_language(opened, table, monkeypatch):
    monkeypatch.setattr(PicturesModel, "headerData", lambda *_: "%")
    opened.resize(opened.width() - 50, opened.height())
    QApplication.processEvents()
    text = table.fontMetrics().horizontalAdvance("100 %")
    assert table.columnWidth(Column.SURENESS) >= text + 16


def test_several_pictures_are_listed_and_one_alone_is_shown_on_the_canvas(
    qtbot, window, session, folder
):
    drop(window, folder / "a.png")
    qtbot.waitUntil(lambda: session.reading.text == "7")
    assert pictures_window(window) is None
    drop(window, folder / "b.png", folder / "a.png")
    qtbot.waitUntil(lambda: len(session.pictures.rows) == 2)
    assert [row.file.name for row in session.pictures.rows] == ["b.png", "a.png"]
    session.pictures.close()


def test_a_folder_with_a_data_set_is_no_folder_of_pictures(
    qtbot, window, session, folder, small_npz
):
    (folder / "data.npz").write_bytes(small_npz.read_bytes())
    drop(window, folder)
    qtbot.waitUntil(lambda: session.splits.name == "data.npz")
    assert not session.pictures.is_open


def test_the_menu_reads_several_pictures_and_folders(qtbot, window, session, folder, monkeypatch):
    names = [str(folder / "a.png"), str(folder / "b.png")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.findChild(QAction, "readPicturesAction").trigger()
    qtbot.waitUntil(lambda: len(session.pictures.rows) == 2)
    window.findChild(QAction, "readFolderAction").trigger()
    qtbot.waitUntil(lambda: len(session.pictures.rows) == 7)
    session.pictures.close()


def test_texts_are_put_right_by_typing_and_enter_goes_on(qtbot, session, table):
    table.selectRow(0)
    type_text("12")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    type_text("3")
    press(Key.Key_Enter)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 2)
    assert column(table, Column.TEXT) == ["12", "3", "7", "7", "7"]
    assert column(table, Column.NOTE)[:1] == ["put in by you"]
    count = table.window().findChild(QLabel, "picturesCount").text()
    assert count == "4 read · 1 unreadable · 2 put right"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_a_text_that_is_refused_stays_to_be_changed_and_it_is_said_why(qtbot, opened, table, key):
    hint = opened.findChild(QLabel, "picturesHint")
    usual = hint.text()
    table.selectRow(0)
    type_text("x1")
    editor = QApplication.focusWidget()
    press(key)
    assert hint.text().startswith("“x1” is not taken: a text is made of digits")
    assert QApplication.focusWidget() is editor
    assert editor.text() == "x1"
    assert column(table, Column.TEXT)[0] == "?"
    editor.setText("1２，5")  # as an input method may write it
    press(key)
    assert column(table, Column.TEXT)[0] == "12,5"
    assert hint.text() == usual


def test_a_text_that_is_refused_when_one_looks_elsewhere_is_told_too(qtbot, opened, table):
    table.selectRow(0)
    type_text("x1")
    opened.findChild(QCheckBox, "onlyUnsureCheck").setFocus()
    hint = opened.findChild(QLabel, "picturesHint")
    qtbot.waitUntil(lambda: hint.text().startswith("“x1” is not taken"))
    assert column(table, Column.TEXT)[0] == "?"


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_Return])
def test_a_key_opens_the_text_to_be_changed(qtbot, table, key):
    table.setCurrentIndex(table.model().index(2, Column.FILE))
    press(key)
    editor = QApplication.focusWidget()
    assert editor.objectName() == "pictureTextEdit"
    assert editor.text() == "7"
    QTest.keyClick(editor, Key.Key_End)
    QTest.keyClick(editor, Key.Key_Return, SHIFT)
    QTest.keyClicks(editor, "5")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: column(table, Column.TEXT)[2] == "7↵5")
    assert table.pictures.rows[2].final_text == "7\n5"
    assert column(table, Column.NOTE)[2] == "put right; was read as 7"


def test_home_and_end_lead_to_the_first_and_the_last_row(table):
    table.selectRow(2)
    press(Key.Key_End)
    assert table.chosen == table.pictures.rows[-1:]
    press(Key.Key_Home)
    assert table.chosen == table.pictures.rows[:1]
    press(Key.Key_Down)
    press(Key.Key_End, SHIFT)
    assert table.chosen == table.pictures.rows[1:]


def test_tab_opens_the_next_text_and_with_shift_the_one_before(qtbot, table):
    table.selectRow(2)
    press(Key.Key_F2)
    for key, modifier, row in (
        (Key.Key_Tab, Qt.KeyboardModifier.NoModifier, 3),
        (Key.Key_Backtab, SHIFT, 2),
    ):
        press(key, modifier)
        qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "pictureTextEdit")
        assert table.currentIndex().row() == row
    press(Key.Key_Escape)


def test_escape_leaves_the_text_and_delete_takes_a_correction_back(qtbot, session, table):
    table.selectRow(0)
    type_text("1")
    press(Key.Key_Escape)
    assert column(table, Column.TEXT)[0] == "?"
    type_text("1")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: column(table, Column.TEXT)[0] == "1")
    table.selectRow(0)
    press(Key.Key_Delete)
    assert column(table, Column.TEXT)[0] == "?"
    for row in table.pictures.rows[:3]:
        session.pictures.correct(row, "1")
    table.selectAll()
    press(Key.Key_Delete)
    assert "1" not in column(table, Column.TEXT), "of all that are chosen"


def test_corrections_are_undone_and_redone_by_keys(qtbot, opened, session, table):
    table.selectRow(4)
    type_text("1")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: column(table, Column.TEXT)[4] == "1")
    table.selectRow(0)
    press(Key.Key_Z, CTRL)
    assert column(table, Column.TEXT)[4] == "7"
    assert [index.row() for index in table.selectionModel().selectedRows()] == [4]
    opened.findChild(QPushButton, "redoCorrectionButton").click()
    assert column(table, Column.TEXT)[4] == "1"


def test_of_question_marks_only_those_are_shown_that_are_still_to_be_put_right(
    qtbot, opened, table, hints
):
    count = opened.findChild(QLabel, "picturesCount")
    opened.findChild(QCheckBox, "onlyUnsureCheck").click()
    table.selectRow(0)
    table.setFocus()
    type_text("4")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(column(table, Column.TEXT)) == 1)
    assert count.text() == "4 read · 1 unreadable · 1 “?” · 1 put right"
    assert table.chosen == table.pictures.rows, "the next one is the current one"
    type_text("5")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: column(table, Column.TEXT) == [])
    assert hints[-1] == "No “?” among them."
    press(Key.Key_Z, CTRL)
    assert column(table, Column.TEXT) == ["?"]
    assert table.chosen == table.pictures.rows
    assert hints[-1] == ""
    opened.findChild(QCheckBox, "onlyUnsureCheck").click()
    assert column(table, Column.TEXT) == ["4", "?", "7", "7", "7"]


def test_with_tab_one_goes_from_question_mark_to_question_mark(qtbot, opened, table):
    opened.findChild(QCheckBox, "onlyUnsureCheck").click()
    last = table.pictures.rows[1]
    table.selectRow(0)
    table.setFocus()
    type_text("4")
    press(Key.Key_Tab)
    qtbot.waitUntil(lambda: table.pictures.rows == [last])
    type_text("5")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: last.final_text == "5")


def test_of_what_is_read_later_only_question_marks_are_shown_too(
    qtbot, opened, session, table, folder
):
    opened.findChild(QCheckBox, "onlyUnsureCheck").click()
    session.pictures.read([folder])
    qtbot.waitUntil(lambda: not session.pictures.is_busy and len(session.pictures.rows) == 10)
    assert column(table, Column.TEXT) == ["?"] * 4


def test_another_strictness_sorts_anew_and_keeps_the_current_row(qtbot, opened, session, table):
    rows = table.pictures.rows
    surest = rows[-1]
    session.pictures.correct(rows[2], "1")
    table.selectRow(4)
    with qtbot.waitSignal(session.pictures.answered):
        session.reader.set_strictness(1.0)
    assert column(table, Column.TEXT) == ["?", "?", "?", "?", "1"], "what was put right stays"
    assert table.pictures.rows[table.currentIndex().row()] is surest
    assert [index.row() for index in table.selectionModel().selectedRows()] == [3]
    count = opened.findChild(QLabel, "picturesCount")
    assert count.text() == "4 read · 1 unreadable · 4 “?” · 1 put right"


def test_what_comes_while_one_types_does_not_disturb(qtbot, session, folder, table):
    table.selectRow(2)
    current = table.pictures.rows[2]
    type_text("4")
    session.pictures.read([folder / "none.png"])  # before it, since it is a "?"
    qtbot.waitUntil(lambda: len(table.pictures.rows) == 6)
    type_text("2")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: current.final_text == "42")


@pytest.mark.parametrize(
    ("name", "number"), [("a.png", 0), ("drawings.jsonl", 1), ("drawings.jsonl", 2)]
)
def test_a_double_click_shows_the_picture_on_the_canvas(qtbot, session, table, name, number):
    rows = table.pictures.rows
    place = next(
        place for place, row in enumerate(rows) if (row.file.name, row.number) == (name, number)
    )
    middle = table.visualRect(table.model().index(place, Column.TEXT)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.waitSignal(session.opening.filled_canvas):
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (session.sketch.picture is None) == (number > 0)
    assert session.drawings.index == max(0, number - 1)


def test_drawings_that_cannot_be_read_are_not_called_a_picture(
    qtbot, session, folder, opened, table
):
    (folder / "damaged.jsonl").write_text("no drawings")
    session.pictures.read([folder / "damaged.jsonl"])
    rows = table.pictures.rows
    qtbot.waitUntil(lambda: any(row.file.name == "damaged.jsonl" for row in rows))
    place, damaged = next(
        (place, row) for place, row in enumerate(rows) if row.file.name == "damaged.jsonl"
    )
    table.selectRow(place)
    with qtbot.waitSignal(session.failed) as failed:
        table.actions()[0].trigger()
    assert str(failed.args[0]) == str(damaged.why)


def test_the_menu_of_a_row_shows_it_on_the_canvas_and_asks_why(qtbot, session, opened, table):
    texts = [action.text() for action in table.actions()]
    assert texts == ["To the canvas", "Why is it read so?", "Copy"]
    place = next(place for place, row in enumerate(table.pictures.rows) if row.text == "7")
    table.selectRow(place)
    table.actions()[0].trigger()
    qtbot.waitUntil(lambda: session.reading.text == "7")
    assert not session.preferences.explain
    session.sketch.clear()
    table.actions()[1].trigger()
    qtbot.waitUntil(lambda: session.reading.text == "7")
    assert session.preferences.explain
    qtbot.waitUntil(lambda: not session.jobs.running)
    table.clearSelection()
    for action in table.actions()[:2]:
        action.trigger()
    assert not session.jobs.running, "no row is chosen"


def test_texts_are_copied(opened, table):
    table.selectRow(2)
    press(Key.Key_Down, SHIFT)
    press(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "7\n7"


def test_the_table_is_exported(qtbot, opened, session, table, tmp_path, monkeypatch):
    out = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    with qtbot.waitSignal(table.model().dataChanged) as told:
        session.pictures.correct(table.pictures.rows[0], "5")
    first, last, *_ = told.args
    assert (first.row(), first.column(), last.row()) == (0, 0, 0)
    assert last.column() == Column.NOTE, "what was read stands there"
    with qtbot.waitSignal(session.pictures.exported):
        opened.findChild(QPushButton, "exportPicturesButton").click()
    assert opened.findChild(QLabel, "picturesSavedLabel").text() == "Saved out.csv."
    with (tmp_path / "out.csv").open(newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["text"] for line in lines if line["corrected"]] == ["5"]
    assert opened.close()
    assert session.pictures.rows == []
    assert column(table, Column.TEXT) == []


def test_closing_asks_only_where_corrections_would_be_lost(
    qtbot, opened, session, table, tmp_path, monkeypatch
):
    session.pictures.correct(table.pictures.rows[0], "5")
    said = answer_with(None)
    assert not opened.close()
    assert said == ["1 text that you have put right is in no file yet."]
    out = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    opened.close()
    qtbot.waitUntil(lambda: not session.pictures.is_open)
    assert out.exists()


def test_where_corrections_cannot_be_saved_the_list_stays_open(
    qtbot, opened, session, table, tmp_path, monkeypatch
):
    session.pictures.correct(table.pictures.rows[0], "5")
    out = tmp_path / "gone" / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    with qtbot.waitSignal(session.failed):
        opened.close()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert opened.isVisible()
    assert session.pictures.unsaved == 1


def test_it_closes_without_a_question_while_it_reads(qtbot, opened, session, folder):
    session.pictures.read([folder] * 3)
    assert session.pictures.is_busy
    assert opened.close()
    assert not session.pictures.is_busy
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_the_program_asks_too_before_it_closes_and_another_language_keeps_the_list(
    qtbot, window, session, folder
):
    drop(window, folder)
    qtbot.waitUntil(lambda: not session.pictures.is_busy and len(session.pictures.rows) == 5)
    session.pictures.correct(session.pictures.rows[0], "5")
    asked = []

    def answer():
        dialog = QApplication.activeModalWidget()
        asked.append(dialog.informativeText())
        dialog.reject()

    QTimer.singleShot(0, answer)
    assert not window.close()
    assert asked == ["• the text of 1 picture, which you have put right"]
    before = pictures_window(window)
    window.rebuild()
    qtbot.waitUntil(lambda: pictures_window(window) not in (before, None))
    again = pictures_window(window)
    assert "5" in column(again.findChild(PicturesTable, "picturesTable"), Column.TEXT)
    answer_with(QMessageBox.ButtonRole.DestructiveRole)
    assert window.close()
    assert not again.isVisible()
    qtbot.waitUntil(lambda: pictures_window(window) is None)


def test_the_program_saves_them_before_it_closes_unless_a_person_turns_back(
    qtbot, window, session, folder, tmp_path, monkeypatch
):
    drop(window, folder / "a.png", folder / "b.png")
    qtbot.waitUntil(lambda: not session.pictures.is_busy and len(session.pictures.rows) == 2)
    session.pictures.correct(session.pictures.rows[0], "5")
    out = tmp_path / "out.csv"
    names = ["", str(out)]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (names.pop(0), ""))
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert not window.close(), "no name was said"
    assert session.pictures.unsaved
    answer_with(QMessageBox.ButtonRole.AcceptRole)
    assert window.close()
    assert ",5," in out.read_text()


def test_even_one_picture_dropped_on_the_list_joins_it(qtbot, opened, session, folder):
    drop(opened, folder / "a.png")
    qtbot.waitUntil(lambda: len(session.pictures.rows) == 6)


def test_what_a_browser_drops_on_the_list_is_shown_or_told(qtbot, opened, session, folder):
    page = QMimeData()
    page.setUrls([QUrl("https://example.org/7.png")])
    with qtbot.waitSignal(session.failed) as told:
        drop_content(opened, page)
    assert "only the address" in str(told.args[0])
    picture = QMimeData()
    picture.setImageData(QImage(str(folder / "a.png")))
    with qtbot.waitSignal(session.opening.filled_canvas):
        drop_content(opened, picture)
    assert session.sketch.picture is not None
    assert len(session.pictures.rows) == 5


def test_a_text_longer_than_a_label_is_not_cut_off_by_looking_at_it(qtbot, session, table):
    row = next(row for row in session.pictures.rows if row.text == "7")
    row.result = Reading((row.result.digits * 25,) * 10)
    place = table.pictures.rows.index(row)
    table.setCurrentIndex(table.model().index(place, Column.TEXT))
    press(Key.Key_F2)
    assert QApplication.focusWidget().text() == "↵".join(["7" * 25] * 10)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is table)
    assert row.correction is None


def test_every_control_has_a_name_and_a_place_in_the_order(opened, table):
    names = ["onlyUnsureCheck", "picturesTable", "exportPicturesButton"]
    for name in names:
        assert opened.findChild(QWidget, name).focusPolicy() & Qt.FocusPolicy.TabFocus
    assert table.accessibleName()
    assert opened.findChild(QWidget, "picturesProgress").accessibleName()
    order, widget = [], opened.findChild(QCheckBox, "onlyUnsureCheck")
    for _ in range(40):
        order.append(widget.objectName())
        widget = widget.nextInFocusChain()
    places = [order.index(name) for name in names]
    assert places[0] < places[2] < places[1]
