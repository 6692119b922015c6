from mnist_desktop.learning.models.model import Measurement, Model
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
