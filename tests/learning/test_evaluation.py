import numpy as np
import pytest
import torch
import torch.nn.functional as F

from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.learning import evaluation as evaluation_module
from mnist_desktop.learning.config import NetworkConfig
from mnist_desktop.learning.evaluation import (
    Predictions,
    StrokesReadings,
    confusion,
    predict,
    read_strokes_set,
    score,
    wilson_interval,
)
from mnist_desktop.learning.model_file import open_model
from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.recognizer import Recognizer
from mnist_desktop.learning.splits import Split
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Cancelled


@pytest.fixture(scope="module")
def recognizer():
    return Recognizer(open_model(DEFAULT_MODEL))


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

    @pytest.mark.parametrize("total", [1, 7, 10_000])
    def test_it_stays_within_nothing_and_all(self, total):
        low, high = wilson_interval(0, total)
        assert (low, 0 < high < 1) == (pytest.approx(0.0, abs=1e-12), True)
        assert low >= 0
        low, high = wilson_interval(total, total)
        assert (0 < low < 1, high) == (True, pytest.approx(1.0))
        assert high <= 1

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


class TestPredictions:
    def test_figures_follow_from_probabilities_and_labels(self):
        probabilities = np.eye(10, dtype=np.float32)[[3, 5, 5, 0]]
        predictions = Predictions(probabilities, np.array([3, 5, 6, 0], np.uint8), 0.5)
        assert predictions.digits.tolist() == [3, 5, 5, 0]
        assert predictions.score == score(3, 4)
        assert predictions.confusion[6, 5] == 1
        assert predictions.confusion.trace() == 3


class TestPredicting:
    @pytest.mark.parametrize("output", ["logits", "log_softmax"])
    def test_probabilities_and_loss_are_those_of_the_softmax(self, small, output):
        network = MLP(NetworkConfig((16,), output=output), seed=1)
        predictions = predict(network, small.test)
        with torch.no_grad():
            scores = network(to_input(torch.from_numpy(small.test.images)))
        labels = torch.from_numpy(small.test.labels).long()
        np.testing.assert_allclose(predictions.probabilities, F.softmax(scores, 1), rtol=1e-4)
        assert predictions.loss == pytest.approx(F.cross_entropy(scores, labels).item(), rel=1e-5)
        np.testing.assert_array_equal(predictions.labels, small.test.labels)

    @pytest.mark.parametrize("chunk", [7, 250, 10_000])
    def test_reading_in_chunks_changes_nothing(self, small, monkeypatch, chunk):
        network = MLP(NetworkConfig((16,)), seed=1)
        whole = predict(network, small.test)
        monkeypatch.setattr(evaluation_module, "CHUNK", chunk)
        parts = predict(network, small.test)
        np.testing.assert_allclose(parts.probabilities, whole.probabilities, rtol=1e-4)
        assert parts.loss == pytest.approx(whole.loss, rel=1e-6)

    @pytest.mark.parametrize("training", [True, False])
    def test_nothing_is_dropped_and_the_network_s_mode_stays(self, small, training):
        network = MLP(NetworkConfig((16,), dropout=0.5)).train(training)
        one, again = predict(network, small.test), predict(network, small.test)
        np.testing.assert_array_equal(one.probabilities, again.probabilities)
        assert network.training is training

    def test_progress_goes_up_to_one_and_it_can_be_called_off(self, small, monkeypatch):
        monkeypatch.setattr(evaluation_module, "CHUNK", 150)
        network = MLP(NetworkConfig((16,)))
        seen = []
        predict(network, small.test, seen.append)
        assert seen == pytest.approx([0.3, 0.6, 0.9, 1.0])

        def cancel(_done):
            raise Cancelled

        with pytest.raises(Cancelled):
            predict(network, small.test, cancel)

    def test_the_model_that_comes_with_the_program_reads_mnist(self, mnist):
        model = open_model(DEFAULT_MODEL)
        network = MLP(model.network)
        network.load_state_dict(model.state_dict)
        measured = predict(network, mnist.test).score
        assert measured.accuracy > 0.97
        # What its file says of it is so.
        (said,) = (one for one in model.measurements if one.split == "test")
        assert said.sha256 == mnist.test.sha256
        assert said.score.accuracy == pytest.approx(measured.accuracy, abs=2e-4)


class TestReadingStrokes:
    @pytest.fixture
    def drawings(self, seven, drawing_of):
        one = drawing_of([[200, 50], [200, 350]])
        return [
            LabelledDrawing(seven, "7"),
            LabelledDrawing(one, "7"),
            LabelledDrawing(seven, "scribble"),
            LabelledDrawing(seven, None),
            LabelledDrawing(Drawing(), "3"),
            LabelledDrawing(seven, "77"),
        ]

    def test_each_drawing_is_read_as_the_window_reads_it(self, recognizer, drawings):
        readings = read_strokes_set(recognizer, drawings)
        assert readings.texts == ["7", "1", "7", "7", "", "7"]
        assert readings.scores[0] == recognizer.read(drawings[0].drawing).probability
        assert readings.scores[4] == 0.0
        assert readings.labels == ["7", "7", None, None, "3", "77"]
        assert readings.images.shape == (6, 28, 28)
        assert readings.images.dtype == np.uint8
        assert not readings.images[4].any()
        np.testing.assert_array_equal(
            readings.images[1], recognizer.read(drawings[1].drawing).image
        )

    def test_only_what_is_labelled_with_digits_counts(self, recognizer, drawings):
        readings = read_strokes_set(recognizer, drawings)
        # Right: the first. Wrong: the one, the empty one, and half of a number.
        assert readings.score == score(1, 4)
        assert read_strokes_set(recognizer, drawings[2:4]).score is None

    def test_the_confusion_is_of_single_digits_that_were_read(self, recognizer, drawings):
        counts = read_strokes_set(recognizer, drawings).confusion
        assert counts[7, 7] == counts[7, 1] == 1
        assert counts.sum() == 2
        assert read_strokes_set(recognizer, drawings[2:4]).confusion.sum() == 0

    def test_what_is_declined_is_no_digit(self):
        readings = StrokesReadings(
            ["?", "12", "4"], [0.1] * 3, ["1", "2", "4"], np.zeros((3, 28, 28))
        )
        assert readings.confusion.sum() == readings.confusion[4, 4] == 1
        assert readings.score == score(1, 3)

    def test_progress_goes_up_to_one(self, recognizer, drawings):
        seen = []
        read_strokes_set(recognizer, drawings, seen.append)
        assert seen == pytest.approx([1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1])

    def test_progress_can_call_it_off(self, recognizer, drawings):
        def cancel(_done):
            raise Cancelled

        with pytest.raises(Cancelled):
            read_strokes_set(recognizer, drawings, cancel)


def test_labels_are_not_changed_by_predicting(small):
    split = Split(small.test.images.copy(), small.test.labels.copy())
    before = split.sha256
    predict(MLP(NetworkConfig((16,))), split)
    assert Split(split.images, split.labels).sha256 == before
