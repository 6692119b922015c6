"""What was taught, looked through and put right in the Data tab."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QTabWidget,
)

from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.library.database import Library
from mnist_desktop.library.profiles import FIRST, add_profile
from mnist_desktop.library.taught import read_taught
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.picture_grid import PictureGrid

DATA, MINE = 3, 4


@pytest.fixture
def page(window, settled):
    """The page, opened; it is built when it is first seen."""
    window.findChild(QTabWidget, "tabs").setCurrentIndex(DATA)
    pages = window.findChild(QTabWidget, "dataPages")
    assert window.findChild(PictureGrid, "myDigitsGrid") is None
    pages.setCurrentIndex(MINE)
    settled()
    return pages.widget(MINE)


@pytest.fixture
def grid(page):
    return page.findChild(PictureGrid, "myDigitsGrid")


@pytest.fixture
def button(page):
    return lambda name: page.findChild(QPushButton, f"{name}MyDigitsButton")


@pytest.fixture
def three(say, grid, settled):
    """A 7 is shown that I meant as 7, 1 and no digit."""
    say("7", "1", "")
    settled()
    return grid


def choose(grid, *places):
    grid.clearSelection()
    for place in places:
        index = grid.model().index(place, 0)
        grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def labels():
    return [one.label for one in read_taught(Library())]


def test_at_first_it_says_what_to_do(page, grid, button):
    assert grid.captions == []
    assert page.findChild(QLabel, "myDigitsCount").text() == "0 drawings, 0 read wrongly now"
    assert not any(button(name).isEnabled() for name in ("delete", "undo", "export"))


def test_all_are_shown_with_what_they_are_read_as(page, three, settled):
    assert three.captions == ["7", "1 → 7", "– → 7"]
    assert page.findChild(QLabel, "myDigitsCount").text() == "3 drawings, 2 read wrongly now"
    three.choose(1)
    assert "meant: 1; read: 7" in page.findChild(QLabel, "myDigitViewCaption").text()
    three.choose(2)
    QTest.keyClick(three, Qt.Key.Key_5)
    settled()
    assert three.captions == ["7", "1 → 7", "5 → 7"]
    assert three.currentIndex().row() == 2, "one goes on where one was"


def test_enlarged_it_says_what_its_look_alone_says(session, page, three, settled, tiny_model):
    model, read_as = tiny_model(), page.findChild(QLabel, "myDigitViewReadAs")
    (drawing, *_) = (one.ink for one in session.my_digits.shown.digits)
    look = Recognizer(model).read(drawing, 0.0).digits[0].digit
    other = (look + 1) % 10
    for digit, told in ((look, ""), (other, f"\nby its look alone {look}")):
        known = replace(model, templates=Templates().with_drawings([(drawing, digit)]))
        entry = Entry(f"taught {digit}", Recognizer(known))
        session.shelf.add(entry)
        session.shelf.read_with(entry)
        settled()
        three.choose(0)
        assert read_as.text().startswith(f"read as {digit}, 9")
        assert read_as.text().endswith(f" sure{told}")


def test_a_filter_lets_some_through(page, three, settled):
    combo = page.findChild(QComboBox, "myDigitsLabelCombo")
    combo.setCurrentIndex(combo.findText("no digit"))
    settled()
    assert three.captions == ["– → 7"]
    combo.setCurrentIndex(combo.findText("9"))
    settled()
    assert three.captions == []
    combo.setCurrentIndex(0)
    page.findChild(QCheckBox, "myDigitsWrongCheck").setChecked(True)
    settled()
    assert three.captions == ["1 → 7", "– → 7"]


def test_another_person_has_others_and_all_can_be_seen(page, session, three, say, settled):
    combo = page.findChild(QComboBox, "myDigitsPersonCombo")
    assert [combo.itemText(row) for row in range(combo.count())] == ["Me"]
    ada = add_profile(Library(), "Ada")
    session.people.read()
    settled()
    session.people.choose(ada)
    settled()
    assert three.captions == []
    say("7")
    settled()
    assert [combo.itemText(row) for row in range(combo.count())] == ["Ada", "all"]
    assert three.captions == ["7"]
    combo.setCurrentIndex(1)
    settled()
    assert three.captions == ["7", "1 → 7", "– → 7", "7"]
    session.people.delete(ada)
    settled()
    assert combo.currentText() == "Me"
    assert three.captions == ["7", "1 → 7", "– → 7"]


def test_keys_relabel_delete_and_undo(page, three, settled):
    choose(three, 1, 2)
    QTest.keyClick(three, Qt.Key.Key_7)
    settled()
    assert three.captions == ["7", "7", "7"]
    choose(three, 0)
    QTest.keyClicks(three, "n")
    settled()
    assert labels() == ["", "7", "7"]
    choose(three, 0, 2)
    QTest.keyClick(three, Qt.Key.Key_Delete)
    settled()
    assert three.captions == ["7"]
    for expected in (["", "7", "7"], ["7", "7", "7"], ["7", "1", ""]):
        QTest.keyClick(three, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settled()
        assert labels() == expected
    assert three.captions == ["7", "1 → 7", "– → 7"]


def test_keys_with_others_held_are_no_digits(three, settled):
    choose(three, 0)
    QTest.keyClick(three, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    settled()
    assert labels() == ["7", "1", ""]


@pytest.mark.parametrize("kind", ["drawing", "picture"])
def test_one_is_put_on_the_canvas_as_it_was_taught(
    session, page, grid, settled, seven, small, kind
):
    ink = seven if kind == "drawing" else small.train.pictures[0]
    source = "canvas" if kind == "drawing" else "picture"
    session.corrections.change([Correction((0.0, 0.0, 1.0, 1.0), "7", "7", ink, source)], [])
    settled()
    choose(grid, 0)
    page.findChild(QAction, "toCanvasAction").trigger()
    assert (session.sketch.picture is None) == (kind == "drawing")
    assert len(session.sketch.drawing.strokes) == (2 if kind == "drawing" else 0)


def test_the_menu_says_what_is_chosen(page, three, settled):
    choose(three, 1)
    three.customContextMenuRequested.emit(QPoint(5, 5))
    (menu,) = (one for one in page.findChildren(QMenu) if one.isVisible())
    (seven,) = (one for one in menu.actions() if one.text() == "It is a 7")
    seven.trigger()
    menu.close()
    settled()
    assert labels() == ["7", "7", ""]


def test_buttons_delete_and_undo(button, three, settled):
    choose(three)
    assert not button("delete").isEnabled(), "nothing is chosen"
    choose(three, 0)
    button("delete").click()
    settled()
    assert labels() == ["1", ""]
    button("undo").click()
    settled()
    assert labels() == ["7", "1", ""]
    assert not button("undo").isEnabled()


def test_what_is_shown_is_exported_and_taught_again(
    session, button, three, settled, tmp_path, monkeypatch
):
    path = tmp_path / "mine.jsonl.gz"
    for question in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, question, lambda *_args: (str(path), ""))
    button("export").click()
    settled()
    assert [one.label for one in read_strokes(path)] == ["7", "1", None]
    button("import").click()
    settled()
    assert labels() == ["7", "1", "", "7", "1", ""]
    assert {one.profile for one in read_taught(Library())} == {FIRST}
    assert session.teaching.taught.count == 6


def test_what_is_asked_to_be_surer_declines_them(session, three, settled):
    session.reader.set_strictness(1.0)
    settled()
    assert three.captions == ["7 → ?", "1 → ?", "–"]


def test_another_model_reads_them_anew(session, three, settled):
    model = session.shelf.current.model
    weights = dict(model.state_dict)
    name = list(weights)[-1]
    assert weights[name].shape == (10,)
    weights[name] = weights[name].clone()
    weights[name][3] += 1000
    entry = Entry("threes", Recognizer(replace(model, state_dict=weights)))
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    settled()
    assert three.captions == ["7 → 3", "1 → 3", "– → 3"]
