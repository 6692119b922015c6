import dataclasses
import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QSlider

from mnist_desktop.learning.settings.config import NO_DIGIT, NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import BatchDone, PhaseDone, Sample, SlowMotion, Stop
from mnist_desktop.learning.train.training import drive, train
from mnist_desktop.ui.look.theme import LIGHT
from mnist_desktop.ui.train import phase_box
from mnist_desktop.ui.train.phase_box import PhaseBox
from mnist_desktop.ui.train.slow_motion_view import SlowMotionView
from mnist_desktop.ui.train.slow_sample import SampleRow
from mnist_desktop.ui.train.slow_words import Figures, figures_of, parts
from mnist_desktop.ui.widgets.controls import TickerLine
from mnist_desktop.ui.widgets.picture_view import PictureView

pytestmark = pytest.mark.usefixtures("qapp")  # each test may be run alone

PHASES = ("forward", "loss", "backward", "step", "zero grad")
NAMES = ("phaseForward", "phaseLoss", "phaseBackward", "phaseStep", "phaseZeroGrad")
SMALLEST = (608, 345)
"""What the Train tab has to give in a window of 1024×700, an offer to continue above it."""


@pytest.fixture(scope="module")
def events(small):
    """Two batches of a real training in slow motion: the second and third."""
    config = TrainingConfig(NetworkConfig((32, 16)), device="cpu")
    count = itertools.count()

    def next_command():
        number = next(count)
        return SlowMotion(True) if number == 0 else Stop() if number > 12 else None

    happened = drive(train(config, small), next_command)
    return [event for event in happened if isinstance(event, PhaseDone | BatchDone)][1:13]


@pytest.fixture(scope="module")
def phases(events):
    return [event for event in events if isinstance(event, PhaseDone)]


@pytest.fixture
def view(appear):
    return appear(SlowMotionView(), 620, 480)


def boxes(view):
    return [view.findChild(PhaseBox, name) for name in NAMES]


def lit(view):
    return [phase for phase, one in zip(PHASES, boxes(view), strict=True) if one.is_lit]


def sentence(view):
    return view.findChild(TickerLine).text


def texts(view):
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def done(phase, **figures):
    return PhaseDone(1, 2, 3, phase, figures)


def sample(labels, said, share=0.9):
    """A network that says these digits, so surely."""
    probabilities = np.full((len(labels), 10), (1 - share) / 9, dtype=np.float32)
    probabilities[np.arange(len(labels)), said] = share
    pictures = np.zeros((len(labels), 28, 28), dtype=np.uint8)
    return Sample(pictures, np.array(labels), probabilities)


class TestView:
    def test_before_a_step_it_says_what_to_do(self, view, phases):
        view.say("Tick “Slow motion”.")
        assert "Slow motion" in sentence(view)
        assert lit(view) == []
        assert [station.figures for station in boxes(view)] == [None] * 5
        view.show_phase(phases[0])
        assert "Slow motion" not in sentence(view)
        view.say("Press “Resume”.")
        assert "Resume" not in sentence(view), "the step is still shown"
        view.clear()
        assert "Resume" in sentence(view)
        assert lit(view) == []
        assert [station.figures for station in boxes(view)] == [None] * 5
        assert view.findChild(SampleRow).answers == []

    def test_each_part_is_lit_as_it_is_done_and_those_before_keep_their_figures(self, view, phases):
        for number, event in enumerate(phases[:5], start=1):
            view.show_phase(event)
            assert lit(view) == [event.phase]
            shown = [station.figures for station in boxes(view)]
            assert shown == [figures_of(one) for one in phases[:number]] + [None] * (5 - number)
            assert sentence(view) == figures_of(event).sentence
            assert "batch 2 of 32" in texts(view)

    def test_the_next_batch_begins_with_nothing_but_its_own(self, view, phases):
        for event in phases[:6]:
            view.show_phase(event)
        assert lit(view) == ["forward"]
        assert [station.figures for station in boxes(view)] == [
            figures_of(phases[5]),
            *[None] * 4,
        ]
        assert "batch 3 of 32" in texts(view)

    def test_a_batch_of_which_the_first_part_was_missed_shows_no_older_figures(self, view, phases):
        for event in phases[:5]:
            view.show_phase(event)
        view.show_phase(phases[6])
        assert [station.figures is None for station in boxes(view)] == [
            True,
            False,
            True,
            True,
            True,
        ]
        assert view.findChild(SampleRow).answers == []

    def test_what_is_lit_and_its_numbers_are_said(self, view, phases):
        for event in phases[:2]:
            view.show_phase(event)
        forward, loss, backward = (station.accessibleName() for station in boxes(view)[:3])
        right = int(phases[0].figures["right"])
        assert forward == f"Forward: 64 pictures, {right} read rightly."
        assert loss.startswith("Loss, now: Loss ")
        assert loss.endswith("pure guessing would be 2.303.")
        assert backward == "Backward: to come"

    def test_the_sample_stays_for_the_whole_step(self, view, phases):
        for event in phases[:5]:
            view.show_phase(event)
            answers = view.findChild(SampleRow).answers
            assert [answer.truth for answer in answers] == [
                f"is {label}" for label in phases[0].sample.labels
            ]

    def test_when_the_run_goes_on_at_full_speed_nothing_is_now(self, view, events):
        view.say("Tick “Slow motion”.")
        *step, batch, _ = events[:7]
        for event in step:
            view.show_phase(event)
        # Its own batch, and one that was reported late, change nothing.
        view.show_batch(batch)
        view.show_batch(dataclasses.replace(batch, batch=1))
        assert lit(view) == ["zero grad"]
        view.show_batch(dataclasses.replace(batch, batch=3))
        assert lit(view) == []
        assert "Slow motion" in sentence(view)

    def test_it_fits_into_the_smallest_window(self, view, phases):
        view.resize(*SMALLEST)
        for event in phases[:5]:
            view.show_phase(event)
        view.grab()
        smallest = view.minimumSizeHint()
        assert smallest.width() <= SMALLEST[0]
        assert smallest.height() <= SMALLEST[1]
        for station in boxes(view):
            assert station.height() >= station.height_at(station.width())
        assert len({station.height() for station in boxes(view)}) == 1


