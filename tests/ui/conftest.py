"""Sessions and windows for tests, and a check that no test leaves anything running."""

from __future__ import annotations

import gc
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyqtgraph as pg
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QStringListModel,
    Qt,
    QThread,
    QTimer,
)
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnist_desktop.ink.correction import Correction
from mnist_desktop.learning.data import datasets
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.models.model import Lesson, Model
from mnist_desktop.learning.models.pen import with_support
from mnist_desktop.learning.read.reading import Box, Digit
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.teach import preparation, teaching
from mnist_desktop.learning.teach.teaching import (
    READS_WORSE,
    Example,
    TeachingDone,
    TeachingProgress,
)
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.ui import later
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.theme import DARK, LIGHT, Theme, current_theme
from mnist_desktop.ui.main_window import MainWindow
from mnist_desktop.ui.plots.epoch_plot import EpochPlot
from mnist_desktop.ui.plots.legend import Legend
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.shell.lazy_tab import LazyTab
from mnist_desktop.ui.widgets.hints import Hint

PATIENCE_MILLISECONDS = 60_000


@pytest.fixture(scope="session")
def seven_points() -> list[tuple[float, float]]:
    """One stroke, in parts of the canvas's side."""
    return [(0.3, 0.25), (0.4, 0.25), (0.5, 0.25), (0.6, 0.25), (0.68, 0.25)] + [
        (0.68 - 0.025 * step, 0.25 + 0.05 * step) for step in range(1, 11)
    ]


@pytest.fixture(scope="session")
def drawn() -> Callable[[QWidget, str], tuple[list[float], list[float]]]:
    """Positions and values of the curve of a plot that its legend shows under a name."""

    def drawn(plot: QWidget, name: str) -> tuple[list[float], list[float]]:
        (entry,) = (entry for entry in plot.findChild(Legend).entries if entry.name == name)
        pen, wanted = "symbolPen" if entry.mark else "pen", entry.pen(current_theme())
        items = plot.findChild(EpochPlot).box.childGroup.childItems()
        (curve,) = (one for one in items if getattr(one, "opts", {}).get(pen) == wanted)
        x, y = curve.getData()
        return ([], []) if x is None else (x.tolist(), y.tolist())

    return drawn


@pytest.fixture(scope="session")
def marked() -> Callable[[QWidget], list[float]]:
    """Positions of the vertical lines that are seen in a plot."""

    def marked(plot: QWidget) -> list[float]:
        items = plot.findChild(EpochPlot).box.childGroup.childItems()
        lines = [item for item in items if isinstance(item, pg.InfiniteLine)]
        return sorted(line.value() for line in lines if line.isVisible())

    return marked


@pytest.fixture(scope="session")
def mouse_at() -> Callable[[QWidget, float, float], None]:
    """Moves the mouse to a place of a plot's curves."""

    def mouse_at(plot: QWidget, x: float, y: float) -> None:
        shown = plot.findChild(EpochPlot)
        # At once: pyqtgraph passes over moves of Qt that follow each other too fast.
        shown.scene().sigMouseMoved.emit(shown.box.mapViewToScene(QPointF(x, y)))

    return mouse_at


@pytest.fixture(scope="session")
def make_digit() -> Callable[..., Digit]:
    """Makes a digit that was read, without a network."""

    def make(value: int, probability: float = 0.9, box: Box = (0.4, 0.2, 0.6, 0.8)) -> Digit:
        probabilities = np.full(10, (1 - probability) / 9, dtype=np.float32)
        probabilities[value] = probability
        return Digit(probabilities, np.full((28, 28), value, dtype=np.uint8), box)

    return make


