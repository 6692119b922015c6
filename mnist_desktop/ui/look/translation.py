"""The language of the window: its texts, Qt's own, numbers, and fonts that have its characters."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from mnist_desktop.paths import bundled

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""What each is called in itself, so that whoever looks for it can read it."""

SOURCE = "en"
"""The language that the texts are written in."""

CJK_FONTS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
)
"""Of Windows, macOS and Linux. Named, since a system that is not Chinese may take a Japanese font,
in which many characters have another shape."""


def language_of(wanted: Iterable[str]) -> str:
    """The first language that there is among those that a person wants, or else English.

    Args:
        wanted: as in "zh-Hans-CN" or "en-GB", the dearest first.
    """
    for name in wanted:
        for language in LANGUAGES:
            if name.replace("_", "-").split("-")[0] == language.split("_")[0]:
                return language
    return SOURCE


def system_language() -> str:
    """The language that the system speaks, as far as there is a translation."""
    return language_of(QLocale.system().uiLanguages())


class Translation:
    """Has the application speak one language, and later another.

    Widgets keep the texts that they were made with, so they are to be made anew.

    Attributes:
        language: of ``LANGUAGES``, that it speaks now.
    """

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._families = application.font().families()
        self._translators: list[QTranslator] = []
        self.language = SOURCE

    def speak(self, language: str) -> None:
        """Speak a language from now on.

        Args:
            language: of ``LANGUAGES``; any other is taken for English.
        """
        self.language = language if language in LANGUAGES else SOURCE
        locale = QLocale(self.language)
        # Numbers in fields are then as those in texts, whose separators are "," and ".".
        QLocale.setDefault(locale)
        while self._translators:
            self._application.removeTranslator(self._translators.pop())
        if self.language == SOURCE:
            self._name_fonts(self._families)
            return
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (
            ("qtbase", qt),
            ("mnist_desktop", str(bundled("resources/translations"))),
        ):
            translator = QTranslator()
            if translator.load(f"{name}_{self.language}", folder):
                self._application.installTranslator(translator)
                self._translators.append(translator)
        # By its real name: of an alias such as "Sans Serif" Qt would find none, and take the next.
        own = QFontInfo(self._application.font()).family()
        self._name_fonts([own, *CJK_FONTS])

    def _name_fonts(self, families: list[str]) -> None:
        """Take the first, and the others for the characters that it lacks."""
        font = self._application.font()
        font.setFamilies(families)
        self._application.setFont(font)
