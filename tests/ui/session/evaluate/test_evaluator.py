"""Models are measured on a split, on drawings, and on what was taught."""

import dataclasses
import json
from dataclasses import replace

import numpy as np
import pytest

from mnist_desktop.errors import UserError
from mnist_desktop.ink.correction import NO_DIGIT
from mnist_desktop.learning.evaluate.disturbances import DISTURBANCES
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.library.database import Library
from mnist_desktop.library.profiles import add_profile
from mnist_desktop.ui.session.evaluate.evaluation import answers_table
from mnist_desktop.ui.session.shelf import Entry


@pytest.fixture
def measured(qtbot, session):
    def measured(target, rival=None):
        with qtbot.waitSignal(session.evaluator.changed):
            session.evaluator.evaluate(target, rival)
        return session.evaluator.results

    return measured


@pytest.fixture
def rival():
    config = NetworkConfig(hidden=())
    return Entry("rival", Recognizer(Model(config, MLP(config, 4).state_dict())))


@pytest.fixture
def strokes(tmp_path, seven_points):
    """Two sevens, one of them labelled as a two, a number of two sevens, what is no digit, and two
    sevens that are labelled as one."""
    line = [[100 * x, 100 * y] for x, y in seven_points]
    beside = [[x + 60, y] for x, y in line]
    lines = [(7, [line]), (77, [line, beside]), (None, [line]), (2, [line]), (7, [line, beside])]
    path = tmp_path / "drawings.jsonl"
    path.write_text("\n".join(json.dumps({"label": a, "strokes": b}) for a, b in lines))
    return path


def test_each_model_reads_the_same_pictures(measured, session, rival):
    first, second = measured("validation", rival)
    assert (first.model, second.model) == ("default", "rival")
    assert first.truth.tolist() == second.truth.tolist()
    labels = session.splits.validation.labels
    assert first.truth.tolist() == [str(label) for label in labels]
    assert (first.read != second.read).any()
    expected = rival.recognizer.probabilities(session.splits.validation.pictures)
    assert second.read.tolist() == [str(digit) for digit in expected.argmax(axis=1)]


def test_each_is_as_sure_of_a_picture_as_it_is_when_it_reads(measured, session, rival):
    """Its scores are divided by its temperature there, too."""
    cool = Entry("cool", Recognizer(replace(rival.model, temperature=0.25)))
    pictures = session.splits.validation.pictures
    for entry in (rival, cool):
        _, found = measured("validation", entry)
        expected = entry.recognizer.probabilities(pictures).max(axis=1)
        np.testing.assert_allclose(found.confidence, expected, atol=1e-4)


def test_each_model_reads_the_same_drawings(measured, strokes, rival):
    first, second = measured(strokes, rival)
    assert first.truth.tolist() == second.truth.tolist() == ["7", "77", "2", "7"]
    assert first.right.tolist() == [True, True, False, False]
    assert second.recognizer is rival.recognizer


def test_among_what_is_no_digit_each_drawing_is_as_sure_as_alone(measured, tmp_path, seven_points):
    seven = json.dumps({"label": 7, "strokes": [[[100 * x, 100 * y] for x, y in seven_points]]})
    bar = json.dumps({"label": None, "strokes": [[[0, 0], [0, 100]]]})
    found = []
    for name, lines in (("alone", [seven]), ("after", [bar, seven])):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(lines))
        (result,) = measured(path)
        found.append(result.confidence.tolist())
    assert found[0] == found[1]


def test_progress_is_of_all_models_together(qtbot, session, rival):
    told = []
    session.jobs.changed.connect(
        lambda: told.append(session.jobs.newest.done if session.jobs.newest else 0)
    )
    with qtbot.waitSignal(session.evaluator.changed):
        session.evaluator.evaluate("test", rival)
    done = [one for one in told if one]
    assert done == sorted(done)


