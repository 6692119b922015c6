import numpy as np

from mnist_desktop.learning.models.model import Measurement, Model
from mnist_desktop.learning.models.pen import MOST_SURE, peoples_pen
from mnist_desktop.learning.models.templates import SUPPORT, Templates
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import Score

SCORE = Score(0.9, (0.88, 0.92), 500)
CONFIG = TrainingConfig(NetworkConfig((16,)), epochs=2)


def test_the_test_score_is_the_one_on_a_test_split():
    other = Measurement("MNIST", "validation", "", Score(0.1, (0, 0.2), 10))
    measured = Measurement("MNIST", "test", "", SCORE)
    assert Model(NetworkConfig(), {}).test_score is None
    assert Model(NetworkConfig(), {}, measurements=(other,)).test_score is None
    assert Model(NetworkConfig(), {}, measurements=(other, measured)).test_score is SCORE


class TestWayOfThePen:
    def test_it_is_heard_where_something_is_known_of_it(self, tiny_model, seven):
        templates = Templates().with_drawings([(seven, 5)])
        assert not tiny_model().hears_pen
        assert tiny_model(templates=templates).hears_pen
        assert tiny_model(pen=peoples_pen()).hears_pen

    def test_who_knows_nothing_says_nothing(self, tiny_model, seven):
        support, odds = tiny_model().judge([seven, None])
        assert (support == 0).all()
        assert odds.tolist() == [np.inf, np.inf]

    def test_what_was_taught_and_what_people_do_add_up(self, tiny_model, seven):
        templates = Templates().with_drawings([(seven, 5)])
        both = tiny_model(templates=templates, pen=peoples_pen()).judge([seven, None])
        peoples = peoples_pen().judge([seven, None]).support
        expected = peoples + SUPPORT * np.eye(10)[[5, 5]] * [[1], [0]]
        np.testing.assert_allclose(both.support, expected, atol=1e-4)

    def test_what_was_taught_is_a_digit_however_strange(self, tiny_model, drawing_of):
        zigzag = drawing_of([[20 * step, 120 * (step % 2)] for step in range(12)])
        assert peoples_pen().judge([zigzag]).odds[0] < -3
        taught = tiny_model(templates=Templates().with_drawings([(zigzag, 3)]), pen=peoples_pen())
        assert taught.judge([zigzag]).odds[0] > MOST_SURE - 0.1
