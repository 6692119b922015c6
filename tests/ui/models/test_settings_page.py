import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QTableView, QTabWidget

from mnist_desktop.learning.settings.config import PRESETS, NetworkConfig, TrainingConfig
from mnist_desktop.learning.settings.config_json import to_json
from mnist_desktop.ui.models.settings_page import DIFFERS, settings_of
from mnist_desktop.ui.plots.chart import MOST_CURVES

HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
SGD = {"optimizer": "sgd", "momentum": 0.8, "learning_rate": 0.05, "batch_size": 1000}


@pytest.fixture
def numbers(put):
    return [put("plain"), put("other", config=SGD), put("plain again", dataset="mine.npz")]


@pytest.fixture
def tab(numbers, open_tab, session, entry):
    session.shelf.add(entry)
    tab = open_tab()
    tab.findChild(QTabWidget, "modelsPages").setCurrentIndex(1)
    return tab


@pytest.fixture
def shown(tab):
    """What the table shows: by the names of settings, their values; and the names of the runs."""

    def shown():
        model = tab.findChild(QTableView, "settingsTable").model()
        rows, columns = range(model.rowCount()), range(model.columnCount())
        lines = {
            model.headerData(row, VERTICAL): [model.index(row, place).data() for place in columns]
            for row in rows
        }
        return lines, [model.headerData(place, HORIZONTAL) for place in columns]

    return shown


@pytest.fixture
def is_bold(tab):
    def is_bold(name):
        model = tab.findChild(QTableView, "settingsTable").model()
        role = Qt.ItemDataRole.FontRole
        row = next(
            row for row in range(model.rowCount()) if name in model.headerData(row, VERTICAL)
        )
        fonts = [model.headerData(row, VERTICAL, role), model.index(row, 0).data(role)]
        assert len({font is not None and font.bold() for font in fonts}) == 1
        return fonts[0] is not None

    return is_bold


def test_what_differs_has_a_mark_and_weight(choose, shown, is_bold, numbers):
    choose(*numbers[:2])
    lines, runs = shown()
    assert runs == ["other", "plain"]
    marked = {name for name in lines if name.startswith(DIFFERS)}
    assert marked == {
        f"{DIFFERS} {name}" for name in ("Method", "Learning rate", "Momentum", "Batch size")
    }
    assert lines[f"{DIFFERS} Learning rate"] == ["0.05", "0.001"]
    assert lines[f"{DIFFERS} Batch size"] == ["1,000", "64"]
    assert is_bold("Learning rate")
    assert not is_bold("Schedule")


def test_only_differences_can_be_shown(tab, choose, shown, numbers):
    choose(*numbers)
    every, _ = shown()
    check = tab.findChild(QCheckBox, "onlyDifferencesCheck")
    check.setChecked(True)
    lines, _ = shown()
    assert all(name.startswith(DIFFERS) for name in lines)
    assert f"{DIFFERS} Data set" in lines
    assert 0 < len(lines) < len(every)
    check.setChecked(False)
    assert shown()[0] == every


def test_a_single_run_shows_all_and_marks_nothing(tab, choose, shown, numbers):
    tab.findChild(QCheckBox, "onlyDifferencesCheck").setChecked(True)
    choose(numbers[1])
    lines, runs = shown()
    assert runs == ["other"]
    assert len(lines) > 15
    assert not any(DIFFERS in name for name in lines)
    assert not tab.findChild(QCheckBox, "onlyDifferencesCheck").isEnabled()


def test_the_same_settings_and_no_choice_are_said(tab, choose, numbers, put, session, settle):
    twin = put("twin")
    session.runs.refresh()
    settle()
    tab.findChild(QCheckBox, "onlyDifferencesCheck").setChecked(True)
    choose(numbers[0], twin)
    empty = tab.findChild(QLabel, "settingsEmpty")
    assert empty.isVisible()
    assert "all the same" in empty.text()
    choose()
    assert "Choose runs" in empty.text()


def test_what_the_mark_means_and_how_many_are_left_out_is_said(
    tab, choose, shown, numbers, put, session, settle
):
    note = tab.findChild(QLabel, "settingsNote")
    choose(*numbers[:2])
    assert note.text() == f"{DIFFERS} differs"
    choose(numbers[0])
    assert note.text() == ""
    many = [put(f"run {place}") for place in range(MOST_CURVES)]
    session.runs.refresh()
    settle()
    choose(numbers[0], *many)
    assert note.text() == f"the first {MOST_CURVES} of {MOST_CURVES + 1} chosen"
    assert len(shown()[1]) == MOST_CURVES
    choose(*many)
    assert note.text() == f"{DIFFERS} differs"


def test_a_file_shows_what_it_says_of_its_training(choose, shown, numbers, entry):
    choose(numbers[0], entry.path)
    lines, _ = shown()
    assert lines[f"{DIFFERS} Hidden layers"] == ["32", "1024, 512"]
    assert lines[f"{DIFFERS} Data set"] == ["MNIST", "–"]


def test_every_setting_that_there_is_is_shown():
    config = PRESETS["robust"]
    lines = settings_of(config)
    count = len(to_json(config)) - 1 + len(to_json(config.network))
    assert len(lines) == count


def test_a_change_of_any_setting_is_seen():
    base = dataclasses.replace(PRESETS["article"], optimizer="sgd", patience=3)
    changes = {
        "optimizer": "adam", "learning_rate": 0.002, "momentum": 0.5, "weight_decay": 0.1,
        "schedule": "cosine", "epochs": 11, "batch_size": 65, "shuffle": False, "workers": 1,
        "seed": 1, "log_every": 3, "patience": None, "minimum_improvement": 0.01, "device": "cpu",
        "limit": 1000, "distortion": 1.0, "synthetic_digits": 5, "scribbles": 5,
        "real_digits": 5, "real_letters": 5, "label_smoothing": 0.1,
    }  # fmt: skip
    networks = {"hidden": (), "activation": "tanh", "dropout": 0.5, "output": "log_softmax"}
    for name, value in changes.items():
        changed = dataclasses.replace(base, **{name: value})
        assert settings_of(changed) != settings_of(base), name
    for name, value in networks.items():
        network = dataclasses.replace(base.network, **{name: value})
        changed = dataclasses.replace(base, network=network)
        assert settings_of(changed) != settings_of(base), name


def test_what_changes_nothing_is_a_dash():
    adam = TrainingConfig(NetworkConfig(()))
    lines = settings_of(adam)
    assert lines["Momentum"] == lines["Improvement"] == "–"
    assert lines["Patience"] == "off"
    assert lines["Pictures"] == "all"
    assert lines["Hidden layers"] == "none"
    assert settings_of(dataclasses.replace(adam, momentum=0.1)) == lines
    sgd = settings_of(dataclasses.replace(adam, optimizer="sgd", patience=4))
    assert (sgd["Momentum"], sgd["Patience"], sgd["Improvement"]) == ("0.9", "4", "0 %")
