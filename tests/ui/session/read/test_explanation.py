import threading
from dataclasses import replace

import numpy as np
import pytest

from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.pen import with_support
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.draw.why_words import words_of
from mnist_desktop.ui.session.shelf import Entry

PATIENCE_SECONDS = 10
"""Then what holds up a job lets it go, whatever became of the test."""


def small_recognizer(seed, **known):
    config = NetworkConfig((24, 16))
    return Recognizer(Model(config, MLP(config, seed).state_dict(), **known))


@pytest.fixture
def explanation(session):
    """Of a small network: what a large one says takes longer."""
    entry = Entry("small", small_recognizer(seed=5))
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    return session.explanation


@pytest.fixture
def show(qtbot, session, explanation, seven_points):
    """Draws a 7 and waits until it is read, and explained where that is on."""

    def show_seven(*, moved: float = 0.0) -> None:
        points = np.add(seven_points, (moved, 0))
        is_on = explanation.is_on
        with qtbot.waitSignal(explanation.changed if is_on else session.reader.changed):
            session.sketch.show(Drawing((Stroke(points),)))

    return show_seven


def switch_on(session):
    session.preferences.set("explain", True)


def test_while_it_is_off_nothing_is_worked_out(
    qtbot, session, explanation, show, monkeypatch, is_at_rest
):
    monkeypatch.setattr(type(explanation), "_explain_digit", lambda *_: pytest.fail("it is off"))
    show()
    session.reader.focus_on(0)
    assert explanation.digit is None
    assert explanation.contributions is None
    assert is_at_rest(explanation)
    assert not session.jobs.running


def test_switched_on_it_explains_what_is_there_and_what_is_drawn_next(session, explanation, show):
    show()
    switch_on(session)
    assert explanation.digit is session.reader.focused_digit
    first = explanation.contributions
    probabilities = explanation.digit.probabilities
    assert explanation.rival == probabilities.argsort()[-2]
    assert first.difference > 0
    show(moved=0.2)
    assert explanation.digit is session.reader.focused_digit
    assert explanation.contributions is not first


def test_another_digit_of_the_drawing_is_explained_when_it_is_looked_at(
    qtbot, session, explanation, make_digit
):
    first, second = make_digit(3), make_digit(4, box=(0.7, 0.2, 0.9, 0.8))
    switch_on(session)
    with qtbot.waitSignal(explanation.changed):
        session.reader.show(Reading(((first, second),)))
    others = [one for one in (first, second) if one is not explanation.digit]
    with qtbot.waitSignal(explanation.changed):
        session.reader.focus_on((first, second).index(others[0]))
    assert [explanation.digit] == others


def test_it_goes_with_the_drawing_and_is_nothing_without(qtbot, session, explanation, show):
    switch_on(session)
    show()
    first = explanation.digit
    assert first is session.reader.focused_digit
    with qtbot.waitSignal(explanation.changed):
        session.sketch.clear()
    assert explanation.digit is None
    assert explanation.contributions is None


def test_a_rival_stays_until_it_is_the_answer(session, explanation, show):
    switch_on(session)
    show()
    answer = explanation.digit.digit
    other = (answer + 3) % 10
    explanation.choose_rival(other)
    assert explanation.rival == other
    scores = explanation.contributions
    assert scores.rival_score < scores.answer_score
    explanation.choose_rival(answer)
    assert explanation.rival == explanation.digit.probabilities.argsort()[-2]
    session.preferences.set("explain", False)
    explanation.choose_rival(other)
    assert explanation.contributions is None, "it is off"


def test_a_rival_that_was_chosen_is_forgotten_when_it_is_switched_off(session, explanation, show):
    switch_on(session)
    show()
    ranked = explanation.digit.probabilities.argsort()
    explanation.choose_rival(ranked[0])
    assert explanation.rival == ranked[0]
    session.preferences.set("explain", False)
    switch_on(session)
    assert explanation.rival == ranked[-2]


def test_what_a_person_says_it_is_is_the_rival(qtbot, session, explanation, show):
    show()
    answer = session.reader.focused_digit.digit
    meant = (answer + 5) % 10
    assert session.reader.correct(str(meant))
    switch_on(session)
    assert explanation.digit.digit == answer
    assert explanation.rival == meant


def test_an_answer_that_is_confirmed_is_not_its_own_rival(session, explanation, show):
    show()
    assert session.reader.confirm()
    switch_on(session)
    assert explanation.digit.meant == str(explanation.digit.digit)
    assert explanation.rival == explanation.digit.probabilities.argsort()[-2]


@pytest.mark.parametrize("meant", [".", "-", ""], ids=["point", "minus", "nothing"])
def test_where_it_is_meant_as_no_digit_the_rival_is_the_second_best(
    session, explanation, show, meant
):
    show()
    assert session.reader.correct(meant)
    switch_on(session)
    assert explanation.digit.meant == meant
    assert explanation.rival == explanation.digit.probabilities.argsort()[-2]


