import dataclasses
import tracemalloc
from functools import lru_cache

import numpy as np
import pytest
import torch

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.photo.mnist_picture import MnistPicture
from mnist_desktop.ink.segment import MAX_PARTS
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.pen import peoples_pen
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.read import recognizer as recognizer_module
from mnist_desktop.learning.read.candidates import MAX_GROUP
from mnist_desktop.learning.read.reading import (
    DEFAULT_STRICTNESS,
    LOOKS_LIKE_NO_DIGIT,
    TOO_LITTLE_INK,
    Reading,
)
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig

ANGLES = np.linspace(0, 2 * np.pi, 40)
ZERO = np.stack([100 * np.cos(ANGLES), 140 * np.sin(ANGLES)], axis=1)


def moved(stroke, x):
    return Stroke(stroke.points + np.array([x, 0.0]))


def model_of(config, seed=0):
    return Model(config, MLP(config, seed).state_dict())


def test_it_reads_what_is_drawn(recognizer, seven, drawing_of):
    assert recognizer.read(seven).text == "7"
    assert recognizer.read(drawing_of(ZERO)).text == "0"
    assert recognizer.read(Drawing()) == Reading()


def test_digits_side_by_side_are_a_number(recognizer, seven, drawing_of):
    strokes = [[*drawing.strokes] for drawing in (drawing_of(ZERO), seven)]
    right, left = (moved(stroke, 700) for stroke in strokes[0]), strokes[1]
    reading = recognizer.read(Drawing((*right, *left)))
    assert reading.text == "70"
    assert reading.digits[0].box == (120.0, 88.0, 280.0, 320.0)
    assert reading.digits[1].box == pytest.approx((600, -140, 800, 140), abs=1)


def test_a_ring_around_a_digit_is_not_read(recognizer, seven):
    angles = np.linspace(0, 6, 50)
    ring = Stroke(np.stack([200 + 180 * np.cos(angles), 205 + 180 * np.sin(angles)], axis=1))
    reading = recognizer.read(Drawing((*seven.strokes, ring)))
    assert reading.text == "7"
    assert reading.unread == (pytest.approx((20, 25, 380, 385), abs=2),)


@pytest.mark.parametrize("place", [(150, 500), (200, -100), (600, 200)])
def test_a_dot_that_is_nothing_is_marked_as_not_read_wherever_it_is(
    recognizer, seven, drawing_of, place
):
    (dot,) = drawing_of([place]).strokes
    reading = recognizer.read(seven.with_stroke(dot))
    assert reading.text == "7"
    assert reading.unread == ((*place, *place),)
    (digit,) = reading.digits
    np.testing.assert_array_equal(digit.picture, normalise(seven))


def test_a_digit_holds_what_the_network_saw_and_made_of_it(recognizer, seven):
    (digit,) = recognizer.read(seven).digits
    np.testing.assert_array_equal(digit.picture, normalise(seven))
    seen = recognizer.probabilities(digit.picture[None])[0]
    np.testing.assert_allclose(digit.seen.probabilities, seen, rtol=1e-4)
    scores = np.log(seen) + digit.support
    expected = np.exp(scores) / np.exp(scores).sum()
    np.testing.assert_allclose(digit.probabilities, expected, rtol=1e-4)
    assert digit.probabilities.shape == (10,)
    assert digit.probabilities.sum() == pytest.approx(1.0, abs=1e-5)
    assert digit.probability == digit.probabilities[7] == digit.probabilities.max()
    assert digit.probability > 0.5


class TestWayOfThePen:
    def test_people_s_pens_speak_beside_the_network(self, tiny_model, seven):
        """Of an untrained network the answer is theirs."""
        (digit,) = Recognizer(tiny_model(pen=peoples_pen())).read(seven, 0.0).digits
        assert digit.digit == 7 != digit.seen.digit
        assert digit.support.argmax() == 7
        assert 0.5 < digit.belief < 1
        assert digit.confidence == pytest.approx(digit.probability * digit.belief)

    def test_everywhere_it_is_as_sure_as_on_the_canvas(self, recognizer, drawing_of, seven):
        square = drawing_of([[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]])
        for drawing in (seven, square):
            (digit,) = recognizer.read(drawing, 0.0).digits
            (found,) = recognizer.probabilities_of([drawing], normalise(drawing)[None])
            assert found == pytest.approx(digit.probabilities * digit.belief, rel=1e-3)
        assert found.max() < DEFAULT_STRICTNESS

    def test_of_a_picture_they_know_nothing(self, tiny_model, seven):
        picture = normalise(seven)
        reader = Recognizer(tiny_model(pen=peoples_pen()))
        (digit,) = reader.read_lines([MnistPicture(picture)], 0.0).digits
        np.testing.assert_array_equal(digit.probabilities, reader.probabilities(picture[None])[0])
        assert (digit.support, digit.belief) == (None, 1)


