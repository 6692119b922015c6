"""What a person has chosen about the program itself, kept from one day to the next."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from mnist_desktop.files import PRIVATE, private_folder
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS
from mnist_desktop.library.profiles import FIRST
from mnist_desktop.paths import user_folder

FILE = "settings.ini"
PENS = (4, 40)
"""Pixels: the thinnest and the thickest pen."""

DEFAULT_PEN = 18

PROFILE = "profile"
"""What ``Preferences.model`` says of the model of the person in use."""

Value = TypeVar("Value")


class Preferences(QObject):
    """Each is read from the file when it is asked for, and written when it is changed.

    What the file holds may be anything: what makes no sense is as if it were not there. Where the
    file cannot be written, a choice holds until the program ends.

    Signals:
        changed(str): one of them is another, by its name.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        path = str(user_folder() / FILE)
        self._settings = QSettings(path, QSettings.Format.IniFormat, self)

    @property
    def language(self) -> str:
        """As in "zh_CN"; empty for the system's."""
        return self._read("language", "", str)

    @property
    def theme(self) -> str:
        """The "system", or "light", "dark" or "contrast"; any other stands for the system."""
        return self._read("theme", "system", str)

    @property
    def text_size(self) -> int:
        """Percent of the system's."""
        return self._read("text_size", 100, lambda value: _within(int(value), 50, 400))

    @property
    def strictness(self) -> float:
        """0 to 1."""
        return self._read("strictness", DEFAULT_STRICTNESS, lambda v: _within(float(v), 0.0, 1.0))

    @property
    def pen_width(self) -> int:
        """Pixels."""
        return self._read("pen_width", DEFAULT_PEN, lambda value: _within(int(value), *PENS))

    @property
    def wide_field(self) -> bool:
        """Whether the canvas is wide, for long numbers, and not a square."""
        return self._read("wide_field", False, lambda value: str(value).lower() == "true")

    @property
    def explain(self) -> bool:
        """Whether the Draw tab tells why it reads what it reads."""
        return self._read("explain", False, lambda value: str(value).lower() == "true")

    @property
    def model(self) -> str:
        """The path of the file whose model reads, or "run 7", or "profile"; empty for the
        program's own.
        """
        return self._read("model", "", str)

    @property
    def profile(self) -> int:
        """The number of the profile in use."""
        return self._read("profile", FIRST, lambda value: _within(int(value), FIRST, 2**53))

    @property
    def learn_after(self) -> int:
        """It learns by itself after so many corrections; 0 for never."""
        return self._read("learn_after", 0, lambda value: _within(int(value), 0, 1000))

    @property
    def folder(self) -> Path:
        """Where a file was last opened or saved."""
        folder = Path(self._read("folder", "", str) or Path.home())
        return folder if folder.is_dir() else Path.home()

    @property
    def window(self) -> QByteArray:
        """Size and place of the window, as Qt writes them; empty at first."""
        value = self._settings.value("window")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set(self, name: str, value: object) -> None:
        """Choose something else for one of these."""
        if getattr(self, name) != value:
            self._keep_private()
            self._settings.setValue(name, str(value) if isinstance(value, Path) else value)
            self.changed.emit(name)

    def _keep_private(self) -> None:
        """Qt would let others read a new file; of one that is there it leaves that as it is."""
        path = Path(self._settings.fileName())
        with suppress(OSError):
            private_folder(path.parent)
            path.touch(PRIVATE)
            path.chmod(PRIVATE)

    def _read(self, name: str, default: Value, checked: Callable[[Any], Value]) -> Value:
        value = self._settings.value(name)
        try:
            return default if value is None else checked(value)
        except (ValueError, TypeError, OverflowError):
            return default


def _within(value: Any, low: Any, high: Any) -> Any:
    if not low <= value <= high:
        raise ValueError
    return value
