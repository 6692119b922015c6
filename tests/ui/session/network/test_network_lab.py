import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer

from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.evaluate.evaluation import predict
from mnist_desktop.learning.models.editing import Edits
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.session.shelf import Entry

CONFIG = NetworkConfig((24, 16))


@pytest.fixture
def entry(session):
    entry = Entry("small", Recognizer(Model(CONFIG, MLP(CONFIG, seed=5).state_dict())))
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    return entry


@pytest.fixture
def lab(session, entry):
    session.lab.open()
    return session.lab


@pytest.fixture
def tiny_splits(small):
    return Splits("tiny", small.train, small.validation.first(50), small.test)


@pytest.fixture
def draw_seven(qtbot, session, lab, seven_points):
    def draw() -> None:
        with qtbot.waitSignal(lab.changed):
            session.sketch.show(Drawing((Stroke(np.array(seven_points)),)))

    return draw


def test_while_nobody_looks_nothing_is_worked_out(qtbot, session, entry, seven_points):
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.show(Drawing((Stroke(np.array(seven_points)),)))
    assert session.lab.outputs == []
    assert session.lab.recognizer is None


def test_it_shows_what_each_layer_makes_of_the_drawing(session, lab, draw_seven):
    assert lab.entry.name == "small"
    assert [len(values) for values in lab.outputs] == [24, 16, 10]
    draw_seven()
    digit = session.reader.focused_digit
    np.testing.assert_array_equal(lab.picture, digit.picture)
    np.testing.assert_allclose(lab.probabilities, digit.probabilities, atol=1e-5)
    assert (lab.outputs[0] >= 0).all(), "after the ReLU"


def test_how_somebody_writes_is_added_to_the_scores_of_who_knows_it(
    qtbot, session, lab, seven_points
):
    seven = Drawing((Stroke(np.array(seven_points)),))
    model = session.shelf.current.recognizer.model
    taught = replace(model, templates=Templates().with_drawings([(seven, 3)]))
    known = Entry("taught", Recognizer(taught))
    session.shelf.add(known)
    session.shelf.read_with(known)
    with qtbot.waitSignal(lab.changed):
        session.sketch.show(seven)
    digit = session.reader.focused_digit
    assert digit.digit == 3 != digit.seen.digit
    np.testing.assert_array_equal(lab.support, digit.support)
    lab.change(Edits().with_shift((0, 1), 1.0), "a bias")
    np.testing.assert_array_equal(lab.support, digit.support)
    other = replace(model, templates=Templates().with_drawings([(seven, 8)]))
    session.shelf.add(Entry("another", Recognizer(other)))
    session.shelf.read_with(session.shelf.entries[-1])
    qtbot.waitUntil(lambda: session.reader.focused_digit.digit == 8)
    qtbot.waitUntil(lambda: lab.support is None)
    assert lab.entry is known, "what another model knows says nothing of this one"
    lab.undo()
    session.shelf.read_with(known)
    qtbot.waitUntil(lambda: lab.support is not None)
    digit = session.reader.focused_digit
    np.testing.assert_allclose(lab.probabilities, digit.probabilities, atol=1e-5)


def test_it_follows_the_digit_that_is_looked_at(qtbot, session, lab, make_digit):
    first, second = make_digit(3), make_digit(4, box=(0.7, 0.2, 0.9, 0.8))
    with qtbot.waitSignal(lab.changed):
        session.reader.show(Reading(((first, second),)))
    for index, digit in enumerate((first, second)):
        session.reader.focus_on(index)
        qtbot.waitUntil(lambda digit=digit: bool((lab.picture == digit.picture).all()))


def test_closed_it_follows_the_drawing_no_more(qtbot, session, lab, draw_seven, is_at_rest):
    draw_seven()
    session.reader.changed.emit()
    lab.close()
    assert is_at_rest(lab)
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.clear()
    session.data_set.changed.emit()
    session.shelf.current_changed.emit()
    assert is_at_rest(lab)
    assert lab.picture.any()
    assert lab.accuracies == (None, None), "the measuring was called off"
    lab.open()
    assert not lab.picture.any()
    qtbot.waitUntil(lambda: lab.accuracies[0] is not None)


