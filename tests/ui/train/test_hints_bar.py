import dataclasses

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from mnist_desktop.learning.settings.config import PRESETS
from mnist_desktop.learning.train.diagnosis import Hint, Remedy
from mnist_desktop.ui.session.train.draft import Draft
from mnist_desktop.ui.session.train.training import Training
from mnist_desktop.ui.train.hints_bar import HintsBar

RATE = Remedy("learning_rate", 0.0001, "Learning rate {value:g}")
STOP = Remedy("patience", 3, "Stop early, after {value} epochs")
DROP = Remedy("dropout", 0.2, "Dropout {value:g}")
FIRST = Hint(4, "Since epoch {epoch} it overfits.", remedies=(STOP, DROP))
SECOND = Hint(2, "In epoch {epoch} it leapt to {loss}.", {"loss": 7}, (RATE,))


@pytest.fixture
def draft():
    return Draft()


@pytest.fixture
def training():
    return Training()


@pytest.fixture
def bar(qtbot, training, draft):
    bar = HintsBar(training, draft)
    qtbot.addWidget(bar)
    bar.resize(600, 200)
    return bar


@pytest.fixture
def tell(training):
    def tell(*hints):
        training.hints = hints
        training.diagnosed.emit()

    return tell


def seen(bar):
    labels = [label for label in bar.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in labels]


def button(bar, name):
    return bar.findChild(QPushButton, name)


def test_where_there_is_nothing_to_tell_there_is_nothing(bar, tell):
    assert not bar.isVisible()
    tell(FIRST)
    assert bar.isVisible()
    tell()
    assert not bar.isVisible()


def test_the_most_important_one_is_seen_and_the_others_when_asked_for(bar, tell):
    tell(FIRST, SECOND)
    assert seen(bar) == ["Since epoch 4 it overfits."]
    more = button(bar, "moreHintsButton")
    assert more.text() == "1 more"
    more.click()
    assert seen(bar) == ["Since epoch 4 it overfits.", "In epoch 2 it leapt to 7."]
    assert more.text() == "Less"
    more.click()
    assert seen(bar) == ["Since epoch 4 it overfits."]
    tell(SECOND)
    assert not more.isVisible()


def test_a_remedy_goes_into_the_settings(bar, tell, draft):
    tell(FIRST)
    stop, drop = button(bar, "hint0-patience"), button(bar, "hint0-dropout")
    assert (stop.text(), drop.text()) == ("Stop early, after 3 epochs", "Dropout 0.2")
    stop.click()
    assert draft.config == dataclasses.replace(PRESETS["article"], patience=3)
    assert not stop.isEnabled(), "it is there already"
    assert drop.isEnabled()
    drop.click()
    assert draft.config.network.dropout == 0.2
    draft.set("patience", None)
    assert stop.isEnabled()


def test_a_button_that_was_pressed_has_the_focus_back_and_no_other_meanwhile(
    qtbot, bar, tell, draft
):
    tell(FIRST, SECOND)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    stop = button(bar, "hint0-patience")
    stop.setFocus()
    stop.click()
    assert bar.hasFocus()
    draft.set("patience", None)
    assert stop.hasFocus()
    tell(SECOND)
    assert bar.hasFocus(), "it has gone"
