import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.read.reading import LOOKS_LIKE_NO_DIGIT, TOO_LITTLE_INK, Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.draw.results import Results
from mnist_desktop.ui.draw.timeline_slider import TRACK, TimelineBox
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.shelf import Entry

SMALL = NetworkConfig(hidden=(8,))
LINE = [(0.3, 0.25 + 0.05 * step) for step in range(11)]


def always(digit, sure=9.0):
    """A recogniser that takes anything for this digit."""
    network = MLP(SMALL)
    for parameter in network.parameters():
        parameter.data.zero_()
    network.out.bias.data[digit] = sure
    return Recognizer(Model(SMALL, network.state_dict()))


@pytest.fixture
def timeline(session):
    return session.reader.timeline


@pytest.fixture
def slider(window):
    return window.findChild(QSlider, "timelineSlider")


@pytest.fixture
def play(window):
    return window.findChild(QAbstractButton, "timelinePlayButton")


@pytest.fixture
def where(window):
    return window.findChild(QLabel, "timelineLabel")


@pytest.fixture
def entry(session):
    return Entry("run 1", always(9), is_training=True)


@pytest.fixture
def run(window, session, timeline, entry):
    """Lets a run of so many epochs be there: after each it takes anything for the epoch's number,
    and as it is now for 9.
    """

    def begin(epochs):
        if entry not in session.shelf.entries:
            session.shelf.add(entry)
            session.shelf.read_with(entry)
        timeline.begin(entry, {epoch: always(epoch % 10) for epoch in range(1, epochs + 1)})
        QApplication.processEvents()

    return begin


@pytest.fixture
def settle(qtbot, session):
    """Waits until the drawing has been read with all epochs."""
    return lambda: qtbot.waitUntil(lambda: not session.epoch_readings.is_outdated)


@pytest.fixture
def step(window):
    """The timer that takes it from epoch to epoch while it plays."""
    here = Qt.FindChildOption.FindDirectChildrenOnly
    return window.findChild(TimelineBox).findChild(QTimer, options=here)