@pytest.fixture(scope="session")
def by_hand(make_digit) -> Digit:
    """A 0 for which the way its writer's pen went speaks, and a 6 by its look."""
    seen = make_digit(6, 0.8)
    support = np.zeros(10, dtype=np.float32)
    support[0] = 5.0
    return replace(seen, probabilities=with_support(seen.probabilities, support), support=support)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """It waits for long where it is not told for how long: what has to come may take its time on a
    machine that does something else, and no test is about time.
    """
    bot = QtBot(request)
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(bot, name, partial(getattr(bot, name), timeout=PATIENCE_MILLISECONDS))
    return bot


@pytest.fixture(autouse=True)
def _collect_garbage_here() -> Iterator[None]:
    """As the program does: not in a thread, which Qt's objects would not survive."""
    gc.disable()
    # Only now nothing of pytest holds what the test before has made.
    gc.collect()
    # What is left is torch's and Qt's own; to look through it again after each test would take as
    # long as most tests.
    gc.freeze()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def new_session() -> Iterator[Callable[..., Session]]:
    """Makes sessions, each as if the program had been started once more, with nothing loaded yet.

    However the test ends, and wherever, nothing of them goes on after it.
    """
    made: list[Session] = []

    def make(*files: Path) -> Session:
        made.append(Session(files))
        return made[-1]

    yield make
    for session in made:
        session.shut_down()
    threads = [thread for session in made for thread in session.findChildren(QThread)]
    assert not any(thread.isRunning() for thread in threads)
    for session in made:
        session.deleteLater()


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """Each of them, worn."""
    dress(qapp, "dark" if request.param is DARK else "light")
    yield request.param
    dress(qapp, "light")


@pytest.fixture
def appear(qtbot) -> Callable[[QWidget, int, int], QWidget]:
    """Has a widget appear at a size, until the test ends."""

    def appear(widget: QWidget, width: int, height: int) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return appear


@pytest.fixture(scope="session")
def is_at_rest() -> Callable[[QObject], bool]:
    """Whether an object has nothing before it that its timers would begin."""
    return lambda one: not any(timer.isActive() for timer in one.findChildren(QTimer))


@pytest.fixture
def session(qtbot, monkeypatch, new_session: Callable[..., Session], small: Splits) -> Session:
    """A session that has loaded the model that comes with the program, and a small data set."""
    monkeypatch.setattr(datasets, "bundled_mnist", lambda _progress=None: small)
    session = new_session()
    session.opening.load()
    qtbot.waitUntil(lambda: session.splits is not None and not session.jobs.running)
    return session


@pytest.fixture
def sessions(qtbot, monkeypatch, new_session: Callable[..., Session], small: Splits):
    """Makes loaded sessions, each as if the program had been started once more."""
    monkeypatch.setattr(datasets, "bundled_mnist", lambda _progress=None: small)

    def make(*files: Path) -> Session:
        session = new_session(*files)
        session.opening.load()
        qtbot.waitUntil(lambda: session.runs.is_loaded and not session.jobs.running)
        return session

    return make


@pytest.fixture
def settled(qtbot, session: Session) -> Callable[[], None]:
    """Returns when nothing goes on any more."""
    return lambda: qtbot.waitUntil(lambda: not session.jobs.running)


class Pupil:
    """Stands in for what teaches a model, which takes seconds.

    Attributes:
        given: the model and the examples of each lesson.
        readied: the models that were prepared for.
        refuses: the model stays as it was.
        may_end: as long as it is not set a lesson goes on.
    """

    def __init__(self) -> None:
        self.given: list[tuple[Model, list[Example]]] = []
        self.readied: list[Model] = []
        self.refuses = False
        self.may_end = threading.Event()
        self.may_end.set()

    def prepare(
        self, model: Model, splits: Splits, progress: Progress = unwatched
    ) -> SimpleNamespace:
        """What is known before a lesson."""
        self.readied.append(model)
        return SimpleNamespace(model=model, splits=splits)

    def teach(
        self,
        model: Model,
        examples: list[Example],
        _splits: Splits,
        prepared: SimpleNamespace,
    ) -> Iterator[object]:
        """What is taught is another model each time."""
        assert prepared.model is model
        self.given.append((model, list(examples)))
        yield TeachingProgress(0.5)
        self.may_end.wait()
        by = 0.001 * len(self.given)
        weights = {name: tensor + by for name, tensor in model.state_dict.items()}
        half, more = Score(0.5, (0.4, 0.6), 10), Score(0.8, (0.7, 0.9), 10)
        counts = np.bincount([one.label for one in examples], minlength=11)
        lesson = Lesson(tuple(counts.tolist()), model.sha256, half, more)
        taught = replace(model, state_dict=weights, lessons=(*model.lessons, lesson))
        yield TeachingDone(
            model if self.refuses else taught,
            kept_because=READS_WORSE if self.refuses else None,
            taught=len(examples),
            seconds=0.25,
            before=half,
            after=more,
            mnist_before=half,
            mnist_after=half,
        )


