import json

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from mnist_desktop.errors import UserError
from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.library.database import Library
from mnist_desktop.library.labels import read_labels
from mnist_desktop.library.model_files import remembered
from mnist_desktop.library.profiles import FIRST
from mnist_desktop.library.runs import list_runs
from mnist_desktop.library.taught import read_taught
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.session.data.specimen import Specimen

CONFIG = TrainingConfig(epochs=2, batch_size=50)
ONE = Drawing((Stroke(np.array([[0.5, 0.2], [0.5, 0.8]])),))


def test_it_reads_with_the_bundled_model_from_the_start(qtbot, session):
    assert session.shelf.current.path == DEFAULT_MODEL
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.show(ONE)
    assert session.reading.text == "1"
    assert session.reader.focused.digit == 1


def test_an_empty_canvas_is_read_as_nothing(qtbot, session):
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.show(ONE)
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.clear()
    assert session.reading == Reading()
    assert session.reader.focused is None


def test_the_answer_changes_while_a_stroke_is_drawn(qtbot, session):
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.extend(0.3, 0.2, 0.03)
    first = session.reader.focused.picture.copy()
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.extend(0.7, 0.2, 0.03)
    assert (session.reader.focused.picture != first).any()


def test_points_that_arrive_together_are_read_once(qtbot, session):
    readings = []
    session.reader.changed.connect(lambda: readings.append(session.reading))
    for step in range(50):
        session.sketch.extend(0.5, 0.2 + 0.01 * step, 0.03)
    qtbot.waitUntil(lambda: bool(readings))
    QCoreApplication.processEvents()
    assert len(readings) == 1


def test_a_run_adds_a_model_that_reads_from_its_first_epoch_on(qtbot, session):
    session.run_control.start(CONFIG)
    with qtbot.waitSignal(session.shelf.current_changed):
        pass
    entry = session.shelf.current
    assert entry.name == "run 1"
    assert entry.is_training
    with qtbot.waitSignal(session.training.ended):
        pass
    assert not entry.is_training
    assert entry.model.test_score == session.training.done.score
    assert entry.model.measurements[0].sha256 == session.splits.test.sha256
    assert entry.run_id == session.training.run_id
    assert session.shelf.unsaved == []


def test_who_reads_is_not_changed_again_once_the_user_has_chosen(qtbot, session):
    default = session.shelf.current
    session.run_control.start(CONFIG)
    with qtbot.waitSignal(session.shelf.current_changed):
        pass
    session.shelf.read_with(default)
    with qtbot.waitSignal(session.training.ended):
        pass
    assert session.shelf.current is default


def test_a_saved_model_opens_again_as_it_was(qtbot, session, tmp_path):
    session.run_control.start(CONFIG)
    with qtbot.waitSignal(session.training.ended):
        pass
    entry = session.shelf.current
    path = tmp_path / "mine.safetensors"
    with qtbot.waitSignal(session.model_files.save(entry, path).ended):
        pass
    assert entry.path == path.resolve()
    again = open_model(path)
    assert again.training == CONFIG
    assert again.test_score == session.training.done.score
    for name, tensor in again.state_dict.items():
        assert tensor.equal(entry.model.state_dict[name])


def test_a_file_that_cannot_be_saved_leaves_the_model_unsaved(qtbot, session, faults, tmp_path):
    entry = session.shelf.current
    entry.path = None
    path = tmp_path / "missing" / "mine.safetensors"
    with qtbot.waitSignal(session.model_files.save(entry, path).ended):
        pass
    assert isinstance(faults[0], UserError)
    assert session.shelf.unsaved == [entry]


def test_a_model_that_is_closed_twice_is_closed_once(qtbot, session, faults, tmp_path):
    path = tmp_path / "mine.safetensors"
    with qtbot.waitSignal(session.model_files.save(session.shelf.current, path).ended):
        pass
    qtbot.waitUntil(lambda: not session.jobs.running)
    entry = session.shelf.current
    assert [path for path, _ in remembered(Library())] == [entry.path]
    session.model_files.close(entry)
    session.model_files.close(entry)  # by the second click of a double click
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert [one.name for one in session.shelf.entries] == ["default"]
    assert faults == []
    assert remembered(Library()) == [], "nor is it at hand the next time"


def test_a_damaged_model_is_refused_and_the_present_one_stays(
    qtbot, session, faults, damaged_model
):
    before = session.shelf.current
    with qtbot.waitSignal(session.failed):
        session.opening.open(damaged_model)
    assert isinstance(faults[0], UserError)
    assert damaged_model.name in str(faults[0])
    assert session.shelf.current is before


def test_a_faulty_data_set_is_refused_and_the_present_one_stays(qtbot, session, faults, tmp_path):
    before = session.splits
    with qtbot.waitSignal(session.failed):
        session.opening.open_data(tmp_path)
    assert isinstance(faults[0], UserError)
    assert session.splits is before


