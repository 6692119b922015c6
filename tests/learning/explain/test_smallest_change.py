import numpy as np
import pytest
import torch

from mnist_desktop.learning.explain.smallest_change import FRAMES, MARGIN, smallest_change
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.progress import Cancelled


@pytest.fixture(scope="module")
def seven(mnist):
    return mnist.test.pictures[0]


def read(recognizer, pictures):
    return recognizer.probabilities(np.ascontiguousarray(pictures)).argmax(axis=1)


@pytest.mark.parametrize("target", [0, 3, 9])
def test_its_end_reads_as_the_target_and_its_beginning_is_the_ink(recognizer, seven, target):
    change = smallest_change(recognizer.network, seven, target)
    assert change.frames.shape == (FRAMES + 1, 28, 28)
    np.testing.assert_array_equal(change.frames[0], seven)
    np.testing.assert_array_equal(read(recognizer, change.frames), change.answers)
    assert change.answers[0] == 7
    assert change.answers[-1] == target
    assert target not in change.answers[:-2], "no more was changed than was needed"
    put_on = np.abs(change.frames[-1].astype(float) - seven).sum()
    assert change.amount == pytest.approx(put_on / seven.sum())
    assert change.amount < 1


def test_what_is_added_whatever_the_ink_has_to_be_outweighed(recognizer, seven):
    added = np.zeros(10, dtype=np.float32)
    added[7] = 3.0
    change = smallest_change(recognizer.network, seven, 9, added=added)
    assert change.answers[0] == 7
    assert change.answers[-1] == 9
    assert change.amount > smallest_change(recognizer.network, seven, 9).amount
    added[[7, 4]] = 0.0, 30.0
    back = smallest_change(recognizer.network, seven, 7, added=added)
    assert back is None or back.answers[0] == 4, "it is read with what is added, too"


def test_it_is_far_smaller_than_a_picture_of_the_target(recognizer, mnist, seven):
    change = smallest_change(recognizer.network, seven, 9)
    nine = mnist.test.pictures[mnist.test.labels == 9][0]
    distance = np.abs(nine.astype(float) - seven).sum() / seven.sum()
    assert change.amount < distance / 2


def test_each_frame_goes_on_from_the_one_before(recognizer, seven):
    frames = smallest_change(recognizer.network, seven, 9).frames.astype(int)
    way = np.abs(frames - frames[0]).sum(axis=(1, 2))
    assert (np.diff(way) > 0).all()


def test_what_is_put_on_is_as_smooth_as_ink(seven):
    """Neighbours change alike, also in a network whose weights know nothing of strokes."""
    network = MLP(NetworkConfig((32,)), seed=3).eval()
    change = smallest_change(network, seven, 3)
    added = change.frames[-1].astype(float) - seven
    added[seven > 0] = 0
    beside = (added[:, 1:] * added[:, :-1]).sum() / (added**2).sum()
    assert beside > 0.4


def test_it_goes_no_further_than_where_the_answer_turns(recognizer, seven):
    change = smallest_change(recognizer.network, seven, 9)
    with torch.inference_mode():
        scores = recognizer.network(to_input(torch.from_numpy(change.frames[-1:])))[0]
    others = torch.cat([scores[:9], scores[10:]])
    assert 0 < scores[9] - others.max() < MARGIN / 2


def test_what_reads_as_the_target_already_is_left_alone(recognizer, seven):
    change = smallest_change(recognizer.network, seven, 7)
    assert change.amount == 0
    np.testing.assert_array_equal(change.frames[-1], seven)


def test_a_network_that_sees_nothing_cannot_be_turned(seven):
    network = MLP(NetworkConfig((8,)))
    with torch.no_grad():
        network.layers[0].weight.zero_()
        network.layers[1].bias[2] = 1
    assert smallest_change(network, seven, 3) is None
    with torch.no_grad():
        network.layers[1].bias[2] = float("nan")
    assert smallest_change(network, seven, 3) is None


def test_its_progress_never_goes_back(recognizer, seven, monkeypatch):
    monkeypatch.setattr("mnist_desktop.learning.explain.smallest_change.MOST_STEPS", 3)  # too few
    seen = []
    assert smallest_change(recognizer.network, seven, 0, seen.append) is None
    assert len(seen) == 6
    assert seen == sorted(seen)


def test_it_can_be_called_off(recognizer, seven):
    def cancel(done):
        raise Cancelled

    with pytest.raises(Cancelled):
        smallest_change(recognizer.network, seven, 3, cancel)
