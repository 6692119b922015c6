"""Open files that were spoiled or made to do harm, and use what opens.

    python tests/benchmarks/hostile_files.py [--format NAME] [--count N] [--seed N] [--keep FOLDER]

Small files of every format are made, then spoiled in ``--count`` ways, and bombs are crafted. Each
is opened as the window opens it. It must be refused with one clear sentence or work, within 2 s and
1 GB of memory, and run no code. Files that do otherwise are kept in a folder. Fails if there are
any. One seed always makes the same files, whichever formats are chosen.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from functools import lru_cache, partial
from pathlib import Path
from random import Random

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import torch
from hostile.bombs import Bomb, bombs_of
from hostile.corpus import MAKERS, Sample, corpus_of, tiny_splits
from hostile.mutations import spoiled
from hostile.worker import Outcome, outcomes

SHARES = {
    "picture": 15,
    "strokes": 12,
    "idx": 10,
    "pickle": 15,
    "npz": 10,
    "csv": 6,
    "zip": 8,
    "safetensors": 12,
    "pt": 10,
    "run": 9,
    "library": 7,
}
"""Of so many files; what counts is how they stand to each other."""

FAULTS = ("unhandled", "told badly", "warned", "over 2 s", "over 1 GB", "code run")
COLUMNS = ("files", "opened", "refused", *FAULTS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--format", choices=MAKERS, action="append", help="all by default")
    parser.add_argument("--count", type=int, default=100_000, help="spoiled files of all formats")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="begin with this file of a format")
    parser.add_argument("--batch", type=int, default=500, help="files that one process opens")
    parser.add_argument(
        "--keep", type=Path, default=Path("hostile-files"), help="folder for faults"
    )
    parser.add_argument("--no-bombs", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    began = time.monotonic()
    formats = options.format or list(MAKERS)
    splits = tiny_splits()
    total = Counter[str]()
    print(f"{'':16}" + "".join(f"{name:>11}" for name in COLUMNS) + f"{'seconds':>9}", flush=True)
    for kind in formats:
        corpus = corpus_of(kind, splits)
        share = SHARES[kind] / sum(SHARES[one] for one in formats)
        numbers = range(options.first, options.first + round(options.count * share))
        make = partial(_spoiled, kind, corpus, options.seed)
        total += _table_row(kind, make, numbers, options.batch, options.keep)
        if not options.no_bombs:
            bombs = bombs_of(kind, corpus)
            make = lru_cache(maxsize=1)(partial(_bomb, bombs))
            total += _table_row(f"{kind} bombs", make, range(len(bombs)), 1, options.keep)
    _print_row("all", total, time.monotonic() - began)
    return int(any(total[fault] for fault in FAULTS))


def _bomb(bombs: list[Bomb], number: int) -> Sample:
    return bombs[number]()


def _spoiled(kind: str, corpus: list[Sample], seed: int, number: int) -> Sample:
    random = Random(f"{seed} {kind} {number}")
    return spoiled(random.choice(corpus), corpus, random)


def _table_row(title: str, make, numbers: range, batch: int, keep: Path) -> Counter[str]:
    began = time.monotonic()
    counts = Counter[str]()
    for outcome in outcomes(title.split(maxsplit=1)[0], make, numbers, batch):
        counts[outcome.kind] += 1
        counts["files"] += 1
        if outcome.is_fault:
            _keep(title, make(outcome.number), outcome, keep)
    _print_row(title, counts, time.monotonic() - began)
    return counts


def _print_row(title: str, counts: Counter[str], seconds: float) -> None:
    figures = "".join(f"{counts[name]:>11,}" for name in COLUMNS)
    print(f"{title:16}{figures}{seconds:>9.0f}", flush=True)


def _keep(title: str, sample: Sample, outcome: Outcome, folder: Path) -> None:
    place = folder / f"{title} {outcome.number} {outcome.kind}".replace(" ", "-")
    place.mkdir(parents=True, exist_ok=True)
    for name, content in {**sample.beside, sample.name: sample.content}.items():
        (place / name).write_bytes(content)
    (place / "outcome.txt").write_text(
        f"{outcome.text}\n{outcome.seconds:.2f} s, {outcome.megabytes} MB\n", errors="replace"
    )
    print(f"  {place}: {outcome.text.strip().splitlines()[-1][:150]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