class TestTemplates:
    @pytest.fixture
    def taught(self, tiny_model, seven):
        """Knows nothing but that somebody's seven was meant as a 5."""
        templates = Templates().with_drawings([(seven, 5)])
        return Recognizer(tiny_model(templates=templates))

    def test_what_is_drawn_is_read_with_what_is_known_of_its_writer(self, taught, seven):
        (digit,) = taught.read(seven, 0.0).digits
        assert digit.digit == 5 != digit.seen.digit
        assert digit.seen.digit == taught.probabilities(normalise(seven)[None])[0].argmax()
        (found,) = taught.probabilities_of([seven], normalise(seven)[None])
        np.testing.assert_array_equal(found, digit.probabilities)

    def test_of_a_picture_nothing_is_known(self, taught, seven):
        picture = normalise(seven)
        (digit,) = taught.read_lines([MnistPicture(picture)], 0.0).digits
        (alone,) = taught.probabilities(picture[None])
        assert digit.digit == digit.seen.digit == alone.argmax()
        np.testing.assert_allclose(digit.probabilities, alone, rtol=1e-5)
        (found,) = taught.probabilities_of([None], picture[None])
        np.testing.assert_allclose(found, alone, rtol=1e-5)


def test_weights_whose_scores_are_no_numbers_say_nothing(seven):
    state_dict = MLP(NetworkConfig((4,))).state_dict()
    huge = {name: torch.full_like(tensor, 1e38) for name, tensor in state_dict.items()}
    huge["out.weight"][:, ::2] *= -1
    reading = Recognizer(Model(NetworkConfig((4,)), huge)).read(seven)
    assert reading.text == "?"
    assert reading.digits[0].probabilities == pytest.approx(np.full(10, 0.1))


def test_the_model_s_temperature_softens_them(seven):
    plain = model_of(NetworkConfig((16,)))
    soft = Recognizer(dataclasses.replace(plain, temperature=2.0))
    picture = normalise(seven)[None]
    expected = np.sqrt(Recognizer(plain).probabilities(picture))
    np.testing.assert_allclose(soft.probabilities(picture), expected / expected.sum(), rtol=1e-4)


def test_a_dot_and_a_scribble_are_read_without_a_fault(recognizer, drawing_of):
    assert recognizer.read(drawing_of([[5, 5]])).digits[0].box == (5.0, 5.0, 5.0, 5.0)
    scribble = np.random.default_rng(0).random((5000, 2))
    (digit,) = recognizer.read(drawing_of(scribble)).digits
    assert digit.probabilities.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("size", [5e-324, 1e-310, 1e-99, 1e99])
def test_ink_is_read_whatever_its_unit(recognizer, drawing_of, size):
    assert recognizer.read(drawing_of([[0, 0], [0, size]], [[size, 0], [size, size]])).lines
    assert recognizer.read(drawing_of(size * ZERO / 300, [[size, 0], [size, size]])).lines


def test_more_strokes_than_a_number_can_have_are_none(recognizer, drawing_of):
    many = drawing_of(*([[x, 0], [x, 1]] for x in np.linspace(0, 0.1, 3000)))
    tracemalloc.start()
    try:
        reading = recognizer.read(many)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reading.text == "?"
    assert most < 30e6


@pytest.fixture
def drawn(monkeypatch):
    """Fills with all drawings that are made pictures of from now on."""
    seen = []
    remembering = lru_cache(maxsize=recognizer_module.REMEMBERED)
    monkeypatch.setattr(
        recognizer_module,
        "picture_of",
        remembering(lambda drawing: seen.append(drawing) or normalise(drawing)),
    )
    return seen


