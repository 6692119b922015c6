"""Models and training states of the runs in a library. Loads torch."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from mnist_desktop.learning.config import NetworkConfig
from mnist_desktop.learning.events import Score
from mnist_desktop.learning.model import Measurement, Model
from mnist_desktop.learning.state import StateError, TrainingState
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.runs import parsed_config, row_of

UNUSABLE = "the saved weights of the run are damaged"


Made = TypeVar("Made")


class WeightsError(Exception):
    """Bytes that are not the weights that they should be."""


def latest_state(library: Library, run_id: int) -> TrainingState | None:
    """What a run goes on from: its last finished epoch; None goes on from the very beginning.

    Raises:
        LibraryError: it is damaged.
    """
    with library.reading() as connection:
        row = row_of(library, connection, run_id)
        content = _only(connection, "SELECT content FROM states WHERE run = ?", run_id)
    if content is None:
        return None
    network = parsed_config(row["config"]).network
    return _usable(library, lambda: unpack_state(content[0], network))


def model_of(library: Library, run_id: int) -> Model | None:
    """The best epoch of a run, whether it has ended or not; None where it has none yet.

    Raises:
        LibraryError: it is damaged.
    """
    with library.reading() as connection:
        row = row_of(library, connection, run_id)
        ended = _only(
            connection, "SELECT epoch, temperature, weights FROM models WHERE run = ?", run_id
        )
    config = parsed_config(row["config"])
    if ended is not None and ended["epoch"] == row["best_epoch"]:
        weights = _usable(library, lambda: unpack(ended["weights"], config.network))
        return Model(config.network, weights, config, _measurements(row), ended["temperature"])
    state = latest_state(library, run_id)
    if state is None:
        return None
    weights = _usable(library, lambda: _best_of(state, config.network))
    return Model(config.network, weights, config)


def timeline_of(library: Library, run_id: int) -> list[int]:
    """The epochs whose weights are kept."""
    with library.reading() as connection:
        rows = connection.execute(
            "SELECT epoch FROM timeline WHERE run = ? ORDER BY epoch", (run_id,)
        ).fetchall()
    return [epoch for (epoch,) in rows]


def model_at(library: Library, run_id: int, epoch: int) -> Model | None:
    """How the network was after an epoch of ``timeline_of``; None where that was thinned out.

    Raises:
        LibraryError: it is damaged.
    """
    with library.reading() as connection:
        row = row_of(library, connection, run_id)
        found = connection.execute(
            "SELECT weights FROM timeline WHERE run = ? AND epoch = ?", (run_id, epoch)
        ).fetchone()
    if found is None:
        return None
    config = parsed_config(row["config"])
    return Model(config.network, _usable(library, lambda: unpack(found[0], config.network)), config)


def unpack(content: bytes, network: NetworkConfig) -> dict[str, Tensor]:
    """A state dict for this network of its bytes.

    Raises:
        WeightsError: it is none.
    """
    try:
        tensors = load(content)
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as fault:
        raise WeightsError from fault
    return _checked(tensors, network)


def unpack_state(content: bytes, network: NetworkConfig) -> TrainingState:
    """A state of this network's training of its bytes.

    Raises:
        WeightsError: it is none.
    """
    try:
        state = TrainingState.from_bytes(content)
    except (StateError, RuntimeError, AttributeError, RecursionError) as fault:
        raise WeightsError from fault
    weights = state.tensors.get("weights")
    if weights is None or weights.shape != (network.parameters,):
        raise WeightsError
    if not isinstance(state.best.epoch, int) or not isinstance(state.best.accuracy, int | float):
        raise WeightsError
    if state.best.epoch:
        _best_of(state, network)
    return state


def _best_of(state: TrainingState, network: NetworkConfig) -> dict[str, Tensor]:
    return _checked(state.best_state_dict or {}, network)


def _checked(tensors: dict[str, Tensor], network: NetworkConfig) -> dict[str, Tensor]:
    wanted: dict[str, tuple[int, ...]] = {}
    for layer in network.layers:
        wanted[f"{layer.name}.weight"] = (layer.outputs, layer.inputs)
        wanted[f"{layer.name}.bias"] = (layer.outputs,)
    if {name: tuple(tensor.shape) for name, tensor in tensors.items()} != wanted:
        raise WeightsError
    for tensor in tensors.values():
        if tensor.dtype != torch.float32 or not tensor.isfinite().all():
            raise WeightsError
    return tensors


def _measurements(row: sqlite3.Row) -> tuple[Measurement, ...]:
    if row["score_accuracy"] is None:
        return ()
    interval = (row["score_low"], row["score_high"])
    score = Score(row["score_accuracy"], interval, row["score_total"])
    return (Measurement(row["dataset"], "test", row["test_sha256"], score),)


def _only(connection: sqlite3.Connection, select: str, run_id: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(select, (run_id,)).fetchone()
    return row


def _usable(library: Library, make: Callable[[], Made]) -> Made:
    try:
        return make()
    except WeightsError as fault:
        raise LibraryError(library.path, UNUSABLE) from fault