def test_each_view_has_its_map(qtbot, session, explanation, show):
    switch_on(session)
    show()
    assert explanation.missing is None
    explanation.look_at("missing")
    picture = explanation.digit.picture
    assert explanation.missing.shape == (28, 28)
    assert not explanation.missing[picture > 0].any()
    explanation.look_at("untrained")
    qtbot.waitUntil(lambda: explanation.untrained is not None)
    assert not np.allclose(explanation.untrained.values, explanation.contributions.values)
    show(moved=0.1)
    assert explanation.untrained is not None, "it is made only once"
    explanation.look_at("ink")
    assert explanation.untrained is None
    assert explanation.missing is None


def test_an_untrained_network_that_was_called_off_is_made_when_it_is_wanted_again(
    qtbot, session, explanation, show
):
    switch_on(session)
    show()
    qtbot.waitUntil(lambda: explanation.neighbours is not None)  # which explain it anew
    explanation.look_at("untrained")
    session.jobs.newest.cancel()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert explanation.untrained is None
    explanation.look_at("untrained")
    qtbot.waitUntil(lambda: explanation.untrained is not None)


def test_the_smallest_change_is_found_when_the_pen_rests_and_forgotten_when_it_goes_on(
    qtbot, session, explanation, show
):
    switch_on(session)
    show()
    # Which begin it anew when they come.
    qtbot.waitUntil(lambda: explanation.neighbours is not None)
    with qtbot.waitSignal(explanation.change_found):
        explanation.look_at("change")
        assert explanation.is_looking
    assert not explanation.is_looking
    assert explanation.change.target == explanation.rival
    assert explanation.change.answers[-1] == explanation.rival
    show(moved=0.1)
    assert explanation.change is None
    assert explanation.is_looking


def test_the_smallest_change_of_what_was_drawn_before_is_not_shown(
    qtbot, session, explanation, show, monkeypatch
):
    from mnist_desktop.learning.explain import smallest_change

    begun, gate, found = threading.Event(), threading.Event(), []
    find = smallest_change.smallest_change

    def find_later(*given, **more):
        begun.set()
        gate.wait()
        return find(*given, **more)

    monkeypatch.setattr(smallest_change, "smallest_change", find_later)
    switch_on(session)
    explanation.look_at("change")
    explanation.change_found.connect(lambda: found.append(explanation.change))
    show()
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(explanation.changed):
        session.sketch.show(Drawing((Stroke([[0.6, 0.2], [0.4, 0.8]]),)))
    gate.set()
    qtbot.waitUntil(lambda: bool(found))
    np.testing.assert_array_equal(found[0].frames[0], explanation.digit.picture)


def test_training_pictures_are_compared_once_for_each_model(
    qtbot, session, explanation, show, monkeypatch
):
    from mnist_desktop.learning.explain import neighbours

    made = []
    whole = neighbours.NeighbourIndex.__init__
    monkeypatch.setattr(
        neighbours.NeighbourIndex,
        "__init__",
        lambda self, *given: (made.append(given[1]), whole(self, *given))[1],
    )
    switch_on(session)
    show()
    qtbot.waitUntil(lambda: explanation.neighbours is not None)
    assert made == [session.splits.train]
    session.data_set.take(Splits("other", *(session.splits.test,) * 3))
    assert explanation.neighbours is None, "there are no such pictures any more"
    qtbot.waitUntil(lambda: explanation.neighbours is not None)
    assert made[1:] == [session.splits.train]
    distances = explanation.neighbours.distances
    assert (np.diff(distances) >= 0).all()
    show(moved=0.1)
    assert explanation.neighbours is not None
    with qtbot.waitSignal(explanation.change_found):
        explanation.look_at("change")  # when the pen is at rest, too
    assert not explanation.is_comparing
    other = Entry("other", small_recognizer(seed=6))
    session.shelf.add(other)
    with qtbot.waitSignal(explanation.changed):
        session.shelf.read_with(other)
    assert explanation.neighbours is None, "another model finds others alike"
    qtbot.waitUntil(lambda: explanation.neighbours is not None)
    assert len(made) == 3


def test_a_network_in_training_is_not_compared(qtbot, session, explanation, show):
    session.shelf.current.is_training = True
    switch_on(session)
    show()
    with qtbot.waitSignal(explanation.change_found):
        explanation.look_at("change")  # comes after what would have begun
    assert not explanation.is_comparing
    assert explanation.neighbours is None


def test_switched_off_it_stops_what_goes_on(qtbot, session, explanation, show):
    switch_on(session)
    explanation.look_at("change")
    show()
    session.preferences.set("explain", False)
    assert explanation.digit is None
    assert not explanation.is_looking
    assert not explanation.is_comparing
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert explanation.change is None


def test_switched_off_it_compares_no_further(qtbot, session, explanation, show, monkeypatch):
    from mnist_desktop.learning.explain import neighbours

    gate = threading.Event()
    monkeypatch.setattr(
        neighbours.NeighbourIndex, "__init__", lambda *_: gate.wait(PATIENCE_SECONDS) and None
    )
    switch_on(session)
    show()
    qtbot.waitUntil(lambda: explanation.is_comparing)
    session.preferences.set("explain", False)
    goes_on = explanation.is_comparing
    gate.set()
    assert not goes_on


