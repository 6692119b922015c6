"""A person's hand is learned: what was taught, the model that has learned it, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.library.database import Library
from mnist_desktop.library.lessons import KeptLesson, go_to_lesson
from mnist_desktop.library.profiles import Profile
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.preferences import PROFILE
from mnist_desktop.ui.session.teach.hand import Taught, get_ready, learn, taught_by
from mnist_desktop.ui.session.teach.own_model import OwnModel
from mnist_desktop.ui.session.work import Job, Jobs, Latest, ignore

if TYPE_CHECKING:
    from mnist_desktop.learning.models.model import Model
    from mnist_desktop.learning.teach.preparation import Prepared
    from mnist_desktop.learning.teach.teaching import TeachingDone
    from mnist_desktop.ui.session.session import Session


class Teaching(QObject):
    """Learns the hand of the person in use, and goes back where that is wanted.

    What is learned goes on the shelf as a model of its own: the untaught one stays as it is.

    Attributes:
        taught: of the person in use.
        own: the model of their lesson.
        last: what came of the last lesson; None before the first of today, and for another person.

    Signals:
        changed(): more was taught, another lesson reads, or it begins or ends to learn.
        learned(): ``last`` is another one.
    """

    changed = Signal()
    learned = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.taught = Taught()
        self.last: TeachingDone | None = None
        self.own = OwnModel(session)
        self._session = session
        self._people = session.people
        self._library = session.library
        self._person: int | None = None
        self._is_ready = False
        self._known = False
        self._tried = 0  # so many drawings there were when it last began to learn
        self._reading = Latest(session.jobs)
        self._readiness = Readiness(self._library, session.jobs, self)
        self._learning: Job | None = None
        self._learner = 0
        self._people.changed.connect(self.read)

    @property
    def is_learning(self) -> bool:
        return self._learning is not None

    @property
    def is_ending(self) -> bool:
        """Whether that was called off, and only what is begun is done to its end."""
        return self._learning is not None and self._learning.is_cancelled

    @property
    def can_learn(self) -> bool:
        """Whether there is something to learn from, and a model to begin with."""
        has_model = self._session.shelf.current is not None and self._is_ready
        return has_model and self.taught.count > 0 and not self.is_learning

    @property
    def lesson(self) -> KeptLesson | None:
        """The one that reads for the person in use; None where there is none yet."""
        return self.taught.lesson(self._people.current.lesson)

    @property
    def back(self) -> KeptLesson | None:
        """The step before; None where there is none."""
        lesson = self.lesson
        return self.taught.lesson(lesson.previous) if lesson else None

    @property
    def forward(self) -> KeptLesson | None:
        """The newest step that came after; None where there is none."""
        lesson = self.lesson
        return self.taught.after(lesson) if lesson else None

    @Slot()
    def start(self) -> None:
        """The program's model is there: have the one of the person in use, too."""
        self._is_ready = True
        if self._session.preferences.model == PROFILE:
            self.own.want()
        self._people.read()

    @Slot()
    def read(self) -> None:
        """See what the person in use has taught, and have their model at hand."""
        if not self._is_ready:
            return
        person = self._people.current
        if person.id != self._person:
            self._begin_with(person)
        self._reading.begin(
            self.tr("Reading the library"),
            lambda _: taught_by(self._library, person),
            self._on_read,
        )

    def prepare(self) -> None:
        """Do what can be done before there is much to learn, so that nobody waits for it then."""
        untaught = self._untaught()
        if untaught is not None and not self.is_learning:
            self._readiness.begin(untaught[1])

    def learn(self) -> None:
        """Let a copy of the model that reads learn all that the person in use has taught."""
        untaught = self._untaught()
        if untaught is None or not self.can_learn:
            return
        person, (name, base) = self._people.current, untaught
        known = self._readiness.take(base)

        def work(progress: Progress) -> tuple[Profile, Prepared, TeachingDone]:
            prepared = known or get_ready(self._library, base, progress)
            return person, prepared, learn(self._library, person, name, prepared, progress)

        self._learning = self._session.jobs.begin(
            self.tr("Learning your hand"), work, self._on_learned
        )
        self._learner, self._tried = person.id, self.taught.count
        self._learning.ended.connect(self._on_ended)
        self.changed.emit()

    def cancel(self) -> None:
        """Learn no further; what there was reads on."""
        if self._learning is not None:
            self._learning.cancel()
            self.changed.emit()

    def go_to(self, lesson: KeptLesson) -> None:
        """Read with another step of the person in use."""
        if self.is_learning:
            return
        person = self._people.current

        def on_gone(_: object) -> None:
            self.own.want()
            self._people.read()

        self._session.jobs.begin(
            self.tr("Going to another lesson"),
            lambda _: go_to_lesson(self._library, person.id, lesson.id),
            on_gone,
            is_lasting=True,
        )

    def _untaught(self) -> tuple[str, Model | int] | None:
        """The model to begin with, by its name: itself, or the number of a lesson.

        Of the person's own it is the one that it was made of, so that nothing is learned twice.
        """
        entry, lesson = self._session.shelf.current, self.lesson
        if entry is None:
            return None
        if entry is self.own.entry and lesson is not None:
            if lesson.base is None:
                return lesson.name, lesson.id
            return lesson.name, self._readiness.base_of(entry.model) or lesson.base
        return entry.own_name, entry.model

    def _begin_with(self, person: Profile) -> None:
        """What is known of the person before says nothing of this one."""
        if self._person is not None:  # at the start another model may be wanted
            self.own.want()
        self._person, self._known, self._tried = person.id, False, 0
        self.taught, self.last = Taught(), None
        self.changed.emit()

    def _on_read(self, taught: Taught) -> None:
        has_more = self._known and taught.count > self.taught.count
        self.taught, self._known = taught, True
        self._tried = min(self._tried, taught.count)
        if self.is_learning and self._learner not in {one.id for one in self._people.all}:
            self.cancel()
        self.changed.emit()
        self.own.show(self._people.current, self.lesson)
        if has_more:
            self.prepare()
        wanted = self._session.preferences.learn_after
        # After a lesson that came to nothing, or was called off, so many again.
        if wanted and has_more and min(taught.new, taught.count - self._tried) >= wanted:
            self.learn()

    def _on_learned(self, result: tuple[Profile, Prepared, TeachingDone]) -> None:
        person, prepared, done = result
        self._readiness.keep(prepared)
        if person.id == self._people.current.id:  # of somebody else it is kept, but not shown
            self.last = done
            if done.is_taught:
                self.own.want()
            self.learned.emit()

    @Slot()
    def _on_ended(self) -> None:
        self._learning = None
        self.changed.emit()
        self._people.read()  # also where it was called off when it had just been kept


