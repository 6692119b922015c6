"""What the way a pen went says of what it wrote."""

import numpy as np
import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.ink.trajectory import FEATURES, STEPS
from mnist_desktop.learning.models.pen import (
    BENEFIT,
    BIAS,
    BY_ANSWER,
    BY_WAY,
    FILE,
    LEAST_LOG,
    MOST_SURE,
    WEIGHT,
    PenNetwork,
    belief_of,
    open_pen,
    pen_of,
    peoples_pen,
    save_pen,
    with_support,
)
from mnist_desktop.learning.settings.config import NO_DIGIT, PRESETS, TrainingConfig

ANGLES = np.linspace(0, 6.1, 40)
RING = 100 * np.stack([-np.sin(ANGLES), -1.4 * np.cos(ANGLES)], axis=1)


def says(*scores):
    """A network that always says the same; with several, that many side by side."""
    biases = np.array(scores, np.float32)[:, None]
    return PenNetwork((np.zeros((len(scores), FEATURES, 11), np.float32),), (biases,))


def scores(**known):
    """Eleven, 0 where nothing else is said: ``d3=2.0`` of a 3, ``none=1.0`` of no digit."""
    row = np.zeros(11)
    for name, score in known.items():
        row[NO_DIGIT if name == "none" else int(name[1:])] = score
    return row


class TestPeoplesPen:
    """The one that comes with the program, with ways that everybody knows."""

    def best(self, drawing):
        support, odds = peoples_pen().judge([drawing])
        return int(support[0].argmax()), float(odds[0])

    def test_it_knows_how_a_nought_and_a_seven_are_written(self, drawing_of, seven):
        assert self.best(drawing_of(RING))[0] == 0
        digit, odds = self.best(seven)
        assert digit == 7
        assert odds > 3

    def test_no_digit_is_written_as_a_zigzag(self, drawing_of):
        zigzag = [[20 * step, 120 * (step % 2)] for step in range(12)]
        assert self.best(drawing_of(zigzag))[1] < -3

    def test_size_and_place_do_not_matter(self, drawing_of):
        one, other = peoples_pen().judge([drawing_of(RING), drawing_of(7 * RING - 900)]).support
        np.testing.assert_allclose(one, other, atol=1e-3)

    def test_it_is_kept_in_a_file(self, tmp_path, drawing_of, seven):
        save_pen(peoples_pen(), tmp_path / "pen.safetensors")
        drawings = [seven, drawing_of(RING)]
        kept = open_pen(tmp_path / "pen.safetensors").judge(drawings)
        for one, other in zip(kept, peoples_pen().judge(drawings), strict=True):
            np.testing.assert_array_equal(one, other)

    @pytest.mark.parametrize("content", [None, b"", FILE.read_bytes()[:-100]])
    def test_where_it_is_missing_or_damaged_it_is_said(self, tmp_path, content):
        path = tmp_path / "pen.safetensors"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(FileError, match="install the program again"):
            open_pen(path)


