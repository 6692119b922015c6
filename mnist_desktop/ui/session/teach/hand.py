"""What is known of a person's hand, and how it is learned: work for a thread."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mnist_desktop.library.database import Library
from mnist_desktop.library.lessons import KeptLesson, keep_lesson, list_lessons, model_of_lesson
from mnist_desktop.library.profiles import Profile
from mnist_desktop.library.taught import read_taught
from mnist_desktop.progress import Progress

if TYPE_CHECKING:
    from mnist_desktop.learning.models.model import Model
    from mnist_desktop.learning.teach.preparation import Prepared
    from mnist_desktop.learning.teach.teaching import TeachingDone


@dataclass(frozen=True)
class Taught:
    """What is known of a person.

    Attributes:
        count: drawings that they have taught.
        new: those of them that came after the newest lesson, whichever of them reads.
        lessons: all, the oldest first.
    """

    count: int = 0
    new: int = 0
    lessons: tuple[KeptLesson, ...] = ()

    def lesson(self, number: int | None) -> KeptLesson | None:
        """The one of this number; None where there is none."""
        return next((one for one in self.lessons if one.id == number), None)

    def after(self, lesson: KeptLesson) -> KeptLesson | None:
        """The newest of those that came after one; None where there is none."""
        return next((one for one in reversed(self.lessons) if one.previous == lesson.id), None)


def taught_by(library: Library, person: Profile) -> Taught:
    """What the library knows of a person.

    Raises:
        LibraryError: it cannot be read, or what it holds is damaged.
    """
    lessons = list_lessons(library, person.id)
    since = max((one.created for one in lessons), default=0.0)
    digits = read_taught(library, person.id)
    new = sum(1 for one in digits if one.created > since)
    return Taught(len(digits), new, tuple(lessons))


def get_ready(library: Library, base: Model | int, progress: Progress) -> Prepared:
    """Do all that can be done before there is anything to learn, which takes seconds.

    Args:
        base: the untaught model, or the number of the lesson that holds it.

    Raises:
        LibraryError: the lesson is gone, or damaged.
        UserError: the model cannot be taught.
    """
    from mnist_desktop.learning.data.datasets import bundled_mnist
    from mnist_desktop.learning.teach.preparation import prepare

    model = model_of_lesson(library, base) if isinstance(base, int) else base
    splits = bundled_mnist()
    # How far it is says nothing of the lesson itself; but it can be called off on the way.
    return prepare(model, splits, progress=lambda _: progress(0.0))


def learn(
    library: Library, person: Profile, name: str, prepared: Prepared, progress: Progress
) -> TeachingDone:
    """Teach a copy of a model all that a person has taught, and keep it if it is the better one.

    Args:
        name: of the untaught model.
        prepared: for that model.

    Raises:
        LibraryError: the library cannot be written, or the person has been deleted.
    """
    from mnist_desktop.learning.settings.config import NO_DIGIT
    from mnist_desktop.learning.teach.examples import Example
    from mnist_desktop.learning.teach.teaching import TeachingDone, teach

    untaught = prepared.model
    began = time.time()  # what is kept from now on is not in this lesson
    digits = read_taught(library, person.id)
    examples = [Example(int(one.label) if one.label else NO_DIGIT, one.ink) for one in digits]
    for event in teach(untaught, examples, prepared.splits, prepared=prepared):
        if not isinstance(event, TeachingDone):
            progress(event.share)
            continue
        progress(1.0)  # the last moment to call it off
        if event.is_taught:
            keep_lesson(library, person.id, name, untaught, event.model, created=began)
        return event
    raise AssertionError
