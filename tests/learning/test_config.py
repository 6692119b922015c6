import dataclasses
import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.learning import config as config_module
from mnist_desktop.learning.config import (
    PRESETS,
    Activation,
    ConfigError,
    Device,
    NetworkConfig,
    Optimizer,
    Output,
    Schedule,
    TrainingConfig,
    parse_hidden,
)
from mnist_desktop.learning.config_json import network_from_json, to_json, training_from_json

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
    limit=st.none() | st.integers(1, 2**31),
)


class TestThePresetArticle:
    def test_it_is_the_tutorial_s_training(self):
        article = PRESETS["article"]
        assert article.network == NetworkConfig((128, 256), "relu", 0.0, "logits")
        assert (article.optimizer, article.learning_rate) == ("adam", 0.001)
        assert (article.batch_size, article.epochs, article.log_every) == (64, 10, 2)
        assert article.shuffle
        assert article.schedule == "constant"
        assert article.weight_decay == 0
        assert article.patience is None
        assert article.limit is None

    def test_its_layers_have_the_tutorial_s_numbers_of_parameters(self):
        layers = PRESETS["article"].network.layers
        assert [layer.name for layer in layers] == ["hidden1", "hidden2", "out"]
        assert [layer.parameters for layer in layers] == [100_352 + 128, 33_024, 2_570]
        assert PRESETS["article"].network.parameters == 136_074
        assert str(PRESETS["article"].network) == "784-128-256-10"


class TestNetwork:
    def test_no_hidden_layer_is_softmax_regression(self):
        network = NetworkConfig(())
        assert [tuple(layer) for layer in network.layers] == [("out", 784, 10)]
        assert network.parameters == 7850

    def test_each_layer_takes_what_the_one_before_gives(self):
        assert [tuple(layer) for layer in NetworkConfig((8, 32, 16)).layers] == [
            ("hidden1", 784, 8),
            ("hidden2", 8, 32),
            ("hidden3", 32, 16),
            ("out", 16, 10),
        ]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("hidden", (0,)),
            ("hidden", (128, -1)),
            ("hidden", (128.0,)),
            ("hidden", (True,)),
            ("hidden", ("128",)),
            ("hidden", (16_385,)),
            ("hidden", [128]),
            ("hidden", "128"),
            ("hidden", None),
            ("hidden", (1,) * 33),
            ("hidden", (16_384, 16_384)),
            ("activation", "step"),
            ("activation", None),
            ("activation", ["relu"]),
            ("dropout", -0.1),
            ("dropout", 0.91),
            ("dropout", float("nan")),
            ("dropout", "0.5"),
            ("dropout", True),
            ("output", "softmax"),
        ],
    )
    def test_what_cannot_be_is_an_error_of_its_field(self, field, value):
        with pytest.raises(ConfigError) as caught:
            NetworkConfig(**{field: value})
        assert caught.value.field == field
        assert str(caught.value)

    def test_what_just_can_be_is_none(self):
        NetworkConfig((1,) * 32, dropout=0.9)
        NetworkConfig((16_384,))
        NetworkConfig(dropout=0)

    def test_too_many_parameters_are_counted_in_the_text(self, monkeypatch):
        monkeypatch.setattr(config_module, "MAX_PARAMETERS", 100_000)
        with pytest.raises(ConfigError, match=r"136,074 parameters; 100,000 can"):
            NetworkConfig((128, 256))


class TestTraining:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("optimizer", "lbfgs"),
            ("learning_rate", 0),
            ("learning_rate", -1.0),
            ("learning_rate", 101),
            ("learning_rate", float("nan")),
            ("learning_rate", float("inf")),
            ("learning_rate", 10**400),
            ("learning_rate", "0.1"),
            ("learning_rate", True),
            ("momentum", False),
            ("momentum", 1.0),
            ("weight_decay", -0.1),
            ("schedule", "linear"),
            ("epochs", 0),
            ("epochs", 1.0),
            ("epochs", True),
            ("epochs", "10"),
            ("epochs", 100_001),
            ("batch_size", 0),
            ("workers", -1),
            ("workers", 65),
            ("seed", -1),
            ("seed", 2**32),
            ("log_every", 0),
            ("patience", 0),
            ("minimum_improvement", -0.1),
            ("minimum_improvement", 1.1),
            ("device", "tpu"),
            ("limit", 0),
        ],
    )
    def test_what_cannot_be_is_an_error_that_names_field_and_value(self, field, value):
        with pytest.raises(ConfigError) as caught:
            TrainingConfig(**{field: value})
        assert caught.value.field == field
        assert str(caught.value).startswith(f"{field} is {str(value)[:150]}")

    def test_the_text_says_what_would_be_right(self):
        with pytest.raises(ConfigError, match="a whole number from 1 to 100,000 is needed"):
            TrainingConfig(epochs=0)
        with pytest.raises(ConfigError, match="a number from 1e-08 to 100 is needed"):
            TrainingConfig(learning_rate=0)
        with pytest.raises(ConfigError, match="it can be adam, adamw, sgd"):
            TrainingConfig(optimizer="lbfgs")

    def test_a_configuration_cannot_be_changed_only_replaced(self):
        config = TrainingConfig()
        with pytest.raises(dataclasses.FrozenInstanceError):
            config.epochs = 3
        with pytest.raises(ConfigError):
            dataclasses.replace(config, epochs=0)


class TestHiddenLayersAsText:
    @pytest.mark.parametrize(
        ("text", "hidden"),
        [
            ("", ()),
            ("   ", ()),
            ("128", (128,)),
            ("128,256", (128, 256)),
            (" 128, 256 ", (128, 256)),
            ("128 256", (128, 256)),
            ("784-128", (784, 128)),
            ("128，256、64", (128, 256, 64)),
            ("128x256×64", (128, 256, 64)),
            ("007", (7,)),
        ],
    )
    def test_what_a_person_types(self, text, hidden):
        assert parse_hidden(text) == hidden

    @pytest.mark.parametrize(
        "text",
        [
            "128,",
            "1,,2",
            "1, - 2",
            ",128",
            "-128",
            "a",
            "12.5",
            "1e3",
            "١٢٨",
            "²",
            "9" * 10,
            "9" * 10_000,
        ],
    )
    def test_what_are_no_whole_numbers(self, text):
        with pytest.raises(ConfigError, match="whole numbers with commas") as caught:
            parse_hidden(text)
        assert caught.value.field == "hidden"

    @given(st.lists(st.integers(1, 10**9 - 1)))
    def test_what_is_shown_is_what_is_typed(self, hidden):
        assert parse_hidden(", ".join(map(str, hidden))) == tuple(hidden)


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
