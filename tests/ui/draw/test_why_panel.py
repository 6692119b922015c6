"""Why this digit, in the window."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMenu,
    QPushButton,
    QTabWidget,
    QWidget,
)

from mnist_desktop.learning.data.splits import Split, Splits
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.draw import why_panel
from mnist_desktop.ui.draw.ink_map import InkMap, map_picture
from mnist_desktop.ui.draw.results import Results
from mnist_desktop.ui.draw.tab import DrawTab
from mnist_desktop.ui.look.theme import DARK, LIGHT
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.class_bars import ClassBars
from mnist_desktop.ui.widgets.picture_view import PictureView
from mnist_desktop.ui.widgets.training_strip import TrainingStrip


@pytest.fixture
def why(session):
    config = NetworkConfig((24,))
    entry = Entry("small", Recognizer(Model(config, MLP(config, seed=5).state_dict())))
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    session.reader.set_strictness(0.0)
    return session.explanation


@pytest.fixture
def shown(qtbot, window, why, draw, seven_points, monkeypatch):
    """The panel, with a 7 explained; what moves in it moves fast."""
    monkeypatch.setattr(why_panel, "FRAME_MILLISECONDS", 2)
    window.findChild(QAction, "explainAction").trigger()
    draw(seven_points)
    qtbot.waitUntil(lambda: why.digit is not None)
    return window.findChild(QWidget, "whyPanel")


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits(), copy=True).view(np.uint32).reshape(image.height(), -1)


def test_it_takes_the_place_of_the_bars_and_gives_it_back(window, session, press):
    button, action = window.findChild(QPushButton, "whyButton"), "explainAction"
    bars = window.findChild(QWidget, "probabilityBars")
    assert window.findChild(QWidget, "whyPanel") is None, "nothing is built that nobody sees"
    press(Qt.Key.Key_F4)
    panel = window.findChild(QWidget, "whyPanel")
    assert panel.isVisible()
    assert not bars.isVisible()
    assert button.isChecked()
    assert session.preferences.explain
    button.click()
    assert bars.isVisible()
    assert not panel.isVisible()
    assert not window.findChild(QAction, action).isChecked()


@pytest.mark.parametrize("is_wide", [False, True])
def test_it_fits_into_the_smallest_window(qtbot, window, session, shown, is_wide):
    session.preferences.set("wide_field", is_wide)
    QApplication.processEvents()
    results = window.findChild(Results)
    panel = window.findChild(QWidget, "whyPanel")
    assert panel.isVisible()
    assert results.minimum_height(results.width()) <= results.height()
    assert panel.rect().contains(panel.findChild(InkMap).geometry())
    window.resize(1024, 1000)
    QApplication.processEvents()
    words = panel.findChild(QLabel, "whyLabel")
    assert words.width() > 0.4 * panel.width(), "the map leaves them room"


def test_what_it_needs_does_not_change_with_its_size(window, shown):
    """Or the window would be laid out again and again, for as long as it is open."""
    tab, needed = window.findChild(DrawTab), set()
    for size in ((1180, 780), (1180, 900), (1600, 1000)):
        window.resize(*size)
        for _ in range(20):
            QApplication.processEvents()
            needed.add(tab.minimumSizeHint().toTuple())
    assert len(needed) == 1


def test_before_anything_is_drawn_it_says_what_to_do(window, session):
    session.preferences.set("explain", True)
    assert "Draw a digit" in window.findChild(QLabel, "whyLabel").text()
    assert not window.findChild(QComboBox, "rivalCombo").isEnabled()


def test_a_dot_which_is_no_digit_yet_is_not_explained(qtbot, window, session, shown, why, draw):
    session.reader.set_strictness(0.5)
    window.findChild(QPushButton, "clearButton").click()
    draw([(0.5, 0.5)])
    qtbot.waitUntil(lambda: why.digit is not None and why.digit is session.reader.focused_digit)
    assert "Draw a digit" in shown.findChild(QLabel, "whyLabel").text()
    assert not shown.findChild(QComboBox, "rivalCombo").isEnabled()
    assert shown.findChild(QPushButton, "changeViewButton").text() == "Turn it"


def test_scores_and_their_difference_are_told(shown, why):
    text = shown.findChild(QLabel, "whyLabel").text()
    parts = why.contributions
    for number in (parts.answer_score, parts.rival_score, parts.difference, parts.total):
        assert f"{number:.2f}".replace("-", "−") in text
    assert f"orange speaks for {why.digit.digit}, blue for {why.rival}" in text


def test_another_rival_is_chosen(qtbot, shown, why):
    combo = shown.findChild(QComboBox, "rivalCombo")
    assert combo.currentText() == str(why.rival)
    other = (why.digit.digit + 4) % 10
    combo.setCurrentIndex(other)
    combo.activated.emit(other)
    assert why.rival == other
    assert shown.findChild(QPushButton, "changeViewButton").text() == f"Make it {other}"
    assert f"blue for {other}" in shown.findChild(QLabel, "whyLabel").text()


def test_each_view_is_shown_and_told(qtbot, shown, why):
    field, words = shown.findChild(InkMap), shown.findChild(QLabel, "whyLabel")
    seen = [pixels(field.grab().toImage())]
    for view, told in (("missing", "ink is missing"), ("untrained", "learned nothing")):
        shown.findChild(QPushButton, f"{view}ViewButton").click()
        qtbot.waitUntil(lambda told=told: told in words.text())
        seen.append(pixels(field.grab().toImage()))
        assert not any(np.array_equal(seen[-1], other) for other in seen[:-1])


def test_the_smallest_change_is_played(qtbot, shown, why):
    words = shown.findChild(QLabel, "whyLabel")
    qtbot.waitUntil(lambda: why.neighbours is not None)  # with them it would be looked for anew
    with qtbot.waitSignal(why.change_found):
        shown.findChild(QPushButton, "changeViewButton").click()
        assert "Looking" in words.text()
    assert f"Now it reads {why.digit.digit}." in words.text()
    qtbot.waitUntil(lambda: f"Now it reads {why.rival}." in words.text())
    shown.findChild(QPushButton, "inkViewButton").click()
    assert "Now it reads" not in words.text()
    with qtbot.waitSignal(why.change_found):
        shown.findChild(QPushButton, "changeViewButton").click()
    assert f"Now it reads {why.digit.digit}." in words.text(), "from its beginning"


@pytest.fixture
def played(qtbot, shown, why):
    """The panel, in which the smallest change is seen to happen."""
    qtbot.waitUntil(lambda: why.neighbours is not None)  # with them it would be looked for anew
    with qtbot.waitSignal(why.change_found):
        shown.findChild(QPushButton, "changeViewButton").click()
    assert why.change is not None
    return shown


def test_what_nobody_sees_is_not_played(window, session, played, is_at_rest):
    assert not is_at_rest(played)
    window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    assert is_at_rest(played)
    window.findChild(QTabWidget, "tabs").setCurrentIndex(0)
    assert not is_at_rest(played)
    session.preferences.set("explain", False)
    assert is_at_rest(played)


def test_beside_another_canvas_it_is_played_on(window, session, played, is_at_rest):
    session.preferences.set("wide_field", True)
    assert not is_at_rest(window.findChild(Results).findChild(QWidget, "whyPanel"))


def test_what_is_most_alike_is_seen(qtbot, shown, why):
    row, said = shown.findChild(TrainingStrip), []
    why.changed.connect(lambda: said.append(row.accessibleDescription()))
    qtbot.waitUntil(lambda: why.neighbours is not None)
    assert said[0].startswith("Comparing")
    assert row.accessibleDescription() == ", ".join(map(str, why.neighbours.labels))


def test_as_many_neighbours_as_have_room_are_painted_with_their_labels(qtbot, session, small):
    row = TrainingStrip(session, 6)
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    ink = np.full((6, 28, 28), 255, dtype=np.uint8)
    inked = Split(ink, small.train.labels[:6])
    session.data_set.take(Splits("ink", inked, small.validation, small.test))
    row.show_training(range(6), 6 * [" · 1.0"])
    ink = pixels(row.grab().toImage()) == QColor(LIGHT.ink).rgb()
    assert ink.sum() >= 6 * 54 * 54
    assert row.captions == [f"{label} · 1.0" for label in small.train.labels[:6]]


def click(row, number):
    place = row.visualRect(row.model().index(number, 0)).center()
    QTest.mouseClick(row.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_enlarges_one_that_is_alike_and_its_menu_corrects_the_label(
    qtbot, shown, session, why
):
    row, splits = shown.findChild(TrainingStrip), session.splits
    qtbot.waitUntil(lambda: why.neighbours is not None)
    index = int(why.neighbours.indices[1])
    click(row, 1)
    dialog = row.findChild(QDialog, "specimenDialog")
    picture = dialog.findChild(PictureView, "specimenView").picture
    np.testing.assert_array_equal(picture, splits.train.pictures[index])
    assert dialog.findChild(ClassBars).probabilities is not None
    dialog.close()
    row.customContextMenuRequested.emit(row.rect().center())
    (labels,) = [one.menu() for one in row.findChild(QMenu, "pictureMenu").actions() if one.menu()]
    label = (int(splits.train.labels[index]) + 1) % 10
    labels.actions()[label].trigger()
    assert session.labels.corrected["train"] == {index: label}
    assert row.captions[1].startswith(f"{label} ✎ · ")
    row.findChild(QMenu, "pictureMenu").close()
    with qtbot.waitSignal(session.specimens.data_wanted):
        row.findChild(QAction, "showInDataAction").trigger()
    assert session.gallery.chosen == index, "of the training split, which is the first"


def test_what_is_typed_among_those_alike_is_about_the_drawing(qtbot, window, shown, session, why):
    row = shown.findChild(TrainingStrip)
    qtbot.waitUntil(lambda: why.neighbours is not None)
    click(row, 0)
    row.findChild(QDialog, "specimenDialog").close()
    window.activateWindow()
    qtbot.waitUntil(row.hasFocus)
    meant = (why.digit.digit + 1) % 10
    QTest.keyClick(row, str(meant))
    assert session.labels.count == 0
    assert session.reader.focused_digit.meant == str(meant)
    QTest.keyClick(row, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.reader.focused_digit.meant != str(meant)


def test_of_another_data_set_those_alike_open_nothing(qtbot, shown, session, why, small):
    row = shown.findChild(TrainingStrip)
    qtbot.waitUntil(lambda: why.neighbours is not None)
    session.data_set.take(Splits("other", small.train.first(2), small.validation, small.test))
    click(row, 5)
    assert row.findChild(QDialog, "specimenDialog") is None


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_map_is_orange_above_zero_and_blue_below(theme):
    ink = np.zeros((28, 28), dtype=np.uint8)
    ink[3] = 255
    values = np.zeros((28, 28), dtype=np.float32)
    values[5, :4], values[6, :4] = 2.0, -2.0
    picture = pixels(map_picture(ink, values, theme))
    assert picture[5, 0] == QColor(theme.test).rgb()
    assert picture[6, 0] == QColor(theme.train).rgb()
    assert picture[10, 10] == QColor(theme.paper).rgb()
    assert picture[3, 10] not in {QColor(theme.ink).rgb(), QColor(theme.paper).rgb()}, "faint"
    plain = pixels(map_picture(ink, None, theme))
    assert plain[3, 10] == QColor(theme.ink).rgb()


def test_a_map_of_nothing_is_paper():
    nothing = np.zeros((28, 28))
    picture = pixels(map_picture(nothing.astype(np.uint8), nothing.astype(np.float32), LIGHT))
    assert (picture == QColor(LIGHT.paper).rgb()).all()


def test_what_the_pictures_below_are_is_said_in_one_line(window, why, shown):
    (label,) = (one for one in window.findChildren(QLabel) if one.text().startswith("Most alike"))
    assert label.isVisible()
    assert label.height() < 2 * label.fontMetrics().height()