@pytest.fixture
def pupil(monkeypatch, small: Splits) -> Iterator[Pupil]:
    """What learns in this test. Nothing waits for it after that."""
    pupil = Pupil()
    monkeypatch.setattr(teaching, "teach", pupil.teach)
    monkeypatch.setattr(preparation, "prepare", pupil.prepare)
    monkeypatch.setattr(datasets, "bundled_mnist", lambda _progress=None: small)
    yield pupil
    pupil.may_end.set()


@pytest.fixture
def say(qtbot, session: Session, seven) -> Callable[..., None]:
    """Teaches the session that a 7 is meant so, once for each label; returns when it is known."""

    def say(*labels: str) -> None:
        wanted = session.teaching.taught.count + len(labels)
        new = [Correction((0.0, 0.0, 1.0, 1.0), label, label, seven, "canvas") for label in labels]
        session.corrections.change(new, [])
        qtbot.waitUntil(
            lambda: session.teaching.taught.count == wanted and not session.jobs.running
        )

    return say


@pytest.fixture
def learn(qtbot, session: Session, pupil: Pupil) -> Callable[[], None]:
    """Learns; returns when all that comes of it is there."""

    def learn() -> None:
        with qtbot.waitSignal(session.teaching.learned):
            session.teaching.learn()
        qtbot.waitUntil(lambda: not session.jobs.running)

    return learn


ALL_TABS = ("train", "evaluate", "data", "models")


BUILT_TABS = {
    "canvas": (),
    "data": ("data",),
    "draw": (),
    "evaluate": ("evaluate",),
    "network": ("data",),
    "pictures": (),
    "train": ("train",),
}
"""For the tests of some folders; for all others it is all of them."""


@pytest.fixture(scope="module")
def built_tabs(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """What there is in the window beside the Draw tab.

    To build all of it takes longer than most tests; who looks at some of it needs no other.
    """
    folder = request.path.parent.relative_to(Path(__file__).parent)
    return BUILT_TABS.get(folder.as_posix(), ALL_TABS)


@pytest.fixture
def window(
    qtbot, monkeypatch, session: Session, built_tabs: tuple[str, ...]
) -> Iterator[MainWindow]:
    """The window of that session, its tabs built; those that nobody looks at are empty."""
    for name in set(ALL_TABS) - set(built_tabs):
        monkeypatch.setattr(later, f"{name}_tab", lambda *_: QLabel("left out"))
    dress(QApplication.instance(), "light")
    window = MainWindow(session)
    tabs = window.findChildren(LazyTab)
    try:
        window.resize(1024, 700)
        window.show()
        qtbot.waitUntil(lambda: not any(isinstance(tab.widget(), Hint) for tab in tabs))
        yield window
    finally:
        while session.lab.can_undo:  # or closing would ask what is to become of it
            session.lab.undo()
        session.shut_down()
        session.shelf.entries.clear()  # nothing that a question would be asked about
        is_closed = window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, 0)
    assert is_closed


