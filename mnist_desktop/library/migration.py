"""What a library of version 2 kept of weights, as today's keeps it: those of each epoch once.

Needs no torch.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from mnist_desktop.errors import UserError
from mnist_desktop.learning.settings.config_json import network_from_json
from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.checks import checked

NAMES = {
    "training_state": "about",
    "first": "exp_avg",
    "second": "exp_avg_sq",
    "steps": "step",
}
"""Of tensors that are called otherwise today."""


def keep_weights_once(connection: sqlite3.Connection) -> None:
    """Fill ``checkpoints`` and what is missing in ``weights`` from ``states`` and ``models``."""
    states = connection.execute(
        "SELECT states.run, states.epoch, content, config "
        "FROM states JOIN runs ON runs.id = states.run"
    )
    for run, epoch, content, config in fitting(connection, states):
        # A checkpoint that is damaged stays as it is: reading the run will say so.
        kept = content
        with suppress(SafetensorError, UserError, AttributeError), checked():
            kept, weights = _divided(content, epoch, config)
            connection.executemany(
                "INSERT OR IGNORE INTO weights VALUES (?, ?, ?)",
                [(run, number, one) for number, one in weights.items()],
            )
        connection.execute("INSERT INTO checkpoints VALUES (?, ?, ?)", (run, epoch, kept))
    connection.execute(
        "INSERT OR REPLACE INTO weights SELECT models.run, models.epoch, models.weights "
        "FROM models JOIN runs ON runs.id = models.run WHERE models.epoch = runs.best_epoch"
    )


def _divided(content: bytes, epoch: int, config: str) -> tuple[bytes, dict[int, bytes]]:
    """A state without its weights, and these by their epochs."""
    tensors = load(content)
    about = json.loads(tensors["training_state"].tobytes())
    flat = tensors.pop("weights")
    best = {
        name.removeprefix("best."): tensors.pop(name)
        for name in list(tensors)
        if name.startswith("best.")
    }
    weights = {epoch: save(_by_layer(flat, config))}
    if best:
        weights[int(about["best"]["epoch"])] = save(best)
    return save({NAMES.get(name, name): tensor for name, tensor in tensors.items()}), weights


def _by_layer(flat: NDArray[np.float32], config: str) -> dict[str, NDArray[np.float32]]:
    found, place = {}, 0
    for name, shape in network_from_json(json.loads(config)["network"]).shapes.items():
        size = int(np.prod(shape))
        found[name] = flat[place : place + size].reshape(shape)
        place += size
    return found
