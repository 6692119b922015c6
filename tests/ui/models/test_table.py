import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QModelIndex, QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from mnist_desktop.learning.models.model import Lesson
from mnist_desktop.library.deletion import undelete
from mnist_desktop.texts import natural
from mnist_desktop.ui.look.translation import LANGUAGES, Translation
from mnist_desktop.ui.models.columns import RunColumn, make_columns

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def tab(put, open_tab, session, entry):
    """Four runs, the newest last, and a file."""
    put("run 2", best=0.95, epochs=10, note="wide strokes")
    put("run 10", best=0.991, outcome="stopped early", epochs=3)
    put("Alpha", best=0.97, outcome=None, epochs=9, dataset="mnist.pkl.gz")
    put("run 1", best=0.5, outcome="diverged", epochs=0)
    session.shelf.add(entry)
    return open_tab()


@pytest.fixture
def table(tab, table_of):
    return table_of(tab)


@pytest.fixture
def typed(tab):
    return tab.findChild(QLineEdit, "runsFilter")


def place_of(table, name) -> QPoint:
    row = next(row for row in range(table.model().rowCount()) if cell(table, row) == name)
    return table.visualRect(table.model().index(row, RunColumn.STATUS)).center()


def cell(table, row, at=RunColumn.NAME):
    return table.model().index(row, at).data()


def click(table, name, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, modifier, pos=place_of(table, name)
    )


def click_head(table, at):
    head = table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(at) + 20, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_what_a_status_means_is_told(put, table, session, settle, training_lock):
    put("now", outcome=None, epochs=1, lock=training_lock)
    session.runs.refresh()
    settle()
    places = [table.model().index(row, RunColumn.STATUS) for row in range(5)]
    told = {cell(table, one.row()): one.data(Qt.ItemDataRole.ToolTipRole) for one in places}
    assert told == {
        "now": "It is being trained right now.",
        "run 1": "Its loss grew beyond all limits; a lower learning rate helps.",
        "Alpha": "It was cut off, and can be continued after epoch 9.",
        "run 10": "It was ended because it no longer got better.",
        "run 2": "",
    }


def test_of_the_best_accuracy_its_epoch_is_told(table):
    tips = [table.model().index(3, at).data(Qt.ItemDataRole.ToolTipRole) for at in RunColumn]
    assert tips[RunColumn.BEST] == "after epoch 10"
    told = {RunColumn.NAME, RunColumn.STATUS, RunColumn.BEST, RunColumn.SCORE}
    assert {at for at in RunColumn if tips[at]} <= told


