import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.session.preferences import Preferences

KINDS = {".safetensors": "Models", ".pt": "Weights"}


@pytest.fixture
def files(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return FileDialogs(window, Preferences())


@pytest.fixture
def answer(monkeypatch):
    """Answers the next question for a file; what the dialog was asked comes back."""
    asked = []

    def answer(path, chosen_filter=""):
        def dialog(*question):
            asked.append(question)
            return str(path), chosen_filter

        monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", dialog)
        return asked

    return answer


@pytest.fixture
def replace(monkeypatch):
    """Answers the question whether a file is to be replaced; how often it was asked."""
    asked = []

    def replace(button):
        monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()) or button)
        return asked

    return replace


YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


@pytest.mark.parametrize(("button", "saved"), [(YES, True), (NO, False)])
def test_a_name_that_gets_a_suffix_replaces_nothing_unasked(
    files, answer, replace, tmp_path, button, saved
):
    """The dialog asks about the name that was typed, and that is not there."""
    precious = tmp_path / "precious.safetensors"
    precious.write_bytes(b"my only good model")
    answer(tmp_path / "precious")
    asked = replace(button)
    path = files.ask_save("Save", "a model", KINDS)
    assert path == (precious if saved else None)
    assert asked == ["precious.safetensors is there already. Replace it?"]


def test_a_key_pressed_in_a_hurry_replaces_nothing(files, answer, tmp_path):
    (tmp_path / "precious.safetensors").write_bytes(b"my only good model")
    answer(tmp_path / "precious")

    def press_return():
        QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Return)

    QTimer.singleShot(0, press_return)
    assert files.ask_save("Save", "a model", KINDS) is None


def test_a_name_with_its_suffix_was_asked_about_by_the_dialog(files, answer, replace, tmp_path):
    there = tmp_path / "there.safetensors"
    there.write_bytes(b"")
    answer(there)
    asked = replace(NO)
    assert files.ask_save("Save", "a model", KINDS) == there
    assert asked == []


@pytest.mark.parametrize(
    ("typed", "chosen", "saved"),
    [
        ("mine", "", "mine.safetensors"),
        ("mine", "Weights (*.pt)", "mine.pt"),
        ("mine.PT", "Models (*.safetensors)", "mine.PT"),
        ("mine.v2", "", "mine.v2.safetensors"),
    ],
)
def test_the_suffix_is_the_kind_s(files, answer, tmp_path, typed, chosen, saved):
    answer(tmp_path / typed, chosen)
    assert files.ask_save("Save", "a model", KINDS) == tmp_path / saved


def test_the_next_question_begins_where_the_last_file_was(files, answer, tmp_path):
    asked = answer(tmp_path / "one.pt")
    files.ask_save("Save", "a / model", KINDS)
    asked_to_open = answer(tmp_path / "two.pt")
    assert files.ask_open("Open", "Models", (".pt", ".pth")) == tmp_path / "two.pt"
    assert asked[0][2].endswith("a - model.safetensors")
    assert asked[1][2] == str(tmp_path)
    assert asked[1][3] == "Models (*.pt *.pth);;All files (*)"
    files.ask_open("Open")
    assert asked_to_open[-1][3] == "All files (*)"


def test_who_would_rather_not_is_not_asked_more(files, answer, replace):
    answer("")
    asked = replace(YES)
    assert files.ask_save("Save", "a model", KINDS) is None
    assert files.ask_open("Open") is None
    assert asked == []


def test_a_suffix_of_two_parts_is_one(files, answer, tmp_path):
    kinds = {".jsonl": "Strokes", ".jsonl.gz": "Packed"}
    for typed, saved in (("a.jsonl.gz", "a.jsonl.gz"), ("a.gz", "a.gz.jsonl")):
        answer(tmp_path / typed)
        assert files.ask_save("Save", "a", kinds) == tmp_path / saved


def test_whoever_asks_later_is_the_only_one_who_asks(files, answer, replace, tmp_path):
    (tmp_path / "there.pt").write_bytes(b"")
    asked, questions = answer(tmp_path / "there", "Weights (*.pt)"), replace(NO)
    assert files.ask_save("Save", "a", KINDS, asks_later=True) == tmp_path / "there.pt"
    assert questions == []
    assert asked[0][-1] == QFileDialog.Option.DontConfirmOverwrite
