import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.learning.settings import config as config_module
from mnist_desktop.learning.settings.config import (
    PRESETS,
    NetworkConfig,
    TrainingConfig,
    parse_hidden,
)
from mnist_desktop.learning.settings.setting_kinds import ConfigError


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