def places_of(slider):
    """Where the middle of the handle is at each stop."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    places = []
    for stop in range(slider.maximum() + 1):
        option.sliderPosition = stop
        handle = slider.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
        )
        places.append(QRectF(handle).center().x())
    return places


def test_it_is_there_from_the_second_epoch_on(slider, run):
    assert not slider.isVisible()
    run(1)
    assert not slider.isVisible()
    run(2)
    assert slider.isVisible()


def test_it_is_there_only_while_the_run_s_model_reads(slider, run, session, entry, timeline):
    run(3)
    timeline.move_to(2)
    session.shelf.read_with(session.shelf.entries[0])
    assert not slider.isVisible()
    assert timeline.position is None
    session.shelf.read_with(entry)
    assert slider.isVisible()
    assert slider.value() == 3


@pytest.mark.parametrize("size", [(1024, 700), (1600, 1000)])
def test_when_it_comes_nothing_else_moves(qtbot, window, run, slider, session, size):
    window.resize(*size)
    run(1)
    qtbot.waitUntil(lambda: window.width() == size[0])
    names = ("answerLabel", "probabilityBars", "networkInputView", "strictnessSlider")
    others = [window.findChild(QWidget, name) for name in names]

    def place(widget):
        return QRect(widget.mapTo(window, QPoint()), widget.size())

    before = [place(other) for other in others]
    run(10)
    qtbot.waitUntil(slider.isVisible)
    QApplication.processEvents()
    assert [place(other) for other in others] == before
    assert (window.width(), window.height()) == size
    box = window.findChild(TimelineBox)
    results = window.findChild(Results)
    assert place(results).contains(place(box))
    for other in others[:3]:
        assert not place(other).intersects(place(box))


def test_with_a_file_of_drawings_there_is_room_for_all(qtbot, window, run, session, tmp_path):
    path = tmp_path / "one.jsonl"
    path.write_text('{"label": 1, "strokes": [[[5, 0], [5, 90]]]}')
    run(10)
    session.opening.open_strokes(path)
    qtbot.waitUntil(lambda: bool(session.drawings.drawings))
    QApplication.processEvents()
    results = window.findChild(Results)
    assert results.minimumSizeHint().height() <= results.height()


def test_arrows_home_and_end_move_by_kept_epochs(
    qtbot, window, slider, run, where, timeline, entry
):
    run(0)
    timeline.begin(entry, {epoch: always(epoch % 10) for epoch in (1, 3, 5, 6)})
    slider.setFocus()
    for key, position, text in (
        (Qt.Key.Key_Left, 6, "after epoch 6 of 6"),
        (Qt.Key.Key_Left, 5, "after epoch 5 of 6"),
        (Qt.Key.Key_Left, 3, "after epoch 3 of 6"),
        (Qt.Key.Key_Home, 1, "after epoch 1 of 6"),
        (Qt.Key.Key_Left, 1, "after epoch 1 of 6"),
        (Qt.Key.Key_Right, 3, "after epoch 3 of 6"),
        (Qt.Key.Key_End, None, "as it is now"),
    ):
        QTest.keyClick(slider, key)
        assert timeline.position == position
        assert where.text() == text


def test_a_click_above_an_epoch_chooses_it_and_a_drag_the_next(slider, run, timeline):
    run(5)
    places = places_of(slider)
    assert len(places) == 6
    middle = slider.height() // 2
    for stop in (2, 0, 4):
        QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(int(places[stop]) + 3, 4))
        assert timeline.position == stop + 1
        assert slider.value() == stop
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(int(places[4]), middle))
    QTest.mouseMove(slider, QPoint(int(places[1]), middle))
    assert timeline.position == 2
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(int(places[1]), middle))
    QTest.mousePress(slider, Qt.MouseButton.RightButton, pos=QPoint(int(places[3]), middle))
    QTest.mouseMove(slider, QPoint(int(places[4]), middle))
    QTest.mouseRelease(slider, Qt.MouseButton.RightButton, pos=QPoint(int(places[4]), middle))
    assert timeline.position == 2, "only the left button moves it"


def test_what_is_drawn_is_read_with_the_chosen_epoch(qtbot, draw, run, slider, answer, timeline):
    run(5)
    draw(LINE)
    assert answer.text() == "9"
    QTest.keyClick(slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: answer.text() == "1")
    draw([(x + 0.4, y) for x, y in LINE], lift=False)
    assert answer.text() == "11"
    timeline.move_to(None)
    qtbot.waitUntil(lambda: answer.text() == "99")


def test_the_epochs_go_on_while_one_is_chosen(draw, run, slider, where, timeline, answer):
    run(3)
    draw(LINE)
    timeline.move_to(2)
    timeline.add(4, always(4))
    assert (slider.value(), slider.maximum()) == (1, 4)
    assert where.text() == "after epoch 2 of 4"
    timeline.move_to(None)
    timeline.add(5, always(5))
    assert (slider.value(), slider.maximum()) == (5, 5)


def test_it_plays_from_the_first_epoch_to_now(qtbot, run, play, step, timeline, answer, draw):
    run(4)
    draw(LINE)
    step.setInterval(1)
    seen = []
    timeline.moved.connect(lambda: seen.append(timeline.position))
    play.click()
    qtbot.waitUntil(lambda: not play.isChecked())
    assert seen == [1, 2, 3, 4, None]
    qtbot.waitUntil(lambda: answer.text() == "9")


def test_it_plays_on_from_where_it_is_until_it_is_moved_by_hand(
    qtbot, session, run, play, step, slider, timeline
):
    run(6)
    timeline.move_to(3)
    play.click()
    assert timeline.position == 3
    qtbot.waitUntil(lambda: not session.reader.is_reading)
    step.timeout.emit()
    assert timeline.position == 4
    slider.setValue(0)
    assert not play.isChecked()
    assert not step.isActive()
    assert timeline.position == 1


def test_it_has_played_as_soon_as_it_is_now(qtbot, session, run, play, step, timeline):
    run(6)
    timeline.move_to(6)
    play.click()
    qtbot.waitUntil(lambda: not session.reader.is_reading)
    step.timeout.emit()
    assert timeline.position is None
    assert not play.isChecked()


def test_it_waits_for_the_reading_of_a_picture(session, run, play, step, timeline, monkeypatch):
    run(6)
    play.click()
    monkeypatch.setattr(type(session.reader), "is_reading", True)
    step.timeout.emit()
    assert timeline.position == 1
    monkeypatch.setattr(type(session.reader), "is_reading", False)
    step.timeout.emit()
    assert timeline.position == 2


def test_what_cannot_be_seen_does_not_play(run, play, step, timeline, session):
    run(6)
    play.click()
    session.shelf.read_with(session.shelf.entries[0])
    assert not play.isChecked()
    run(6)
    session.shelf.read_with(session.shelf.entries[-1])
    play.click()
    timeline.begin(None)
    assert not play.isChecked()
    assert not step.isActive()


def test_those_who_do_not_see_it_are_told(draw, run, slider, play, settle):
    run(3)
    draw(LINE)
    settle()
    assert slider.accessibleName()
    assert play.accessibleName()
    assert slider.accessibleDescription() == "1, 2, 3, 9"


# What is painted


def inked(slider, stop, colour):
    """How many pixels above a stop have this colour, or nearly so."""
    QApplication.processEvents()
    places = places_of(slider)
    half = (places[1] - places[0]) / 2
    picture = slider.grab().toImage()
    wanted = QColor(colour)
    count = 0
    for x in range(max(0, int(places[stop] - half)), min(slider.width(), int(places[stop] + half))):
        for y in range(slider.height() - TRACK):
            pixel = picture.pixelColor(x, y)
            count += all(
                abs(one - other) < 24
                for one, other in zip(pixel.getRgb()[:3], wanted.getRgb()[:3], strict=True)
            )
    return count


def test_the_chosen_epoch_s_reading_is_in_the_accent_colour(draw, run, slider, timeline, settle):
    run(5)
    draw(LINE)
    settle()
    theme = current_theme()
    timeline.move_to(3)
    for stop in range(6):
        assert (inked(slider, stop, theme.accent) > 4) == (stop == 2), stop
        assert (inked(slider, stop, theme.text) > 4) == (stop != 2), stop


def test_a_declined_reading_is_grey(draw, run, slider, timeline, settle):
    run(5)
    timeline.add(6, always(8, sure=1.0))
    draw(LINE)
    settle()
    theme = current_theme()
    assert inked(slider, 5, theme.text) == 0
    assert inked(slider, 5, theme.quiet) > 4


def test_while_the_pen_moves_old_readings_are_faint(draw, run, slider, settle):
    run(5)
    draw(LINE)
    settle()
    theme = current_theme()
    assert inked(slider, 1, theme.text) > 4
    draw([(x + 0.4, y) for x, y in LINE[:4]], lift=False)
    assert inked(slider, 1, theme.text) == 0
    assert inked(slider, 1, theme.line) > 4


def test_a_number_too_long_to_be_shown_everywhere_is_shown_where_it_is_read(
    draw, run, slider, settle, timeline
):
    run(31)
    for step in range(3):
        draw([(x + 0.2 * step, y) for x, y in LINE])
    settle()
    timeline.move_to(20)
    theme = current_theme()
    assert slider.accessibleDescription().startswith("111, 222")
    assert sum(inked(slider, stop, theme.text) for stop in range(32)) == 0
    assert sum(inked(slider, stop, theme.accent) for stop in (18, 19, 20)) > 12
    assert inked(slider, 5, theme.line) >= 1


def test_it_is_painted_again_only_where_another_text_is_read(
    qtbot, draw, run, slider, session, monkeypatch, make_digit
):
    run(5)
    draw(LINE[:5], lift=False)
    painted = []
    monkeypatch.setattr(type(slider), "update", lambda self: painted.append(1))
    session.sketch.extend(0.3, 0.8, 0.03)
    with qtbot.waitSignal(session.reader.changed):
        pass
    assert painted == []
    session.reader.show(Reading(((make_digit(4),),)))
    assert len(painted) == 1
    session.reader.show(Reading(((make_digit(4),),), declined=LOOKS_LIKE_NO_DIGIT))
    assert len(painted) == 2
    session.reader.show(Reading(((make_digit(5),),), declined=LOOKS_LIKE_NO_DIGIT))
    assert len(painted) == 3


def test_it_guesses_no_more_than_the_answer(draw, run, slider, session, make_digit):
    run(5)
    draw(LINE)

    def shown(value, reason):
        session.reader.show(Reading(((make_digit(value),),), declined=reason))
        return slider.grab().toImage()

    assert shown(1, LOOKS_LIKE_NO_DIGIT) != shown(8, LOOKS_LIKE_NO_DIGIT)
    assert shown(1, TOO_LITTLE_INK) == shown(8, TOO_LITTLE_INK)


def test_of_a_picture_only_the_chosen_epoch_is_shown(
    qtbot, session, run, slider, timeline, answer, settle
):
    run(5)
    paper = np.full((40, 40), 255, np.uint8)
    paper[8:32, 18:22] = 0
    session.sketch.show(page_of_picture(paper))
    timeline.move_to(3)
    qtbot.waitUntil(lambda: answer.text() == "3")
    settle()
    theme = current_theme()
    assert inked(slider, 2, theme.accent) > 4
    assert inked(slider, 1, theme.text) == 0
    assert slider.accessibleDescription() == "3"


def test_the_track_is_in_the_accent_colour_up_to_the_handle(run, slider, timeline):
    run(5)
    theme = current_theme()
    for position, is_filled in ((1, False), (3, False), (4, True), (None, True)):
        timeline.move_to(position)
        QApplication.processEvents()
        picture = slider.grab().toImage()
        row = [picture.pixelColor(x, slider.height() - TRACK // 2) for x in range(slider.width())]
        accents = [abs(colour.hue() - QColor(theme.accent).hue()) < 12 for colour in row]
        assert accents[int(places_of(slider)[2]) + 12] == is_filled
