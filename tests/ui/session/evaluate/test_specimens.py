"""What can be done with any picture."""

import numpy as np
import pytest

from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.library.labels import keep_labels
from mnist_desktop.progress import unwatched
from mnist_desktop.ui.session.data.specimen import CORRECTED, Place, Specimen
from mnist_desktop.ui.session.evaluate.evaluation import evaluate


@pytest.fixture
def specimens(desk):
    return desk.specimens


def settle(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.reader.is_reading and not desk.jobs.running)


def test_on_the_canvas_a_picture_is_read_pixel_for_pixel(qtbot, desk, specimens, small):
    picture = small.test.pictures[3]
    with qtbot.waitSignal(specimens.put_on_canvas):
        specimens.to_canvas(Specimen(picture))
    settle(qtbot, desk)
    (digit,) = desk.reader.reading.digits
    np.testing.assert_array_equal(digit.picture, picture)
    np.testing.assert_array_equal(desk.sketch.picture.grey, 255 - picture, "dark ink on paper")
    np.testing.assert_allclose(
        digit.probabilities, specimens.probabilities(Specimen(picture)), atol=1e-5
    )
    desk.sketch.undo()
    assert desk.sketch.is_empty


def test_what_is_on_the_canvas_is_not_of_the_file_that_was_open(desk, specimens, small, seven):
    desk.drawings.open([LabelledDrawing(seven, "7")])
    specimens.to_canvas(Specimen(small.test.pictures[3]))
    assert desk.drawings.drawings == []


def test_one_that_no_photo_would_be_taken_for_goes_there_too(qtbot, desk, specimens):
    """As clothes that fill the whole picture."""
    picture = np.full((28, 28), 200, dtype=np.uint8)
    specimens.to_canvas(Specimen(picture))
    settle(qtbot, desk)
    (digit,) = desk.reader.reading.digits
    np.testing.assert_array_equal(digit.picture, picture)


def test_what_was_drawn_comes_back_as_strokes(desk, specimens, seven):
    specimens.to_canvas(Specimen(np.zeros((28, 28), np.uint8), "7", drawing=seven))
    assert len(desk.sketch.finished.strokes) == 2
    assert desk.sketch.picture is None


@pytest.mark.parametrize(
    ("picture", "can"),
    [
        (np.zeros((28, 28), np.uint8), False),
        (np.full((28, 28), 9, np.uint8), False),
        (np.eye(28, dtype=np.uint8) * 255, True),
        (np.ones((28, 56), np.uint8) * 255, False),
    ],
    ids=["paper", "faint", "ink", "two digits"],
)
def test_without_ink_or_as_a_number_it_cannot_go_there(picture, can):
    assert Specimen(picture).can_go_on_canvas is can


def test_a_number_has_no_ten_probabilities(specimens):
    assert specimens.probabilities(Specimen(np.ones((28, 56), np.uint8))) is None
    assert specimens.probabilities(Specimen(np.ones((28, 28), np.uint8))).shape == (10,)


def test_what_is_to_be_explained_is_on_the_canvas_by_then(qtbot, desk, specimens, small):
    seen = []
    desk.preferences.changed.connect(lambda _: seen.append(desk.sketch.picture is not None))
    specimens.explain(Specimen(small.test.pictures[0]))
    assert seen == [True]
    assert desk.preferences.explain


def test_an_evaluated_picture_knows_its_place_as_long_as_the_data_set_is_there(
    desk, specimens, recognizer, small
):
    models = [("default", recognizer)]
    (result,) = evaluate(models, "test", lambda _progress: small.test, 0.5, unwatched)
    found = specimens.of_result(result, 7)
    assert found.place == Place("test", 7)
    assert found.label == str(small.test.labels[7])
    desk.data_set.take(Splits("cut", small.train, small.validation, small.test.first(5)))
    found = specimens.of_result(result, 7)
    assert found.place is None
    np.testing.assert_array_equal(found.picture, small.test.pictures[7])


def test_what_a_person_says_of_an_evaluated_picture_is_told(
    qtbot, desk, specimens, recognizer, small
):
    """Also where nobody has looked at the gallery."""
    said, own = (int(small.test.labels[7]) + 1) % 10, str(small.test.labels[7])
    keep_labels(desk.library, small.test.sha256, {7: said})
    models = [("default", recognizer)]
    (result,) = evaluate(models, "test", lambda _progress: small.test, 0.5, unwatched)

    def told(index):
        specimen = specimens.of_result(result, index)
        return specimen.label, specimen.mark

    assert told(7) == (own, "")
    settle(qtbot, desk)
    assert told(7) == (str(said), CORRECTED)
    assert told(6) == (str(small.test.labels[6]), "")
    desk.data_set.take(Splits("cut", small.train, small.validation, small.test.first(8)))
    assert told(7) == (own, "")
