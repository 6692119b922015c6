import dataclasses

import pytest
import torch
from safetensors.torch import save

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.checkpoint import Checkpoint, CheckpointError
from mnist_desktop.learning.train.events import EpochDone, Preparing
from mnist_desktop.learning.train.training import train

# All that draws random numbers: order, dropout, distortion, and drawings that join.
CONFIG = TrainingConfig(
    NetworkConfig((32, 16), dropout=0.2),
    learning_rate=0.004,
    epochs=4,
    schedule="cosine",
    distortion=1.0,
    synthetic_digits=50,
    scribbles=30,
    label_smoothing=0.05,
    patience=3,
    device="cpu",
)
PLAIN = TrainingConfig(NetworkConfig((32, 16)), epochs=3, device="cpu", optimizer="sgd")


def events_of(config, splits, checkpoint=None):
    run = train(config, splits, checkpoint)
    return [event for event in run if not isinstance(event, Preparing)]


def stored(checkpoint):
    """As the library keeps it: the weights by themselves."""
    weights = {
        checkpoint.best.epoch: checkpoint.best_state_dict,
        checkpoint.epoch: checkpoint.state_dict,
    }
    return Checkpoint.from_bytes(checkpoint.to_bytes(), weights.__getitem__)


@pytest.mark.parametrize(
    "config",
    [
        CONFIG,
        dataclasses.replace(CONFIG, optimizer="adamw", weight_decay=0.1, shuffle=False),
        dataclasses.replace(CONFIG, network=NetworkConfig((16,), output="log_softmax")),
        PLAIN,
    ],
)
def test_a_resumed_training_is_the_same_to_the_last_bit(small, config, figures):
    whole = events_of(config, small)
    for index, event in enumerate(whole):
        if isinstance(event, EpochDone) and event.record.epoch < config.epochs:
            rest = events_of(config, small, stored(event.checkpoint))
            assert figures(rest) == figures(whole[index + 1 :])


def test_a_finished_training_can_be_resumed_as_if_more_had_been_asked_for_at_once(small, figures):
    longer = dataclasses.replace(PLAIN, epochs=5)
    ends = [event for event in events_of(PLAIN, small) if isinstance(event, EpochDone)]
    whole = [event for event in events_of(longer, small) if isinstance(event, EpochDone)]
    rest = events_of(longer, small, ends[-1].checkpoint)
    assert figures(event for event in rest if isinstance(event, EpochDone)) == figures(whole[3:])


def test_a_checkpoint_is_a_private_copy(small, figures):
    run = train(PLAIN, small)
    first = next(event for event in run if isinstance(event, EpochDone))
    before = figures([first.checkpoint])
    next(event for event in run if isinstance(event, EpochDone))
    assert figures([first.checkpoint]) == before


@pytest.fixture(scope="module")
def checkpoint(small):
    return next(e for e in train(PLAIN, small) if isinstance(e, EpochDone)).checkpoint


def test_the_checkpoint_of_another_network_is_refused(small, checkpoint):
    other = dataclasses.replace(PLAIN, network=NetworkConfig((8,)))
    with pytest.raises(CheckpointError, match="another network"):
        list(train(other, small, checkpoint))


def test_one_without_the_order_s_randomness_is_refused_where_it_is_needed(small):
    unshuffled = dataclasses.replace(PLAIN, shuffle=False)
    checkpoint = next(e for e in train(unshuffled, small) if isinstance(e, EpochDone)).checkpoint
    assert "order" not in checkpoint.tensors
    with pytest.raises(CheckpointError):
        list(train(PLAIN, small, checkpoint))


class TestBytes:
    def test_they_hold_all_but_the_weights(self, checkpoint, figures):
        assert figures([stored(checkpoint)]) == figures([checkpoint])
        assert not {"weights", *checkpoint.state_dict} & checkpoint.tensors.keys()

    @pytest.mark.parametrize("keep", [0, 7, 100, 5000])
    def test_truncated_ones_are_refused(self, checkpoint, keep):
        with pytest.raises(CheckpointError, match="damaged"):
            Checkpoint.from_bytes(checkpoint.to_bytes()[:keep], dict)

    def test_foreign_ones_are_refused(self):
        for foreign in (b"PK\x03\x04 something", save({"weights": torch.zeros(3)})):
            with pytest.raises(CheckpointError, match="damaged"):
                Checkpoint.from_bytes(foreign, dict)

    @pytest.mark.parametrize(
        "tensors",
        [
            {"order": torch.zeros(5056)},
            {"exp_avg": torch.zeros(1)},
            {"exp_avg_sq": torch.tensor(torch.nan)},
            {"step": torch.tensor(torch.inf)},
            {"distortion": torch.zeros(2, 2, dtype=torch.uint8)},
        ],
    )
    def test_tensors_of_other_types_and_sizes_are_refused(self, checkpoint, tensors):
        spoiled = dataclasses.replace(checkpoint, tensors={**checkpoint.tensors, **tensors})
        with pytest.raises(CheckpointError, match="damaged"):
            stored(spoiled)

    def test_gradients_that_were_no_numbers_are_refused(self, checkpoint):
        tensors = {**checkpoint.tensors, "exp_avg": checkpoint.tensors["exp_avg"] + torch.nan}
        with pytest.raises(CheckpointError, match="damaged"):
            stored(dataclasses.replace(checkpoint, tensors=tensors))

    @pytest.mark.parametrize(
        "change",
        [
            {"accuracy": "x"},
            {"loss": float("nan")},
            {"reference": float("inf")},
            {"stale_epochs": -1},
            {"stale_epochs": 0.5},
        ],
    )
    def test_a_best_that_is_none_is_refused(self, checkpoint, change):
        best = dataclasses.replace(checkpoint.best, **change)
        with pytest.raises(CheckpointError, match="damaged"):
            stored(dataclasses.replace(checkpoint, best=best))

    def test_an_epoch_without_end_is_refused(self, checkpoint):
        spoiled = dataclasses.replace(checkpoint, epoch=float("inf"))
        with pytest.raises(CheckpointError, match="damaged"):
            Checkpoint.from_bytes(spoiled.to_bytes(), lambda _: checkpoint.state_dict)