class Readiness(QObject):
    """Holds what was prepared for one model.

    Attributes:
        prepared: what there is; None while there is nothing.
    """

    def __init__(self, library: Library, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.prepared: Prepared | None = None
        self._library = library
        self._preparing = Latest(jobs)
        self._wanted: Model | int | None = None

    def begin(self, base: Model | int) -> None:
        """Prepare for a model, or that of a lesson, in the background, unless that is done."""
        if self._of(base) or (self._preparing.is_busy and self._wanted == base):
            return
        self._wanted = base
        # A fault is told when somebody wants to learn.
        self._preparing.begin(
            self.tr("Getting ready to learn"),
            partial(get_ready, self._library, base),
            self.keep,
            ignore,
        )

    def take(self, base: Model | int) -> Prepared | None:
        """What is prepared for this one; what is still on its way is called off."""
        self._preparing.cancel()
        return self._of(base)

    def _of(self, base: Model | int) -> Prepared | None:
        prepared = self.prepared
        return prepared if prepared is not None and prepared.model == base else None

    def keep(self, prepared: Prepared) -> None:
        """Have this instead of what there was."""
        self.prepared = prepared

    def base_of(self, taught: Model) -> Model | None:
        """The untaught model of one that was taught, if it is the one that is prepared for."""
        lessons, prepared = taught.lessons, self.prepared
        if prepared is None or not lessons or lessons[-1].base != prepared.model.sha256:
            return None
        return prepared.model
