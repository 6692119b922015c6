import numpy as np
import pytest
import torch
import torch.nn.functional as F

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.evaluate import evaluation as evaluation_module
from mnist_desktop.learning.evaluate.evaluation import (
    Predictions,
    StrokesReadings,
    predict,
    read_strokes_set,
)
from mnist_desktop.learning.evaluate.measures import score
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Cancelled


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
            scores = network(to_input(torch.from_numpy(small.test.pictures)))
        labels = torch.from_numpy(small.test.labels).long()
        np.testing.assert_allclose(predictions.probabilities, F.softmax(scores, 1), rtol=1e-4)
        assert predictions.loss == pytest.approx(F.cross_entropy(scores, labels).item(), rel=1e-5)
        np.testing.assert_array_equal(predictions.labels, small.test.labels)

    def test_weights_whose_scores_are_no_numbers_are_measured_all_the_same(self, small):
        network = MLP(NetworkConfig((4,)))
        torch.nn.init.constant_(network.hidden1.weight, 1e38)
        torch.nn.init.zeros_(network.out.weight)
        predictions = predict(network, small.test)
        assert np.isnan(predictions.loss)
        assert 0 <= predictions.calibration_error <= 1
        assert predictions.confusion.sum() == predictions.score.total == 500

    def test_a_temperature_softens_and_changes_no_answer(self, small):
        network = MLP(NetworkConfig((16,)), seed=1)
        plain, soft = predict(network, small.test), predict(network, small.test, temperature=2.0)
        np.testing.assert_array_equal(soft.digits, plain.digits)
        expected = np.sqrt(plain.probabilities)
        expected /= expected.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(soft.probabilities, expected, rtol=1e-3)
        assert soft.calibration_error != plain.calibration_error

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
        number = Drawing((*seven.strokes, *drawing_of([[400, 50], [400, 350]]).strokes))
        return [
            LabelledDrawing(seven, "7", "a/1"),
            LabelledDrawing(one, "7", "a/2"),
            LabelledDrawing(seven, "scribble", "b"),
            LabelledDrawing(seven, None),
            LabelledDrawing(Drawing(), "3", "b"),
            LabelledDrawing(number, "71"),
        ]

    def test_each_drawing_is_read_as_the_window_reads_it(self, recognizer, drawings):
        readings = read_strokes_set(recognizer, drawings)
        assert readings.texts == readings.best_texts == ["7", "1", "7", "7", "", "71"]
        seven, one, number = (
            readings.confidences[0],
            readings.confidences[1],
            readings.confidences[5],
        )
        # The digits stand far apart, so each is as sure as by itself.
        assert number == pytest.approx(min(seven, one), abs=1e-5)
        assert readings.confidences[2:5] == [seven, seven, 0.0]
        confidence = recognizer.read(drawings[0].drawing).confidence
        assert seven == pytest.approx(confidence, abs=1e-5)
        assert seven != pytest.approx(one, abs=1e-5)
        assert readings.labels == ["7", "7", None, None, "3", "71"]
        assert readings.writers == ["a/1", "a/2", "b", None, "b", None]

    def test_the_pictures_of_a_number_s_digits_stand_side_by_side(self, recognizer, drawings):
        pictures = read_strokes_set(recognizer, drawings).pictures
        assert all(picture.dtype == np.uint8 for picture in pictures)
        np.testing.assert_array_equal(pictures[0], normalise(drawings[0].drawing))
        np.testing.assert_array_equal(pictures[5], np.hstack([pictures[0], pictures[1]]))
        np.testing.assert_array_equal(pictures[4], np.zeros((28, 28)))

    def test_signs_and_lines_are_part_of_what_is_right(self, recognizer, seven, drawing_of):
        dash = drawing_of([[-90, 200], [-40, 202]])
        down = np.array([0, 500])
        below = Drawing(tuple(Stroke(one.points + down) for one in seven.strokes))
        signed = Drawing((*dash.strokes, *seven.strokes))
        both = Drawing((*signed.strokes, *below.strokes))
        labelled = [
            LabelledDrawing(drawing, label)
            for drawing, label in (
                (signed, "-7"),
                (signed, "7"),
                (both, "-7\n7"),
                (both, "-77"),
                (seven, "-"),
            )
        ]
        readings = read_strokes_set(recognizer, labelled)
        assert readings.best_texts == ["-7", "-7", "-7\n7", "-7\n7", "7"]
        assert readings.labels == ["-7", "7", "-7\n7", "-77", None]
        assert readings.score.accuracy == 0.5
        assert readings.confusion.sum() == 0

    def test_strictness_is_heard(self, recognizer, drawings):
        sure = read_strokes_set(recognizer, drawings[:1]).confidences[0]
        for strictness, text in ((sure - 1e-3, "7"), (sure + 1e-3, "?")):
            readings = read_strokes_set(recognizer, drawings[:1], strictness=strictness)
            assert (readings.texts, readings.best_texts) == ([text], ["7"])

    def test_what_is_declined_has_a_best_text_too(self, recognizer, drawings):
        readings = read_strokes_set(recognizer, drawings, strictness=1.0)
        assert readings.texts == ["?", "?", "?", "?", "", "?"]
        assert readings.best_texts == ["7", "1", "7", "7", "", "71"]
        assert readings.score == read_strokes_set(recognizer, drawings).score
        assert readings.kept == 0.0

    def test_progress_goes_up_to_one_and_it_can_be_called_off(self, recognizer, drawings):
        seen = []
        read_strokes_set(recognizer, drawings, seen.append)
        assert seen == pytest.approx([1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1])

        def cancel(_done):
            raise Cancelled

        with pytest.raises(Cancelled):
            read_strokes_set(recognizer, drawings, cancel)


