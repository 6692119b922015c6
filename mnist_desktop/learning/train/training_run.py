"""One training that goes on: its state, and what it does with commands. See ``training``."""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from dataclasses import replace

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from mnist_desktop.learning.data.loading import (
    Batch,
    batches_of_size,
    count_of,
    data_loader,
    epoch_order,
)
from mnist_desktop.learning.data.splits import Split, Splits
from mnist_desktop.learning.evaluate.calibration import fitted_temperature
from mnist_desktop.learning.evaluate.evaluation import predict
from mnist_desktop.learning.evaluate.measures import ratio
from mnist_desktop.learning.models.network import MLP, copy_state
from mnist_desktop.learning.records import EpochRecord, Outcome
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.threads import ThreadChoice
from mnist_desktop.learning.train.best import BestSoFar
from mnist_desktop.learning.train.checkpoint import Checkpoint, CheckpointError, StateDict
from mnist_desktop.learning.train.devices import choose_device
from mnist_desktop.learning.train.events import (
    BatchDone,
    Command,
    EpochDone,
    Event,
    Inspect,
    Inspected,
    Phase,
    PhaseDone,
    RunDone,
    SlowMotion,
    Steer,
    Steered,
    Stop,
)
from mnist_desktop.learning.train.inspection import PROBE_PICTURES
from mnist_desktop.learning.train.optimizers import schedule_factor
from mnist_desktop.learning.train.rehearsal import safe_counts
from mnist_desktop.learning.train.steering import changes_between, steered
from mnist_desktop.learning.train.step import Step, StepResult
from mnist_desktop.learning.train.synthetic import with_synthetic
from mnist_desktop.texts import QT_TRANSLATE_NOOP

Events = Generator[Event, Command | None, None]


