import dataclasses

from mnist_desktop.ink.normalise import NORMALISATION_VERSION
from mnist_desktop.learning.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.events import RunDone, Score
from mnist_desktop.learning.model import Measurement, Model

SCORE = Score(0.9, (0.88, 0.92), 500)
CONFIG = TrainingConfig(NetworkConfig((16,)), epochs=2)


def test_a_run_makes_a_model_with_its_score_and_what_it_was_measured_on(small):
    weights = {"out.weight": object()}
    model = Model.from_run(CONFIG, small, RunDone("completed", 2, 1, SCORE, weights))
    assert model.network == CONFIG.network
    assert model.training == CONFIG
    assert model.state_dict is weights
    assert model.measurements == (Measurement("small", "test", small.test.sha256, SCORE),)
    assert model.test_score is SCORE
    assert model.normalisation == NORMALISATION_VERSION


def test_a_run_that_has_nothing_to_keep_makes_none(small):
    done = RunDone("diverged", 0, 0, None, None)
    assert Model.from_run(CONFIG, small, done) is None
    for half in ({"score": SCORE}, {"state_dict": {}}):
        assert Model.from_run(CONFIG, small, dataclasses.replace(done, **half)) is None


def test_the_test_score_is_the_one_on_a_test_split():
    other = Measurement("MNIST", "validation", "", Score(0.1, (0, 0.2), 10))
    measured = Measurement("MNIST", "test", "", SCORE)
    assert Model(NetworkConfig(), {}).test_score is None
    assert Model(NetworkConfig(), {}, measurements=(other,)).test_score is None
    assert Model(NetworkConfig(), {}, measurements=(other, measured)).test_score is SCORE
