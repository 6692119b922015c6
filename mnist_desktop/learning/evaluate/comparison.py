"""Whether one model reads better than another, told by the same pictures. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.texts import Translate, counted, joined, untranslated

SURE = 0.05
"""A difference that chance brings less often than this is taken for one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models, the first and the second, on the same pictures (McNemar 1947).

    Attributes:
        both: so many both read rightly.
        only_first, only_second: so many only the one reads rightly.
        neither: so many neither reads rightly.
    """

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def p_value(self) -> float:
        """How often chance alone would bring at least this difference, 0 to 1.

        McNemar's test in its exact form, from the binomial distribution.
        """
        fewer, more = sorted((self.only_first, self.only_second))
        apart = fewer + more
        ways = term = 1
        for count in range(fewer):
            term = term * (apart - count) // (count + 1)
            ways += term
        return min(1.0, 2 * ways / (1 << apart))


def compare(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> Comparison:
    """Compare two models by which of the same n pictures each reads rightly: (n,) and (n,)."""
    return Comparison(
        both=int((first & second).sum()),
        only_first=int((first & ~second).sum()),
        only_second=int((~first & second).sum()),
        neither=int((~first & ~second).sum()),
    )


def in_words(
    comparison: Comparison, first: str, second: str, translate: Translate = untranslated
) -> str:
    """What it comes to, in two or three sentences.

    Args:
        first, second: names of the models.
    """
    one, other = comparison.only_first, comparison.only_second
    if one + other == 0:
        return translate("core", "Both read the same pictures rightly.")
    told = joined(
        counted(
            one,
            translate("core", "{one:,} picture is read rightly by {first} alone,"),
            translate("core", "{one:,} pictures are read rightly by {first} alone,"),
        ),
        translate("core", "{other:,} by {second} alone."),
        translate,
    )
    p = comparison.p_value
    if p < SURE:
        chance = (
            translate("core", "If they read equally well, chance would bring that in {p:.2g} %.")
            if p >= 0.0001
            else translate("core", "Chance would hardly ever bring that.")
        )
        verdict = translate("core", "So {better} reads these pictures better.")
    else:
        chance = translate(
            "core", "If they read equally well, chance would bring that in {p:.0f} % of all cases."
        )
        verdict = translate("core", "So it is not shown that one reads better than the other.")
    text = joined(joined(told, chance, translate), verdict, translate)
    better = first if one > other else second
    return text.format(one=one, other=other, first=first, second=second, p=100 * p, better=better)
