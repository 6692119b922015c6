"""Run the benchmarks, and write what they print into README.md beside this file.

    python tests/benchmarks/figures.py [--strokes DRAWINGS.jsonl.gz] [NAME ...]

All of them take some hours. With names, as in ``startup whole_numbers``, only those are run, and
the others' figures stay as they are. Drawings of digits may be given; where they are not, those
that come with the program are taken, from which the bundled model has learned. What needs signs is
left as it is where no ``--letters`` are given. The page is written after each benchmark, so it can
be interrupted. Fails if one of them fails.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from common import HERE

from mnist_desktop.paths import bundled

DIGITS = bundled("data/unipen") / "digits.jsonl.gz"
PAGE = HERE / "README.md"

STROKES, LETTERS = "STROKES.jsonl.gz", "LETTERS.jsonl.gz"
"""What stands for files in the commands below."""

COMMANDS = (
    "article_accuracy.py",
    f"real_strokes.py {STROKES}",
    "left_out_sources.py",
    f"whole_numbers.py {STROKES}",
    f"signs.py {STROKES} {LETTERS}",
    f"pictures.py {STROKES} --drawings 120",
    f"touching.py {STROKES} --numbers 100",
    f"surroundings.py {STROKES}",
    "picture_sets.py --mnist --sample 0",
    f"invariance.py {STROKES}",
    f"ink_against_mnist.py {STROKES}",
    f"slant.py {STROKES}",
    "training_speed.py",
    "training_speed.py --busy 4",
    "device_curves.py",
    "window_lag.py",
    "startup.py",
    "memory.py",
    "large_data.py",
    "library.py",
    "inspection.py",
    "evaluation.py",
    "explaining.py",
    "many_runs.py",
    "gallery.py",
    "teaching_lag.py",
    "teaching_survival.py",
    "survival.py",
    "trouble.py",
    "soak.py",
    "random_user.py --minutes 30",
    "hostile_files.py",
)
"""In the order in which they stand on the page."""

HEAD = """# Figures

What the benchmarks print, written here by `python tests/benchmarks/figures.py`. Machines differ and
are shared, so figures of speed are ratios against something named, taken in the same run. The
bundled model has learned from `data/unipen`: where drawings are from there, the figures say how the
rest of the road does, and `left_out_sources.py` how strangers are read.
"""

HEADING = "## "


def sections_of(page: str) -> dict[str, str]:
    """The page's sections by the command that stands over each."""
    parts = re.split(rf"^{HEADING}", page, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0].strip("`"): part.split("\n", 1)[1] for part in parts}


def page_of(sections: Mapping[str, str]) -> str:
    """The page: sections in the order of ``COMMANDS``, and then what else was on it."""
    order = [*COMMANDS, *(command for command in sections if command not in COMMANDS)]
    return HEAD + "".join(
        f"\n{HEADING}`{command}`\n\n{sections[command].strip()}\n"
        for command in order
        if command in sections
    )


def measured(command: str, files: Mapping[str, Path]) -> tuple[str, bool]:
    """What a benchmark prints, as a section, and whether it was content.

    Args:
        files: what to put in the place of ``STROKES`` and ``LETTERS``.
    """
    script, *arguments = shlex.split(command)
    given = [str(files.get(one, one)) for one in arguments]
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, script, *given], stdout=subprocess.PIPE, text=True, cwd=HERE, check=False
    )
    minutes = (time.monotonic() - began) / 60
    # A line that was written over is of no interest any more.
    lines = [line.rsplit("\r", 1)[-1].rstrip() for line in done.stdout.splitlines()]
    taken = [f"{one}: {files[one].name}" for one in arguments if one in files]
    when = f"{time.strftime('%Y-%m-%d')}, {minutes:.1f} minutes, {_machine()}"
    ended = "" if done.returncode == 0 else f" **It failed, with status {done.returncode}.**"
    text = (
        f"\n{_first_line(script)} {'; '.join([when, *taken])}.{ended}\n\n```\n"
        + "\n".join(lines).strip("\n")
        + "\n```\n"
    )
    return text, done.returncode == 0


def _first_line(script: str) -> str:
    """What a benchmark says of itself, up to its first full stop, question mark or colon."""
    docstring = " ".join((HERE / script).read_text(encoding="utf-8").split('"""')[1].split())
    found = re.match(r".*?[.?](?= |$)", docstring)
    return found[0] if found else docstring


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("torch", "PySide6-Essentials"))
    return f"{os.cpu_count()} cores, {platform.system()}, {libraries}"


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = sorted({command.split(".py")[0] for command in COMMANDS})
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--strokes", type=Path, default=DIGITS, help="drawings of digits")
    parser.add_argument("--letters", type=Path, help="drawings of letters and signs")
    options = parser.parse_args()
    if unknown := set(options.names) - set(names):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    files = {STROKES: options.strokes.resolve()}
    if options.letters is not None:
        files[LETTERS] = options.letters.resolve()
    is_good = True
    for command in COMMANDS:
        name = command.split(".py")[0]
        if options.names and name not in options.names:
            continue
        if LETTERS in command and LETTERS not in files:
            print(f"{command}: left as it is, since no --letters were given", flush=True)
            continue
        print(command, flush=True)
        text, is_content = measured(command, files)
        is_good &= is_content
        # Read anew each time: another one may have been run meanwhile.
        page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        sections = sections_of(page) | {command: text}
        PAGE.write_text(page_of(sections), encoding="utf-8")
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
