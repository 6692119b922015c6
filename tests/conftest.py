"""What all tests share: real MNIST, a folder of their own, warnings as errors."""

from __future__ import annotations

import os
import signal
from pathlib import Path

# Before anything imports Qt or torch. With a second thread each small training would wait, at every
# step, for whatever else the machine does.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pytest
from hypothesis import settings

from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.settings.config import NetworkConfig

settings.register_profile("seeded", derandomize=True, deadline=None)
settings.load_profile("seeded")


@pytest.fixture(autouse=True)
def _home(tmp_path_factory, monkeypatch):
    """No test reads or writes what belongs to the person who runs it."""
    monkeypatch.setenv("MNIST_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _ctrl_c():
    """Is heard by the tests and by what they start, also where a script runs them in the background
    and has it ignored.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def mnist() -> Splits:
    """The real one that comes with the program: 50,000, 10,000 and 10,000 pictures."""
    return bundled_mnist()


@pytest.fixture(scope="session")
def small(mnist) -> Splits:
    """The first 2,000, 500 and 500 pictures of MNIST."""
    return Splits(
        "small", mnist.train.first(2000), mnist.validation.first(500), mnist.test.first(500)
    )


@pytest.fixture(scope="session")
def drawing_of():
    """Makes a drawing of lists of points."""

    def make(*strokes) -> Drawing:
        return Drawing(tuple(Stroke(np.array(points, dtype=float)) for points in strokes))

    return make


@pytest.fixture(scope="session")
def seven(drawing_of) -> Drawing:
    """A seven of two strokes, its cross bar apart, on a canvas of 400."""
    return drawing_of(
        [[120, 90], [200, 88], [280, 92], [250, 180], [200, 320]], [[170, 200], [270, 205]]
    )


@pytest.fixture(scope="session")
def tiny_model():
    """Makes a model of eight hidden neurons that has learned nothing; each seed's is another."""

    def make(seed=0, **known) -> Model:
        network = NetworkConfig((8,))
        return Model(network, MLP(network, seed).state_dict(), **known)

    return make


@pytest.fixture(scope="session")
def small_npz(small, tmp_path_factory) -> Path:
    """A file with 2,500 training pictures of MNIST, 416 of them for validation, and 500 others."""
    path = tmp_path_factory.mktemp("data") / "small.npz"
    np.savez(
        path,
        x_train=np.concatenate([small.train.pictures, small.validation.pictures]),
        y_train=np.concatenate([small.train.labels, small.validation.labels]),
        x_test=small.test.pictures,
        y_test=small.test.labels,
    )
    return path