class TestJudging:
    def test_what_is_likelier_is_supported_by_how_much_it_is(self, seven):
        support = says(scores(d3=2.0, d5=-1.0, none=-20.0)).judge([seven]).support[0]
        assert support[3] - support[0] == pytest.approx(2 * WEIGHT, abs=1e-5)
        assert support[0] - support[5] == pytest.approx(WEIGHT, abs=1e-5)
        assert support.min() == support[5] == 0

    def test_no_digit_is_ruled_out(self, seven):
        support = says(scores(d3=500.0)).judge([seven]).support[0]
        expected = [-WEIGHT * LEAST_LOG if digit == 3 else 0 for digit in range(10)]
        assert support == pytest.approx(expected, abs=1e-2)

    def test_what_is_written_like_no_digit_hardly_says_which(self, seven):
        sure, unsure = (says(scores(d3=2.0, none=none)).judge([seven]) for none in (-9.0, 12.0))
        assert sure.odds > unsure.odds
        share = 1 / (1 + np.exp(-unsure.odds[0] - BENEFIT))
        assert unsure.support[0, 3] == pytest.approx(2 * WEIGHT * share, rel=1e-3)
        assert unsure.support[0, 3] < 0.05
        assert sure.support[0, 3] > 1.9

    def test_the_odds_are_those_of_all_digits_against_none(self, seven):
        odds = says(scores(none=3.0)).judge([seven]).odds
        assert odds == pytest.approx(np.log(10) - 3, abs=1e-4)
        for extreme in (-1000.0, 1000.0):
            (odds,) = says(scores(none=extreme)).judge([seven]).odds
            assert odds == -np.sign(extreme) * MOST_SURE

    def test_what_was_not_drawn_has_no_way(self, seven):
        support, odds = says(scores(d3=2.0, none=3.0)).judge([None, seven, None])
        assert (support[[0, 2]] == 0).all()
        assert support[1, 3] > 0
        assert odds[[0, 2]].tolist() == [np.inf, np.inf]
        assert odds[1] < MOST_SURE
        nothing = says(scores()).judge([None])
        assert (nothing.support.shape, nothing.odds.tolist()) == ((1, 10), [np.inf])

    def test_what_several_networks_say_is_averaged(self, seven):
        network = says(scores(d3=4.0, none=-20.0), scores(none=-20.0))
        support = network.judge([seven]).support[0]
        assert support[3] - support[0] == pytest.approx(2 * WEIGHT, abs=1e-5)

    def test_their_mean_is_one_of_probabilities(self):
        network = says(scores(d3=4.0), scores(none=3.0))
        logs = network.log_probabilities(np.zeros((2, FEATURES), np.float32))
        assert np.exp(logs).sum(axis=1) == pytest.approx([1, 1])

    def test_hidden_layers_end_in_rectifiers(self, seven):
        first = np.zeros((1, FEATURES, 12), np.float32), np.full((1, 1, 12), -1, np.float32)
        last = np.ones((1, 12, 11), np.float32), says(scores(d3=2.0, none=-20.0)).biases[0]
        network = PenNetwork(*zip(first, last, strict=True))
        support = network.judge([seven]).support[0]
        assert support[3] - support[0] == pytest.approx(2 * WEIGHT, abs=1e-5)


class TestHeard:
    def test_it_is_added_before_the_softmax(self):
        random = np.random.default_rng(0)
        scores = random.normal(size=(3, 10)).astype(np.float32)
        support = random.random((3, 10)).astype(np.float32)

        def softmax(values):
            return np.exp(values) / np.exp(values).sum(axis=1, keepdims=True)

        assert with_support(softmax(scores), support) == pytest.approx(
            softmax(scores + support), abs=1e-5
        )


class TestBelief:
    @staticmethod
    def belief(probability, odds):
        rest = (1 - probability) / 9
        row = np.where(np.arange(10) == 4, probability, rest).astype(np.float32)
        return float(belief_of(row[None], np.array([odds], np.float32))[0])

    def test_it_is_the_sum_of_what_answer_and_way_say(self):
        said = BY_ANSWER * np.log(0.9 / 0.1) + BY_WAY * 2 + BIAS
        assert self.belief(0.9, 2.0) == pytest.approx(1 / (1 + np.exp(-said)), abs=1e-5)

    def test_each_can_make_up_for_the_other(self):
        assert self.belief(0.6, -2.0) < 0.3
        assert self.belief(0.9999, -2.0) > 0.9
        assert self.belief(0.6, 8.0) > 0.9

    def test_of_what_has_no_way_there_is_no_doubt(self):
        assert self.belief(0.11, np.inf) == 1

    def test_no_network_is_surer_than_can_be_believed(self):
        assert self.belief(1.0, -MOST_SURE) == self.belief(1 - 1e-6, -MOST_SURE) < 0.5


def test_a_dot_is_judged_like_everything_else(drawing_of):
    support, odds = peoples_pen().judge([drawing_of([[5.0, 5.0]])])
    assert np.isfinite(support).all()
    assert np.isfinite(odds).all()


def test_who_learned_from_people_hears_how_their_pens_go():
    assert pen_of(TrainingConfig()) is None
    assert pen_of(PRESETS["robust"]) is pen_of(PRESETS["best"]) is peoples_pen()


def test_the_file_is_of_the_features_that_there_are():
    assert peoples_pen().weights[0].shape[1] == FEATURES == 5 * STEPS
    assert peoples_pen().biases[-1].shape[-1] == 11