def readings_of(*rows):
    """Of label, best text, score, and what else there is: whether declined, and the writer."""
    rows = [(*row, *(False, None)[len(row) - 3 :]) for row in rows]
    labels, texts, scores, declined, writers = map(list, zip(*rows, strict=True))
    shown = ["?" if no else text for no, text in zip(declined, texts, strict=True)]
    pictures = [np.zeros((28, 28), dtype=np.uint8)] * len(rows)
    return StrokesReadings(shown, texts, scores, labels, writers, pictures)


class TestStrokesReadings:
    def test_numbers_are_right_as_a_whole_only(self):
        readings = readings_of(("12", "12", 0.9), ("12", "13", 0.9), ("1", "11", 0.9))
        assert readings.score == score(1, 3)
        assert readings.confusion.sum() == 0
        assert readings.outside_confusion == 3

    def test_only_what_is_labelled_with_digits_counts_whether_read_or_not(self):
        readings = readings_of(
            ("7", "7", 0.9, True), ("7", "1", 0.9), ("3", "", 0.0), (None, "7", 0.9)
        )
        assert readings.score == score(1, 3)
        assert readings.confusion[7, 7] == readings.confusion[7, 1] == 1
        assert readings.confusion.sum() == 2
        assert readings.outside_confusion == 1
        others = readings_of((None, "7", 0.9))
        assert others.score is others.kept is others.calibration_error is None
        assert others.by_digit == others.by_writer_group == {}
        assert others.confusion.sum() == 0

    def test_accuracy_by_digit_is_of_single_ones(self):
        readings = readings_of(
            ("3", "3", 1.0), ("3", "33", 1.0), ("0", "0", 1.0), ("33", "33", 1.0), (None, "3", 1.0)
        )
        assert readings.by_digit == {"0": score(1, 1), "3": score(1, 2)}
        assert list(readings.by_digit) == ["0", "3"]

    def test_accuracy_by_group_of_writers(self):
        readings = readings_of(
            ("3", "3", 1.0, False, "a/1"),
            ("3", "5", 1.0, False, "a/2"),
            ("42", "42", 1.0, False, "a/2"),
            ("7", "7", 1.0, False, "b"),
            (None, "7", 1.0, False, "b"),
            ("7", "7", 1.0),
        )
        assert readings.by_writer_group == {"a": score(2, 3), "b": score(1, 1)}

    def test_the_calibration_error_is_of_what_is_labelled_with_digits(self):
        readings = readings_of(("1", "1", 0.95), ("1", "7", 0.95), (None, "1", 0.1))
        assert readings.calibration_error == pytest.approx(0.45)

    def test_digits_are_told_from_others_by_the_score(self):
        readings = readings_of(
            ("1", "1", 0.9), ("1", "7", 0.6), (None, "1", 0.7), (None, "1", 0.2, True)
        )
        assert readings.digits_told_apart == 0.75
        assert readings_of(("1", "1", 0.9)).digits_told_apart is None
        assert readings_of((None, "1", 0.9)).digits_told_apart is None

    def test_kept_is_the_share_of_the_right_ones_that_are_answered(self):
        readings = readings_of(
            ("1", "1", 0.9),
            ("1", "1", 0.8),
            ("1", "1", 0.7),
            ("1", "1", 0.1, True),
            ("1", "7", 0.1, True),
            (None, "7", 0.1, True),
        )
        assert readings.kept == 0.75


def test_labels_are_not_changed_by_predicting(small):
    split = Split(small.test.pictures.copy(), small.test.labels.copy())
    before = split.sha256
    predict(MLP(NetworkConfig((16,))), split)
    assert Split(split.pictures, split.labels).sha256 == before