def test_a_search_for_the_smallest_change_that_was_cancelled_can_be_begun_anew(
    qtbot, session, explanation, show, monkeypatch
):
    from mnist_desktop.learning.explain import smallest_change

    gate = threading.Event()

    def find_never(*given, **_):
        gate.wait(PATIENCE_SECONDS)
        given[-1](0.5)

    switch_on(session)
    show()
    qtbot.waitUntil(lambda: explanation.neighbours is not None and not session.jobs.running)
    with monkeypatch.context() as patch:
        patch.setattr(smallest_change, "smallest_change", find_never)
        explanation.look_at("change")
        qtbot.waitUntil(lambda: bool(session.jobs.running))
        with qtbot.waitSignal(explanation.changed, timeout=5000):
            session.jobs.newest.cancel()
        assert not explanation.is_looking
        assert "was cancelled" in words_of(explanation, 0)
        gate.set()
        qtbot.waitUntil(lambda: not session.jobs.running)
    with qtbot.waitSignal(explanation.change_found):
        explanation.look_at("change")
    assert explanation.change is not None


class TestByHand:
    """What is known of how somebody writes speaks for another digit than the ink."""

    @pytest.fixture
    def explained(self, qtbot, session, explanation, show):
        """A digit that the network takes for its second best but for that."""
        warm = Entry("warm", small_recognizer(seed=5, temperature=2.0))
        session.shelf.add(warm)
        session.shelf.read_with(warm)
        show()
        (digit,) = session.reading.digits
        second, best = np.argsort(digit.probabilities)[-2:]
        support = np.zeros(10, dtype=np.float32)
        support[second] = 0.25 + np.log(digit.probabilities[best] / digit.probabilities[second])
        told = with_support(digit.probabilities, support)
        turned = replace(digit, probabilities=told, support=support)
        switch_on(session)
        session.reader.show(Reading(((turned,),)))
        qtbot.waitUntil(lambda: explanation.digit is turned)
        assert (turned.digit, explanation.rival) == (second, best)
        return explanation

    def test_what_it_adds_is_told_in_the_unit_of_the_scores(self, explained):
        parts, added = explained.contributions, explained.added
        more = float(added[explained.digit.digit])
        assert more == pytest.approx(2 * explained.digit.support.max())
        assert f"How the pen went adds {more:.2f} for {explained.digit.digit}." in words_of(
            explained, 0
        )
        assert parts.difference + more == pytest.approx(2 * 0.25, abs=1e-3), "so it wins"

    def test_of_two_of_which_nothing_is_known_it_says_nothing(self, qtbot, session, explained):
        digit = explained.digit
        others = [one for one in range(10) if one not in {digit.digit, explained.rival}]
        against = np.zeros(10, dtype=np.float32)
        against[others[0]] = 0.01
        other = replace(digit, support=against)
        session.reader.show(Reading(((other,),)))
        qtbot.waitUntil(lambda: explained.digit is other)
        explained.choose_rival(others[0])
        assert f"How the pen went adds 0.02 for {others[0]}." in words_of(explained, 0)
        explained.choose_rival(others[1])
        assert "How the pen went" not in words_of(explained, 0)

    @pytest.mark.parametrize(("belief", "told"), [(0.62, "at all: 62 %"), (0.96, ""), (1.0, "")])
    def test_that_no_digit_is_written_like_that_is_told(
        self, qtbot, session, explained, belief, told
    ):
        unlikely = replace(explained.digit, belief=belief)
        session.reader.show(Reading(((unlikely,),)))
        qtbot.waitUntil(lambda: explained.digit is unlikely)
        words = words_of(explained, 0)
        assert "How the pen went adds" in words
        assert told in words
        assert ("a digit at all" in words) == bool(told)

    def test_a_change_of_the_ink_has_to_outweigh_it(self, qtbot, session, explained):
        qtbot.waitUntil(lambda: explained.neighbours is not None and not session.jobs.running)
        with qtbot.waitSignal(explained.change_found):
            explained.look_at("change")
        change = explained.change
        assert change.answers[0] == explained.digit.digit, "as the window says"
        assert change.answers[-1] == explained.rival
        assert change.amount > 0


def test_comparing_that_was_cancelled_is_not_awaited_and_begins_with_the_next_drawing(
    qtbot, session, explanation, show, monkeypatch
):
    from mnist_desktop.learning.explain import neighbours

    gate = threading.Event()

    def make_never(_self, _network, _split, progress):
        gate.wait(PATIENCE_SECONDS)
        progress(0.5)

    switch_on(session)
    with monkeypatch.context() as patch:
        patch.setattr(neighbours.NeighbourIndex, "__init__", make_never)
        show()
        qtbot.waitUntil(lambda: explanation.is_comparing)
        with qtbot.waitSignal(explanation.changed, timeout=5000):
            session.jobs.newest.cancel()
        assert not explanation.is_comparing
        gate.set()
        qtbot.waitUntil(lambda: not session.jobs.running)
    show(moved=0.1)
    qtbot.waitUntil(lambda: explanation.neighbours is not None)
