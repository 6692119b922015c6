import numpy as np
import pytest
from scipy.stats import binned_statistic

from mnist_desktop.learning.evaluate.calibration import (
    accuracy_by_declined,
    area_under_roc,
    fitted_temperature,
    reliability,
)


class TestFittedTemperature:
    @pytest.mark.parametrize("truth", [0.3, 1.0, 2.5])
    def test_it_finds_by_how_much_the_scores_are_too_large(self, truth):
        random = np.random.default_rng(0)
        scores = 3 * random.standard_normal((20_000, 10))
        believable = _softmax(scores)
        labels = (believable.cumsum(axis=1) < random.random((20_000, 1))).sum(axis=1)
        found = fitted_temperature(_softmax(scores * truth).astype(np.float32), labels)
        assert found == pytest.approx(truth, rel=0.05)

    def test_no_other_is_better_even_by_a_ten_thousandth(self):
        random = np.random.default_rng(2)
        probabilities = _softmax(4 * random.standard_normal((500, 10)))
        labels = np.where(random.random(500) < 0.6, probabilities.argmax(axis=1), 3)
        found = fitted_temperature(probabilities, labels)

        def loss(temperature):
            cooled = _softmax(np.log(probabilities) / temperature)
            return -np.log(cooled[np.arange(500), labels]).mean()

        assert loss(found) < min(loss(0.9999 * found), loss(1.0001 * found))

    def test_a_probability_of_nothing_is_no_fault(self):
        probabilities = np.eye(10, dtype=np.float32)
        labels = np.arange(10)
        labels[0] = 3
        assert np.isfinite(fitted_temperature(probabilities, labels))

    def test_it_does_not_change_what_is_most_likely(self):
        random = np.random.default_rng(1)
        probabilities = _softmax(random.standard_normal((50, 10)))
        temperature = fitted_temperature(probabilities, random.integers(0, 10, 50))
        cooled = _softmax(np.log(probabilities) / temperature)
        assert np.array_equal(cooled.argmax(axis=1), probabilities.argmax(axis=1))


def _softmax(scores):
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


class TestExpectedCalibrationError:
    def test_who_is_as_often_right_as_sure_has_none(self):
        correct = np.array([True] * 7 + [False] * 3)
        assert reliability(np.full(10, 0.7), correct).error == pytest.approx(0)

    def test_bins_count_as_much_as_there_is_in_them(self):
        confidences = np.array([0.95, 0.95, 0.95, 0.5])
        correct = np.array([True, True, False, True])
        expected = (3 * abs(0.95 - 2 / 3) + 1 * 0.5) / 4
        assert reliability(confidences, correct).error == pytest.approx(expected)

    def test_too_sure_here_and_too_modest_there_do_not_make_up_for_each_other(self):
        confidences = np.array([0.9, 0.9, 0.3, 0.3])
        correct = np.array([True, False, True, False])
        assert reliability(confidences, correct).error == pytest.approx(0.3)
        # But within one bin they do.
        assert reliability(confidences, correct, bins=1).error == pytest.approx(0.1)

    def test_a_bin_s_edge_is_in_the_bin_below_it(self):
        confidences, correct = np.array([0.5, 0.25]), np.array([True, False])
        # Both in the lower of two: what the one has too little, the other has too much.
        assert reliability(confidences, correct, bins=2).error == 0.125

    def test_nothing_falls_outside_of_the_bins(self):
        confidences = np.array([0.0, 1.0, 1 / 15, 1e-9])
        assert reliability(confidences, np.array([True] * 4)).error > 0
        assert reliability(np.array([0.0, 1.0]), np.array([False, True])).error == 0


class TestAreaUnderRoc:
    def test_all_above_is_one_and_all_below_nothing(self):
        low, high = np.array([0.1, 0.2]), np.array([0.3, 0.9, 0.5])
        assert area_under_roc(high, low) == 1.0
        assert area_under_roc(low, high) == 0.0

    def test_it_is_the_share_of_pairs_in_the_right_order(self):
        random = np.random.default_rng(0)
        positives, negatives = random.integers(0, 9, 40) / 9, random.integers(0, 7, 30) / 9
        pairs = positives[:, None] - negatives
        expected = ((pairs > 0) + 0.5 * (pairs == 0)).mean()
        assert area_under_roc(positives, negatives) == pytest.approx(expected)


@pytest.fixture
def answers():
    """Confidences, none of them where two bins meet, and which answers are right."""
    random = np.random.default_rng(3)
    confidences = random.beta(4, 1, 500)
    return confidences, random.random(500) < confidences**2


class TestReliability:
    def test_each_bin_has_its_means(self):
        found = reliability(np.array([0.31, 0.39, 0.95]), np.array([True, False, True]), bins=5)
        assert found.counts.tolist() == [0, 2, 0, 0, 1]
        np.testing.assert_allclose(found.confidence, [np.nan, 0.35, np.nan, np.nan, 0.95])
        np.testing.assert_allclose(found.accuracy, [np.nan, 0.5, np.nan, np.nan, 1.0])

    def test_it_is_scipy_s(self, answers):
        confidences, right = answers
        found = reliability(confidences, right, bins=15)
        edges = {"bins": 15, "range": (0, 1)}
        for ours, values in ((found.confidence, confidences), (found.accuracy, right)):
            theirs = binned_statistic(confidences, values, "mean", **edges).statistic
            np.testing.assert_allclose(ours, theirs, atol=1e-9)
        counts = binned_statistic(confidences, right, "count", **edges).statistic
        gaps = np.abs(np.nan_to_num(found.confidence - found.accuracy))
        expected = (gaps * counts).sum() / 500
        assert reliability(confidences, right).error == pytest.approx(expected, abs=1e-9)

    def test_it_is_scikit_learn_s(self, answers):
        calibration = pytest.importorskip("sklearn.calibration")
        confidences, right = answers
        found = reliability(confidences, right, bins=15)
        accuracy, confidence = calibration.calibration_curve(right, confidences, n_bins=15)
        filled = found.counts > 0
        np.testing.assert_allclose(found.accuracy[filled], accuracy, atol=1e-9)
        np.testing.assert_allclose(found.confidence[filled], confidence, atol=1e-9)


class TestDeclining:
    def test_the_least_sure_go_first(self):
        declined, accuracy = accuracy_by_declined(
            np.array([0.9, 0.2, 0.6, 0.99]), np.array([True, False, False, True])
        )
        np.testing.assert_allclose(declined, [0, 0.25, 0.5, 0.75])
        np.testing.assert_allclose(accuracy, [0.5, 2 / 3, 1, 1])

    def test_equally_sure_ones_go_together(self):
        declined, accuracy = accuracy_by_declined(
            np.array([0.5, 0.9, 0.5, 0.5]), np.array([False, True, True, False])
        )
        np.testing.assert_allclose(declined, [0, 0.75])
        np.testing.assert_allclose(accuracy, [0.5, 1])

    def test_it_is_what_a_threshold_leaves(self, answers):
        confidences, right = answers
        declined, accuracy = accuracy_by_declined(confidences, right)
        for threshold in (0.3, 0.7, 0.9):
            kept = confidences >= threshold
            place = np.searchsorted(declined, 1 - kept.mean() - 1e-12)
            assert accuracy[place] == pytest.approx(right[kept].mean(), abs=1e-9)
