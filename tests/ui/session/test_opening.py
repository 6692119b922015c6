"""Of what takes one place the last wish wins, whichever file is ready first."""

import shutil
import threading

import pytest
import torch

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data import datasets
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.session import opening
from mnist_desktop.ui.session.train.training import State

QUICK = TrainingConfig(NetworkConfig((8,)), epochs=1, limit=300)


@pytest.fixture
def gate():
    """What waits for it goes on once it is set."""
    gate = threading.Event()
    yield gate
    gate.set()


@pytest.fixture
def make_session(monkeypatch, new_session, small, gate):
    """Makes sessions; MNIST arrives when the gate is open."""

    def mnist(_progress):
        gate.wait(20)
        return small

    def make(*files):
        monkeypatch.setattr(datasets, "bundled_mnist", mnist)
        session = new_session(*files)
        session.faults = []
        session.failed.connect(session.faults.append)
        return session

    yield make
    gate.set()


@pytest.fixture
def settled(qtbot):
    def settled(session):
        qtbot.waitUntil(lambda: session.opening.is_loaded)
        qtbot.waitUntil(lambda: not session.jobs.running)

    return settled


@pytest.fixture
def ready(make_session, settled, gate):
    """A session that has loaded all there is at the start."""
    gate.set()
    session = make_session()
    session.opening.load()
    settled(session)
    return session


@pytest.fixture
def trained(qtbot, ready, settled):
    """One that has trained a run, too."""
    with qtbot.waitSignal(ready.training.ended):
        ready.run_control.start(QUICK)
    settled(ready)
    return ready


def copies(folder, *names):
    paths = [folder / f"{name}.safetensors" for name in names]
    for path in paths:
        shutil.copy(DEFAULT_MODEL, path)
    return paths