class TrainingRun:
    """A training that goes on, and what it has been told."""

    def __init__(self, config: TrainingConfig, splits: Splits) -> None:
        self._config = config
        self._splits = splits
        self._epoch = 0  # the last finished one
        self._batch = 0  # of the epoch after that, the last one that was begun
        self._batches = 1
        self._waited = 0.0  # seconds of this epoch in others' hands
        self._is_stopped = False
        self._is_slow = False
        self._is_inspection_due = False
        self._network = MLP(config.network, config.seed).to(choose_device(config.device))
        self._step = Step(config, self._network)
        self._threads = ThreadChoice()
        self._rehearsed: TrainingConfig | None = None
        self._order = epoch_order(config.seed if config.shuffle else None)
        self._best = BestSoFar()
        self._best_state_dict: StateDict | None = None
        self._probe: Tensor

    def events(self) -> Events:
        """All of it, from the pictures to the score."""
        pictures = yield from self._pictures()
        outcome: Outcome = "stopped"
        if pictures is not None:
            self._probe = torch.from_numpy(pictures.pictures[:PROBE_PICTURES])
            config = self._config
            loader = data_loader(pictures, config.batch_size, self._order, config.workers)
            outcome = yield from self._epochs(loader)
        torch.set_num_threads(1)
        yield self._end(outcome)

    def _pictures(self) -> Generator[Event, Command | None, Split | None]:
        """What is learned from; None where that was called off."""
        making = with_synthetic(self._splits.train.first(self._config.limit), self._config)
        while not self._is_stopped:
            try:
                event = next(making)
            except StopIteration as end:
                pictures: Split = end.value
                return pictures
            yield from self._report(event)
        return None

    def _epochs(self, loader: DataLoader[Batch]) -> Generator[Event, Command | None, Outcome]:
        while not self._best.is_out_of_patience(self._config):
            if self._epoch >= self._config.epochs:
                return "completed"
            started, self._waited = time.perf_counter(), 0.0
            trained = yield from self._train_one_epoch(loader)
            if isinstance(trained, str):
                return trained
            train_loss, train_accuracy = trained
            tested = predict(self._network, self._splits.validation)
            if not math.isfinite(tested.loss):
                return "diverged"
            self._epoch, self._batch = self._epoch + 1, 0
            state_dict = copy_state(self._network)
            accuracy = tested.score.accuracy
            self._best = self._best.after(self._epoch, accuracy, tested.loss, self._config)
            if is_best := self._best.epoch == self._epoch:
                self._best_state_dict = state_dict
            record = EpochRecord(
                epoch=self._epoch,
                train_loss=train_loss,
                train_accuracy=train_accuracy,
                test_loss=tested.loss,
                test_accuracy=accuracy,
                seconds=time.perf_counter() - started - self._waited,
                is_best=is_best,
            )
            yield from self._report(EpochDone(record, self._checkpoint(state_dict)))
            if self._is_stopped:
                return "stopped"
        return "stopped early"

    def _train_one_epoch(
        self, loader: DataLoader[Batch]
    ) -> Generator[Event, Command | None, tuple[float, float] | Outcome]:
        """The means of its losses and accuracies; or how the run ends within it."""
        if self._config != self._rehearsed:
            self._rehearsed = self._config
            pictures, validation = count_of(loader), self._splits.validation
            self._threads.allow(safe_counts(self._config, pictures, validation))
        self._network.train()
        batches_of_size(loader, self._config.batch_size)
        self._batches = len(loader)
        loss_sum, correct_sum, digits_sum, seen = 0.0, 0, 0, 0
        for batch, (pictures, labels) in enumerate(loader, start=1):
            done = (self._epoch + (batch - 1) / self._batches) / self._config.epochs
            rate = self._config.learning_rate * schedule_factor(self._config.schedule, done)
            self._batch = batch
            loss, correct, digits = yield from self._take_step(batch, pictures, labels, rate)
            if not math.isfinite(loss):
                return "diverged"  # and no curve has such a batch
            size = len(labels)
            loss_sum += loss * size
            correct_sum += correct
            digits_sum += digits
            seen += size
            accuracy = ratio(correct, digits)  # there may be nothing but scribbles
            yield from self._report(
                BatchDone(self._epoch + 1, batch, self._batches, loss, accuracy, size, rate)
            )
            if self._is_stopped:
                # The last step may have been one too far already, unseen until the next loss.
                return "stopped" if self._step.is_finite else "diverged"
        return loss_sum / seen, ratio(correct_sum, digits_sum)

    def _take_step(
        self, batch: int, pictures: Tensor, labels: Tensor, rate: float
    ) -> Generator[Event, Command | None, StepResult]:
        """With a report after each of its parts, in slow motion."""
        step = self._step
        is_plain = not self._is_slow and not self._is_inspection_due
        self._threads.use()
        began = time.perf_counter()
        before = step.weights() if self._is_slow else None
        for phase in step.parts(pictures, labels, rate):
            if before is not None:
                yield from self._report(self._phase_done(batch, phase, rate, before))
            if phase == "step" and self._is_inspection_due:
                self._is_inspection_due = False
                asked = time.perf_counter()
                inspection = step.inspect(self._probe)
                seconds = time.perf_counter() - asked
                yield from self._report(Inspected(self._epoch + 1, batch, inspection, seconds))
        result = step.result
        if is_plain:
            self._threads.took(time.perf_counter() - began)
        return result

    def _phase_done(self, batch: int, phase: Phase, rate: float, before: Tensor) -> PhaseDone:
        figures = self._step.figures(phase, rate, before)
        sample = self._step.sample if phase == "forward" else None
        return PhaseDone(self._epoch + 1, batch, self._batches, phase, figures, sample)

    def _report(self, event: Event) -> Events:
        """Hand over an event, and obey what is said to it and to the answers."""
        asked = time.perf_counter()
        command = yield event
        while command is not None:
            answer = self.obey(command)
            command = None if answer is None else (yield answer)
        self._waited += time.perf_counter() - asked

    def obey(self, command: Command) -> Event | None:
        """The answer, if there is one at once."""
        match command:
            case Stop():
                self._is_stopped = True
            case Inspect():
                self._is_inspection_due = True
            case SlowMotion(is_on):
                self._is_slow = is_on
            case Steer(wanted):
                return self._steer(wanted)
        return None

    def _steer(self, wanted: TrainingConfig) -> Steered:
        """Take over settings."""
        epoch, batch = self._epoch + 1, self._batch + 1
        # The epoch that has begun is finished in any case.
        least = max(1, self._epoch + (self._batch > 0))
        if batch > self._batches:
            epoch, batch = epoch + 1, 1
        config = steered(self._config, wanted)
        config = replace(config, epochs=max(config.epochs, least))
        changes = changes_between(self._config, config, epoch, batch)
        self._config = config
        self._step.steer(config)
        self._threads.allow([1])  # until the next epoch, for which it is rehearsed
        return Steered(config, changes)

    def _checkpoint(self, state_dict: StateDict) -> Checkpoint:
        order = {} if self._order is None else {"order": self._order.get_state()}
        best = self._best_state_dict or state_dict
        tensors = {**self._step.tensors(), **order}
        return Checkpoint(self._epoch, self._best, state_dict, best, tensors)

    def resume(self, checkpoint: Checkpoint) -> None:
        """Put all of it back into its place."""
        try:
            self._network.load_state_dict(checkpoint.state_dict)
        except RuntimeError as fault:
            raise CheckpointError(
                QT_TRANSLATE_NOOP("core", "The weights are of another network.")
            ) from fault
        try:
            self._step.restore(checkpoint.tensors)
            if self._order is not None:
                self._order.set_state(checkpoint.tensors["order"])
        except (KeyError, RuntimeError, TypeError) as fault:
            raise CheckpointError(
                QT_TRANSLATE_NOOP("core", "The saved state is of another network or training.")
            ) from fault
        self._epoch = checkpoint.epoch
        self._best, self._best_state_dict = checkpoint.best, checkpoint.best_state_dict

    def _end(self, outcome: Outcome) -> RunDone:
        network, best = self._network, self._best_state_dict
        if best is not None:
            network.load_state_dict(best)
        usable = best is not None or (outcome == "stopped" and self._batch > 0)
        temperature = 1.0
        if usable:
            validation = self._splits.validation
            probabilities = predict(network, validation).probabilities
            temperature = fitted_temperature(probabilities, validation.labels)
        return RunDone(
            outcome=outcome,
            epoch=self._epoch,
            best_epoch=self._best.epoch,
            score=predict(network, self._splits.test).score if usable else None,
            state_dict=copy_state(network) if usable else None,
            temperature=temperature,
        )