class TestPace:
    def test_from_a_tenth_of_a_second_to_three(self, qtbot, view):
        slider = view.findChild(QSlider, "paceSlider")
        assert view.pace == 0.8
        for value, pace in ((-100, 0.1), (12, 1.2), (100, 3.0)):
            with qtbot.waitSignal(view.pace_changed) as signal:
                slider.setValue(value)
            assert signal.args == [pace]
            assert view.pace == pace
            assert f"{pace:.1f} s" in texts(view)


class TestStation:
    def test_it_is_not_lit_by_colour_alone(self, qtbot, monkeypatch):
        grey = dataclasses.replace(
            LIGHT, accent=LIGHT.line, text=LIGHT.quiet, on_accent=LIGHT.quiet
        )
        monkeypatch.setattr(phase_box, "current_theme", lambda: grey)
        station = PhaseBox(1, parts()["forward"])
        qtbot.addWidget(station)
        station.resize(160, 160)
        pictures = []
        for is_lit in (False, True):
            station.show_figures(Figures("57 of 64", ""), is_lit=is_lit)
            pictures.append(station.grab().toImage())
        # A thicker frame, and a disc that is filled.
        frames = [picture.pixelColor(1, 80).name() for picture in pictures]
        discs = [picture.pixelColor(8 + 3, 8 + 10).name() for picture in pictures]
        assert frames == discs == [grey.raised, grey.line]

    def test_the_one_that_is_lit_has_the_accent(self, qtbot, qapp):
        station = PhaseBox(1, parts()["step"])
        qtbot.addWidget(station)
        station.resize(160, 160)
        station.show_figures(None, is_lit=True)
        theme = phase_box.current_theme()
        assert station.grab().toImage().pixelColor(1, 80) == QColor(theme.accent)

    @pytest.mark.parametrize("phase", PHASES)
    def test_the_code_has_room_however_narrow(self, phase):
        station = PhaseBox(1, parts()[phase])
        narrow, wide = station.height_at(104), station.height_at(300)
        assert narrow >= wide
        if phase == "loss":
            assert narrow > wide + 20


class TestWords:
    def test_scribbles_are_no_digits(self):
        event = done("forward", pictures=64, digits=60, right=57)
        number, text = figures_of(event)
        assert number == "57 of 60"
        assert text == "64 pictures, 60 of them with a digit, 57 read rightly."

    def test_loss(self):
        assert figures_of(done("loss", loss=0.42131)) == (
            "0.4213",
            "Loss 0.4213; pure guessing would be 2.303.",
        )
        assert figures_of(done("loss", loss=float("nan"))).number == "?"

    def test_gradient_by_layer(self):
        few = {"hidden1": 1.2, "hidden2": 0.9, "out": 0.8}
        text = figures_of(done("backward", gradient=1.83, **few)).sentence
        assert text == "Gradient’s length 1.83: hidden1 1.2, hidden2 0.90, out 0.80."
        many = {f"hidden{number}": 1.0 for number in range(1, 33)}
        text = figures_of(done("backward", gradient=1.83, **many, out=0.8)).sentence
        assert text == "Gradient’s length 1.83: hidden1 1.0, hidden2 1.0, …, out 0.80."

    def test_step(self):
        number, text = figures_of(done("step", learning_rate=0.001, weights=26.3, moved=0.0312))
        assert number == "0.031"
        assert "of length 26.3 moved by 0.031 against the gradient" in text
        assert "learning rate 0.001" in text

    def test_zero_grad(self):
        assert figures_of(done("zero grad", gradient=0.0)) == ("0", "All gradients are 0 again.")


