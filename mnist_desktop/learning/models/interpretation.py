"""How the weights of a file that does not say it are meant. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from mnist_desktop.errors import UserError
from mnist_desktop.learning.settings.setting_kinds import OneOf
from mnist_desktop.learning.settings.training_settings import BY_FIELD, Activation
from mnist_desktop.texts import QT_TRANSLATE_NOOP, Translate, joined, untranslated

PixelRange = Literal["0-1", "0-255", "plus-minus-1", "standardised"]

RANGES: dict[PixelRange, tuple[float, float]] = {
    "0-1": (1.0, 0.0),
    "0-255": (255.0, 0.0),
    "plus-minus-1": (2.0, -1.0),
    "standardised": (1 / 0.3081, -0.1307 / 0.3081),
}
"""What a pixel, 0 to 1, is multiplied with, and what is then added. The last takes MNIST's mean
from it and divides by its standard deviation, as PyTorch's own example does."""

RANGE_NAMES: dict[PixelRange, str] = {
    "0-1": QT_TRANSLATE_NOOP("core", "pixels from 0 to 1"),
    "0-255": QT_TRANSLATE_NOOP("core", "pixels from 0 to 255"),
    "plus-minus-1": QT_TRANSLATE_NOOP("core", "pixels from −1 to 1"),
    "standardised": QT_TRANSLATE_NOOP("core", "pixels less MNIST’s mean, by its deviation"),
}

WHITE_PAPER, TRANSPOSED = "white-paper", "transposed"
WORDS = (*get_args(PixelRange), WHITE_PAPER, TRANSPOSED)
"""Of which ``parse_input`` makes an ``InputFormat``."""

HALF = 0.5
"""A model that reads less is told to do so."""


@dataclass(frozen=True)
class InputFormat:
    """How a network is given its pictures.

    Attributes:
        range: of the pixels.
        white_paper: ink is dark and paper light, as on a sheet; MNIST has it the other way round.
        transposed: rows are columns, as EMNIST has it.
    """

    range: PixelRange = "0-1"
    white_paper: bool = False
    transposed: bool = False

    @property
    def scale(self) -> tuple[float, float]:
        """What one of MNIST's pixels, 0 to 1, is multiplied with, and what is then added."""
        factor, shift = RANGES[self.range]
        return (-factor, factor + shift) if self.white_paper else (factor, shift)

    @property
    def words(self) -> str:
        """Of which ``parse_input`` makes it again."""
        words: list[str] = [self.range]
        words += [WHITE_PAPER] * self.white_paper + [TRANSPOSED] * self.transposed
        return ", ".join(words)


@dataclass(frozen=True)
class Wish:
    """What a person says of a file that does not say it.

    Attributes:
        activation, input: None to have it found out.
    """

    activation: Activation | None = None
    input: InputFormat | None = None


@dataclass(frozen=True)
class Interpretation:
    """How a file's weights were taken.

    Attributes:
        activation: between the layers; None where there is but one.
        input: what the network was given in training. The weights it has here are made for pixels
            from 0 to 1, whatever that was.
        accuracy, total: what it reads of so many digits of MNIST's validation split.
        has_batch_norm: its batch normalisation has become part of the weights.
    """

    activation: Activation | None
    input: InputFormat
    accuracy: float
    total: int
    has_batch_norm: bool = False

    def in_words(self, translate: Translate = untranslated) -> str:
        """What was found, in one sentence or two."""
        template = (
            translate(
                "core",
                "The file does not say how its network reads. It was tried: given {range}, "
                "{ink}, {side}, with {activation} between its layers, it reads {accuracy:.1f} % "
                "of {total:,} digits.",
            )
            if self.activation
            else translate(
                "core",
                "The file does not say how its network reads. It was tried: given {range}, "
                "{ink}, {side}, it reads {accuracy:.1f} % of {total:,} digits.",
            )
        )
        ink = (
            translate("core", "dark ink on white paper")
            if self.input.white_paper
            else translate("core", "light ink on black")
        )
        side = (
            translate("core", "rows and columns exchanged")
            if self.input.transposed
            else translate("core", "upright")
        )
        text = template.format(
            range=translate("core", RANGE_NAMES[self.input.range]),
            ink=ink,
            side=side,
            activation=activation_name(self.activation, translate) if self.activation else "",
            accuracy=100 * self.accuracy,
            total=self.total,
        )
        if self.has_batch_norm:
            more = translate("core", "Its batch normalisation is part of the weights now.")
            text = joined(text, more, translate)
        if self.accuracy < HALF:
            more = translate(
                "core",
                "That is less than half: it was trained on something else, or in a way that was "
                "not tried.",
            )
            text = joined(text, more, translate)
        return text


def activation_name(activation: Activation, translate: Translate = untranslated) -> str:
    """As people read it."""
    kind = BY_FIELD["activation"].kind
    assert isinstance(kind, OneOf)
    return kind.in_words(activation, translate)


def parse_input(text: str) -> InputFormat:
    """An input format from words with commas between them, as in "0-255, white-paper".

    Raises:
        UserError: a word that is none of ``WORDS``, or two ranges.
    """
    words = [word.strip() for word in text.lower().split(",") if word.strip()]
    ranges = [word for word in get_args(PixelRange) if word in words]
    if not words or set(words) - set(WORDS) or len(ranges) > 1:
        raise UserError(
            QT_TRANSLATE_NOOP("core", "{text} is no input format; it can be {words}"),
            text=text,
            words=", ".join(WORDS),
        )
    return InputFormat(
        ranges[0] if ranges else "0-1",
        white_paper=WHITE_PAPER in words,
        transposed=TRANSPOSED in words,
    )
