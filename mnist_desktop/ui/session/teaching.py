"""A person's hand is learned: what was taught, the model that has learned it, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.library.database import Library
from mnist_desktop.library.lessons import (
    KeptLesson,
    go_to_lesson,
    keep_lesson,
    list_lessons,
    model_of_lesson,
)
from mnist_desktop.library.profiles import Profile
from mnist_desktop.library.taught import TaughtDigit, read_taught
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.people import People
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.shelf import Entry, Shelf
from mnist_desktop.ui.session.work import Job, Jobs, Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.model import Model
    from mnist_desktop.learning.recognizer import Recognizer
    from mnist_desktop.learning.teaching import TeachingDone

FEWEST = 1
"""So many drawings can be learned from."""


@dataclass(frozen=True)
class Taught:
    """What is known of a person.

    Attributes:
        count: drawings that they have taught.
        new: those of them that came after the lesson that reads.
        lessons: all, the oldest first.
    """

    count: int = 0
    new: int = 0
    lessons: tuple[KeptLesson, ...] = ()


class Teaching(QObject):
    """Learns the hand of the person in use, and goes back where that is wanted.

    What is learned goes on the shelf as a model of its own: the untaught one stays as it is.

    Args:
        people: whose hands there are.
        library: where all is kept.
        jobs: where the work goes on.

    Attributes:
        taught: of the person in use.
        last: what came of the last lesson; None before the first of today, and for another person.

    Signals:
        changed(): more was taught, another lesson reads, or it begins or ends to learn.
        learned(): ``last`` is another one.
        failed(object): the exception because of which something could not be done.
    """

    changed = Signal()
    learned = Signal()
    failed = Signal(object)

    def __init__(
        self,
        parent: QObject,
        *,
        people: People,
        library: Library,
        jobs: Jobs,
        shelf: Shelf,
        preferences: Preferences,
    ) -> None:
        super().__init__(parent)
        self.taught = Taught()
        self.last: TeachingDone | None = None
        self._people = people
        self._library = library
        self._jobs = jobs
        self._shelf = shelf
        self._preferences = preferences
        self._entry: Entry | None = None
        self._shown: tuple[int, int | None] = (0, None)
        self._reads_next = False
        self._is_ready = False
        self._reading = Latest(jobs)
        self._loading = Latest(jobs)
        self._learning: Job | None = None
        people.changed.connect(self.read)

    @property
    def is_learning(self) -> bool:
        return self._learning is not None

    @property
    def can_learn(self) -> bool:
        """Whether there is something to learn from, and a model to begin with."""
        has_model = self._shelf.current is not None and self._is_ready
        return has_model and self.taught.count >= FEWEST and not self.is_learning

    @property
    def lesson(self) -> KeptLesson | None:
        """The one that reads for the person in use; None where there is none yet."""
        wanted = self._people.current.lesson
        return next((one for one in self.taught.lessons if one.id == wanted), None)

    @property
    def back(self) -> KeptLesson | None:
        """The step before; None where there is none."""
        lesson = self.lesson
        before = lesson.previous if lesson else None
        return next((one for one in self.taught.lessons if one.id == before), None)

    @property
    def forward(self) -> KeptLesson | None:
        """The newest step that came after; None where there is none."""
        lesson = self.lesson
        after = [one for one in self.taught.lessons if lesson and one.previous == lesson.id]
        return after[-1] if after else None

    @Slot()
    def start(self) -> None:
        """The program's model is there: have the one of the person in use, too."""
        self._is_ready = True
        self._reads_next = self._preferences.model == PROFILE
        self._people.read()

    @Slot()
    def read(self) -> None:
        """See what the person in use has taught, and have their model at hand."""
        if not self._is_ready:
            return
        person = self._people.current

        def work(_progress: Progress) -> Taught:
            lessons = list_lessons(self._library, person.id)
            since = next((one.created for one in lessons if one.id == person.lesson), 0.0)
            digits = read_taught(self._library, person.id)
            new = sum(1 for one in digits if one.created > since)
            return Taught(len(digits), new, tuple(lessons))

        self._reading.begin(self.tr("Reading the library"), work, self._on_read, self.failed.emit)

    def learn(self) -> None:
        """Let a copy of the model that reads learn all that the person in use has taught."""
        entry = self._shelf.current
        if entry is None or not self.can_learn:
            return
        person, lesson = self._people.current, self.lesson
        is_own = entry is self._entry and lesson is not None
        base = lesson.base or lesson.id if is_own and lesson else None
        name = lesson.name if is_own and lesson else entry.own_name
        model = entry.model

        def work(progress: Progress) -> TeachingDone:
            untaught = model if base is None else model_of_lesson(self._library, base)
            done = _taught(untaught, read_taught(self._library, person.id), progress)
            if done.is_taught:
                keep_lesson(self._library, person.id, name, untaught, done.model)
            return done

        self._learning = self._jobs.begin(
            self.tr("Learning your hand"), work, self._on_learned, self.failed.emit
        )
        self._learning.ended.connect(self._on_ended)
        self.changed.emit()

    def cancel(self) -> None:
        """Learn no further; what there was reads on."""
        if self._learning is not None:
            self._learning.cancel()

    def go_to(self, lesson: KeptLesson) -> None:
        """Read with another step of the person in use."""
        if self.is_learning:
            return
        person = self._people.current
        self._reads_next = True
        self._jobs.begin(
            self.tr("Going to another lesson"),
            lambda _: go_to_lesson(self._library, person.id, lesson.id),
            lambda _: self._people.read(),
            self.failed.emit,
            is_lasting=True,
        )

    def _on_read(self, taught: Taught) -> None:
        before, self.taught = self.taught, taught
        self.changed.emit()
        self._show_lesson()
        wanted = self._preferences.learn_after
        if wanted and taught.new >= wanted and taught.count > before.count:
            self.learn()

    def _show_lesson(self) -> None:
        """Have the model of the lesson on the shelf, if it is not there."""
        person, lesson = self._people.current, self.lesson
        shown = (person.id, lesson.id if lesson else None)
        if shown == self._shown:
            if self._entry is not None and lesson is not None:
                self._shelf.rename(self._entry, self._name(person, lesson))
            return
        is_other = person.id != self._shown[0]
        self._shown = shown
        if is_other:
            self.last = None
        if lesson is None or (lesson.base is None and not lesson.name):
            self._put_away()
            return
        number = lesson.id
        reads = self._reads_next or (self._entry is not None and self._shelf.current is self._entry)
        self._reads_next = False
        self._loading.begin(
            self.tr("Loading the model"),
            lambda _: _recognizer(model_of_lesson(self._library, number)),
            lambda recognizer: self._on_loaded(recognizer, person, lesson, reads=reads),
            self.failed.emit,
        )

    def _put_away(self) -> None:
        """The untaught model that comes with the program reads instead."""
        entry, self._entry, self._reads_next = self._entry, None, False
        if entry is None:
            return
        if self._shelf.current is entry:
            self._shelf.read_with(self._shelf.entries[0])
        self._shelf.remove(entry)

    def _on_loaded(
        self, recognizer: Recognizer, person: Profile, lesson: KeptLesson, *, reads: bool
    ) -> None:
        name = self._name(person, lesson)
        if self._entry is None or self._entry not in self._shelf.entries:
            self._entry = Entry(name, recognizer, is_in_profile=True)
            self._shelf.add(self._entry)
        else:
            self._shelf.rename(self._entry, name)
            self._shelf.renew(self._entry, recognizer, is_training=False)
        if reads:
            self._shelf.read_with(self._entry)

    def _name(self, person: Profile, lesson: KeptLesson) -> str:
        base = lesson.name or self.tr("default")
        return self.tr("{model} · {person}").format(model=base, person=self._people.name_of(person))

    def _on_learned(self, done: TeachingDone) -> None:
        self.last = done
        self._reads_next = done.is_taught
        self._people.read()
        self.learned.emit()

    @Slot()
    def _on_ended(self) -> None:
        self._learning = None
        self.changed.emit()


PROFILE = "profile"
"""What the preference for the model that reads says of the model of the person in use."""


def _taught(model: Model, digits: list[TaughtDigit], progress: Progress) -> TeachingDone:
    """Teach a copy. Loads torch."""
    from mnist_desktop.learning.config import NO_DIGIT
    from mnist_desktop.learning.datasets import bundled_mnist
    from mnist_desktop.learning.teaching import Example, TeachingDone, teach

    examples = [Example(int(one.label) if one.label else NO_DIGIT, one.ink) for one in digits]
    for event in teach(model, examples, bundled_mnist()):
        if isinstance(event, TeachingDone):
            return event
        progress(event.share)
    raise AssertionError


def _recognizer(model: Model) -> Recognizer:
    from mnist_desktop.learning.recognizer import Recognizer

    return Recognizer(model)
