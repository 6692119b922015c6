import dataclasses

import pytest
import torch

from mnist_desktop.learning.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.events import EpochDone, Preparing
from mnist_desktop.learning.state import StateError, TrainingState
from mnist_desktop.learning.training import train

# All that draws random numbers: order, dropout, distortion, and drawings that join.
CONFIG = TrainingConfig(
    NetworkConfig((32, 16), dropout=0.2),
    learning_rate=0.004,
    epochs=4,
    schedule="cosine",
    distortion=1.0,
    written_digits=50,
    scribbles=30,
    label_smoothing=0.05,
    patience=3,
    device="cpu",
)
PLAIN = TrainingConfig(NetworkConfig((32, 16)), epochs=3, device="cpu", optimizer="sgd")


def events_of(config, splits, state=None):
    return [event for event in train(config, splits, state) if not isinstance(event, Preparing)]


def figures(events):
    """All that is reported but seconds, weights as bytes."""
    return [
        {
            field.name: (
                {name: tensor.numpy().tobytes() for name, tensor in value.items()}
                if isinstance(value, dict)
                else value.to_bytes()
                if isinstance(value, TrainingState)
                else value
            )
            for field in dataclasses.fields(event)
            if field.name != "seconds"
            for value in [getattr(event, field.name)]
        }
        for event in events
    ]


@pytest.mark.parametrize(
    "config",
    [
        CONFIG,
        dataclasses.replace(CONFIG, optimizer="adamw", weight_decay=0.1, shuffle=False),
        dataclasses.replace(CONFIG, network=NetworkConfig((16,), output="log_softmax")),
        PLAIN,
    ],
)
def test_a_continued_training_is_the_same_to_the_last_bit(small, config):
    whole = events_of(config, small)
    for index, event in enumerate(whole):
        if isinstance(event, EpochDone) and event.epoch < config.epochs:
            state = TrainingState.from_bytes(event.state.to_bytes())
            assert figures(events_of(config, small, state)) == figures(whole[index + 1 :])


def test_a_finished_training_can_go_on_as_if_more_had_been_asked_for_at_once(small):
    longer = dataclasses.replace(PLAIN, epochs=5)
    ends = [event for event in events_of(PLAIN, small) if isinstance(event, EpochDone)]
    whole = [event for event in events_of(longer, small) if isinstance(event, EpochDone)]
    rest = [
        event for event in events_of(longer, small, ends[-1].state) if isinstance(event, EpochDone)
    ]
    assert figures(rest) == figures(whole[3:])


def test_a_state_is_a_private_copy(small):
    run = train(PLAIN, small)
    first = next(event for event in run if isinstance(event, EpochDone))
    before = first.state.to_bytes()
    next(event for event in run if isinstance(event, EpochDone))
    assert first.state.to_bytes() == before


def test_the_state_of_another_network_is_refused(small):
    state = next(e for e in train(PLAIN, small) if isinstance(e, EpochDone)).state
    other = dataclasses.replace(PLAIN, network=NetworkConfig((8,)))
    with pytest.raises(StateError, match="another network"):
        list(train(other, small, state))


def test_a_state_without_the_order_s_randomness_is_refused_where_it_is_needed(small):
    unshuffled = dataclasses.replace(PLAIN, shuffle=False)
    state = next(e for e in train(unshuffled, small) if isinstance(e, EpochDone)).state
    assert "order" not in state.tensors
    with pytest.raises(StateError):
        list(train(PLAIN, small, state))


@pytest.fixture(scope="module")
def state(small):
    return next(e for e in train(PLAIN, small) if isinstance(e, EpochDone)).state


class TestBytes:
    def test_they_hold_all(self, state):
        again = TrainingState.from_bytes(state.to_bytes())
        assert (again.epoch, again.best) == (state.epoch, state.best)
        assert again.tensors.keys() == state.tensors.keys()
        assert all(torch.equal(again.tensors[name], state.tensors[name]) for name in state.tensors)

    @pytest.mark.parametrize("keep", [0, 7, 100, 5000])
    def test_truncated_ones_are_refused(self, state, keep):
        with pytest.raises(StateError, match="damaged"):
            TrainingState.from_bytes(state.to_bytes()[:keep])

    def test_foreign_ones_are_refused(self):
        from safetensors.torch import save

        for foreign in (b"PK\x03\x04 something", save({"weights": torch.zeros(3)})):
            with pytest.raises(StateError, match="damaged"):
                TrainingState.from_bytes(foreign)