def test_strokes_that_stay_are_not_drawn_again(seven, drawn):
    recognizer = Recognizer(model_of(NetworkConfig((16,))))
    both = Drawing((*seven.strokes, *(moved(stroke, 400) for stroke in seven.strokes)))
    recognizer.read(seven)
    assert drawn == [seven]
    text = recognizer.read(both).text
    assert recognizer.read(both).text == text
    assert drawn.count(seven) == 1
    assert len(drawn) == len(set(drawn))


def test_of_very_many_strokes_only_the_last_are_drawn_anew(drawn):
    recognizer = Recognizer(model_of(NetworkConfig((16,))))
    strokes = tuple(
        Stroke(np.array([[x, 0.0], [x + 5.0, 100.0]])) for x in np.arange(MAX_PARTS) * 30.0
    )
    recognizer.read(Drawing(strokes[:-1]))
    first = len(drawn)
    assert first > 200
    recognizer.read(Drawing(strokes))
    assert len(drawn) - first <= MAX_GROUP


class TestDeclining:
    def test_a_recogniser_that_is_not_strict_always_answers(self, recognizer, drawing_of):
        assert recognizer.read(drawing_of([[5, 5]]), strictness=0.0).declined is None

    def test_it_declines_what_it_is_not_sure_enough_of(self, seven):
        untrained = Recognizer(model_of(NetworkConfig((16,))))
        reading = untrained.read(seven, strictness=0.99)
        assert reading.text == "?"
        assert reading.declined == LOOKS_LIKE_NO_DIGIT
        assert len(reading.best_text) == len(reading.digits) == 1
        assert untrained.read(seven, strictness=0.0).text == reading.best_text

    def test_how_strict_it_is_when_not_told_has_one_place(self, seven):
        untrained = Recognizer(model_of(NetworkConfig((16,))))
        assert untrained.read(seven).confidence < DEFAULT_STRICTNESS
        assert untrained.read(seven).text == "?"

    @pytest.mark.parametrize(
        ("points", "width", "is_dot"),
        [
            ([[5, 5]], None, True),
            ([[5, 5], [5, 5]], None, True),
            ([[5, 5], [5, 6]], None, False),
            # On a canvas, whose side is 1, the pen may slip a little, however wide it is.
            ([[0.5, 0.5], [0.508, 0.509], [0.506, 0.506]], 0.007, True),
            ([[0.5, 0.5], [0.508, 0.509], [0.506, 0.506]], 0.07, True),
            ([[0.5, 0.5], [0.508, 0.52]], 0.07, False),
        ],
    )
    def test_a_tap_is_too_little_ink(self, recognizer, points, width, is_dot):
        widths = None if width is None else np.full(len(points), width)
        drawing = Drawing((Stroke(np.array(points, dtype=float), widths),))
        strict = recognizer.read(drawing, strictness=0.01)
        assert (strict.declined == TOO_LITTLE_INK) is is_dot
        assert recognizer.read(drawing, strictness=0.0).declined is None


def test_a_network_that_gives_log_probabilities_reads_the_same(small):
    logits = NetworkConfig((16,))
    log_softmax = NetworkConfig((16,), output="log_softmax")
    one, other = (Recognizer(model_of(config)) for config in (logits, log_softmax))
    np.testing.assert_allclose(
        one.probabilities(small.test.pictures), other.probabilities(small.test.pictures), rtol=1e-4
    )


def test_many_pictures_are_read_as_each_of_them(recognizer, small):
    together = recognizer.probabilities(small.test.pictures[:30])
    alone = [recognizer.probabilities(picture[None])[0] for picture in small.test.pictures[:30]]
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_its_network_is_a_copy_that_neither_drops_nor_learns_anything(small):
    model = model_of(NetworkConfig((64,), dropout=0.9))
    recognizer = Recognizer(model)
    before = recognizer.probabilities(small.test.pictures)
    for tensor in model.state_dict.values():
        tensor.zero_()
    np.testing.assert_array_equal(recognizer.probabilities(small.test.pictures), before)
    assert not recognizer.network.training
    assert torch.is_grad_enabled()
    assert all(parameter.grad is None for parameter in recognizer.network.parameters())
