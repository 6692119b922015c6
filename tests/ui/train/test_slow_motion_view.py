import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QSlider

from mnist_desktop.learning.events import PhaseDone, Sample
from mnist_desktop.learning.written import NO_DIGIT
from mnist_desktop.ui.theme import follow_system
from mnist_desktop.ui.train.phase_card import PhaseCard, SampleRow
from mnist_desktop.ui.train.slow_motion_view import SlowMotionView

PARTS = {
    "forward": {"pictures": 64, "digits": 60, "right": 57},
    "loss": {"loss": 0.42134},
    "backward": {"gradient": 1.5, "hidden1": 1.2, "out": 0.9},
    "step": {"learning_rate": 0.001, "weights": 22.5, "moved": 0.031},
    "zero grad": {"gradient": 0.0},
}
NAMES = ("phaseForward", "phaseLoss", "phaseBackward", "phaseStep", "phaseZeroGrad")


def sample():
    probabilities = np.full((3, 10), 0.01, dtype=np.float32)
    probabilities[0, 7] = probabilities[1, 9] = probabilities[2, 1] = 0.91
    labels = np.array([7, 4, NO_DIGIT])
    return Sample(np.zeros((3, 28, 28), dtype=np.uint8), labels, probabilities)


@pytest.fixture
def view(qtbot):
    follow_system(QApplication.instance())
    view = SlowMotionView()
    view.resize(640, 420)
    view.show()
    yield view
    view.close()
    view.deleteLater()


def show(view, phase, batch=3):
    view.show_phase(
        PhaseDone(1, batch, 782, phase, PARTS[phase], sample() if phase == "forward" else None)
    )


def lit(view):
    return [name for name in NAMES if view.findChild(PhaseCard, name).property("isNow")]


def test_each_part_is_lit_in_its_turn_and_keeps_its_figures(view):
    for number, phase in enumerate(PARTS):
        show(view, phase)
        assert lit(view) == [NAMES[number]]
        figures = [view.findChild(PhaseCard, name).figures for name in NAMES]
        assert all(figures[: number + 1])
        assert not any(figures[number + 1 :])
    view.grab()
    show(view, "forward", batch=4)
    assert lit(view) == ["phaseForward"]
    assert not any(view.findChild(PhaseCard, name).figures for name in NAMES[1:])
    assert view._place.text() == "epoch 1, batch 4 of 782"


def test_the_figures_in_words(view):
    for phase in PARTS:
        show(view, phase)
    texts = {name: view.findChild(PhaseCard, name).figures for name in NAMES}
    assert texts == {
        "phaseForward": "64 pictures, 57 of 60 digits read rightly",
        "phaseLoss": "0.4213; guessing alone gives 2.303",
        "phaseBackward": "gradient’s length 1.5: hidden1 1.2, out 0.9",
        "phaseStep": "rate 0.001: weights of length 22.5 moved by 0.031",
        "phaseZeroGrad": "gradient’s length 0",
    }
    now = view.findChild(PhaseCard, "phaseZeroGrad").accessibleName()
    assert now == "Zero grad, now, gradient’s length 0"


def test_the_pictures_are_told_right_from_wrong_not_by_colour_alone(view):
    show(view, "forward")
    row = view.findChild(SampleRow)
    assert row._texts() == ["7 ✓\n91 %", "4 → 9 ✗\n91 %", "none → 1\n91 %"]
    row.grab()
    show(view, "loss")
    assert row._sample is not None
    view.clear()
    assert row._texts() == []
    assert lit(view) == []


def test_the_pace_is_told(qtbot, view):
    with qtbot.waitSignal(view.pace_changed) as heard:
        view.findChild(QSlider, "paceSlider").setValue(20)
    assert heard.args == [2.0]
    assert view.pace == 2.0


def test_the_hint_goes_once_there_is_something_to_see(view):
    assert view._hint.isVisible()
    show(view, "forward")
    assert not view._hint.isVisible()
