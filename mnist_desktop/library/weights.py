"""Models and checkpoints of the bytes that a run's record holds. Loads torch."""

from __future__ import annotations

import torch
from safetensors import SafetensorError
from safetensors.torch import load

from mnist_desktop.learning.models.model import Measurement, Model
from mnist_desktop.learning.models.pen import pen_of
from mnist_desktop.learning.train.checkpoint import Checkpoint, CheckpointError, StateDict
from mnist_desktop.library.checks import DamagedRunError
from mnist_desktop.library.run_record import RunRecord


def checkpoint_of(run: RunRecord) -> Checkpoint | None:
    """What a run is resumed from; None resumes from the very beginning.

    Raises:
        DamagedRunError: it is not of this run.
    """
    if run.checkpoint is None:
        return None
    epoch, content = run.checkpoint
    try:
        checkpoint = Checkpoint.from_bytes(content, lambda number: _state_dict(run, number))
    except (CheckpointError, RuntimeError, AttributeError) as fault:
        raise DamagedRunError from fault
    if (checkpoint.epoch, checkpoint.best.epoch) != (epoch, run.best_epoch):
        raise DamagedRunError
    return checkpoint


def model_of(run: RunRecord) -> Model | None:
    """The best epoch of a run, whether it has ended or not; None where it has none yet.

    Raises:
        DamagedRunError: its weights are not of its network.
    """
    best = run.best_epoch
    if best not in run.weights:
        if best:
            raise DamagedRunError
        return None
    measurements: tuple[Measurement, ...] = ()
    if run.score is not None:
        measurements = (Measurement(run.dataset, "test", run.test_sha256, run.score),)
    temperature = 1.0 if run.temperature is None else run.temperature
    network = run.config.network
    state_dict, pen = _state_dict(run, best), pen_of(run.config)
    return Model(network, state_dict, run.config, measurements, temperature, pen=pen)


def models_of(run: RunRecord) -> dict[int, Model]:
    """How the network was after each of the epochs whose weights are kept.

    Raises:
        DamagedRunError: the weights are not of the run's network.
    """
    return {
        epoch: Model(run.config.network, _state_dict(run, epoch), run.config)
        for epoch in run.weights
        if epoch
    }


def check_weights(run: RunRecord) -> None:
    """See whether all weights of a run that has come from outside can be used.

    Raises:
        DamagedRunError: they cannot.
    """
    checkpoint_of(run)
    for epoch in run.weights:
        _state_dict(run, epoch)


def _state_dict(run: RunRecord, epoch: int) -> StateDict:
    try:
        tensors = load(run.weights[epoch])
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as fault:
        raise DamagedRunError from fault
    shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    if shapes != run.config.network.shapes:
        raise DamagedRunError
    for tensor in tensors.values():
        if tensor.dtype != torch.float32 or not tensor.isfinite().all():
            raise DamagedRunError
    return tensors
