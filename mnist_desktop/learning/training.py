"""Training, as a generator of events.

``train`` knows no thread, no window and no file. Whoever drives it asks for one event after the
other: pausing is not asking for the next one, cancelling is closing the generator, and sending
``Stop`` ends the run early with the best weights so far.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from mnist_desktop.errors import UserError
from mnist_desktop.learning.augment import Distortion
from mnist_desktop.learning.backpropagation import Backpropagation
from mnist_desktop.learning.best import Best
from mnist_desktop.learning.calibration import fitted_temperature
from mnist_desktop.learning.config import CLASSES, Device, Schedule, TrainingConfig
from mnist_desktop.learning.evaluation import predict
from mnist_desktop.learning.events import BatchDone, EpochDone, Event, Outcome, RunDone, Stop
from mnist_desktop.learning.loading import Batch, data_loader, order_of
from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.optimizers import Optimizer
from mnist_desktop.learning.splits import Split, Splits
from mnist_desktop.learning.state import StateError, TrainingState
from mnist_desktop.learning.written import NO_DIGIT, joined_by_written


def train(
    config: TrainingConfig, splits: Splits, state: TrainingState | None = None
) -> Generator[Event, Stop | None, None]:
    """Train a network: a ``BatchDone`` for each batch, an ``EpochDone`` for each epoch, and at
    the end one ``RunDone``.

    The epoch of the highest accuracy on the validation split is kept (the lower loss decides
    between equals), and scored once on the official test split, which chooses nothing.

    Args:
        state: of an ``EpochDone``, to go on from there. On the same machine, with the same
            configuration and data, every figure and weight is what it would have been without
            the interruption, to the last bit. More epochs than before may be asked for.

    Raises:
        UserError: the device is not there.
        StateError: the state is of another network.
    """
    with _without_denormals():
        yield from _train(config, splits, state)


@contextmanager
def _without_denormals() -> Iterator[None]:
    """On the CPU, denormal numbers slow Adam down from about the third epoch on. The setting is
    the thread's own, so it is made where the training runs.
    """
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


def _train(
    config: TrainingConfig, splits: Splits, state: TrainingState | None
) -> Generator[Event, Stop | None, None]:
    device = choose_device(config.device)
    pictures = yield from joined_by_written(splits.train.first(config.limit), config)
    if pictures is None:
        yield RunDone("stopped", epoch=0, best_epoch=0, score=None, state_dict=None)
        return
    network = MLP(config.network, config.seed).to(device)
    step = _Step(config, network)
    train_loader = data_loader(
        pictures,
        config.batch_size,
        shuffle_seed=config.seed if config.shuffle else None,
        workers=config.workers,
    )

    best, epoch = Best(config), 0
    if state is not None:
        best, epoch = _restored(config, state, step, train_loader), state.epoch
    outcome: Outcome = "completed"
    while epoch < config.epochs:
        started = time.perf_counter()
        network.train()
        trained = yield from _train_one_epoch(config, epoch + 1, step, train_loader)
        if trained.stopped:
            # The last step may have been one too far already, unseen until the next loss.
            outcome = "stopped" if step.is_finite else "diverged"
            break
        tested = predict(network, splits.validation)
        if not math.isfinite(trained.loss + tested.loss):
            outcome = "diverged"
            break
        epoch += 1
        state_dict = copy_state(network)
        is_best = best.offer(epoch, tested.score.accuracy, tested.loss, state_dict)
        command = yield EpochDone(
            epoch=epoch,
            train_loss=trained.loss,
            train_accuracy=trained.accuracy,
            test_loss=tested.loss,
            test_accuracy=tested.score.accuracy,
            seconds=time.perf_counter() - started - trained.waited,
            is_best=is_best,
            state_dict=state_dict,
            state=TrainingState(epoch, best.so_far, _tensors(step, train_loader, best)),
        )
        if command is not None:
            outcome = "stopped"
            break
        if best.out_of_patience:
            outcome = "stopped early"
            break

    if best.state_dict is not None:
        network.load_state_dict(best.state_dict)
    usable = best.state_dict is not None or outcome == "stopped"
    yield RunDone(
        outcome=outcome,
        epoch=epoch,
        best_epoch=best.so_far.epoch,
        score=predict(network, splits.test).score if usable else None,
        state_dict=copy_state(network) if usable else None,
        temperature=_temperature(network, splits.validation) if usable else 1.0,
    )


def _tensors(step: _Step, train_loader: DataLoader[Batch], best: Best) -> dict[str, Tensor]:
    """Private copies of all that changes while a network is trained."""
    random = order_of(train_loader)
    order = {} if random is None else {"order": random.get_state()}
    kept = {f"best.{name}": tensor for name, tensor in (best.state_dict or {}).items()}
    return {**step.tensors(), **order, **kept}


def _restored(
    config: TrainingConfig, state: TrainingState, step: _Step, train_loader: DataLoader[Batch]
) -> Best:
    """The best epoch before the interruption; the rest is put back into its places."""
    try:
        step.restore(state.tensors)
        random = order_of(train_loader)
        if random is not None:
            random.set_state(state.tensors["order"])
    except (KeyError, RuntimeError) as fault:
        raise StateError("The saved state is of another network or training.") from fault
    kept = {
        name.removeprefix("best."): tensor
        for name, tensor in state.tensors.items()
        if name.startswith("best.")
    }
    return Best(config, state.best, kept or None)


def _temperature(network: MLP, validation: Split) -> float:
    return fitted_temperature(predict(network, validation).probabilities, validation.labels)


def drive(
    run: Generator[Event, Stop | None, None], next_command: Callable[[], Stop | None]
) -> Iterator[Event]:
    """The events of a training that is asked after each of them what to do.

    Args:
        next_command: may wait, which is how a training pauses.
    """
    event = next(run)
    while True:
        yield event
        try:
            event = run.send(next_command())
        except StopIteration:
            return


class _Trained(NamedTuple):
    """One epoch's training: means over its pictures, and the seconds spent in others' hands."""

    loss: float
    accuracy: float
    waited: float
    stopped: bool


def _train_one_epoch(
    config: TrainingConfig, epoch: int, step: _Step, train_loader: DataLoader[Batch]
) -> Generator[Event, Stop | None, _Trained]:
    """Ends early, with the loss that did it, when the loss is no longer a finite number."""
    batches = len(train_loader)
    loss_sum = waited = 0.0
    correct_sum = digits_sum = seen = 0
    command = None
    for batch, (pictures, labels) in enumerate(train_loader, start=1):
        done = (epoch - 1 + (batch - 1) / batches) / config.epochs
        rate = config.learning_rate * schedule_factor(config.schedule, done)
        loss, correct, digits = step(pictures, labels, rate)
        size = len(labels)
        loss_sum += loss * size
        correct_sum += correct
        digits_sum += digits
        seen += size
        asked = time.perf_counter()
        command = yield BatchDone(epoch, batch, batches, loss, _share(correct, digits), size, rate)
        waited += time.perf_counter() - asked
        if command is not None or not math.isfinite(loss):
            break
    return _Trained(loss_sum / seen, _share(correct_sum, digits_sum), waited, command is not None)


def _share(correct: int, digits: int) -> float:
    """0 for a batch that holds nothing but scribbles."""
    return correct / digits if digits else 0.0


class _Step:
    """One step of the training: what the tutorial does for each batch."""

    def __init__(self, config: TrainingConfig, network: MLP) -> None:
        self._network = network
        self._backpropagation = Backpropagation(network)
        self._weights = self._backpropagation.weights
        self._optimizer = Optimizer(config, self._weights, self._backpropagation.gradient)
        device = self._weights.device
        random = torch.Generator(device).manual_seed(config.seed)
        self._distortion = Distortion(config.distortion, random)
        self._target_of = targets_by_label(config.label_smoothing).to(device)

    def __call__(self, pictures: Tensor, labels: Tensor, rate: float) -> tuple[float, int, int]:
        """Forward, loss, backward, step.

        Nothing need be set to zero: the gradients are written over.

        Returns:
            The loss before the step, how many digits were read rightly, and how many there were.
        """
        device = self._weights.device
        inputs, labels = to_input(pictures, device), labels.to(device)
        targets = self._target_of.index_select(0, labels)
        scores = self._backpropagation.forward(self._distortion(inputs))
        loss = self._backpropagation.loss(targets)
        self._backpropagation.backward(targets)
        self._optimizer.step(rate)
        correct, digits = scores.argmax(dim=1) == labels, labels != NO_DIGIT
        return loss.item(), int(correct.sum()), int(digits.sum())

    def tensors(self) -> dict[str, Tensor]:
        """Private copies, on the CPU, of all that a step changes."""
        optimizer = self._optimizer
        tensors = {
            "weights": self._weights,
            "first": optimizer.first,
            "second": optimizer.second,
            "steps": optimizer.steps,
            "distortion": self._distortion.random.get_state(),
        }
        if self._network.dropout.random is not None:
            tensors["dropout"] = self._network.dropout.random.get_state()
        return {name: tensor.to("cpu", copy=True) for name, tensor in tensors.items()}

    def restore(self, tensors: dict[str, Tensor]) -> None:
        """Put them back.

        Raises:
            KeyError, RuntimeError: they are not those of such a step.
        """
        self._weights.copy_(tensors["weights"])
        self._optimizer.first.copy_(tensors["first"])
        self._optimizer.second.copy_(tensors["second"])
        self._optimizer.steps.copy_(tensors["steps"])
        self._distortion.random.set_state(tensors["distortion"])
        if "dropout" in tensors:
            self._network.dropout.restore(tensors["dropout"], self._weights.device)

    @property
    def is_finite(self) -> bool:
        """Whether all weights are numbers."""
        return bool(self._weights.isfinite().all())


def targets_by_label(smoothing: float) -> Tensor:
    """(11, 10) float32: for each digit, and for ``NO_DIGIT``, how likely each digit should be."""
    targets = torch.full((CLASSES + 1, CLASSES), smoothing / CLASSES)
    targets[:CLASSES].fill_diagonal_(1.0 - smoothing + smoothing / CLASSES)
    targets[NO_DIGIT] = 1.0 / CLASSES
    return targets


def choose_device(wanted: Device) -> torch.device:
    """The device of a name; "auto" is CUDA, else MPS, else the CPU.

    Raises:
        UserError: this machine has no such device.
    """
    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if wanted == "auto":
        return torch.device(next(name for name, is_there in there.items() if is_there))
    if not there[wanted]:
        raise UserError(
            "This machine has no {device} device that torch can use; choose auto or cpu.",
            device=wanted,
        )
    return torch.device(wanted)


def schedule_factor(schedule: Schedule, done: float) -> float:
    """What the learning rate is multiplied by when ``done``, 0 to 1, of the run is over."""
    match schedule:
        case "constant":
            return 1.0
        case "cosine":
            return 0.5 * (1 + math.cos(math.pi * done))
        case "one_cycle":
            # Up from a 25th in the first 30 %, then down to nothing, both along a cosine.
            if done < 0.3:
                return 1 - (1 - 1 / 25) * 0.5 * (1 + math.cos(math.pi * done / 0.3))
            return 0.5 * (1 + math.cos(math.pi * (done - 0.3) / 0.7))


def copy_state(network: MLP) -> dict[str, Tensor]:
    """The weights as they are now, on the CPU; later steps do not change them."""
    return {
        name: tensor.detach().to("cpu", copy=True) for name, tensor in network.state_dict().items()
    }
