"""Configurations in files."""

import dataclasses
import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.settings.config_json import (
    network_from_json,
    to_json,
    training_from_json,
)
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.learning.settings.training_settings import (
    Activation,
    Device,
    Optimizer,
    Output,
    Schedule,
)

networks = st.builds(
    NetworkConfig,
    hidden=st.lists(st.integers(1, 500), max_size=5).map(tuple),
    activation=st.sampled_from(get_args(Activation)),
    dropout=st.floats(0, 0.9),
    output=st.sampled_from(get_args(Output)),
)
trainings = st.builds(
    TrainingConfig,
    network=networks,
    optimizer=st.sampled_from(get_args(Optimizer)),
    learning_rate=st.floats(1e-8, 100),
    momentum=st.floats(0, 0.999),
    weight_decay=st.floats(0, 10),
    schedule=st.sampled_from(get_args(Schedule)),
    epochs=st.integers(1, 100_000),
    batch_size=st.integers(1, 100_000),
    shuffle=st.booleans(),
    workers=st.integers(0, 64),
    seed=st.integers(0, 2**32 - 1),
    log_every=st.integers(1, 100_000),
    patience=st.none() | st.integers(1, 100_000),
    minimum_improvement=st.floats(0, 1),
    device=st.sampled_from(get_args(Device)),
    limit=st.none() | st.integers(1, 2**31 - 1),
)


class TestJson:
    @given(trainings)
    def test_a_training_comes_back_as_it_was(self, config):
        assert training_from_json(json.loads(json.dumps(to_json(config)))) == config

    @given(networks)
    def test_a_network_comes_back_as_it_was(self, config):
        assert network_from_json(json.loads(json.dumps(to_json(config)))) == config

    def test_what_a_later_version_adds_is_passed_over(self):
        values = to_json(TrainingConfig(epochs=3))
        values["augmentation"] = {"rotate": 10}
        values["network"]["normalisation"] = "batch"
        assert training_from_json(values) == TrainingConfig(epochs=3)

    def test_what_an_earlier_version_lacks_is_as_usual(self):
        assert training_from_json({"network": {}, "epochs": 3}) == TrainingConfig(epochs=3)

    def test_fields_of_earlier_versions_are_known_by_their_old_names(self):
        config = training_from_json({"network": {}, "written_digits": 300})
        assert config == TrainingConfig(synthetic_digits=300)

    @pytest.mark.parametrize("values", [None, [], "article", 3])
    def test_what_is_no_set_of_values_is_an_error(self, values):
        with pytest.raises(ConfigError):
            network_from_json(values)
        with pytest.raises(ConfigError):
            training_from_json(values)
        with pytest.raises(ConfigError):
            training_from_json({"network": values})

    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    )
    fields = st.sampled_from([field.name for field in dataclasses.fields(TrainingConfig)])
    network_fields = st.sampled_from([field.name for field in dataclasses.fields(NetworkConfig)])

    @given(
        st.dictionaries(fields, json_values, max_size=3),
        st.dictionaries(network_fields, json_values, max_size=3),
    )
    def test_anything_in_a_file_is_a_configuration_or_an_error(self, training, network):
        try:
            config = training_from_json({"network": network, **training})
        except ConfigError as fault:
            assert str(fault)  # noqa: PT017
        else:
            assert training_from_json(json.loads(json.dumps(to_json(config)))) == config
