from dataclasses import replace
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from mnist_desktop.ink.correction import NO_DIGIT
from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS, TOO_LITTLE_INK, Reading, Sign
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.progress import unwatched
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Entry, Shelf
from mnist_desktop.ui.session.work import Jobs

DOT = Drawing((Stroke(np.array([[0.5, 0.5]])),))


class CountingRecognizer:
    """Reads anything as the same digits, and notes how often and how strictly."""

    def __init__(self, digits):
        self.digits = tuple(digits)
        self.strictness = []
        self.model = SimpleNamespace(network=NetworkConfig())

    def read(self, drawing, strictness, _progress=unwatched):
        self.strictness.append(strictness)
        return Reading((self.digits,)).answered(strictness) if drawing else Reading()

    def read_lines(self, lines, **_options):
        return Reading((self.digits,))


@pytest.fixture
def recognizer(shelf, make_digit):
    entry = Entry("counting", CountingRecognizer(map(make_digit, (1, 2, 3))))
    shelf.add(entry)
    shelf.read_with(entry)
    return entry.recognizer


@pytest.fixture
def reader(qtbot, sketch, shelf, recognizer, jobs):
    reader = Reader(sketch, shelf, Timeline(shelf), jobs)
    with qtbot.waitSignal(reader.changed):
        sketch.show(DOT)
    recognizer.strictness.clear()
    return reader


def test_without_a_model_nothing_is_read(qtbot, sketch):
    shelf = Shelf()
    reader = Reader(sketch, shelf, Timeline(shelf), Jobs())
    with qtbot.waitSignal(reader.changed):
        sketch.show(DOT)
    assert reader.reading == Reading()
    assert reader.focus is None
    assert reader.focused is None
    reader.move_focus(1)
    assert reader.focus is None


def test_the_last_digit_is_looked_at_until_another_is_chosen(qtbot, reader, recognizer):
    assert reader.focused.digit == 3
    with qtbot.waitSignal(reader.focus_changed):
        reader.focus_on(0)
    assert reader.focused.digit == 1
    with qtbot.assertNotEmitted(reader.focus_changed):
        reader.focus_on(0)
    with qtbot.waitSignal(reader.focus_changed):
        reader.focus_on(None)
    assert reader.focused.digit == 3
    QCoreApplication.processEvents()
    assert recognizer.strictness == [], "looking at a digit reads nothing anew"


def test_the_focus_stops_at_both_ends(reader):
    for step, expected in ((1, 2), (-1, 1), (-1, 0), (-1, 0), (1, 1)):
        reader.move_focus(step)
        assert reader.focus == expected


def test_what_is_drawn_next_is_looked_at(qtbot, reader, sketch):
    reader.focus_on(0)
    with qtbot.waitSignal(reader.changed):
        sketch.extend(0.2, 0.2, 0.03)
    assert reader.focus == 2


def test_a_choice_stays_when_a_run_s_next_epoch_reads(qtbot, reader, shelf, make_digit):
    reader.focus_on(1)
    with qtbot.waitSignal(reader.changed):
        shelf.current_changed.emit()
    assert reader.focus == 1
    reader.show(Reading(((make_digit(7),),)))
    assert reader.focused.digit == 7


def test_it_reads_as_strictly_as_it_is_told(qtbot, reader, recognizer, sketch):
    assert reader.strictness == DEFAULT_STRICTNESS
    with qtbot.waitSignals([reader.changed, reader.strictness_changed]):
        reader.set_strictness(0.75)
    with qtbot.waitSignal(reader.changed):
        sketch.extend(0.2, 0.2, 0.03)
    assert recognizer.strictness == [0.75, 0.75]
    reader.set_strictness(0.75)
    QCoreApplication.processEvents()
    assert len(recognizer.strictness) == 2


def test_a_tap_is_declined_unless_it_must_always_answer(qtbot, session):
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.show(DOT)
    assert session.reading.declined == TOO_LITTLE_INK
    assert session.reading.text == "?"
    with qtbot.waitSignal(session.reader.changed):
        session.reader.set_strictness(0.0)
    assert session.reading.declined is None
    assert session.reading.text.isdigit()


def test_a_model_that_reads_later_reads_as_strictly(qtbot, reader, shelf, recognizer, make_digit):
    reader.set_strictness(0.75)
    other = Entry("other", CountingRecognizer([make_digit(4)]))
    shelf.add(other)
    with qtbot.waitSignal(reader.changed):
        shelf.read_with(other)
    assert other.recognizer.strictness == [0.75]
    assert recognizer.strictness == []
    assert reader.reading.text == "4"