def test_each_row_says_what_the_run_is(table, column):
    assert column(table, RunColumn.NAME) == ["run 1", "Alpha", "run 10", "run 2", "opened"]
    assert column(table, RunColumn.STATUS) == [
        "diverged",
        "interrupted",
        "stopped early",
        "completed",
        "file",
    ]
    started = time.strftime("%Y-%m-%d %H:%M", time.localtime(1e9 + 86_400))
    assert [cell(table, 3, at) for at in RunColumn] == [
        "run 2",
        "completed",
        started,
        "784-32-10",
        "25,450",
        "10",
        "95.00 %",
        "94.90 %",
        "5 s",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_column_of_the_status_has_room_for_each_in_every_language(qapp, language):
    translation, font = Translation(qapp), QFont(qapp.font())
    try:
        translation.speak(language)
        words = [
            QCoreApplication.translate("models", one)
            for one in ("completed", "stopped early", "stopped", "diverged", "training")
        ]
        width = QFontMetrics(qapp.font()).horizontalAdvance
        sample = make_columns()[RunColumn.STATUS].sample
        assert width(sample) >= max(map(width, words))
    finally:
        translation.speak("en")
        qapp.setFont(font)
        QLocale.setDefault(QLocale.system())


def test_what_a_file_or_an_unfinished_run_does_not_have_is_a_dash(table):
    assert [cell(table, 4, at) for at in RunColumn] == [
        "opened",
        "file",
        "–",
        "784-1024-512-10",
        "1,333,770",
        "–",
        "–",
        "99.40 %",
        "–",
    ]
    assert [cell(table, 0, at) for at in (RunColumn.EPOCHS, RunColumn.BEST, RunColumn.SCORE)] == [
        "0 of 5",
        "–",
        "–",
    ]
    assert cell(table, 1, RunColumn.EPOCHS) == "9 of 5"


def test_a_run_in_training_says_so(put, open_tab, table_of, column, training_lock):
    put("now", outcome=None, lock=training_lock)
    assert column(table_of(open_tab()), RunColumn.STATUS) == ["training"]


@pytest.mark.parametrize(
    ("at", "order", "expected"),
    [
        (RunColumn.NAME, ASCENDING, ["Alpha", "opened", "run 1", "run 2", "run 10"]),
        (RunColumn.STARTED, ASCENDING, ["run 2", "run 10", "Alpha", "run 1", "opened"]),
        (RunColumn.STARTED, DESCENDING, ["run 1", "Alpha", "run 10", "run 2", "opened"]),
        # Of the same number of parameters the newest is first; unknown ones are always last.
        (RunColumn.PARAMETERS, ASCENDING, ["run 1", "Alpha", "run 10", "run 2", "opened"]),
        (RunColumn.PARAMETERS, DESCENDING, ["opened", "run 1", "Alpha", "run 10", "run 2"]),
        (RunColumn.EPOCHS, ASCENDING, ["run 1", "run 10", "Alpha", "run 2", "opened"]),
        (RunColumn.EPOCHS, DESCENDING, ["run 2", "Alpha", "run 10", "run 1", "opened"]),
        (RunColumn.BEST, ASCENDING, ["run 2", "Alpha", "run 10", "run 1", "opened"]),
        (RunColumn.BEST, DESCENDING, ["run 10", "Alpha", "run 2", "run 1", "opened"]),
        (RunColumn.SCORE, DESCENDING, ["opened", "run 10", "run 2", "run 1", "Alpha"]),
        (RunColumn.TIME, DESCENDING, ["run 2", "Alpha", "run 10", "run 1", "opened"]),
    ],
)
def test_a_column_sorts_by_its_values_and_not_by_their_texts(table, column, at, order, expected):
    table.sortByColumn(at, order)
    assert column(table, RunColumn.NAME) == expected


def test_a_click_on_a_head_sorts(table, column):
    click_head(table, RunColumn.NAME)
    first = column(table, RunColumn.NAME)
    click_head(table, RunColumn.NAME)
    assert column(table, RunColumn.NAME) == first[::-1]
    assert "Alpha" in (first[0], first[-1])


def test_networks_sort_by_their_widths():
    texts = ["784-1024-10", "784-10", "784-128-256-10", "784-128-32-10"]
    assert sorted(texts, key=natural) == [
        "784-10",
        "784-128-32-10",
        "784-128-256-10",
        "784-1024-10",
    ]
    assert natural("²" + "9" * 5000) < natural("²" + "9" * 5001)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN", ["run 1", "run 10", "run 2"]),
        ("run 1", ["run 1", "run 10"]),
        ("run 10", ["run 10"]),
        ("stopped", ["run 10"]),
        ("32", ["run 1", "Alpha", "run 10", "run 2"]),
        ("3", []),
        ("0", []),
        ("4-32-1", ["run 1", "Alpha", "run 10", "run 2"]),
        ("wide", ["run 2"]),
        ("pkl 784-", ["Alpha"]),
        ("1024 file", ["opened"]),
        ("  ", ["run 1", "Alpha", "run 10", "run 2", "opened"]),
    ],
)
def test_the_filter_wants_every_word_somewhere(table, typed, column, text, expected):
    QTest.keyClicks(typed, text)
    assert column(table, RunColumn.NAME) == expected


