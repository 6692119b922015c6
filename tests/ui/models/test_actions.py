import csv
import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton

from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.train.best import BestSoFar
from mnist_desktop.learning.train.checkpoint import Checkpoint
from mnist_desktop.learning.train.step import Step
from mnist_desktop.library import rows
from mnist_desktop.library.database import Library
from mnist_desktop.library.model_files import remember, remembered
from mnist_desktop.library.run_file import import_run
from mnist_desktop.library.run_record import packed
from mnist_desktop.library.runs import list_runs, read_run, run_of
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.session.train.training import State

ONE_ROW = ("useRun", "continueRun", "renameRun", "settingsToTrain")


@pytest.fixture
def numbers(put, training_lock):
    """One run of each kind, by its name."""
    return {
        "completed": put("completed", epochs=5),
        "stopped": put("stopped", epochs=2, outcome="stopped"),
        "stopped at the end": put("stopped at the end", epochs=5, outcome="stopped"),
        "early": put("early", epochs=3, outcome="stopped early"),
        "diverged": put("diverged", epochs=1, outcome="diverged"),
        "interrupted": put("interrupted", epochs=2, outcome=None),
        "not begun": put("not begun", epochs=0, outcome=None),
        "training": put("training", epochs=1, outcome=None, lock=training_lock),
    }


@pytest.fixture
def tab(numbers, open_tab, session, entry):
    session.shelf.add(entry)
    return open_tab()


@pytest.fixture
def choose(tab, table_of, numbers, entry):
    def choose(*names):
        table_of(tab).choose([entry.path if name == "opened" else numbers[name] for name in names])

    return choose


@pytest.fixture
def button(tab):
    return lambda name: tab.findChild(QPushButton, f"{name}Button")


@pytest.fixture
def action(tab):
    return lambda name: tab.findChild(QAction, f"export{name}Action")


@pytest.fixture
def calls(session, monkeypatch):
    """What is asked of the session."""
    heard = []
    for owner, name in (
        (session.run_control, "use"),
        (session.run_control, "resume"),
        (session, "take_settings"),
        (session.exports, "copy"),
        (session.shelf, "read_with"),
    ):
        monkeypatch.setattr(owner, name, lambda *given, name=name: heard.append((name, *given)))
    return heard


def test_a_run_is_used_and_a_file_read_with(choose, button, calls, session, entry, numbers):
    choose("completed")
    button("useRun").click()
    choose("opened")
    button("useRun").click()
    assert [call[0] for call in calls] == ["use", "read_with"]
    assert calls[0][1].id == numbers["completed"]
    assert calls[1][1] is entry


def test_the_tables_menu_offers_what_the_buttons_do(tab, table_of, choose):
    choose("early")
    found = [action.text().split("\t")[0] for action in table_of(tab).actions()]
    assert found == ["Use", "Train 10 more", "Rename", "Settings to Train", "Export", "Delete"]
    assert table_of(tab).contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu


def test_the_menu_of_exports_opens_where_anything_can_be_exported(choose, button, action):
    choose("not begun")
    assert not action("Curves").isEnabled()
    assert action("Run").isEnabled()
    assert button("export").isEnabled()
    choose()
    assert not button("export").isEnabled()


def test_the_enter_key_uses_only_what_can_be_used(tab, table_of, choose, calls):
    choose("not begun")
    QTest.keyClick(table_of(tab), Qt.Key.Key_Return)
    assert calls == []
    choose("early")
    QTest.keyClick(table_of(tab), Qt.Key.Key_Return)
    assert [call[0] for call in calls] == ["use"]


@pytest.mark.parametrize(
    ("name", "text", "more"),
    [
        ("completed", "Train 10 more", 10),
        ("early", "Train 10 more", 10),
        ("stopped at the end", "Train 10 more", 10),
        ("stopped", "Continue", 0),
        ("interrupted", "Continue", 0),
        ("not begun", "Continue", 0),
    ],
)
def test_a_run_is_gone_on_with(choose, button, calls, numbers, name, text, more):
    choose(name)
    assert button("continueRun").text() == text
    button("continueRun").click()
    assert calls == [("resume", numbers[name], more)]


@pytest.mark.parametrize(
    ("name", "why"),
    [("training", "already"), ("diverged", "learning rate"), ("opened", "This is no run")],
)
def test_what_cannot_be_gone_on_with_says_why(choose, button, name, why):
    choose(name)
    assert not button("continueRun").isEnabled()
    assert why in button("continueRun").toolTip()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("continueRun", "Another run is being trained"),
        ("settingsToTrain", "settings of the run that goes on"),
    ],
)
def test_while_something_is_trained_nothing_else_is_begun(choose, button, session, name, why):
    choose("interrupted")
    assert button(name).isEnabled()
    session.training.state = State.RUNNING
    session.training.state_changed.emit()
    assert not button(name).isEnabled()
    assert why in button(name).toolTip()
    session.training.state = State.IDLE
    session.training.state_changed.emit()
    assert button(name).isEnabled()