@pytest.fixture
def early(reader, shelf, recognizer, make_digit):
    """What the model that reads was after epoch 1, of two."""
    early = CountingRecognizer([make_digit(8)])
    reader.timeline.begin(shelf.current, {1: early, 2: recognizer})
    return early


def test_it_reads_with_the_epoch_that_is_chosen(qtbot, reader, sketch, recognizer, early):
    with qtbot.waitSignal(reader.changed):
        reader.timeline.move_to(1)
    assert reader.reading.text == "8"
    assert recognizer.strictness == []
    reader.set_strictness(0.75)
    with qtbot.waitSignal(reader.changed):
        sketch.extend(0.2, 0.2, 0.03)
    assert reader.reading.text == "8", "while it is drawn, too"
    assert early.strictness == [DEFAULT_STRICTNESS, 0.75]
    with qtbot.waitSignal(reader.changed):
        reader.timeline.move_to(None)
    assert reader.reading.text == "123"
    assert recognizer.strictness == [0.75]


def test_a_chosen_epoch_s_reading_stays_while_the_run_goes_on(
    qtbot, reader, shelf, early, make_digit
):
    with qtbot.waitSignal(reader.changed):
        reader.timeline.move_to(1)
    newest = CountingRecognizer([make_digit(4)])
    shelf.renew(shelf.current, newest, is_training=True)
    reader.timeline.add(3, newest)
    assert not reader.is_reading
    assert reader.reading.text == "8"
    assert len(early.strictness) == 1, "it is not read again with the same weights"


def test_another_model_reads_as_it_is(qtbot, reader, shelf, early, make_digit):
    with qtbot.waitSignal(reader.changed):
        reader.timeline.move_to(1)
    other = Entry("other", CountingRecognizer([make_digit(4)]))
    shelf.add(other)
    with qtbot.waitSignal(reader.changed):
        shelf.read_with(other)
    assert reader.reading.text == "4"
    assert len(other.recognizer.strictness) == 1


def test_where_the_chosen_epoch_is_thinned_out_the_nearest_reads(qtbot, reader, early, make_digit):
    for epoch in range(3, 32):
        reader.timeline.add(epoch, CountingRecognizer([make_digit(epoch % 10)]))
    with qtbot.waitSignal(reader.changed):
        reader.timeline.move_to(30)
    with qtbot.waitSignal(reader.changed):
        reader.timeline.add(32, CountingRecognizer([make_digit(2)]))
    assert reader.reading.text == "9", "that of epoch 29"


def test_what_was_read_before_does_not_stand_beside_a_new_picture(qtbot, reader, sketch):
    paper = np.full((40, 40), 255, np.uint8)
    paper[8:32, 18:22] = 0
    seen = []
    reader.changed.connect(lambda: seen.append(reader.reading.text))
    sketch.show(page_of_picture(paper))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["", "123"]


def test_a_picture_is_read_with_the_chosen_epoch(qtbot, reader, jobs, sketch, recognizer, early):
    reader.timeline.move_to(1)
    paper = np.full((40, 40), 255, np.uint8)
    paper[8:32, 18:22] = 0
    sketch.show(page_of_picture(paper))
    assert reader.is_reading
    with qtbot.waitSignal(jobs.changed):
        pass
    assert reader.is_reading
    qtbot.waitUntil(lambda: reader.reading.text == "8")
    qtbot.waitUntil(lambda: not reader.is_reading)
    assert recognizer.strictness == []


def test_a_picture_that_is_being_read_is_answered_as_strictly_as_it_is_told_meanwhile(
    qtbot, reader, jobs, sketch
):
    paper = np.full((40, 40), 255, np.uint8)
    paper[8:32, 18:22] = 0
    sketch.show(page_of_picture(paper))
    with qtbot.waitSignal(jobs.changed):
        pass
    reader.set_strictness(0.999)
    qtbot.waitUntil(lambda: not reader.is_reading)
    assert reader.reading.text == "?"


class ThoroughRecognizer(CountingRecognizer):
    """Takes long for drawings of more than one stroke, of which it reads the number."""

    def __init__(self, make_digit):
        super().__init__([])
        self._make_digit = make_digit
        self.may_end = Event()
        self.fault = None

    def read(self, drawing, strictness, progress):
        if len(drawing.strokes) > 1:
            progress(0.0)
            assert self.may_end.wait(10)
            if fault := self.fault:
                self.fault = None
                raise fault
        self.digits = tuple(map(self._make_digit, filter(None, [len(drawing.strokes)])))
        return super().read(drawing, strictness)


