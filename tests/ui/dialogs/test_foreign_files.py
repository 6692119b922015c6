"""What is asked and told when other people's data sets and models are opened in the window."""

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QMessageBox,
    QPushButton,
)

from mnist_desktop.learning.models.interpretation import InputFormat, Wish
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.settings.config import NetworkConfig


@pytest.fixture
def dialog_of(qtbot, window):
    """Waits for a dialog of this name."""

    def wait(name):
        def shown():
            found = [one for one in window.findChildren(QDialog, name) if one.isVisible()]
            return found[-1] if found else None

        qtbot.waitUntil(lambda: shown() is not None)
        return shown()

    return wait


@pytest.fixture
def weights(tmp_path):
    """A file that does not say how it is to be read, of a network that knows nothing."""
    path = tmp_path / "weights.pt"
    torch.save(dict(MLP(NetworkConfig((8,))).state_dict()), path)
    return path


def test_of_two_data_sets_one_is_asked_for(qtbot, window, session, small, dialog_of, tmp_path):
    for name, count in (("one.npz", 20), ("two.npz", 30)):
        x, y = small.train.pictures[:count], small.train.labels[:count]
        np.savez(tmp_path / name, x_train=x, y_train=y, x_test=x, y_test=y)
    faults = []
    session.failed.connect(faults.append)
    session.opening.open_data(tmp_path)
    dialog = dialog_of("datasetChoiceDialog")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()
    assert not dialog.isVisible()
    assert session.splits.name == "small"
    session.opening.open_data(tmp_path)
    dialog = dialog_of("datasetChoiceDialog")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Open).click()
    qtbot.waitUntil(lambda: session.splits.name == "one.npz")
    session.opening.open_data(tmp_path)
    dialog = dialog_of("datasetChoiceDialog")
    choice = dialog.findChild(QListWidget)
    assert [choice.item(row).text() for row in range(choice.count())] == ["one.npz", "two.npz"]
    second = choice.visualItemRect(choice.item(1)).center()
    QTest.mouseClick(choice.viewport(), Qt.MouseButton.LeftButton, pos=second)
    QTest.mouseDClick(choice.viewport(), Qt.MouseButton.LeftButton, pos=second)
    qtbot.waitUntil(lambda: session.splits.name == "two.npz")
    assert len(session.splits.test) == 30
    assert not faults
    assert not window.findChildren(QMessageBox, "dataNotesDialog")


def test_how_a_data_set_was_opened_is_told(window, session, small, dialog_of, tmp_path):
    path = tmp_path / "white.npz"
    np.savez(path, x=255 - small.train.pictures[:60], y=small.train.labels[:60])
    session.opening.open(path)
    dialog = dialog_of("dataNotesDialog")
    assert "white.npz" in dialog.text()
    assert "dark on light paper" in dialog.informativeText()
    assert "no test pictures" in dialog.informativeText()
    dialog.accept()


def test_how_a_model_reads_is_told_and_can_be_overruled(qtbot, window, session, dialog_of, weights):
    how = window.findChild(QPushButton, "interpretationButton")
    assert not how.isVisible()
    session.opening.open(weights)
    dialog = dialog_of("interpretationDialog")
    assert "ReLU between its layers" in dialog.findChild(QLabel, "interpretationLabel").text()
    assert "less than half" in dialog.findChild(QLabel, "interpretationLabel").text()
    again = dialog.findChild(QPushButton, "readOtherwiseButton")
    assert not again.isEnabled()
    before = session.shelf.current
    activation = dialog.findChild(QComboBox, "foreignActivationCombo")
    activation.setCurrentIndex(activation.findData("tanh"))
    assert again.isEnabled()
    again.click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: session.shelf.current is not before)
    assert session.shelf.current.model.network.activation == "tanh"
    assert [entry.name for entry in session.shelf.entries] == ["default", "weights"]
    dialog_of("interpretationDialog").accept()
    assert how.isVisible()
    told = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert any(text.endswith(" tried") for text in told), "no score, but what it was tried with"
    how.click()
    dialog = dialog_of("interpretationDialog")
    assert dialog.findChild(QComboBox, "foreignActivationCombo").currentData() == "tanh"
    dialog.accept()


def test_what_a_person_said_of_a_model_is_in_the_fields_and_can_be_said_otherwise(
    session, dialog_of, weights
):
    wish = Wish("tanh", InputFormat("0-255", white_paper=True, transposed=True))
    session.opening.open_model(weights, wish)
    dialog = dialog_of("interpretationDialog")
    again = dialog.findChild(QPushButton, "readOtherwiseButton")
    activation = dialog.findChild(QComboBox, "foreignActivationCombo")
    pixels = dialog.findChild(QComboBox, "foreignRangeCombo")
    paper, transposed = (
        dialog.findChild(QCheckBox, name)
        for name in ("foreignWhitePaperCheck", "foreignTransposedCheck")
    )
    assert (activation.currentData(), pixels.currentData()) == ("tanh", "0-255")
    assert activation.isEnabled()
    assert paper.isChecked()
    assert transposed.isChecked()
    for check in (paper, transposed):
        assert not again.isEnabled()
        check.click()
        assert again.isEnabled()
        check.click()
    assert not again.isEnabled()
    pixels.setCurrentIndex(pixels.findData("0-1"))
    assert again.isEnabled()
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    assert not dialog.isVisible()
    assert session.shelf.current.model.interpretation.input == wish.input


def test_where_there_is_nothing_between_layers_nothing_is_said_of_it(session, dialog_of, tmp_path):
    path = tmp_path / "single.pt"
    torch.save(dict(MLP(NetworkConfig(())).state_dict()), path)
    session.opening.open(path)
    dialog = dialog_of("interpretationDialog")
    assert not dialog.findChild(QComboBox, "foreignActivationCombo").isEnabled()
    dialog.accept()


@pytest.mark.parametrize("name", ["model.h5", "model.keras", "model.onnx"])
def test_a_model_that_cannot_be_opened_is_told_to_be_one(qtbot, session, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(
        {"h5": b"\x89HDF\r\n", "keras": b"PK\5\6" + bytes(18), "onnx": b"\x08\7"}[
            name.partition(".")[2]
        ]
    )
    faults = []
    session.failed.connect(faults.append)
    session.opening.open(path)
    qtbot.waitUntil(lambda: bool(faults))
    assert "data set" not in str(faults[0])