def test_without_a_finished_epoch_there_is_nothing_to_use(choose, button, action):
    choose("not begun")
    assert not button("useRun").isEnabled()
    assert "No epoch of it is finished" in button("useRun").toolTip()
    assert not action("Model").isEnabled()
    assert not action("Curves").isEnabled()
    assert action("Run").isEnabled()
    choose("training")
    assert button("useRun").isEnabled()
    choose("early")
    assert button("useRun").toolTip() == "Read with this model from now on"
    assert button("continueRun").toolTip() == "Train on from epoch 3"


def test_several_rows_are_compared_but_not_used(choose, button, action):
    choose("completed", "early")
    for name in ONE_ROW:
        assert not button(name).isEnabled()
        assert "one row" in button(name).toolTip()
    assert button("deleteRun").isEnabled()
    assert action("Curves").isEnabled()
    assert action("Picture").isEnabled()
    assert not action("Run").isEnabled()
    assert not action("Model").isEnabled()


def test_with_nothing_chosen_only_importing_is_left(tab, table_of, button):
    table_of(tab).clearSelection()
    for name in (*ONE_ROW, "deleteRun", "export"):
        assert not button(name).isEnabled(), name
    assert button("importRun").isEnabled()


def test_settings_go_to_the_train_tab(choose, button, calls, numbers, library, entry):
    choose("early")
    button("settingsToTrain").click()
    choose("opened")
    button("settingsToTrain").click()
    assert calls == [
        ("take_settings", run_of(library, numbers["early"]).config),
        ("take_settings", entry.model.training),
    ]


def test_a_damaged_run_is_named_and_can_only_be_deleted(
    choose, button, action, table_of, tab, session, numbers, library, settle, column
):
    with library.write() as connection:
        connection.execute("UPDATE runs SET config = '{' WHERE id = ?", (numbers["early"],))
    session.runs.refresh()
    settle()
    names = column(table_of(tab), 0)
    assert column(table_of(tab), 1)[names.index("early")] == "damaged"
    choose("early")
    for name in (*ONE_ROW, "exportModels"):
        if button(name) is not None:
            assert not button(name).isEnabled(), name
    assert not action("Model").isEnabled()
    assert "damaged" in button("useRun").toolTip()
    assert button("deleteRun").isEnabled()
    button("deleteRun").click()
    settle()
    assert "early" not in column(table_of(tab), 0)
    assert session.faults == []


def test_a_file_that_says_nothing_of_its_training_has_no_settings(
    choose, button, entry, session, settle
):
    entry.recognizer.model.training = None
    session.shelf.changed.emit()
    settle()
    choose("opened")
    assert not button("settingsToTrain").isEnabled()
    assert "does not say" in button("settingsToTrain").toolTip()


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("training",), "“training” is being trained"),
        (("completed", "training"), "“training” is being trained"),
    ],
)
def test_what_cannot_be_deleted_says_why(tab, table_of, choose, button, session, names, why):
    choose(*names)
    assert not button("deleteRun").isEnabled()
    assert why in button("deleteRun").toolTip()
    QTest.keyClick(table_of(tab), Qt.Key.Key_Delete)
    assert not session.jobs.running


def test_a_file_is_taken_off_the_list_and_stays(
    choose, button, session, settle, entry, numbers, library
):
    remember(library, entry.path)
    choose("completed", "opened")
    button("deleteRun").click()
    settle()
    assert entry not in session.shelf.entries
    assert remembered(library) == []
    assert numbers["completed"] not in [run.id for run in session.runs.runs]
    assert [run.id for run in session.runs.deleted] == [numbers["completed"]]


def test_the_model_that_comes_with_the_program_stays(choose, button, session, settle, entry):
    choose("opened")
    entry.path = DEFAULT_MODEL
    session.shelf.changed.emit()
    settle()
    for chosen in (("opened",), ("opened", "completed")):
        choose(*chosen)
        assert not button("deleteRun").isEnabled()
        assert "comes with the program" in button("deleteRun").toolTip()


def test_a_model_is_exported_under_the_runs_name(
    choose, action, session, settle, save_as, tmp_path, monkeypatch, numbers
):
    exported = []
    monkeypatch.setattr(session.exports, "model", lambda *given: exported.append(given))
    asked = save_as(tmp_path / "mine")
    choose("early")
    action("Model").trigger()
    assert asked[0][2].endswith(f"{os.sep}early.safetensors")
    assert "*.pt" in asked[0][3]
    assert [(run.id, path.name) for run, path in exported] == [
        (numbers["early"], "mine.safetensors")
    ]
    save_as(tmp_path / "mine", "Weights for PyTorch (*.pt)")
    action("Model").trigger()
    save_as(tmp_path / "other.PT")
    action("Model").trigger()
    save_as(tmp_path / "mine", "ONNX, for other programs (*.onnx)")
    action("Model").trigger()
    assert [path.name for _, path in exported[1:]] == ["mine.pt", "other.PT", "mine.onnx"]
    assert asked[-1][2].startswith(str(tmp_path))  # the folder is remembered