class TestSample:
    def test_right_and_wrong_have_a_mark(self):
        row = SampleRow()
        row.show_sample(sample([7, 4], said=[7, 9], share=0.61))
        assert row.answers == [("is 7", "✓ 7  61 %", False), ("is 4", "✗ 9  61 %", True)]
        assert row.accessibleDescription() == "is 7, ✓ 7  61 %; is 4, ✗ 9  61 %"

    def test_what_is_no_digit_cannot_be_read_wrongly(self):
        row = SampleRow()
        row.show_sample(sample([NO_DIGIT], said=[3], share=0.2))
        assert row.answers == [("no digit", "3  20 %", False)]

    def test_a_network_that_has_come_to_nothing(self, qtbot):
        row = SampleRow()
        qtbot.addWidget(row)
        broken = sample([7, 4], said=[7, 4])
        row.show_sample(dataclasses.replace(broken, probabilities=broken.probabilities * np.nan))
        row.grab()
        assert [answer.said.split()[-1] for answer in row.answers] == ["?", "?"]

    def test_one_is_chosen_by_a_click_or_with_the_arrow_keys(self, appear):
        def chosen():
            return row.specimen(row.currentIndex().row()).label

        row = SampleRow()
        assert row.focusPolicy() == Qt.FocusPolicy.NoFocus
        assert row.specimen(0) is None
        row.show_sample(sample([7, 4, NO_DIGIT], said=[7, 9, 3]))
        appear(row, 800, 150)
        clicked, place = [], row.viewport()
        row.clicked.connect(lambda index: clicked.append(row.specimen(index.row()).label))
        QTest.mouseClick(place, Qt.MouseButton.LeftButton, pos=QPoint(150, 40))
        QTest.mouseClick(place, Qt.MouseButton.RightButton, pos=QPoint(250, 40))
        assert chosen() == "no digit"
        QTest.mouseClick(place, Qt.MouseButton.LeftButton, pos=QPoint(750, 40))  # nothing is there
        assert clicked == ["4"]
        for _ in range(3):
            QTest.keyClick(row, Qt.Key.Key_Left)
        assert chosen() == "7"
        QTest.keyClick(row, Qt.Key.Key_Right)
        assert chosen() == "4"
        row.show_sample(sample([1, 2, 3], said=[1, 2, 3]))
        assert chosen() == "2", "in the same place"
        row.show_sample(sample([5], said=[5]))
        assert chosen() == "5"

    def test_pictures_are_as_large_as_there_is_room_for(self, appear):
        row = appear(SampleRow(), 620, 120)
        one = sample([7], said=[7])
        one.pictures[0, 14, 26] = 255
        row.show_sample(one)
        ink = phase_box.current_theme().ink
        for width, height, scale in ((620, 120, 2), (1200, 400, 5), (620, 400, 2), (1200, 150, 4)):
            row.resize(width, height)
            cell = row.visualRect(row.currentIndex())
            left = cell.left() + (cell.width() - 28 * scale) // 2
            assert row.gridSize().height() == 28 * scale + row.caption_height + row.gap
            picture = row.grab().toImage()
            inked = {picture.pixelColor(x, int(14.5 * scale) + 2).name() for x in range(left, 200)}
            assert ink in inked, (width, height)


def test_a_picture_of_the_batch_is_enlarged_by_a_click_and_has_the_menu_of_all(qtbot, window):
    row = window.findChild(SampleRow)
    one = sample([7, 4], said=[7, 9])
    one.pictures[0, 10:20, 20] = one.pictures[1, 10:20, 14] = 255
    row.show_sample(one)
    row.resize(800, 150)
    QTest.mouseClick(row.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 40))
    view = row.findChild(PictureView, "specimenView")
    np.testing.assert_array_equal(view.picture, one.pictures[1])
    row.show_sample(sample([3], said=[3]))
    assert not view.picture.any(), "it follows the next batch"
    row.show_sample(one)
    row.customContextMenuRequested.emit(QPoint(10, 10))
    menu = row.findChild(QMenu, "pictureMenu")
    able = {action.objectName(): action.isEnabled() for action in menu.actions()}
    assert able["toCanvasAction"]
    assert not able["showInDataAction"], "it is distorted, and in no data set"
    menu.close()