def test_no_match_says_what_to_do_and_escape_clears(tab, table, typed, column, hints):
    QTest.keyClicks(typed, "zebra")
    assert column(table, RunColumn.NAME) == []
    assert "Nothing matches “zebra”" in hints[-1]
    assert tab.findChild(QLabel, "runsCount").text() == "0 of 5"
    QTest.keyClick(typed, Qt.Key.Key_Escape)
    assert len(column(table, RunColumn.NAME)) == 5
    assert hints[-1] == ""
    assert tab.findChild(QLabel, "runsCount").text() == ""


def test_its_key_leads_to_the_filter_and_an_arrow_back(qtbot, tab, table, typed):
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert typed.hasFocus()
    QTest.keyClick(typed, Qt.Key.Key_Down)
    assert table.hasFocus()


def test_what_is_to_be_done_stands_below_the_rows(table):
    before = table.viewport().grab().toImage()
    table.show_hint("Train one on the Train tab")
    after = table.viewport().grab().toImage()
    rows = table.visualRect(table.model().index(table.model().rowCount() - 1, 0)).bottom()
    assert after != before
    assert after.copy(0, 0, after.width(), rows) == before.copy(0, 0, before.width(), rows)
    table.show_hint("")
    assert table.viewport().grab().toImage() == before


def test_the_newest_run_is_chosen_at_first(table, chosen):
    assert chosen(table) == ["run 1"]


def test_what_is_chosen_stays_through_sorting_and_filtering(table, typed, chosen):
    click(table, "run 2")
    click(table, "Alpha", Qt.KeyboardModifier.ControlModifier)
    click_head(table, RunColumn.NAME)
    assert set(chosen(table)) == {"run 2", "Alpha"}
    QTest.keyClicks(typed, "alpha")
    assert chosen(table) == ["Alpha"]
    assert [row.name for row in table.chosen] == ["Alpha"]
    typed.clear()
    assert set(chosen(table)) == {"run 2", "Alpha"}
    assert {row.name for row in table.chosen} == {"run 2", "Alpha"}


def test_a_choice_while_filtered_is_a_new_one(table, typed, chosen):
    click(table, "run 2")
    QTest.keyClicks(typed, "alpha")
    click(table, "Alpha")
    typed.clear()
    assert chosen(table) == ["Alpha"]


def test_what_is_chosen_stays_when_runs_come_and_go(table, put, session, settle, chosen):
    click(table, "Alpha")
    click(table, "run 2", Qt.KeyboardModifier.ControlModifier)
    put("newer")
    session.runs.delete([run for run in session.runs.runs if run.name == "run 1"])
    settle()
    assert set(chosen(table)) == {"Alpha", "run 2"}
    assert table.model().rowCount() == 5


def test_the_keyboard_goes_on_from_where_it_was_after_sorting(table, chosen):
    click(table, "run 10")
    table.sortByColumn(RunColumn.NAME, ASCENDING)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert chosen(table) == ["run 2"]
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(table) == ["run 2", "run 10"]


def test_a_range_is_chosen_from_where_one_was_before_sorting(table, chosen):
    click(table, "Alpha")
    table.sortByColumn(RunColumn.NAME, ASCENDING)
    click(table, "run 1", Qt.KeyboardModifier.ShiftModifier)
    assert chosen(table) == ["Alpha", "opened", "run 1"]


def test_many_rows_are_chosen_as_few_ranges(table, typed):
    table.selectAll()
    table.sortByColumn(RunColumn.NAME, ASCENDING)
    assert len(table.selectionModel().selection().toList()) == 1


def test_an_unchanged_list_leaves_rows_where_they_are(table, session, settle):
    changes = []
    table.model().modelReset.connect(lambda: changes.append("reset"))
    table.model().dataChanged.connect(lambda *_: changes.append("data"))
    session.runs.refresh()
    settle()
    assert changes == []
    session.runs.rename(session.runs.runs[0], "other")
    assert changes == ["data"]


