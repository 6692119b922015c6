import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QTabWidget,
    QWidget,
)

from mnist_desktop.library.runs import list_runs
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.look.fonts import set_text_size
from mnist_desktop.ui.models.columns import RunColumn
from mnist_desktop.ui.models.tab import ModelsTab
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.hints import Notice

NAMES = (
    *("runsTable", "runsFilter", "useRunButton", "continueRunButton", "renameRunButton"),
    *("settingsToTrainButton", "deleteRunButton", "undoDeleteButton", "exportButton"),
    *("importRunButton", "runsCurvePlot", "runsCurveCombo", "settingsTable", "modelsPages"),
    *("onlyDifferencesCheck", "runNoteEdit", "runLogView"),
)


THE_REST = "train_loss, train_accuracy, test_loss, test_accuracy, seconds, is_best"


@pytest.fixture
def three(put):
    return [put("run 1"), put("run 2"), put("run 3")]


@pytest.fixture
def notice():
    return lambda tab, name: tab.findChild(Notice, name)


def press(tab, name):
    QTest.mouseClick(tab.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_every_control_has_its_name_and_says_what_it_is(three, open_tab):
    tab = open_tab()
    for name in NAMES:
        found = tab.findChild(QWidget, name)
        assert found is not None, name
        is_told = found.accessibleName() or (isinstance(found, QPushButton) and found.text())
        assert is_told or isinstance(found, QTabWidget) or found.text(), name


def test_an_empty_library_says_what_to_do(open_tab, table_of, session, entry, hints):
    session.shelf.add(entry)
    table = table_of(open_tab())
    assert "Train one on the Train tab, or import one" in hints[-1]
    assert table.model().rowCount() == 1


def test_how_the_room_is_divided_is_left_to_who_has_divided_it(
    three, open_tab, session, put, settle
):
    tab = open_tab()
    halves = tab.findChild(QSplitter)
    handle = halves.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(20, 2))
    QTest.mouseMove(handle, QPoint(20, 62))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(20, 62))
    divided = halves.sizes()
    put("run 4")
    session.runs.refresh()
    settle()
    assert halves.sizes() == divided


def test_the_model_that_reads_is_marked(three, open_tab, table_of, session, entry, settle):
    session.shelf.add(entry)
    table = table_of(open_tab())
    assert [row.name for row in table.rows.rows if row.reads] == []
    session.shelf.read_with(entry)
    settle()
    assert [row.name for row in table.rows.rows if row.reads] == ["opened"]


def test_deleting_leaves_a_bar_that_undoes_it(
    three, open_tab, table_of, notice, settle, column, chosen
):
    tab = open_tab()
    table, bar = table_of(tab), notice(tab, "deletedNotice")
    assert not bar.isVisible()
    table.choose(three[:2])
    press(tab, "deleteRunButton")
    settle()
    assert column(table, RunColumn.NAME) == ["run 3"]
    assert bar.isVisible()
    assert bar.findChild(QLabel).text() == "2 runs are deleted."
    table.choose(three[2:])
    QTest.keyClick(table, Qt.Key.Key_Delete)
    settle()
    assert bar.findChild(QLabel).text() == "“run 3” is deleted."
    press(tab, "undoDeleteButton")
    settle()
    assert column(table, RunColumn.NAME) == ["run 3"]
    assert chosen(table) == ["run 3"]
    assert bar.findChild(QLabel).text() == "2 runs are deleted."
    press(tab, "undoDeleteButton")
    settle()
    assert column(table, RunColumn.NAME) == ["run 3", "run 2", "run 1"]
    assert chosen(table) == ["run 2", "run 1"]
    assert not bar.isVisible()


@pytest.mark.parametrize("typed", ["", "run 3"])
def test_what_is_brought_back_by_key_is_chosen_and_seen(
    three, open_tab, table_of, session, settle, column, chosen, typed
):
    """As by Ctrl+Z, which knows nothing of the tab."""
    tab = open_tab()
    table = table_of(tab)
    table.choose(three[:1])
    press(tab, "deleteRunButton")
    settle()
    tab.findChild(QLineEdit, "runsFilter").setText(typed)
    table.choose(three[2:])
    session.runs.undo_delete()
    settle()
    assert chosen(table) == ["run 1"]
    assert column(table, RunColumn.NAME) == ["run 3", "run 2", "run 1"]
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_what_was_chosen_in_the_tab_before_this_one_is_chosen_again(
    three, open_tab, table_of, settle, chosen
):
    first = open_tab()
    assert chosen(table_of(first)) == ["run 3"], "the newest, at first"
    table_of(first).choose(three[:2])
    settle()
    QApplication.processEvents()
    first.hide()
    assert chosen(table_of(open_tab())) == ["run 2", "run 1"]


def test_the_bar_can_be_dismissed_which_is_final(
    three, open_tab, table_of, notice, settle, library
):
    tab = open_tab()
    table_of(tab).choose(three[:2])
    press(tab, "deleteRunButton")
    settle()
    assert len(list_runs(library, deleted=True)) == 2
    press(tab, "purgeDeletedButton")
    settle()
    assert list_runs(library, deleted=True) == []
    assert not notice(tab, "deletedNotice").isVisible()


