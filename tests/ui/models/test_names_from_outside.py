"""A library whose names and notes are meant to do harm."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget

from mnist_desktop.ui.models.curves_page import RunCurves
from mnist_desktop.ui.plots.legend import Legend
from mnist_desktop.ui.plots.picture import PNG, SVG
from mnist_desktop.ui.widgets.hints import Notice
from mnist_desktop.ui.widgets.plain_text import plain_tooltip


@pytest.fixture
def tab(put, training_lock, open_tab, pipe):
    outside = {"note": f"{pipe.markup}\n\u202e<b>note</b>" + "x" * 1000, "dataset": pipe.markup}
    put(f"{pipe.markup} 1", **outside)
    put(f"{pipe.markup} 2", **outside, config={"epochs": 9})
    put(f"{pipe.markup} 3", **outside, outcome=None, lock=training_lock)
    return open_tab()


@pytest.fixture
def choose(tab, table_of, settle):
    def choose(*numbers):
        wanted = {str(number) for number in numbers}
        rows = table_of(tab).rows.rows
        table_of(tab).choose([row.key for row in rows if row.name[-1] in wanted])
        settle()

    return choose


def test_the_mouse_may_rest_anywhere(tab, choose, pipe, rest_everywhere):
    pages = tab.findChild(QTabWidget, "modelsPages")
    for chosen in ((1, 2), (3,)):
        choose(*chosen)
        for page in range(pages.count()):
            pages.setCurrentIndex(page)
            tab.grab()
            tips = rest_everywhere(tab)
    assert not pipe.was_opened
    why = plain_tooltip(f"“{pipe.markup[:27]}…” is being trained; stop it first.")
    assert why in tips
    (name,) = {tip for tip in tips if "Trained on" in tip and " 3<" in tip}
    assert "&lt;img src=" in name
    assert "\u202e" not in name
    assert len(name) < 1000


def test_curves_are_drawn_and_exported(tab, choose, pipe, mouse_at):
    choose(1, 2)
    page, legend = tab.findChild(RunCurves), tab.findChild(Legend)
    assert len(legend.entries) == 2
    mouse_at(page, 3, 90)
    assert legend.values
    tab.grab()
    drawing = page.picture_maker(SVG)().decode()
    assert "<img" not in drawing
    assert "&lt;img src=" in drawing
    assert not QImage.fromData(page.picture_maker(PNG)()).isNull()
    assert not pipe.was_opened


def test_a_deletion_is_told(tab, choose, pipe, settle):
    choose(1)
    tab.findChild(QPushButton, "deleteRunButton").click()
    settle()
    tab.grab()
    assert (
        tab.findChild(Notice, "deletedNotice").findChild(QLabel).text()
        == f"“{pipe.markup[:27]}…” is deleted."
    )
    assert not pipe.was_opened


def test_a_name_that_is_typed_stays_in_one_line(tab, table_of, choose, settle):
    choose(1)
    model = table_of(tab).model()
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data()[-1] == "1")
    model.setData(model.index(row, 0), " one\u2028two\u202e ")
    settle()
    assert "one two" in [row.name for row in model.rows]
