"""Whose hand it is: the people who write here, and which of them does so now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.library import profile_file, profiles
from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.profiles import GONE, Profile
from mnist_desktop.ui.session.work import Latest
from mnist_desktop.ui.session.write_queue import WriteQueue

if TYPE_CHECKING:
    from mnist_desktop.ui.session.session import Session


class People(QObject):
    """The profiles of the library, and the one in use, which is remembered.

    Attributes:
        all: the oldest first; empty until they have been read.
        writes: names that are still to be written.

    Signals:
        changed(): there are others, one has another name or lesson, or another one is in use.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.all: list[Profile] = []
        self._library = session.library
        self._preferences = session.preferences
        self._jobs = session.jobs
        self.writes = WriteQueue(self._jobs, self, tries_again=False)
        self.writes.written.connect(self.read)
        self._reading = Latest(self._jobs)
        self._added: int | None = None
        self._jobs.failed.connect(self._on_failed)

    @property
    def current(self) -> Profile:
        """The one in use."""
        wanted = self._preferences.profile
        found = [one for one in self.all if one.id == wanted]
        return (found or self.all or [Profile(wanted, "", None)])[0]

    def name_of(self, profile: Profile) -> str:
        """For people: also of somebody who has given no name, and told from others of the same."""
        name = profile.name or self.tr("Me")
        older = [one for one in self.all if one.id < profile.id]
        same = sum(1 for one in older if (one.name or self.tr("Me")) == name)
        return f"{name} ({same + 1})" if same else name

    @Slot()
    def read(self) -> None:
        """See who there is."""
        self._reading.begin(
            self.tr("Reading the library"),
            lambda _: profiles.list_profiles(self._library),
            self._on_read,
        )

    def choose(self, profile: int) -> None:
        """Let another one write."""
        if profile != self.current.id:
            self._preferences.set("profile", profile)
            self.changed.emit()

    def add(self, name: str) -> None:
        """One more, who writes from now on."""
        self._begin(
            self.tr("Adding {name}").format(name=name),
            lambda: profiles.add_profile(self._library, name),
            self._on_added,
        )

    def rename(self, profile: int, name: str) -> None:
        """Call one otherwise."""
        self.writes.add(
            self.tr("Renaming the profile"),
            lambda: profiles.rename_profile(self._library, profile, name),
        )

    def delete(self, profile: int) -> None:
        """Away with one, and all that they taught. One always stays."""
        self.writes.add(
            self.tr("Deleting the profile"),
            lambda: profiles.delete_profile(self._library, profile),
        )

    def import_file(self, path: Path) -> None:
        """Have the one of a file here, who writes from now on."""
        self._begin(
            self.tr("Opening {name}").format(name=path.name),
            lambda: profile_file.import_profile(self._library, path),
            self._on_added,
        )

    def _begin(
        self,
        title: str,
        work: Callable[[], int],
        then: Callable[[int], None],
    ) -> None:
        def on_done(result: int) -> None:
            then(result)
            self.read()

        self._jobs.begin(title, lambda _: work(), on_done, is_lasting=True)

    def _on_added(self, profile: int) -> None:
        self._added = profile  # until it is read who that is, the one before writes

    @Slot(object)
    def _on_failed(self, fault: Exception) -> None:
        """Somebody may be gone, deleted in another window: who writes is somebody else now."""
        if isinstance(fault, LibraryError) and fault.template == GONE:
            self.read()

    def _on_read(self, found: list[Profile]) -> None:
        self.all = found
        if self._added is not None:
            self._preferences.set("profile", self._added)
            self._added = None
        self.changed.emit()