def test_nor_does_it_look_any_further_for_what_excites_a_neuron(qtbot, session, lab):
    lab.look_at((0, 5))
    lab.close()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert lab.focus.exciting is None


def test_on_other_data_it_is_measured_anew(qtbot, session, lab, tiny_splits):
    lab.look_at((0, 3))
    qtbot.waitUntil(lambda: lab.accuracies[0] is not None and lab.inspection is not None)
    qtbot.waitUntil(lambda: lab.focus.exciting is not None)
    session.data_set.take(tiny_splits)
    assert lab.accuracies == (None, None)
    assert lab.inspection is None
    assert lab.focus.exciting is None
    qtbot.waitUntil(lambda: lab.focus.exciting is not None)
    qtbot.waitUntil(lambda: lab.accuracies[0] is not None)
    assert lab.accuracies[0].total == 50


def test_what_was_being_measured_on_other_data_is_not_told(
    qtbot, session, lab, tiny_splits, monkeypatch
):
    begun, gate = threading.Event(), threading.Event()

    def predict_later(*args):
        begun.set()
        gate.wait()
        return predict(*args)

    monkeypatch.setattr("mnist_desktop.learning.evaluate.evaluation.predict", predict_later)
    qtbot.waitUntil(begun.is_set)
    session.data_set.take(tiny_splits)
    gate.set()
    qtbot.waitUntil(lambda: lab.accuracies[0] is not None)
    assert lab.accuracies[0].total == 50


def test_a_change_is_seen_at_once_measured_a_moment_later_and_undone(
    qtbot, session, entry, lab, draw_seven
):
    draw_seven()
    before = lab.outputs[-1].copy()
    qtbot.waitUntil(lambda: lab.accuracies[0] is not None and lab.inspection is not None)
    first = lab.accuracies[0]
    assert first == predict(entry.recognizer.network, session.splits.validation).score
    lab.change(lab.edits.with_pruned(0.9), "pruned")
    assert not np.allclose(lab.outputs[-1], before)
    assert lab.accuracies == (first, None)
    assert lab.inspection is None
    qtbot.waitUntil(lambda: lab.accuracies[1] is not None)
    assert lab.accuracies[1] == predict(lab.recognizer.network, session.splits.validation).score
    assert lab.accuracies[0] == first
    assert entry.recognizer.model.state_dict["out.weight"].all(), "the model stays as it is"
    lab.undo()
    np.testing.assert_array_equal(lab.outputs[-1], before)
    assert lab.accuracies == (first, first)
    assert not lab.can_undo


def test_what_is_changed_on_and_on_is_one_step(lab):
    lab.change(lab.edits.with_shift((0, 1), 0.5), "one")
    lab.change(lab.edits.with_shift((0, 1), 0.9), "one")
    lab.change(lab.edits.with_strength((0, 2), 0.0), "other")
    lab.undo()
    assert lab.edits.shifts == {(0, 1): 0.9}
    assert lab.edits.strengths == {}
    lab.undo()
    assert lab.edits.count == 0


def test_what_is_changed_back_by_the_same_hand_is_no_step(lab):
    lab.change(lab.edits.with_shift((0, 1), 0.5), "one")
    lab.change(lab.edits.with_shift((0, 1), 0.0), "one")
    assert not lab.can_undo
    lab.change(lab.edits.with_shift((0, 1), 0.5), "one")
    lab.change(lab.edits.with_shift((0, 1), 0.0), "other")
    assert not lab.is_changed
    lab.undo()
    assert lab.edits.shifts == {(0, 1): 0.5}


def test_what_is_changed_stays_when_another_model_reads(qtbot, session, lab, entry):
    lab.change(lab.edits.with_pruned(0.5), "pruned")
    with qtbot.waitSignal(lab.changed):
        session.shelf.read_with(session.shelf.entries[0])
    assert lab.entry is entry
    assert lab.edits.pruned == 0.5
    lab.undo()
    assert lab.entry is session.shelf.entries[0]