class TestMuchInk:
    @pytest.fixture(autouse=True)
    def _no_patience(self, monkeypatch):
        monkeypatch.setattr("mnist_desktop.ui.session.read.reader.PATIENCE", -1.0)

    @pytest.fixture
    def thorough(self, reader, recognizer, shelf, make_digit):
        entry = Entry("thorough", ThoroughRecognizer(make_digit))
        shelf.add(entry)
        shelf.read_with(entry)
        return entry.recognizer

    def scribble(self, qtbot, sketch, jobs):
        with qtbot.waitSignal(jobs.changed):
            sketch.show(Drawing(2 * DOT.strokes))

    def test_it_is_read_in_the_background(self, qtbot, reader, sketch, jobs, thorough):
        self.scribble(qtbot, sketch, jobs)
        assert reader.is_reading
        assert not jobs.newest.can_be_cancelled, "it would never be answered"
        assert not reader.correct("7"), "what it will be read as is not known"
        assert not reader.confirm()
        with qtbot.waitSignal(reader.changed):
            thorough.may_end.set()
        assert reader.reading.text == "2"
        assert not reader.is_reading
        assert reader.correct("7")

    def test_a_pen_that_goes_on_does_not_keep_it_from_an_answer(
        self, qtbot, reader, sketch, jobs, thorough
    ):
        self.scribble(qtbot, sketch, jobs)
        seen = []
        reader.changed.connect(lambda: seen.append((reader.reading.text, reader.is_reading)))
        for x in (0.1, 0.2, 0.3):
            sketch.extend(x, 0.2, 0.03)
            QCoreApplication.processEvents()
        assert seen == [], "what is being read is not called off"
        thorough.may_end.set()
        qtbot.waitUntil(lambda: not reader.is_reading)
        assert seen == [("2", True), ("3", False)], "and what has been drawn since is read then"

    def test_a_canvas_that_is_cleared_is_empty_at_once(self, qtbot, reader, sketch, jobs, thorough):
        self.scribble(qtbot, sketch, jobs)
        with qtbot.waitSignal(reader.changed):
            sketch.clear()
        thorough.may_end.set()
        qtbot.waitUntil(lambda: not jobs.running)
        assert reader.reading == Reading()
        assert not reader.is_reading

    def test_another_drawing_does_not_have_its_answer(self, qtbot, reader, sketch, jobs, thorough):
        self.scribble(qtbot, sketch, jobs)
        seen = []
        reader.changed.connect(lambda: seen.append(reader.reading.text))
        sketch.show(Drawing((Stroke(np.array([[0.1, 0.1], [0.2, 0.9]])),)))
        qtbot.waitUntil(lambda: bool(seen), timeout=5000)  # before the other one is read
        thorough.may_end.set()
        qtbot.waitUntil(lambda: not jobs.running)
        assert seen == ["1"]

    def test_nor_does_another_model(self, qtbot, reader, jobs, sketch, shelf, thorough, make_digit):
        self.scribble(qtbot, sketch, jobs)
        other = Entry("other", CountingRecognizer([make_digit(9)]))
        shelf.add(other)
        with qtbot.waitSignal(reader.changed, timeout=5000):  # before the other one has read
            shelf.read_with(other)
        thorough.may_end.set()
        assert reader.reading.text == "9"

    def test_what_was_drawn_since_is_read_though_it_failed(
        self, qtbot, reader, sketch, jobs, thorough
    ):
        self.scribble(qtbot, sketch, jobs)
        sketch.extend(0.1, 0.2, 0.03)
        QCoreApplication.processEvents()
        thorough.fault = OSError("once")
        with qtbot.waitSignal(jobs.failed):
            thorough.may_end.set()
        qtbot.waitUntil(lambda: not reader.is_reading)
        assert reader.reading.text == "3"


