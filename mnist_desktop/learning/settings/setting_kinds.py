"""What a setting's value can be: how it is checked, and how it is said. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mnist_desktop.errors import UserError
from mnist_desktop.texts import QT_TRANSLATE_NOOP, Translate, untranslated


class ConfigError(UserError):
    """A setting that cannot be.

    Attributes:
        field: its name in the configuration.
    """

    def __init__(self, field: str, template: str, /, **values: object) -> None:
        super().__init__(template, **values)
        self.field = field


@dataclass(frozen=True)
class Whole:
    """A whole number.

    Attributes:
        low, high: the bounds, which it may reach.
        none: the word for None; empty where there is always a number.
    """

    low: int
    high: int
    none: str = ""

    def check(self, field: str, value: object) -> None:
        if self.none and value is None:
            return
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not self.low <= value <= self.high
        ):
            raise ConfigError(
                field,
                QT_TRANSLATE_NOOP(
                    "core", "{name} is {value}; a whole number from {low:,} to {high:,} is needed."
                ),
                name=field,
                value=value,
                low=self.low,
                high=self.high,
            )

    def in_words(self, value: Any, translate: Translate = untranslated) -> str:
        return translate("core", self.none) if value is None else f"{value:,}"


@dataclass(frozen=True)
class Number:
    """A number with a fraction.

    Attributes:
        low, high: the bounds, which it may reach.
        is_share: people read it in percent.
    """

    low: float
    high: float
    is_share: bool = False

    def check(self, field: str, value: object) -> None:
        if (
            not isinstance(value, int | float)
            or isinstance(value, bool)
            or not self.low <= value <= self.high  # which is false for what is not a number
        ):
            raise ConfigError(
                field,
                QT_TRANSLATE_NOOP(
                    "core", "{name} is {value}; a number from {low:g} to {high:g} is needed."
                ),
                name=field,
                value=value,
                low=self.low,
                high=self.high,
            )

    def in_words(self, value: Any, translate: Translate = untranslated) -> str:
        if self.is_share:
            return translate("core", "{percent:g} %").format(percent=100 * value)
        return f"{value:g}"


@dataclass(frozen=True)
class OneOf:
    """One of several words.

    Attributes:
        names: what people read for each.
    """

    names: Mapping[str, str]

    def check(self, field: str, value: object) -> None:
        if value not in tuple(self.names):  # which asks for no hash
            raise ConfigError(
                field,
                QT_TRANSLATE_NOOP("core", "{name} is {value}; it can be {choices}."),
                name=field,
                value=value,
                choices=", ".join(self.names),
            )

    def in_words(self, value: Any, translate: Translate = untranslated) -> str:
        return translate("core", self.names[value])


@dataclass(frozen=True)
class YesNo:
    """Something that is done or not."""

    def check(self, field: str, value: object) -> None:
        """Anything is true or false."""

    def in_words(self, value: Any, translate: Translate = untranslated) -> str:
        return translate("core", "yes") if value else translate("core", "no")


@dataclass(frozen=True)
class Widths:
    """Widths of layers, from the first on.

    Attributes:
        high: of one.
        most: how many there can be.
    """

    high: int
    most: int

    def check(self, field: str, value: object) -> None:
        if not isinstance(value, tuple) or len(value) > self.most:
            raise ConfigError(
                field,
                QT_TRANSLATE_NOOP("core", "There can be {most} hidden layers at the most."),
                most=self.most,
            )
        for width in value:
            Whole(1, self.high).check(field, width)

    def in_words(self, value: Any, translate: Translate = untranslated) -> str:
        return ", ".join(map(str, value)) or translate("core", "none")


Kind = Whole | Number | OneOf | YesNo | Widths
"""Each can ``check`` a value, which raises a ``ConfigError`` if it cannot be, and say it
``in_words``, as people read it."""