@pytest.fixture
def two_threads():
    """With which torch would compute in this thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def test_once_torch_is_there_the_window_s_thread_computes_alone(
    two_threads, make_session, settled, gate
):
    gate.set()
    session = make_session()
    assert torch.get_num_threads() == 2
    session.opening.load()
    settled(session)
    assert torch.get_num_threads() == 1


def test_a_data_set_that_the_program_is_started_with_stays(make_session, settled, gate, small_npz):
    gate.set()
    session = make_session(small_npz)
    names = []
    session.data_set.changed.connect(lambda: names.append(session.splits.name))
    session.opening.load()
    settled(session)
    assert names == [small_npz.name]


def test_instead_of_one_that_cannot_be_opened_there_is_mnist(make_session, settled, gate, tmp_path):
    gate.set()
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"PK")
    session = make_session(broken)
    session.opening.load()
    settled(session)
    assert session.splits.name == "small"
    assert isinstance(session.faults[0], UserError)


def test_a_data_set_that_is_opened_while_mnist_loads_is_not_replaced_by_it(
    qtbot, make_session, settled, gate, small_npz
):
    session = make_session()
    session.opening.load()
    qtbot.waitUntil(lambda: session.opening.is_loaded)
    session.opening.open(small_npz)
    qtbot.waitUntil(lambda: session.splits is not None)
    gate.set()
    settled(session)
    assert session.splits.name == small_npz.name


@pytest.mark.parametrize("slow", ["first", "second"])
def test_of_two_models_the_second_reads_however_long_they_take(
    monkeypatch, ready, settled, tmp_path, slow
):
    real, wait = opening.open_recognizer, threading.Event()

    def open_recognizer(path, wish):
        if path.stem == slow:
            wait.wait(0.3)
        return real(path, wish)

    monkeypatch.setattr(opening, "open_recognizer", open_recognizer)
    for path in copies(tmp_path, "first", "second"):
        ready.opening.open(path)
    settled(ready)
    assert ready.shelf.current.name == "second"


def test_a_model_that_is_opened_before_the_program_s_own_is_there_reads_on(
    qtbot, monkeypatch, make_session, settled, gate, tmp_path
):
    load = opening.load_default
    monkeypatch.setattr(opening, "load_default", lambda progress: gate.wait(20) and load(progress))
    session = make_session()
    session.opening.load()
    session.opening.open(copies(tmp_path, "mine")[0])
    qtbot.waitUntil(lambda: session.shelf.current is not None)
    gate.set()
    settled(session)
    assert [entry.name for entry in session.shelf.entries] == ["mine", "default"]
    assert session.shelf.current.name == "mine"


def test_a_run_that_is_opened_after_a_model_reads(trained, settled, tmp_path):
    session = trained
    (path,) = copies(tmp_path, "model")
    session.opening.open(path)
    session.run_control.use(session.runs.runs[0])
    settled(session)
    assert session.shelf.current.name == "run 1"


def test_a_run_of_somebody_else_is_taken_in(trained, settled, tmp_path):
    session = trained
    path = tmp_path / "Friend.MNIST-RUN"  # as some mail programs write names
    session.exports.run(session.runs.runs[0], path)
    settled(session)
    session.opening.open(path)
    settled(session)
    assert [run.name for run in session.runs.runs] == ["run 1", "run 1"]
    assert session.faults == []


def test_a_profile_of_somebody_is_taken_in_and_writes(ready, settled, tmp_path):
    path = tmp_path / "Ada.MNIST-PROFILE"
    ready.people.rename(ready.people.current.id, "Ada")
    settled(ready)
    ready.exports.profile(ready.people.current.id, path)
    settled(ready)
    ready.opening.open(path)
    settled(ready)
    assert [ready.people.name_of(one) for one in ready.people.all] == ["Ada", "Ada (2)"]
    assert ready.people.current == ready.people.all[1]
    assert ready.faults == []


def test_models_of_earlier_days_are_at_hand_also_where_the_runs_were_listed_before(
    make_session, settled, gate, tmp_path
):
    """As when the Models tab is opened while torch loads."""
    gate.set()
    first = make_session()
    first.opening.load()
    settled(first)
    first.opening.open(copies(tmp_path, "mine")[0])
    settled(first)
    first.shut_down()

    second = make_session()
    second.runs.refresh()
    second.opening.load()
    settled(second)
    assert [entry.name for entry in second.shelf.entries] == ["default", "mine"]


def test_one_of_earlier_days_that_was_opened_before_is_not_opened_anew(
    qtbot, make_session, settled, gate, tmp_path
):
    """What is about the model, as a comparison or a network laid open, would be about one that has
    gone.
    """
    gate.set()
    (mine,) = copies(tmp_path, "mine")
    first = make_session(mine)
    first.opening.load()
    settled(first)
    first.shut_down()

    gate.clear()
    second = make_session(mine)
    second.opening.load()
    qtbot.waitUntil(lambda: [one.name for one in second.shelf.entries] == ["default", "mine"])
    entry = second.shelf.current
    gate.set()
    qtbot.waitUntil(lambda: second.runs.is_loaded)
    settled(second)
    assert second.shelf.current is entry
    assert [one.name for one in second.shelf.entries] == ["default", "mine"]


def test_a_run_that_is_started_before_the_library_was_listed_has_a_name_of_its_own(
    qtbot, make_session, settled, gate
):
    for name in ("run 1", "run 2"):
        session = make_session()
        with qtbot.waitSignal(session.training.ended):
            session.run_control.start(QUICK)
            assert session.training.state is State.WAITING  # Start has an answer at once
            session.opening.load()
            gate.set()
        settled(session)
        assert session.training.name == name
        session.shut_down()
        gate.clear()


def test_of_a_file_that_has_fewer_drawings_by_now_the_first_is_shown(qtbot, ready, tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text('{"strokes": [[[0, 0], [0, 100]]]}\n' * 2)
    for number, shown in ((2, 1), (3, 0)):
        with qtbot.waitSignal(ready.opening.filled_canvas):
            ready.opening.open_strokes(path, number)
        assert ready.drawings.index == shown


def test_a_start_that_waits_for_data_can_be_called_off(qtbot, make_session, settled, gate):
    session = make_session()
    session.opening.load()
    session.run_control.start(QUICK)
    session.run_control.start(QUICK)
    session.training.stop()
    assert session.training.state is State.IDLE
    gate.set()
    settled(session)
    assert session.splits is not None
    assert not session.training.is_active
    assert session.runs.runs == []


def test_a_start_that_waits_for_data_that_cannot_be_had_is_forgotten(
    qtbot, monkeypatch, make_session, settled, small_npz
):
    def fail(_progress):
        raise UserError("nothing there")

    session = make_session()
    monkeypatch.setattr(datasets, "bundled_mnist", fail)
    session.opening.load()
    session.run_control.start(QUICK)
    settled(session)
    assert session.training.state is State.IDLE
    assert session.runs.is_loaded, "runs of earlier days are listed all the same"
    session.opening.open(small_npz)
    settled(session)
    assert not session.training.is_active


def test_start_asks_for_mnist_again_where_its_loading_was_called_off(
    qtbot, make_session, settled, gate
):
    session = make_session()
    session.opening.load()
    qtbot.waitUntil(lambda: session.opening.is_loaded)
    (loading,) = [job for job in session.jobs.running if job.title == "Loading MNIST"]
    loading.cancel()
    gate.set()
    settled(session)
    assert session.splits is None
    with qtbot.waitSignal(session.training.ended):
        session.run_control.start(QUICK)
    assert session.training.done.outcome == "completed"


def test_where_the_first_data_set_is_called_off_there_is_mnist(
    qtbot, make_session, settled, monkeypatch, gate, small, tmp_path
):
    """Or nothing would come that training, the data and the list of runs wait for."""
    gate.set()

    def endless(_path, progress):
        while True:
            progress(0.5)

    monkeypatch.setattr(opening, "open_dataset", endless)
    session = make_session(tmp_path / "large.npz")
    session.opening.load()
    qtbot.waitUntil(lambda: any("Opening" in job.title for job in session.jobs.running))
    session.jobs.newest.cancel()
    settled(session)
    assert session.splits is small
    assert session.runs.is_loaded
    assert session.faults == []
