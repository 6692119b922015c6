"""What an explanation says in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial, reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from mnist_desktop.texts import joined
from mnist_desktop.ui.session.read.explanation import Explanation
from mnist_desktop.ui.session.texts import percent, translated

if TYPE_CHECKING:
    from mnist_desktop.learning.explain.explaining import Contributions
    from mnist_desktop.learning.explain.smallest_change import Change
    from mnist_desktop.learning.read.reading import Digit

RARELY = 0.9
"""What leaves less of how sure it is, is worth a word."""


def words_of(explanation: Explanation, frame: int) -> str:
    """What is seen, in one or two sentences for somebody who sees it for the first time.

    Args:
        frame: of the smallest change.
    """
    digit, parts = explanation.digit, explanation.contributions
    if digit is None or parts is None:
        return ""
    names = {"answer": digit.digit, "rival": explanation.rival}
    if explanation.view == "missing":
        return QCoreApplication.translate(
            "why",
            "Where ink is missing: a dot of the pen would help {rival} where it is blue, and "
            "{answer} where it is orange.",
        ).format(**names)
    if explanation.view == "change":
        return _words_of_change(explanation, explanation.change, frame)
    if explanation.view == "untrained":
        return _words_of_untrained(explanation)
    return _in_lines(
        QCoreApplication.translate(
            "why",
            "What each pixel’s ink adds: orange speaks for {answer}, blue for {rival}.",
        ).format(**names),
        _in_a_row(_in_figures(parts), *_of_the_pen(explanation, digit)),
    )


def _in_figures(parts: Contributions) -> str:
    return (
        QCoreApplication.translate(
            "why",
            "The scores are {answer:.2f} and {rival:.2f}. Their difference of {difference:.2f} is "
            "{empty:.2f} from the empty paper and {total:.2f} from all ink together.",
        )
        .format(
            answer=parts.answer_score,
            rival=parts.rival_score,
            difference=parts.difference,
            empty=parts.empty,
            total=parts.total,
        )
        .replace("-", "−")
    )


def _of_the_pen(explanation: Explanation, digit: Digit) -> Iterator[str]:
    """What no ink shows, as far as it says anything of the two, and against both."""
    added, rival = explanation.added, explanation.rival
    more = 0.0 if added is None else float(added[digit.digit] - added[rival])
    if more:
        yield QCoreApplication.translate(
            "why", "How the pen went adds {more:.2f} for {digit}."
        ).format(more=abs(more), digit=digit.digit if more > 0 else rival)
    if digit.belief < RARELY:
        yield QCoreApplication.translate("why", "That it is a digit at all: {share}.").format(
            share=percent(digit.belief)
        )


def _words_of_change(explanation: Explanation, change: Change | None, frame: int) -> str:
    rival = explanation.rival
    if change is None:
        if explanation.is_looking:
            return QCoreApplication.translate("why", "Looking for the smallest change…")
        if not explanation.is_change_known:
            return QCoreApplication.translate(
                "why",
                "The search for the smallest change was cancelled. The button begins it anew.",
            )
        return QCoreApplication.translate(
            "why", "No small change of the ink makes it read as {rival}."
        ).format(rival=rival)
    return _in_lines(
        QCoreApplication.translate("why", "Now it reads {read}.").format(
            read=change.answers[frame]
        ),
        QCoreApplication.translate(
            "why",
            "The smallest change that makes it read {rival}: {amount} of the ink. If you see no "
            "{rival}, the network looks at something else than you do.",
        ).format(rival=rival, amount=percent(change.amount)),
    )


def _words_of_untrained(explanation: Explanation) -> str:
    from mnist_desktop.learning.explain.explaining import rank_correlation

    digit, learned, untrained = explanation.digit, explanation.contributions, explanation.untrained
    if digit is None or learned is None or untrained is None:
        return ""
    correlation = rank_correlation(learned.values, untrained.values, digit.picture)
    return _in_lines(
        QCoreApplication.translate(
            "why",
            "The same map for a network of this shape that has learned nothing. If both looked "
            "alike, the map would show the ink and not what was learned.",
        ),
        QCoreApplication.translate("why", "Likeness of the two maps, −1 to 1: {value:.2f}.")
        .format(value=correlation)
        .replace("-", "−"),
    )


def _in_a_row(*sentences: str) -> str:
    return reduce(partial(joined, translate=translated), sentences)


def _in_lines(*texts: str) -> str:
    """One below the other, those that say something."""
    return "\n".join(filter(None, texts))