def test_a_model_that_is_closed_takes_its_changes_with_it(qtbot, session, lab, entry):
    lab.change(lab.edits.with_pruned(0.5), "pruned")
    with qtbot.waitSignal(lab.changed):
        session.model_files.close(entry)
    assert lab.entry is session.shelf.current
    assert lab.edits.count == 0


def test_the_changed_network_becomes_a_model_that_reads(qtbot, session, lab, entry):
    lab.change(lab.edits.with_strength((0, 3), 0.0), "off")
    lab.keep()
    kept = session.shelf.current
    assert kept is not entry
    assert kept.name == "small, changed"
    assert kept.is_unsaved
    assert not kept.model.state_dict["hidden2.weight"][:, 3].any()
    assert kept.model.measurements == ()
    assert lab.entry is kept
    assert lab.edits.count == 0


def test_of_a_neuron_the_most_exciting_pictures_are_found(qtbot, session, lab):
    lab.look_at((0, 3))
    qtbot.waitUntil(lambda: lab.focus.exciting is not None)
    weights = lab.recognizer.network.hidden1.weight[3].detach().numpy()
    answers = session.splits.train.pictures.reshape(-1, 784) @ weights
    assert lab.focus.exciting[0] == answers.argmax()
    qtbot.waitUntil(lambda: not session.jobs.running)
    lab.look_at((0, 3))
    assert not session.jobs.running, "they are known"
    lab.look_at((1, 3))
    assert lab.focus.exciting is None


def test_a_neuron_that_another_network_lacks_is_looked_at_no_more(qtbot, session, lab):
    lab.look_at((1, 15))
    small = NetworkConfig((4,))
    entry = Entry("smaller", Recognizer(Model(small, MLP(small).state_dict())))
    session.shelf.add(entry)
    with qtbot.waitSignal(lab.changed):
        session.shelf.read_with(entry)
    assert lab.focus.neuron is None


def test_what_is_inside_a_saved_model_is_known_a_moment_later(qtbot, lab):
    qtbot.waitUntil(lambda: lab.inspection is not None)
    assert [layer.name for layer in lab.inspection.layers] == ["hidden1", "hidden2", "out"]


def test_a_network_in_training_is_not_measured(qtbot, session, lab, entry):
    qtbot.waitUntil(lambda: lab.inspection is not None)
    fresh = Recognizer(Model(CONFIG, MLP(CONFIG, seed=6).state_dict()))
    with qtbot.waitSignal(lab.changed):
        session.shelf.renew(entry, fresh, is_training=True)
    assert lab.recognizer is fresh
    # It would begin when the timer that is running now has run out.
    (timer,) = [one for one in lab.findChildren(QTimer) if one.isActive()]
    with qtbot.waitSignal(timer.timeout):
        pass
    assert not session.jobs.running
    assert lab.accuracies == (None, None)


def test_a_network_whose_training_broke_off_is_measured_as_it_is(qtbot, session, lab, entry):
    qtbot.waitUntil(lambda: lab.inspection is not None)
    fresh = Recognizer(Model(CONFIG, MLP(CONFIG, seed=6).state_dict()))
    session.shelf.renew(entry, fresh, is_training=True)
    qtbot.waitUntil(lambda: lab.recognizer is fresh)
    qtbot.waitUntil(lambda: not any(one.isActive() for one in lab.findChildren(QTimer)))
    session.shelf.renew(entry, fresh, is_training=False)
    qtbot.waitUntil(lambda: lab.accuracies[0] is not None and lab.inspection is not None)


def test_what_is_measured_of_a_change_that_was_taken_back_is_not_told(qtbot, session, lab):
    qtbot.waitUntil(lambda: lab.inspection is not None and lab.accuracies[0] is not None)
    first = lab.accuracies[0]
    told = []

    def take_back() -> None:
        if lab.can_undo and any("Testing" in job.title for job in session.jobs.running):
            lab.undo()
            lab.measured.connect(lambda: told.append(lab.accuracies))

    # Queued, it comes before anything that the job has found.
    session.jobs.changed.connect(take_back, Qt.ConnectionType.QueuedConnection)
    lab.change(lab.edits.with_pruned(0.95), "pruned")
    qtbot.waitUntil(lambda: bool(told) and lab.inspection is not None)
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert set(told) == {(first, first)}