def test_what_is_drawn_are_digits_whatever_the_data_set_is_of(measured, strokes, session):
    names = tuple("abcdefghij")
    session.data_set.splits = dataclasses.replace(session.splits, class_names=names)
    (result,) = measured(strokes)
    assert result.name_of("3") == "3"
    (result,) = measured("validation")
    assert result.name_of("3") == "d"
    assert result.name_of("") == ""
    assert result.name_of("12") == "12"


def test_so_is_what_was_taught(measured, session, say, pupil):
    say("7")
    names = tuple("abcdefghij")
    session.data_set.splits = dataclasses.replace(session.splits, class_names=names)
    (result,) = measured("mine")
    assert result.number_and_name_of("7") == "7"


def test_only_single_digits_can_be_disturbed(measured, strokes):
    (result,) = measured(strokes)
    digits = result.digits
    assert digits.labels.tolist() == [7, 2]
    np.testing.assert_array_equal(digits.pictures[0], result.pictures[0])


def test_each_model_is_tried_with_disturbed_pictures(qtbot, measured, session, rival):
    small = session.splits
    session.data_set.splits = replace(small, test=small.test.first(20))
    measured("test", rival)
    session.evaluator.try_robustness()
    assert session.evaluator.is_trying
    qtbot.waitUntil(lambda: not session.evaluator.is_trying)
    first, second = session.evaluator.robustness
    assert [curve.disturbance for curve in first] == list(DISTURBANCES)
    assert [one.accuracies for one in first] != [one.accuracies for one in second]


def test_what_was_tried_is_forgotten_with_its_evaluation(qtbot, measured, session):
    small = session.splits
    session.data_set.splits = replace(small, test=small.test.first(20))
    measured("test")
    session.evaluator.try_robustness()
    measured("validation")
    assert not session.evaluator.is_trying
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert session.evaluator.robustness == ()


def test_nothing_is_tried_without_a_single_digit(qtbot, measured, session, tmp_path, strokes):
    line = strokes.read_text().splitlines()[1]
    strokes.write_text(line)
    measured(strokes)
    with qtbot.waitSignal(session.failed) as failed:
        session.evaluator.try_robustness()
    assert "no single digit" in failed.args[0].text()
    qtbot.waitUntil(lambda: not session.evaluator.is_trying)


def test_answers_are_saved_as_they_are_read(measured, strokes, rival):
    first, second = measured(strokes, rival)
    read = np.array(["7", "-5", "", "77"])
    header, rows = answers_table([replace(first, read=read), second])
    rows = list(rows)
    assert header[:4] == ["index", "truth", "read_1", "confidence_1"]
    assert [row[2] for row in rows] == ["7", "-5", "", "77"]
    assert answers_table([first])[0] == ["index", "truth", "read", "confidence"]


def test_one_s_own_digits_are_read_and_nobody_else_s(qtbot, session, say):
    evaluator = session.evaluator
    say("7", "7", "1", NO_DIGIT)
    with qtbot.waitSignal(evaluator.changed):
        evaluator.evaluate("mine")
    (result,) = evaluator.results
    assert (result.target, result.model) == ("mine", "default")
    assert result.truth.tolist() == ["7", "7", "1"]
    assert result.read.tolist() == ["7", "7", "7"]
    assert result.score.accuracy == 2 / 3
    assert result.confusion[1, 7] == 1
    ada = add_profile(Library(), "Ada")
    session.people.read()
    qtbot.waitUntil(lambda: not session.jobs.running)
    session.people.choose(ada)
    with qtbot.waitSignal(session.failed) as told:
        evaluator.evaluate("mine")
    assert isinstance(told.args[0], UserError)
    assert "taught" in str(told.args[0])
    assert evaluator.results == (result,), "what was measured last"


def test_the_data_set_is_read_without_what_was_taught(qtbot, session, small):
    with qtbot.waitSignal(session.evaluator.changed):
        session.evaluator.evaluate("validation")
    assert session.evaluator.results[0].truth.tolist() == [
        str(one) for one in small.validation.labels
    ]
