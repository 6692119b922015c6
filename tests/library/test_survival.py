"""What a killed process, a full disk and two windows leave behind."""

import random
from contextlib import closing

import pytest

from mnist_desktop.ink.correction import Correction
from mnist_desktop.learning.models.model_file import model_bytes
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import taught
from mnist_desktop.library.database import Library
from mnist_desktop.library.lessons import keep_lesson, list_lessons, model_of_lesson
from mnist_desktop.library.profiles import FIRST, list_profiles
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.recovery import recover
from mnist_desktop.library.runs import list_runs, read_run, run_of
from mnist_desktop.library.weights import checkpoint_of

PROGRAM = """
import os, signal, sys
from contextlib import closing
from pathlib import Path
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.train.events import EpochDone
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.train.training import train
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.runs import list_runs
from mnist_desktop.library.weights import checkpoint_of

connections, opened = [], Library.open
def remembered(*of):
    connections.append(opened(*of))
    return connections[-1]
Library.open = remembered
library, mnist = Library(Path(sys.argv[1])), bundled_mnist()
small = Splits("small", mnist.train.first(2000), mnist.validation.first(500), mnist.test.first(500))
config = TrainingConfig(
    NetworkConfig((32, 16), dropout=0.1), epochs=int(sys.argv[2]), device="cpu", seed=3
)
"""

TRAIN = """
print("ready", flush=True)
sys.stdin.readline()
left = [run for run in list_runs(library) if run.is_interrupted] if sys.argv[3] == "go on" else []
if left:
    recorder = RunRecorder.resume(library, left[0].id, small)
else:
    recorder = RunRecorder.begin(library, config, small)
with closing(recorder):
    for event in train(config, small, checkpoint_of(recorder.run)):
        if isinstance(event, EpochDone):
            print("finished", event.record.epoch, flush=True)
        else:
            print("-", flush=True)
        recorder.take(event)
        if isinstance(event, EpochDone):
            print("kept", event.record.epoch, flush=True)
print("end", flush=True)
"""

KILLED_WHILE_WRITING = """
steps = int(sys.argv[4])
def step():
    global steps
    steps -= 1
    if steps == 0:
        os.kill(os.getpid(), signal.SIGKILL)
left = [run for run in list_runs(library) if run.is_interrupted]
recorder = RunRecorder.resume(library, left[0].id, small)
for event in train(config, small, checkpoint_of(recorder.run)):
    if isinstance(event, EpochDone):
        # Before so many statements of the transaction are done.
        connections[-1].set_trace_callback(lambda _: step())
    recorder.take(event)
"""

KILLED_ELSEWHERE = """
recorder = RunRecorder.begin(library, config, small, "mine")
for event in train(config, small):
    problem = recorder.take(event)
    if problem is not None:
        print("told", problem.text(), flush=True)
    if isinstance(event, EpochDone):
        print("kept" if recorder.is_kept else "not kept", event.record.epoch, flush=True)
        if event.record.epoch == 1:
            connections[-1].execute("PRAGMA max_page_count = 1")
        if event.record.epoch == 3:
            os.kill(os.getpid(), signal.SIGKILL)
"""

FULL_DISK = """
import resource
with closing(RunRecorder.begin(library, config, small)) as recorder:
    for event in train(config, small):
        if isinstance(event, EpochDone) and event.record.epoch == 2:
            log = os.stat(sys.argv[1] + "-wal").st_size
            hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
            resource.setrlimit(resource.RLIMIT_FSIZE, (log + 100_000, hard))
            print(recorder.take(event).text(), flush=True)
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        else:
            recorder.take(event)
print("end", flush=True)
"""

KILLED_WHILE_TEACHING = """
import os, signal, sys
from pathlib import Path
import numpy as np
from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.library import taught
from mnist_desktop.library.database import Library

# One statement is left of the transaction, beside its end.
steps = int(sys.argv[3])
def step():
    global steps
    steps -= 1
    if steps == 0:
        os.kill(os.getpid(), signal.SIGKILL)
opened = Library.open
def watched(*of):
    connection = opened(*of)
    connection.set_trace_callback(lambda _: step())
    return connection
line = Drawing((Stroke(np.array([[0.1, 0.2], [0.3, 0.4]])),))
ink = [Correction((0, 0, 1, 1), label, label, line, "canvas") for label in "12"]
if sys.argv[2] == "drawings":
    Library.open = watched
    taught.keep(Library(Path(sys.argv[1])), ink, [1], 1)
else:
    from mnist_desktop.learning.settings.config import NetworkConfig
    from mnist_desktop.learning.models.model import Model
    from mnist_desktop.learning.models.network import MLP
    from mnist_desktop.library.lessons import keep_lesson
    network = NetworkConfig((8,))
    untaught, learned = (Model(network, MLP(network, seed).state_dict()) for seed in (0, 5))
    Library.open = watched
    keep_lesson(Library(Path(sys.argv[1])), 1, "", untaught, learned)
print("kept")
"""


def wait_for(child, line):
    for found in child.stdout:
        if found.startswith(line):
            return found
    pytest.fail(f"the program ended before it said {line}")


def go(child):
    wait_for(child, "ready")
    child.stdin.write("go\n")
    child.stdin.flush()


@pytest.fixture
def whole(small, config, recorded, library):
    """The uninterrupted run's figures, from a library of its own."""
    from mnist_desktop.library.database import Library

    other = Library(library.path.with_name("whole.sqlite3"))
    return other, recorded(into=other)


def figures(library, run_id):
    run = read_run(library, run_id)
    return [one._replace(seconds=0.0) for one in run.epochs], run.batches, run.weights


