import dataclasses
from typing import get_args

import pytest

from mnist_desktop.learning.settings import training_settings as settings
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.settings.training_settings import BY_FIELD, SETTINGS


def test_every_field_of_a_configuration_is_a_setting_and_the_other_way_round():
    fields = [*dataclasses.fields(NetworkConfig), *dataclasses.fields(TrainingConfig)]
    assert {field.name for field in fields} - {"network"} == set(BY_FIELD)
    assert len(SETTINGS) == len(BY_FIELD)
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize("field", ["activation", "output", "optimizer", "schedule", "device"])
def test_each_word_that_can_be_has_a_name(field):
    assert get_args(getattr(settings, field.title())) == tuple(BY_FIELD[field].kind.names)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("batch_size", 50_000, "50,000"),
        ("limit", None, "all"),
        ("patience", None, "off"),
        ("patience", 3, "3"),
        ("learning_rate", 1e-3, "0.001"),
        ("learning_rate", 1.5e-6, "1.5e-06"),
        ("minimum_improvement", 0.0005, "0.05 %"),
        ("output", "log_softmax", "neg. log-likelihood"),
        ("shuffle", False, "no"),
        ("hidden", (128, 256), "128, 256"),
        ("hidden", (), "none"),
    ],
)
def test_values_in_words(field, value, words):
    assert BY_FIELD[field].kind.in_words(value) == words


def test_words_are_translated():
    kind = BY_FIELD["limit"].kind
    assert kind.in_words(None, lambda context, text: f"{context}: {text}") == "core: all"


@pytest.mark.parametrize(
    ("field", "config", "matters"),
    [
        ("momentum", TrainingConfig(), False),
        ("momentum", TrainingConfig(optimizer="sgd"), True),
        ("minimum_improvement", TrainingConfig(), False),
        ("minimum_improvement", TrainingConfig(patience=2), True),
        ("dropout", TrainingConfig(), True),
    ],
)
def test_some_settings_matter_with_others_only(field, config, matters):
    assert BY_FIELD[field].matters(config) is matters