def test_a_files_model_is_copied_and_stays_what_it_is(
    choose, action, calls, entry, save_as, tmp_path
):
    asked = save_as(tmp_path / "copy.safetensors")
    choose("opened")
    action("Model").trigger()
    assert calls == [("copy", entry.model, tmp_path / "copy.safetensors")]
    assert "*.pt" in asked[0][3]


def test_a_question_that_is_cancelled_changes_nothing(
    choose, action, button, session, save_as, settle
):
    save_as("")
    choose("completed")
    settle()
    for name in ("Model", "Curves", "Run", "Picture"):
        action(name).trigger()
    button("importRun").click()
    assert not session.jobs.running


def test_a_file_that_the_dialog_could_not_see_is_asked_about(
    choose, action, session, settle, save_as, tmp_path, monkeypatch
):
    there = tmp_path / "mine.csv"
    there.write_text("old")
    save_as(tmp_path / "mine")
    choose("completed")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "exec", lambda *_: answers.pop(0))
    action("Curves").trigger()
    settle()
    assert there.read_text() == "old"
    action("Curves").trigger()
    settle()
    assert there.read_text() != "old"


def test_the_curves_of_the_chosen_runs_are_a_table(choose, action, settle, save_as, tmp_path):
    asked = save_as(tmp_path / "all.csv")
    choose("completed", "early", "opened")
    action("Curves").trigger()
    settle()
    with (tmp_path / "all.csv").open(newline="") as stream:
        found = [(line["name"], line["epoch"]) for line in csv.DictReader(stream)]
    assert found == [("early", str(n)) for n in (1, 2, 3)] + [
        ("completed", str(n)) for n in (1, 2, 3, 4, 5)
    ]
    assert "early" not in asked[0][2]


def test_the_curves_of_the_chosen_runs_are_a_picture(choose, action, settle, save_as, tmp_path):
    choose("completed", "early")
    save_as(tmp_path / "curves.png")
    action("Picture").trigger()
    save_as(tmp_path / "curves.SVG")
    action("Picture").trigger()
    settle()
    assert QImage(str(tmp_path / "curves.png")).width() > 1000
    content = (tmp_path / "curves.SVG").read_text(encoding="utf-8")
    assert "completed" in content
    assert "early" in content


def test_a_picture_that_cannot_be_written_is_named(
    tab, choose, action, settle, save_as, session, tmp_path
):
    choose("completed")
    save_as(tmp_path / "missing" / "curves.png")
    action("Picture").trigger()
    settle()
    assert str(session.faults[0]).startswith("curves.png: cannot be saved")


@pytest.fixture
def with_weights(library, numbers):
    """The run "early" is one that could be resumed."""
    run = read_run(library, numbers["early"], weights=False)
    network = MLP(run.config.network)
    weights, tensors = network.state_dict(), Step(run.config, network).tensors()
    run.weights = {run.epoch: packed(weights)}
    checkpoint = Checkpoint(run.epoch, BestSoFar(run.best_epoch), weights, weights, tensors)
    run.checkpoint = run.epoch, checkpoint.to_bytes()
    with library.write() as connection:
        rows.replace(connection, numbers["early"], run)


@pytest.mark.usefixtures("with_weights")
def test_a_run_goes_out_and_comes_in_and_is_then_chosen(
    tab, table_of, choose, action, button, settle, save_as, tmp_path, chosen, library
):
    path = tmp_path / "to share.mnist-run"
    asked = save_as(path)
    choose("early")
    action("Run").trigger()
    settle()
    assert asked[0][2].endswith("early.mnist-run")
    others = Library(tmp_path / "others" / "library.sqlite3")
    assert run_of(others, import_run(others, path)).name == "early"
    choose("completed")
    button("importRun").click()
    settle()
    assert chosen(table_of(tab)) == ["early"]
    assert table_of(tab).chosen[0].key == max(run.id for run in list_runs(library))


@pytest.mark.usefixtures("with_weights")
def test_a_run_that_the_filter_would_hide_is_shown_when_it_is_imported(
    tab, table_of, choose, action, button, settle, save_as, tmp_path, chosen
):
    path = tmp_path / "to share.mnist-run"
    save_as(path)
    choose("early")
    action("Run").trigger()
    settle()
    typed = tab.findChild(QLineEdit, "runsFilter")
    typed.setText("completed")
    button("importRun").click()
    settle()
    assert typed.text() == ""
    assert chosen(table_of(tab)) == ["early"]


def test_nothing_happens_where_what_was_chosen_has_just_gone(tab, table_of, save_as):
    """An action may be on its way when the rows change."""
    table = table_of(tab)
    asked = save_as("")
    exports = [one for one in tab.findChildren(QAction) if one.objectName().startswith("export")]
    assert len(exports) == 4
    table.rows.show_rows([])
    for one in (*table.actions(), *exports):
        one.setEnabled(True)
        one.trigger()
    assert asked == []
