import numpy as np
import pytest
from scipy.stats import binomtest

from mnist_desktop.learning.evaluate.measures import (
    confusion,
    digit_scores,
    macro,
    score,
    wilson_interval,
)


@pytest.fixture
def read():
    """Truth and answers of pictures: without a 0 or a 9, and nothing is read as an 8."""
    random = np.random.default_rng(5)
    truth = random.integers(1, 9, 400)
    read = np.where(random.random(400) < 0.8, truth, random.integers(0, 9, 400))
    return truth, np.where(read == 8, 3, read)


class TestWilsonInterval:
    @pytest.mark.parametrize(
        ("correct", "total", "low", "high"),
        [
            # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I.
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
            (20, 20, 0.8389, 1.0000),
        ],
    )
    def test_it_has_the_published_ends(self, correct, total, low, high):
        assert wilson_interval(correct, total) == pytest.approx((low, high), abs=5e-5)

    @pytest.mark.parametrize(("correct", "total"), [(9760, 10_000), (1, 2), (9999, 10_000)])
    def test_its_ends_are_where_the_share_is_two_deviations_away(self, correct, total):
        for end in wilson_interval(correct, total):
            deviation = (end * (1 - end) / total) ** 0.5
            assert abs(correct / total - end) / deviation == pytest.approx(1.96, abs=1e-3)

    @pytest.mark.parametrize("correct", [0, 1, 4900, 9999, 10_000])
    def test_it_is_scipy_s(self, correct):
        theirs = binomtest(correct, 10_000).proportion_ci(0.95, method="wilson")
        assert wilson_interval(correct, 10_000) == pytest.approx(theirs, rel=1e-9, abs=1e-12)

    @pytest.mark.parametrize("total", [1, 7, 10_000])
    def test_it_stays_within_nothing_and_all(self, total):
        low, high = wilson_interval(0, total)
        assert 0 <= low < 1e-12 < high < 1
        low, high = wilson_interval(total, total)
        assert 0 < low < 1 - 1e-12 < high <= 1

    def test_a_score_is_a_share_with_its_interval(self):
        scored = score(81, 263)
        assert scored.accuracy == 81 / 263
        assert scored.interval == wilson_interval(81, 263)
        assert scored.total == 263


class TestConfusion:
    def test_rows_are_the_truth_and_columns_what_was_read(self):
        counts = confusion(np.array([7, 7, 7, 1]), np.array([1, 1, 7, 1]))
        expected = np.zeros((10, 10), dtype=np.int64)
        expected[7, 1], expected[7, 7], expected[1, 1] = 2, 1, 1
        np.testing.assert_array_equal(counts, expected)

    def test_of_nothing_it_is_empty(self):
        assert confusion(np.array([], np.int64), np.array([], np.int64)).sum() == 0


class TestDigits:
    def test_each_has_its_own_figures(self):
        counts = np.zeros((10, 10), np.int64)
        counts[3, 3], counts[3, 5], counts[5, 3], counts[5, 5] = 6, 2, 4, 8
        three, five = (digit_scores(counts)[digit] for digit in (3, 5))
        assert (three.total, five.total) == (8, 12)
        assert three.precision == pytest.approx(6 / 10)
        assert three.recall == pytest.approx(6 / 8)
        assert three.f1 == pytest.approx(2 * 0.6 * 0.75 / (0.6 + 0.75))
        assert five.precision == pytest.approx(8 / 10)
        assert three.interval == wilson_interval(6, 8)

    def test_what_never_comes_is_nothing_and_no_fault(self, read):
        counts = confusion(*read)
        scores = digit_scores(counts)
        assert scores[9].interval is None
        assert (scores[9].precision, scores[9].recall, scores[9].f1) == (0, 0, 0)
        assert (scores[8].total > 0, scores[8].precision, scores[8].recall) == (True, 0, 0)
        assert macro(np.zeros((10, 10), np.int64)) == (0, 0, 0)

    def test_they_are_scikit_learn_s(self, read):
        metrics = pytest.importorskip("sklearn.metrics")
        counts = confusion(*read)
        figures = metrics.precision_recall_fscore_support(*read, labels=range(10), zero_division=0)
        ours = [(one.precision, one.recall, one.f1, one.total) for one in digit_scores(counts)]
        np.testing.assert_allclose(ours, np.transpose(figures), atol=1e-9)
        theirs = metrics.precision_recall_fscore_support(*read, average="macro", zero_division=0)
        np.testing.assert_allclose(macro(counts), theirs[:3], atol=1e-9)
