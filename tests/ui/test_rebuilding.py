"""What is looked at outlasts the making anew of the window, as for another language."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTabBar,
    QTableView,
    QTabWidget,
    QWidget,
)

from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.tabs import DATA, MODELS, TRAIN


@pytest.fixture
def show(window):
    """Goes to a tab."""
    return lambda tab: window.findChild(QTabWidget, "tabs").setCurrentIndex(tab)


@pytest.fixture
def rebuild(qtbot, window):
    """Has the window made anew, and waits until all its tabs are there and the old ones gone."""

    def rebuild():
        window.rebuild()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qtbot.waitUntil(lambda: window.findChild(QWidget, "runLogView") is not None)

    return rebuild


def test_a_new_window_begins_at_the_beginning(window):
    assert window.findChild(QTabBar, "trainPages").currentIndex() == 0
    assert window.findChild(QTabWidget, "modelsPages").currentIndex() == 0
    assert window.findChild(QComboBox, "dataSplitCombo").currentData() == "train"
    assert window.findChild(QSpinBox, "dataBatchSizeSpin").value() == 64
    assert window.findChild(QSpinBox, "dataBatchSpin").value() == 1


def test_the_page_of_the_run(window, show, rebuild):
    show(TRAIN)
    for page in (2, 1):
        window.findChild(QTabBar, "trainPages").setCurrentIndex(page)
        rebuild()
        assert window.findChild(QTabBar, "trainPages").currentIndex() == page
        assert window.findChild(QWidget, "lossPlot").isVisible() is False


def test_the_batch_of_the_data_set(qtbot, window, show, rebuild):
    show(DATA)
    split = window.findChild(QComboBox, "dataSplitCombo")
    split.setCurrentIndex(split.findData("validation"))
    window.findChild(QSpinBox, "dataBatchSizeSpin").setValue(20)
    window.findChild(QCheckBox, "dataShuffleCheck").setChecked(True)
    window.findChild(QSpinBox, "dataBatchSpin").setValue(7)

    def caption():
        texts = [label.text() for label in window.findChildren(QLabel)]
        return [text for text in texts if text.startswith("picture ")]

    before = caption()
    rebuild()
    assert window.findChild(QComboBox, "dataSplitCombo").currentData() == "validation"
    assert window.findChild(QSpinBox, "dataBatchSizeSpin").value() == 20
    assert window.findChild(QCheckBox, "dataShuffleCheck").isChecked()
    number = window.findChild(QSpinBox, "dataBatchSpin")
    assert number.value() == 7
    assert number.maximum() == 25, "as many as there are"
    assert caption() == before != []


@pytest.fixture
def table(window, session, tmp_path):
    """Gives the table, the tab in sight, as it is now."""
    recognizer = session.shelf.current.recognizer
    for name in ("beta", "alpha", "gamma"):
        session.shelf.add(Entry(name, recognizer, tmp_path / name))
    return lambda: window.findChild(QTableView, "runsTable")


def names(table):
    model = table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_page_order_and_filter_of_the_models(qtbot, window, show, rebuild, table):
    show(MODELS)
    qtbot.waitUntil(lambda: len(names(table())) == 4)
    window.findChild(QTabWidget, "modelsPages").setCurrentIndex(2)
    table().sortByColumn(0, Qt.SortOrder.AscendingOrder)
    window.findChild(QLineEdit, "runsFilter").setText("a")
    qtbot.waitUntil(lambda: names(table()) == ["alpha", "beta", "default", "gamma"])
    window.findChild(QLineEdit, "runsFilter").setText("ta")
    rebuild()
    assert window.findChild(QTabWidget, "modelsPages").currentIndex() == 2
    assert window.findChild(QLineEdit, "runsFilter").text() == "ta"
    qtbot.waitUntil(lambda: names(table()) == ["beta"])
    window.findChild(QLineEdit, "runsFilter").clear()
    qtbot.waitUntil(lambda: names(table()) == ["alpha", "beta", "default", "gamma"])
    assert table().horizontalHeader().sortIndicatorSection() == 0
    table().sortByColumn(0, Qt.SortOrder.DescendingOrder)
    rebuild()
    qtbot.waitUntil(lambda: names(table()) == ["gamma", "default", "beta", "alpha"])
