"""The model that has learned a person's hand, on the shelf."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mnist_desktop.library.lessons import KeptLesson, model_of_lesson
from mnist_desktop.library.profiles import Profile
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.models.model import Model
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.ui.session.session import Session


class OwnModel(QObject):
    """What a lesson of the person in use has made: one model, another one after each lesson.

    Attributes:
        entry: on the shelf; None where there is none, or while the untaught model is wanted.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.entry: Entry | None = None
        self._people = session.people
        self._library = session.library
        self._shelf = session.shelf
        self._loading = Latest(session.jobs)
        self._shown: int | None = None
        self._reads_instead: tuple[Entry | None] | None = None

    @property
    def model(self) -> Model | None:
        """What the lesson has made; None where it is not there."""
        return self.entry.model if self.entry else None

    @property
    def reads(self) -> bool:
        """Whether it does, or the untaught one in its place, and not another that was chosen."""
        own = self.entry or self._untaught
        return own is not None and own is self._shelf.current

    def want(self) -> None:
        """Let the model that comes next read, unless another one has been chosen by then."""
        self._reads_instead = (self._shelf.current,)

    def show(self, person: Profile, lesson: KeptLesson | None) -> None:
        """Have the model of a lesson on the shelf, if it is not there."""
        if lesson is None or (lesson.base is None and not lesson.name):
            self._put_away(is_wanted=lesson is not None)
            return
        name = partial(self._name, person, lesson)  # in the language of when it is looked at
        number = lesson.id
        if number == self._shown:
            if self.entry is not None:
                self._shelf.rename(self.entry, name)
                self._read_if_wanted(self.entry)
            return
        self._shown = number
        self._loading.begin(
            self.tr("Loading the model"),
            lambda _: self._load(number),
            partial(self._on_loaded, name),
        )

    @property
    def _untaught(self) -> Entry | None:
        """The model that comes with the program; where that cannot be had, the first there is."""
        others = (one for one in self._shelf.entries if not one.is_in_profile)
        return min(others, key=lambda one: one.path != DEFAULT_MODEL, default=None)

    def _put_away(self, *, is_wanted: bool) -> None:
        """The untaught model that comes with the program reads instead.

        Args:
            is_wanted: also of another model, where that is what somebody has asked for.
        """
        self._loading.cancel()
        entry, self.entry, self._shown = self.entry, None, None
        untaught, current = self._untaught, (self._shelf.current,)
        is_to_read = current == (entry,) or (is_wanted and current == self._reads_instead)
        if untaught is not None and is_to_read:
            self._shelf.read_with(untaught)
        if entry is not None:
            self._shelf.remove(entry)

    def _load(self, lesson: int) -> Recognizer:
        """In a thread, since it loads torch."""
        from mnist_desktop.learning.read.recognizer import Recognizer

        return Recognizer(model_of_lesson(self._library, lesson))

    def _on_loaded(self, name: partial[str], recognizer: Recognizer) -> None:
        if self.entry is None or self.entry not in self._shelf.entries:
            self.entry = Entry(name, recognizer, is_in_profile=True)
            self._shelf.add(self.entry)
        else:
            self._shelf.rename(self.entry, name)
            self._shelf.renew(self.entry, recognizer, is_training=False)
        self._read_if_wanted(self.entry)

    def _read_if_wanted(self, entry: Entry) -> None:
        wanted, self._reads_instead = self._reads_instead, None
        if wanted == (self._shelf.current,):
            self._shelf.read_with(entry)

    def _name(self, person: Profile, lesson: KeptLesson) -> str:
        base = lesson.name or self.tr("default")
        return self.tr("{model} · {person}").format(model=base, person=self._people.name_of(person))