def test_a_strokes_file_is_shown_drawing_by_drawing(qtbot, session, tmp_path):
    path = tmp_path / "two.jsonl"
    lines = [
        {"label": 1, "strokes": [[[0, 0], [0, 100]]]},
        {"label": None, "strokes": [[[0, 0], [100, 0]], [[0, 50], [100, 50]]]},
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    with qtbot.waitSignal(session.drawings.changed):
        session.opening.open(path)
    assert len(session.sketch.drawing.strokes) == 1
    session.drawings.show(1)
    assert len(session.sketch.drawing.strokes) == 2
    points = np.concatenate([stroke.points for stroke in session.sketch.drawing.strokes])
    assert points.min() > 0
    assert points.max() < 1
    session.drawings.close()
    assert session.drawings.drawings == []
    assert len(session.sketch.drawing.strokes) == 2


@pytest.mark.parametrize("source", ["file", "data set"])
def test_a_picture_closes_the_file_of_drawings_that_is_open(
    qtbot, session, seven, save_seven, small, tmp_path, source
):
    """Or what the writer of a drawing meant would stand beside it."""
    session.drawings.open([LabelledDrawing(seven, "7")])
    if source == "file":
        save_seven(tmp_path / "seven.png")
        with qtbot.waitSignal(session.opening.filled_canvas):
            session.opening.open(tmp_path / "seven.png")
    else:
        session.specimens.to_canvas(Specimen(small.test.pictures[0]))
    assert session.sketch.picture is not None
    assert session.drawings.drawings == []


@pytest.mark.parametrize("target", ["test", "validation"])
def test_evaluation_counts_what_the_model_misreads(qtbot, session, target):
    with qtbot.waitSignal(session.evaluator.changed):
        session.evaluator.evaluate(target)
    result = session.evaluator.result
    split = session.splits.test if target == "test" else session.splits.validation
    assert result.score.total == len(split)
    assert result.confusion.trace() == round(result.score.accuracy * len(split))
    wrong = result.chosen(None)
    assert len(wrong) == len(split) - result.confusion.trace()
    assert (np.diff(result.confidence[wrong]) <= 0).all()


def test_of_two_evaluations_the_second_is_seen(qtbot, session):
    found = []
    session.evaluator.changed.connect(lambda: found.append(session.evaluator.result.target))
    session.evaluator.evaluate("test")
    session.evaluator.evaluate("validation")
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert found == ["validation"]


class TestShuttingDown:
    def test_what_was_deleted_is_gone_for_good(self, qtbot, session):
        with qtbot.waitSignal(session.training.ended):
            session.run_control.start(CONFIG)
        qtbot.waitUntil(lambda: len(session.runs.runs) == 1 and not session.jobs.running)
        session.runs.delete(session.runs.runs)
        qtbot.waitUntil(lambda: len(session.runs.deleted) == 1)
        assert len(list_runs(Library(), deleted=True)) == 1
        session.shut_down()
        assert list_runs(Library(), deleted=True) == list_runs(Library()) == []

    def test_what_was_said_a_moment_ago_is_kept(self, session, seven):
        """The first of each is being written by then, and the second waits for that."""
        boxes, train = ((0.0, 0.0, 0.4, 1.0), (0.5, 0.0, 1.0, 1.0)), session.splits.train
        labels = {index: (int(train.labels[index]) + 1) % 10 for index in range(2)}
        for index, box in enumerate(boxes):
            session.corrections.change([Correction(box, "1", "7", seven, "canvas")], [])
            session.labels.correct("train", index, labels[index])
        session.shut_down()
        assert [one.label for one in read_taught(Library(), FIRST)] == ["7", "7"]
        assert read_labels(Library(), train.sha256) == labels

    def test_nothing_begins_any_more(self, qtbot, session):
        session.run_control.start(CONFIG)
        qtbot.waitUntil(lambda: bool(session.training.history.epochs))
        session.shut_down()
        ended, begun = list(session.jobs.running), []
        session.jobs.changed.connect(
            lambda: begun.extend(job for job in session.jobs.running if job not in ended)
        )
        late = QTimer(interval=1, singleShot=True)
        with qtbot.waitSignal(late.timeout):
            late.start()
        assert not session.training.is_active
        assert begun == []

    def test_the_runs_are_listed_no_more(self, session, is_at_rest):
        session.runs.refresh()
        session.shut_down()
        session.runs.refresh()
        assert is_at_rest(session.runs)


def test_a_picture_that_is_to_be_explained_is_explained_on_the_canvas(session, small):
    specimens = session.specimens
    specimens.explain(Specimen(small.test.pictures[0]))
    assert session.preferences.explain
    np.testing.assert_array_equal(
        session.sketch.picture.lines[0].picture(0, 1), small.test.pictures[0]
    )