def test_the_model_of_a_run_that_is_deleted_reads_until_it_is_deleted_for_good(
    three, open_tab, table_of, settle, session, entry
):
    shelf, own = session.shelf, Entry(None, entry.recognizer, DEFAULT_MODEL)
    trained = Entry("run 2", entry.recognizer, run_id=three[1])
    for one in (own, trained, entry):
        shelf.add(one)
    shelf.read_with(trained)
    tab = open_tab()
    for last in ("undoDeleteButton", "purgeDeletedButton"):
        table_of(tab).choose([three[1]])
        press(tab, "deleteRunButton")
        settle()
        assert shelf.current is trained
        press(tab, last)
        settle()
        assert (trained in shelf.entries) == (last == "undoDeleteButton")
    assert shelf.current is own
    assert shelf.entries == [own, entry]


def test_a_library_that_cannot_be_read_is_said_above_the_table(
    three, open_tab, notice, settle, library, session, table_of
):
    tab = open_tab()
    content = library.path.read_bytes()
    library.path.write_bytes(b"no database" * 1000)
    session.runs.refresh()
    settle()
    bar = notice(tab, "libraryNotice")
    assert bar.isVisible()
    assert "library.sqlite3: is damaged" in bar.findChild(QLabel).text()
    assert table_of(tab).model().rowCount() == 3
    library.path.write_bytes(content)
    press(tab, "listAgainButton")
    settle()
    assert not bar.isVisible()


def test_it_lists_again_whenever_it_comes_into_sight(
    three, open_tab, table_of, put, settle, column
):
    tab = open_tab()
    tab.hide()
    put("from another window")
    tab.show()
    settle()
    assert column(table_of(tab), RunColumn.NAME)[0] == "from another window"


def test_it_lists_again_whenever_the_window_that_it_lies_in_is_turned_to(
    qtbot, three, open_tab, table_of, put, settle, column
):
    window, other = QTabWidget(), QWidget()
    tab = open_tab()
    window.addTab(tab, "Models")
    for one in (window, other):
        qtbot.addWidget(one)
        one.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    settle()
    put("from another window")
    window.activateWindow()
    qtbot.waitUntil(lambda: column(table_of(tab), RunColumn.NAME)[0] == "from another window")
    tab.setParent(None)


def test_a_run_that_goes_on_in_another_window_is_followed_to_its_end(
    qtbot, put, training_lock, library, open_tab, table_of, column, settle, monkeypatch
):
    monkeypatch.setattr("mnist_desktop.ui.models.tab.FOLLOW_MILLISECONDS", 10)
    put("run 1", epochs=1, outcome=None, lock=training_lock)
    tab = open_tab()
    table = table_of(tab)

    def told():
        return [column(table, at)[0] for at in (RunColumn.STATUS, RunColumn.EPOCHS)]

    assert told() == ["training", "1 of 5"]
    for change, status in (
        (f"INSERT INTO epochs SELECT run, 2, {THE_REST} FROM epochs", "training"),
        ("UPDATE runs SET outcome = 'stopped'", "stopped"),
    ):
        with library.write() as connection:
            connection.execute(change)
        qtbot.waitUntil(lambda status=status: told() == [status, "2 of 5"])
    settle()


def test_out_of_sight_nothing_is_built_anew(
    three, open_tab, table_of, put, session, settle, column
):
    tab = open_tab()
    tab.hide()
    resets = []
    table_of(tab).model().modelReset.connect(lambda: resets.append(1))
    put("new")
    session.runs.refresh()
    settle()
    assert resets == []
    tab.show()
    assert column(table_of(tab), RunColumn.NAME)[0] == "new"


def test_it_can_be_built_before_it_is_shown(qtbot, three, session, settle):
    tab = ModelsTab(session)
    qtbot.addWidget(tab)
    qtbot.waitUntil(lambda: tab.findChild(QWidget, "runLogView") is not None)
    assert not session.jobs.running
    tab.show()
    settle()
    assert tab.findChild(QTableView, "runsTable").model().rowCount() == 3


def test_keys_lead_from_the_filter_to_the_table_and_back(three, open_tab, table_of):
    tab = open_tab()
    tab.activateWindow()
    typed = tab.findChild(QLineEdit, "runsFilter")
    typed.setFocus()
    QTest.keyClick(typed, Qt.Key.Key_Down)
    assert tab.focusWidget() is table_of(tab)
    QTest.keyClick(table_of(tab), Qt.Key.Key_Tab)
    assert tab.focusWidget() is not table_of(tab)


def test_the_count_is_of_what_the_filter_leaves(three, open_tab):
    tab = open_tab()
    QTest.keyClicks(tab.findChild(QLineEdit, "runsFilter"), "run 2")
    assert tab.findChild(QLabel, "runsCount").text() == "1 of 3"


@pytest.fixture
def large_texts(qapp):
    usual = qapp.font()
    set_text_size(qapp, 200)
    yield
    qapp.setFont(usual)


def test_rows_are_seen_where_texts_are_large_and_the_window_small(
    large_texts, three, open_tab, table_of
):
    tab = open_tab()
    tab.resize(tab.minimumSizeHint())
    QApplication.processEvents()
    table = table_of(tab)
    assert table.viewport().height() >= table.visualRect(table.model().index(1, 0)).bottom()


def test_what_is_said_below_the_rows_does_not_cover_them(large_texts, three, open_tab, table_of):
    tab = open_tab()
    tab.resize(1600, 1200)
    QApplication.processEvents()
    table = table_of(tab)
    rows = table.visualRect(table.model().index(table.model().rowCount() - 1, 0))
    table.setFixedHeight(rows.bottom() + 3 * rows.height())
    QApplication.processEvents()

    def grabbed():
        return table.viewport().grab(QRect(0, 0, table.width(), rows.bottom())).toImage()

    before = grabbed()
    table.show_hint("Train one on the Train tab")
    assert grabbed() == before