def test_a_run_that_is_killed_again_and_again_ends_as_if_it_had_not_been(
    library, whole, started, sound
):
    choice = random.Random(4)
    kept = 0
    for _ in range(4):
        child = started(PROGRAM + TRAIN, library.path, 4, "go on")
        go(child)
        for _ in range(choice.randrange(1, 45)):
            line = child.stdout.readline()
            if line.startswith("kept"):
                kept = int(line.split()[1])
        child.kill()
        rest, _ = child.communicate()
        kept = max([kept, *(int(one.split()[1]) for one in rest.splitlines() if "kept" in one)])
        sound(library.path)
        runs = list_runs(library)
        assert len(runs) <= 1
        for run in runs:
            assert run.is_interrupted or "end" in rest
            assert run.epoch in {kept, kept + 1}  # killed after the write, before it said so
            checkpoint = read_run(library, run.id).checkpoint
            assert (checkpoint[0] if checkpoint else 0) == run.epoch
    child = started(PROGRAM + TRAIN, library.path, 4, "go on")
    go(child)
    wait_for(child, "end")
    assert len(list_runs(library)) == 1
    assert run_of(library, 1).outcome == "completed"
    assert figures(library, 1) == figures(*whole)


@pytest.mark.parametrize("steps", [2, 6, 11])
def test_a_kill_in_the_middle_of_a_transaction_loses_that_epoch_alone(
    library, recorded, started, sound, steps
):
    run = recorded(33 + 5)
    child = started(PROGRAM + KILLED_WHILE_WRITING, library.path, 4, "", steps)
    assert child.wait() == -9
    sound(library.path)
    assert [one.id for one in list_runs(library) if one.is_interrupted] == [run]
    assert read_run(library, run).checkpoint[0] == run_of(library, run).epoch == 1


def test_a_run_that_is_killed_while_it_is_kept_elsewhere_comes_home(
    library, whole, started, sound, small, config, monkeypatch
):
    monkeypatch.setenv("MNIST_DESKTOP_HOME", str(library.path.parent))
    child = started(PROGRAM + KILLED_ELSEWHERE, library.path, 4)
    said = child.communicate()[0].splitlines()
    assert child.returncode == -9
    assert [line.split()[0] for line in said] == ["kept", "told", "kept", "kept"]
    assert [run.epoch for run in list_runs(library)] == [1]
    (run,) = recover(library)
    sound(library.path)
    assert (run.id, run.epoch, run.is_interrupted) == (1, 3, True)
    with closing(RunRecorder.resume(library, run.id, small)) as recorder:
        for event in train(config, small, checkpoint_of(recorder.run)):
            assert recorder.take(event) is None
    assert figures(library, run.id) == figures(*whole)
    beside = library.path.parent
    assert list(beside.parent.glob(f"{beside.name}-*")) == []


def test_two_windows_train_into_one_new_library_at_once(library, started, sound):
    children = [started(PROGRAM + TRAIN, library.path, 12, "new") for _ in range(2)]
    for child in children:
        go(child)
    for child in children:
        wait_for(child, "kept 1")
    for child in children:
        wait_for(child, "end")
    sound(library.path)
    runs = list_runs(library)
    assert [(run.outcome, run.epoch) for run in runs] == [("completed", 12)] * 2
    for run in runs:
        assert len(read_run(library, run.id).history.batch_loss) == 12 * 32
    assert figures(library, runs[0].id) == figures(library, runs[1].id)


def test_a_run_of_another_window_counts_as_running_while_that_lives(library, started):
    child = started(PROGRAM + TRAIN, library.path, 12, "new")
    go(child)
    wait_for(child, "kept 1")
    assert [run.is_held for run in list_runs(library)] == [True]
    assert not any(run.is_interrupted for run in list_runs(library))
    child.kill()
    child.wait()
    assert [run.is_interrupted for run in list_runs(library)] == [True]


def test_a_disk_without_room_costs_no_training(library, whole, started, sound):
    pytest.importorskip("resource")
    child = started(PROGRAM + FULL_DISK, library.path, 4)
    assert "full" in wait_for(child, "library.sqlite3: cannot be")
    wait_for(child, "end")
    sound(library.path)
    assert run_of(library, 1).outcome == "completed"
    assert figures(library, 1) == figures(*whole)


def test_a_recorder_works_in_another_thread_than_it_was_made_in(library, events, small, config):
    from concurrent.futures import ThreadPoolExecutor

    recorder = RunRecorder.begin(library, config, small)
    with closing(recorder), ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: [recorder.take(event) for event in events]).result()
        assert isinstance(run_of(Library(library.path), recorder.run_id).config, TrainingConfig)
    assert run_of(library, recorder.run_id).outcome == "completed"


@pytest.mark.parametrize(("what", "steps"), [("drawings", 7), ("lesson", 7)])
def test_a_kill_while_something_is_taught_leaves_all_that_was_there_before(
    library, started, sound, seven, tiny_model, what, steps
):
    taught.keep(library, [Correction((0.0, 0.0, 1.0, 1.0), "7", "7", seven, "canvas")], [], FIRST)
    keep_lesson(library, FIRST, "", tiny_model(), tiny_model(1))
    child = started(KILLED_WHILE_TEACHING, library.path, what, steps)
    said, _ = child.communicate()
    assert (child.returncode, said) == (-9, "")
    sound(library.path)
    assert [(one.id, one.label) for one in taught.read_taught(library)] == [(1, "7")]
    assert [one.id for one in list_lessons(library, FIRST)] == [1, 2]
    assert list_profiles(library)[0].lesson == 2
    for lesson in (1, 2):
        kept = model_bytes(model_of_lesson(library, lesson))
        assert kept == model_bytes(tiny_model(lesson - 1))
