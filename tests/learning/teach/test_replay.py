import numpy as np
import pytest

from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.teach import replay
from mnist_desktop.learning.teach.replay import replay_of


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    for name, count in (("MNIST", 20), ("DIGITS", 4), ("LETTERS", 3), ("SCRIBBLES", 2)):
        monkeypatch.setattr(replay, name, count)


def test_it_has_some_of_everything(tiny, seven):
    digits = [LabelledDrawing(seven, "7")] * 6
    made = replay_of(tiny, digits, [LabelledDrawing(seven, "x")] * 5)
    assert len(made.digits) == 24
    assert made.digits.labels[20:].tolist() == [7] * 4
    known = {picture.tobytes(): label for picture, label in zip(*_parts(tiny.train), strict=True)}
    for picture, label in zip(*_parts(made.digits.first(20)), strict=True):
        assert known[picture.tobytes()] == label
    assert set(made.others.labels) == {NO_DIGIT}
    assert len(made.others) == 3 * (3 + 2)
    assert made.others.pictures.shape == (15, 28, 28)


def test_it_is_always_the_same(tiny, seven):
    drawings = [LabelledDrawing(seven, "7")] * 6
    one, other = (replay_of(tiny, drawings, drawings) for _ in range(2))
    assert one.digits.sha256 == other.digits.sha256
    assert one.others.sha256 == other.others.sha256


def test_distorted_letters_are_letters_of_another_hand(tiny, seven):
    made = replay_of(tiny, [LabelledDrawing(seven, "7")], [LabelledDrawing(seven, "x")] * 3)
    plain, *copies = (
        made.others.pictures[:3],
        made.others.pictures[5:8],
        made.others.pictures[10:13],
    )
    for copy in copies:
        difference = np.abs(copy.astype(int) - plain).mean()
        assert 2 < difference < 60


def _parts(split):
    return split.pictures, split.labels