class TestCorrections:
    @pytest.fixture(autouse=True)
    def _apart(self, recognizer, make_digit):
        """Three digits in places of their own."""
        places = [(0.1, 0.2, 0.2, 0.8), (0.4, 0.2, 0.5, 0.8), (0.7, 0.2, 0.8, 0.8)]
        recognizer.digits = tuple(map(make_digit, (1, 2, 3), (0.9, 0.9, 0.5), places))

    def test_of_a_picture_it_is_taken_back_also_after_another_strictness(
        self, qtbot, reader, sketch
    ):
        paper = np.full((40, 40), 255, np.uint8)
        paper[8:32, 18:22] = 0
        sketch.show(page_of_picture(paper))
        qtbot.waitUntil(lambda: sketch.picture is not None and not reader.is_reading)
        assert reader.correct("8")
        reader.set_strictness(0.2)
        assert reader.reading.text == "128"
        sketch.undo()
        assert reader.reading.text == "123"
        assert reader.focused.meant is None

    def test_the_digit_that_is_looked_at_is_put_right(self, qtbot, reader, sketch, recognizer):
        assert reader.reading.text == "?"
        with qtbot.waitSignals([reader.changed, sketch.corrected]):
            assert reader.correct("8")
        assert reader.reading.text == "128", "the last one, for want of another, which was unsure"
        reader.focus_on(0)
        reader.correct(NO_DIGIT)
        assert reader.reading.text == "28"
        assert reader.focus == 0, "the same is looked at"
        sketch.undo()
        assert reader.reading.text == "128"
        sketch.undo()
        assert reader.reading.text == "?"
        assert recognizer.strictness == [], "nothing is read anew"

    def test_a_sign_is_put_right_and_kept_with_its_ink(self, qtbot, reader, sketch, make_digit):
        one, two = (make_digit(n, 0.9, (n / 4, 0.2, n / 4 + 0.1, 0.8)) for n in (1, 2))
        dash = Sign("-", 0.9, one.picture, (0.5, 0.5, 0.5, 0.5))  # where the dot is
        reader.show(Reading(((one, dash, two),)))
        assert reader.focused is two, "the last digit, whatever stands before it"
        reader.move_focus(-1)
        assert reader.focused is dash
        assert reader.correct("-")
        sketch.undo()
        assert reader.correct("7")
        assert reader.reading.text == "172"
        (said,) = sketch.corrections
        assert (said.read, said.label) == ("-", "7")
        assert said.ink.strokes == DOT.strokes
        assert reader.correct(NO_DIGIT)
        assert reader.reading.text == "12"
        sketch.undo()
        sketch.undo()
        assert reader.reading.text == "1-2"

    def test_after_a_last_sign_the_last_digit_is_looked_at(self, reader, make_digit):
        two = make_digit(2, 0.9, (0.1, 0.2, 0.3, 0.8))
        reader.show(Reading(((two, Sign(".", 0.9, two.picture, (0.5, 0.7, 0.5, 0.7))),)))
        assert reader.focused is two

    def test_what_is_said_holds_on_however_strictly_it_reads(self, qtbot, reader):
        reader.correct("8")
        with qtbot.waitSignal(reader.changed):
            reader.set_strictness(0.85)
        assert reader.reading.text == "128"

    def test_what_the_answer_says_already_is_said_to_be_right_once(self, reader, sketch):
        reader.correct("3")
        reader.focus_on(0)
        assert reader.correct("1")
        assert [(one.read, one.label) for one in sketch.corrections][-1] == ("1", "1")
        assert reader.reading.text == "123"
        assert not reader.correct("1"), "that has been said"
        assert len(sketch.corrections) == 2
        assert reader.correct("7")
        assert reader.correct("1"), "it takes back what was said before"

    def test_a_guess_that_was_declined_is_confirmed(self, reader):
        assert reader.reading.text == "?"
        assert reader.correct("3")
        assert reader.reading.text == "123"

    def test_all_that_was_read_is_said_to_be_right_in_one_step(self, reader, sketch):
        reader.focus_on(1)
        reader.correct("7")
        assert reader.confirm()
        assert sorted(one.label for one in sketch.corrections) == ["1", "3", "7"]
        assert reader.reading.text == "173", "what was put right stays so"
        assert not reader.confirm(), "all of it has been said"
        sketch.undo()
        assert [one.label for one in sketch.corrections] == ["7"]

    def test_an_empty_canvas_has_nothing_to_put_right(self, qtbot, reader, sketch):
        with qtbot.waitSignal(reader.changed):
            sketch.clear()
        assert not reader.correct("8")
        assert not reader.confirm()

    def test_the_pen_comes_first(self, reader, sketch):
        sketch.extend(0.5, 0.5, 0.03)
        assert not reader.correct("8")
        assert not reader.confirm()


@pytest.mark.parametrize(("width", "source"), [(None, "file"), (0.03, "canvas")])
def test_a_correction_keeps_the_digit_s_own_ink(qtbot, reader, sketch, recognizer, width, source):
    sevens = [np.array([[x, 0.2], [x + 0.2, 0.2], [x + 0.05, 0.8]]) for x in (0.1, 0.6)]
    widths = None if width is None else np.full(3, width)
    with qtbot.waitSignal(reader.changed):
        sketch.show(Drawing(tuple(Stroke(points, widths) for points in sevens)))
    recognizer.digits = tuple(
        replace(digit, box=(*points.min(axis=0), *points.max(axis=0)))
        for digit, points in zip(recognizer.digits, sevens, strict=False)
    )
    reader.show(recognizer.read(DOT, 0))
    reader.focus_on(0)
    assert reader.correct("7")
    (said,) = sketch.corrections
    assert (said.label, said.source) == ("7", source)
    assert said.ink.strokes == sketch.drawing.strokes[:1]