def test_the_model_that_reads_is_marked(table, session, settle, entry):
    names = [table.model().index(row, RunColumn.NAME) for row in range(5)]
    described = Qt.ItemDataRole.AccessibleDescriptionRole
    assert [index.data(described) for index in names] == [None] * 5
    session.shelf.read_with(entry)
    settle()
    assert [table.model().index(row, RunColumn.NAME).data(described) for row in range(5)] == [
        *[None] * 4,
        "reads now",
    ]
    hint = table.model().index(4, RunColumn.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "This model reads now." in hint
    assert str(entry.path) in hint
    entry.model.lessons = (Lesson((3, *[0] * 10), "of another"),)
    hint = table.model().index(4, RunColumn.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "Taught 3 drawings of one person." in hint


def test_an_entry_of_a_run_is_no_row_of_its_own_but_marks_the_run(table, session, settle, entry):
    session.shelf.remove(entry)
    path, entry.path = entry.path, None
    entry.run_id = session.runs.runs[1].id
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    settle()
    assert [row.name for row in table.rows.rows if row.reads] == ["Alpha"]
    assert table.model().rowCount() == 4
    session.shelf.mark_saved(entry, path)  # a saved model is listed, whatever it came from
    settle()
    assert sorted(row.name for row in table.rows.rows if row.reads) == ["Alpha", entry.name]
    assert table.model().rowCount() == 5


def test_a_name_is_typed_in_place(table, session, settle, column):
    click(table, "run 10")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit, "runNameEdit")
    assert editor.text() == "run 10"
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, " my best ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert "my best" in column(table, RunColumn.NAME)
    assert "my best" in [run.name for run in session.runs.runs]


@pytest.mark.parametrize("keys", ["", "   "])
def test_an_empty_name_leaves_the_old_one(table, settle, session, keys):
    click(table, "run 10")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit, "runNameEdit")
    editor.setText(keys)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert "run 10" in [run.name for run in session.runs.runs]


@pytest.mark.qt_log_ignore("editing failed")
def test_a_file_has_no_name_to_type(table):
    click(table, "opened")
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert table.findChild(QLineEdit, "runNameEdit") is None


def test_what_comes_while_a_name_is_typed_waits(table, put, session, settle, column):
    click(table, "Alpha")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit, "runNameEdit")
    editor.setText("Al")
    put("newer")
    session.runs.refresh()
    settle()
    assert "newer" not in column(table, RunColumn.NAME)
    assert table.findChild(QLineEdit, "runNameEdit") is editor
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    names = column(table, RunColumn.NAME)
    assert "newer" in names
    assert "Al" in names


def test_what_has_waited_comes_also_where_the_name_is_left_as_it_was(
    table, put, session, settle, column
):
    click(table, "Alpha")
    QTest.keyClick(table, Qt.Key.Key_F2)
    put("newer")
    session.runs.refresh()
    settle()
    QTest.keyClick(table.findChild(QLineEdit, "runNameEdit"), Qt.Key.Key_Escape)
    assert column(table, RunColumn.NAME)[0] == "newer"
    put("newest")
    session.runs.refresh()
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QTest.keyClick(table, Qt.Key.Key_F2)
    QTest.keyClick(table.findChild(QLineEdit, "runNameEdit"), Qt.Key.Key_Escape)
    assert column(table, RunColumn.NAME)[0] == "newest", "what had waited was shown already"


def test_keys_and_a_double_click_say_what_they_want(table, chosen):
    wanted = []
    table.use_wanted.connect(lambda: wanted.append("use"))
    table.delete_wanted.connect(lambda: wanted.append("delete"))
    click(table, "Alpha")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete):
        QTest.keyClick(table, key)
    assert wanted == ["use", "use", "delete"]
    click(table, "run 2")
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place_of(table, "run 2"))
    assert wanted[3:] == ["use"]


def test_typing_a_name_uses_and_deletes_nothing(table, settle):
    wanted = []
    table.use_wanted.connect(lambda: wanted.append("use"))
    table.delete_wanted.connect(lambda: wanted.append("delete"))
    click(table, "Alpha")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit, "runNameEdit")
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return):
        QTest.keyClick(editor, key)
    settle()
    assert wanted == []


