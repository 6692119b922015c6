import dataclasses

import pytest

from mnist_desktop.ink.normalise import NORMALISATION_VERSION
from mnist_desktop.learning.models.model import Measurement
from mnist_desktop.learning.models.pen import peoples_pen
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import RunDone, Score

SCORE = Score(0.9, (0.88, 0.92), 500)
CONFIG = TrainingConfig(NetworkConfig((16,)), epochs=2)


def test_a_run_makes_a_model_with_its_score_and_what_it_was_measured_on(small):
    weights = {"out.weight": object()}
    model = RunDone("completed", 2, 1, SCORE, weights).model(CONFIG, small)
    assert model.network == CONFIG.network
    assert model.training == CONFIG
    assert model.state_dict is weights
    assert model.measurements == (Measurement("small", "test", small.test.sha256, SCORE),)
    assert model.test_score is SCORE
    assert model.normalisation == NORMALISATION_VERSION


@pytest.mark.parametrize(("digits", "pen"), [(0, None), (5, peoples_pen())])
def test_who_has_learned_from_people_hears_how_their_pens_go(small, digits, pen):
    config = dataclasses.replace(CONFIG, real_digits=digits)
    assert RunDone("completed", 2, 1, SCORE, {}).model(config, small).pen is pen


def test_a_run_that_has_nothing_to_keep_makes_none(small):
    done = RunDone("diverged", 0, 0, None, None)
    assert done.model(CONFIG, small) is None
    for half in ({"score": SCORE}, {"state_dict": {}}):
        assert dataclasses.replace(done, **half).model(CONFIG, small) is None
