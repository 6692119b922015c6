import numpy as np
import pytest

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.teach.examples import Example, examples_of

PICTURE = np.zeros((28, 28), dtype=np.uint8)


@pytest.mark.parametrize(
    ("label", "ink"),
    [
        (-1, PICTURE),
        (11, PICTURE),
        (3, PICTURE[:27]),
        (3, PICTURE.astype(np.float32)),
        (3, Drawing()),
    ],
)
def test_what_cannot_be_learned_from_is_none(label, ink):
    with pytest.raises(ValueError, match=r"label|picture|strokes"):
        Example(label, ink)


def test_its_picture_is_what_the_network_sees(seven):
    np.testing.assert_array_equal(Example(7, seven).picture, normalise(seven))
    shade = PICTURE + np.uint8(9)
    np.testing.assert_array_equal(Example(7, shade).picture, shade)


def test_strokes_are_written_again_and_never_alike(seven):
    again = Example(7, seven).written_again(5, np.random.default_rng(0))
    assert len({one.tobytes() for one in [normalise(seven), *again]}) == 6
    assert Example(7, PICTURE).written_again(5, np.random.default_rng(0)) == []


def test_labels_of_one_digit_and_of_none_can_be_learned_from(seven):
    labels = ["7", "42", None, "x", "-5", "0", "two", "1\n2", "."]
    drawings = [LabelledDrawing(seven, label) for label in labels]
    examples, others = examples_of([*drawings, LabelledDrawing(Drawing(), "3")])
    assert [one.label for one in examples] == [7, NO_DIGIT, NO_DIGIT, 0, NO_DIGIT, NO_DIGIT]
    assert others == 4
    assert all(one.ink is seven for one in examples)