def test_what_stands_there_is_found_also_where_others_above_it_are_gone(
    table, session, settle, chosen
):
    click(table, "run 10")
    session.runs.delete([run for run in session.runs.runs if run.name in ("run 1", "run 10")])
    settle()
    assert chosen(table) == ["run 2"]


def test_when_the_chosen_are_gone_what_stands_there_then_is_chosen(table, session, settle, chosen):
    click(table, "Alpha")
    session.runs.delete([row.run for row in table.chosen])
    settle()
    assert chosen(table) == ["run 10"]
    table.sortByColumn(RunColumn.NAME, DESCENDING)
    click(table, "run 2")
    click(table, "run 1", Qt.KeyboardModifier.ControlModifier)
    session.runs.delete([row.run for row in table.chosen])
    settle()
    assert chosen(table) == ["opened"]


def bring_back(session):
    """As another window does that undoes the deletion: nobody here has asked for it."""
    undelete(session.runs.library, [run.id for run in session.runs.last_deleted])
    session.runs.refresh()


def test_what_went_away_is_not_chosen_when_it_comes_back(table, session, settle, chosen):
    click(table, "Alpha")
    click(table, "run 2", Qt.KeyboardModifier.ControlModifier)
    heard = []
    table.chosen_changed.connect(lambda: heard.append({row.name for row in table.chosen}))
    session.runs.delete([run for run in session.runs.runs if run.name == "run 2"])
    settle()
    assert heard[-1] == {"Alpha"}
    assert len(table.chosen_keys) == 1
    bring_back(session)
    settle()
    assert chosen(table) == ["Alpha"]
    assert heard[-1] == {"Alpha"}


def test_what_was_chosen_instead_stays_when_all_come_back(table, session, settle, chosen):
    click(table, "Alpha")
    click(table, "run 2", Qt.KeyboardModifier.ControlModifier)
    session.runs.delete([row.run for row in table.chosen])
    settle()
    instead = chosen(table)
    assert len(instead) == 1
    bring_back(session)
    settle()
    assert chosen(table) == instead
    assert [row.name for row in table.chosen] == instead


def test_what_went_away_while_the_filter_hid_it_is_forgotten(table, typed, session, settle, chosen):
    click(table, "Alpha")
    click(table, "run 2", Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(typed, "alpha")
    session.runs.delete([run for run in session.runs.runs if run.name == "run 2"])
    settle()
    bring_back(session)
    settle()
    typed.clear()
    assert chosen(table) == ["Alpha"]


def test_a_row_that_was_chosen_for_the_user_is_in_sight(put, open_tab, table_of, settle, session):
    for number in range(60):
        put(f"more {number}")
    table = table_of(open_tab())
    table.choose([1])
    index = table.currentIndex()
    assert index.siblingAtColumn(RunColumn.NAME).data() == "more 0", "keys go on from there"
    assert table.viewport().rect().contains(table.visualRect(index).center())
    table.window().resize(1024, 480)
    QApplication.processEvents()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_what_follows_a_deleted_row_is_in_sight(put, open_tab, table_of, settle, session):
    numbers = [put(f"more {number}") for number in range(60)]
    table = table_of(open_tab())
    table.choose([numbers[5]])
    table.scrollToTop()
    session.runs.delete([run for run in session.runs.runs if run.id == numbers[5]])
    settle()
    assert [row.name for row in table.chosen] == ["more 4"]
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_a_cell_has_no_cells_of_its_own(table):
    inner = table.model().index(0, 0)
    assert table.model().rowCount(inner) == table.model().columnCount(inner) == 0
    assert table.model().data(QModelIndex()) is None


def test_asking_for_a_name_twice_is_one_field(session, put, open_tab, table_of):
    """Qt would warn, which fails a test."""
    put("a run")
    table = table_of(open_tab())
    table.rename_current()
    table.rename_current()
    assert len([one for one in table.findChildren(QLineEdit) if one.isVisible()]) == 1
