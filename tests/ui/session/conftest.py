"""A library with a run, without a window."""

from contextlib import closing

import pytest
from PySide6.QtCore import QObject, QThread

from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import rows
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.ui.session.data.data_set import DataSet
from mnist_desktop.ui.session.data.gallery import Gallery
from mnist_desktop.ui.session.data.labels import Labels
from mnist_desktop.ui.session.data.overviews import Overviews
from mnist_desktop.ui.session.evaluate.specimens import Specimens
from mnist_desktop.ui.session.network.layer_map import LayerMap
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.read.drawings import Drawings
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Entry, Shelf
from mnist_desktop.ui.session.work import Jobs

CONFIG = TrainingConfig(NetworkConfig((8,)), epochs=2, batch_size=500, device="cpu")


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "home" / "library.sqlite3")


@pytest.fixture
def put(library):
    """Puts a run into the library, without any epochs."""

    def put(name, *, lock="nobody", into=library):
        with into.write() as connection:
            number = rows.insert(connection, RunRecord(name, CONFIG, "MNIST", "a" * 64, "b" * 64))
            connection.execute("UPDATE runs SET lock = ? WHERE id = ?", (lock, number))
        return number

    return put


@pytest.fixture(scope="session")
def events(small):
    return list(train(CONFIG, small))


@pytest.fixture
def trained(library, small, events):
    with closing(RunRecorder.begin(library, CONFIG, small, "trained")) as recorder:
        for event in events:
            recorder.take(event)
        return recorder.run_id


@pytest.fixture
def faults(session):
    """What people are told of."""
    heard = []
    session.failed.connect(heard.append)
    return heard


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def sketch():
    return Sketch()


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    jobs.shut_down()
    # As long as those that have asked are there, or the end of a job would be theirs, too.
    qtbot.waitUntil(lambda: not jobs.running)
    assert not any(thread.isRunning() for thread in jobs.findChildren(QThread))


@pytest.fixture
def session_of():
    """Makes a session that has some parts only."""
    made = []

    def session_of(**parts):
        made.append(QObject())
        vars(made[-1]).update(parts)
        return made[-1]

    return session_of


class Desk(QObject):
    """A session's parts that the Data tab is about, without the rest: it is made in no time."""

    def __init__(self, recognizer, splits, library, jobs):
        super().__init__()
        self.jobs = jobs
        self.library = library
        self.people = None
        self.sketch = Sketch(self)
        self.drawings = Drawings(self.sketch, self)
        self.shelf = Shelf(self)
        self.reader = Reader(self.sketch, self.shelf, Timeline(self.shelf, self), jobs, self)
        self.data_set = DataSet(self)
        self.labels = Labels(self)
        self.gallery = Gallery(self)
        self.overviews = Overviews(self.data_set, jobs, self)
        self.layer_map = LayerMap(self)
        self.preferences = Preferences(self)
        self.specimens = Specimens(self)
        self.shelf.add(Entry("default", recognizer))
        self.shelf.read_with(self.shelf.entries[0])
        self.data_set.take(splits)


@pytest.fixture(scope="session")
def recognizer():
    """Small, and trained for nothing."""
    network = NetworkConfig((16, 12))
    return Recognizer(Model(network, MLP(network, seed=4).state_dict()))


@pytest.fixture
def desk(recognizer, small, library, jobs):
    return Desk(recognizer, small, library, jobs)
