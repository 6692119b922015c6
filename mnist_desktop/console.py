"""What a command says, and how it hears of Ctrl-C."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


def voice(options: argparse.Namespace) -> Callable[[str], None]:
    """Says things where they do not get between the JSON."""
    stream = sys.stderr if options.json else sys.stdout
    return lambda text: print(text, file=stream, flush=True)


def complain(text: object) -> None:
    """Says on standard error what is wrong."""
    print(f"mnist-desktop: {text}", file=sys.stderr)


def print_json(options: argparse.Namespace, result: dict[str, Any]) -> None:
    """The result of a command, where it was asked for."""
    if options.json:
        print(json.dumps(result))


@contextmanager
def interruptible() -> Iterator[list[int]]:
    """Within, the first Ctrl-C only fills the list; a second one interrupts as usual."""
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield received
    finally:
        signal.signal(signal.SIGINT, before)


def show_share(done: float) -> None:
    """How much is done, 0 to 1."""
    show(f"{done:.0%}")


def show(text: str) -> None:
    """A line that the next one replaces, for people only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}\r", end="", file=sys.stderr, flush=True)