@pytest.fixture
def answer(window: MainWindow) -> QLabel:
    return window.findChild(QLabel, "answerLabel")


@pytest.fixture
def sure(window: MainWindow) -> QLabel:
    """How sure it is of the answer."""
    return window.findChild(QLabel, "sureLabel")


@pytest.fixture
def draw(window: MainWindow) -> Iterator[Callable[..., None]]:
    """Draws a stroke on the window's canvas, from points in parts of its side."""
    canvas = window.findChild(QWidget, "drawingCanvas")
    pressed = []

    def draw_stroke(points: list[tuple[float, float]], *, lift: bool = True) -> None:
        side = canvas.width()
        places = [QPoint(round(x * side), round(y * side)) for x, y in points]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(canvas, place)
        pressed.append(places[-1])
        if lift:
            release()
        QApplication.processEvents()

    def release() -> None:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=pressed.pop())

    yield draw_stroke
    while pressed:  # Qt's test mouse would keep its button down into the next test
        release()


@pytest.fixture
def damaged_model(tmp_path: Path) -> Path:
    path = tmp_path / "damaged.safetensors"
    path.write_bytes(b"\x10\0\0\0\0\0\0\0{not json")
    return path


class Pipe:
    """Notices that somebody opens it, and gives them nothing.

    Attributes:
        markup: what is named so has the pipe opened wherever it is taken for HTML.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "pipe"
        self.markup = f'<img src="{self.path}">'
        self._mark = folder / "opened"
        os.mkfifo(self.path)
        # A process, since whoever opens the pipe waits in Qt, and holds up all of Python.
        # For the next one who opens it there is an empty file.
        wait = 'exec 3> "$0"; : > "$1"; rm "$0"; : > "$0"'
        self.process = subprocess.Popen(["sh", "-c", wait, self.path, self._mark])

    @property
    def was_opened(self) -> bool:
        return self._mark.exists()


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Pipe]:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    pipe = Pipe(tmp_path)
    yield pipe
    pipe.process.kill()
    pipe.process.wait()


@pytest.fixture
def rest_everywhere() -> Callable[[QWidget], list[str]]:
    """Has the mouse rest on all that is seen of a widget; the tooltips that come."""

    def rest_at(widget: QWidget, place: QPoint) -> str:
        QToolTip.hideText()
        there = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, there)
        return QToolTip.text()

    def rest_everywhere(whole: QWidget) -> list[str]:
        tips = []
        widgets = [one for one in whole.findChildren(QWidget) if not one.inherits("QTipLabel")]
        for widget in filter(QWidget.isVisible, widgets):
            tips.append(rest_at(widget, widget.rect().center()))
            if isinstance(widget, QHeaderView):
                for section in range(widget.count()):
                    middle = widget.sectionViewportPosition(section) + 5
                    tips.append(rest_at(widget.viewport(), QPoint(middle, 5)))
            elif isinstance(widget, QAbstractItemView):
                model = widget.model()
                for row in range(model.rowCount()):
                    for column in range(columns_of(model)):
                        place = widget.visualRect(model.index(row, column)).center()
                        tips.append(rest_at(widget.viewport(), place))
        QToolTip.hideText()
        return tips

    return rest_everywhere


@pytest.fixture
def press(qtbot: QtBot, window: MainWindow) -> Callable[..., None]:
    """Presses keys where the focus is."""

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
        QApplication.processEvents()

    return press


@pytest.fixture
def save_seven() -> Callable[[Path], None]:
    """Writes a picture of a 7."""

    def save(path: Path) -> None:
        picture = Image.new("L", (160, 240), 215)
        line = [(30, 50), (130, 50), (60, 200)]
        ImageDraw.Draw(picture).line(line, fill=40, width=12, joint="curve")
        picture.save(path)

    return save


def columns_of(model: QAbstractItemModel) -> int:
    """Of a list, too, where it is private."""
    return 1 if isinstance(model, QStringListModel) else model.columnCount()
