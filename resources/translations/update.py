"""For translators: bring the translation and what is made of it up to date with the program.

    python resources/translations/update.py

It looks for texts in the program. New ones are marked as unfinished in the .ts file beside this
one; translate them there, with ``pyside6-linguist`` or any editor, and run this again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

FOLDER = Path(__file__).parent
PACKAGE = FOLDER.parents[1] / "mnist_desktop"
CATALOGUE = FOLDER / "mnist_desktop_zh_CN.ts"
COMPILED = CATALOGUE.with_suffix(".qm")


def find_texts(catalogue: Path) -> None:
    """Put the texts of the program, and no others, into a .ts file; its translations stay."""
    options = ["-source-language", "en", "-target-language", "zh_CN"]
    options += ["-locations", "none", "-no-obsolete"]
    _run("pyside6-lupdate", *options, *sorted(PACKAGE.rglob("*.py")), "-ts", catalogue)


def compile_texts(catalogue: Path, compiled: Path) -> None:
    """Make the .qm file that the program reads."""
    _run("pyside6-lrelease", catalogue, "-qm", compiled)


def _run(tool: str, *arguments: str | Path) -> None:
    path = shutil.which(tool, path=sysconfig.get_path("scripts"))
    if path is None:
        sys.exit(f"{tool} is missing; it comes with PySide6-Essentials")
    done = subprocess.run(  # noqa: S603 - Qt’s own tools
        [path, *arguments], check=True, capture_output=True, text=True
    )
    print(done.stdout.strip())


if __name__ == "__main__":
    find_texts(CATALOGUE)
    compile_texts(CATALOGUE, COMPILED)
