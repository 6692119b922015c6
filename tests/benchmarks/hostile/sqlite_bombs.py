"""Databases whose pages point into themselves, or whose cells say that they are larger than the
file.
"""

from __future__ import annotations

import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from hostile.corpus import Sample
from hostile.sqlite_mutations import INDEX_INTERIOR, TABLE_INTERIOR, cells_of, page_size

EPOCHS = 4000
"""So many rows take several levels of pages."""

Change = Callable[[bytearray, int, str], None]


def databases(samples: list[Sample]) -> Iterator[Callable[[], Sample]]:
    """From files of the program's, of each of its versions."""
    for sample in samples:
        for table in _tables(sample.content):
            for change in (*TREES, *CHAINS):
                yield lambda sample=sample, table=table, change=change: _changed(
                    sample, table, change
                )


def _tables(content: bytes) -> list[str]:
    names = ("runs", "epochs", "batches", "changes", "weights", "checkpoints", "timeline", "states")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "db").write_bytes(content)
        with closing(sqlite3.connect(Path(folder) / "db")) as connection:
            found = connection.execute("SELECT name FROM sqlite_master").fetchall()
    return [name for name in (*names, "model_files") if (name,) in found]


def _changed(sample: Sample, table: str, change: Change) -> Sample:
    content, root = _grown(sample.content, table)
    changed = bytearray(content)
    change(changed, root, table)
    return sample.spoiled(bytes(changed))


def _grown(content: bytes, table: str) -> tuple[bytes, int]:
    """With so many rows in a table that it has pages above others, and its first page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "db"
        path.write_bytes(content)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            filled = {"epoch": "epoch + n", "run": "run", "id": "NULL"}
            if table in {"states", "checkpoints", "models"}:
                filled |= {"run": "run + n", "epoch": "epoch"}
            if table == "model_files":
                filled |= {"path": "path || n"}
            short = {"content", "weights", "figures", "note"}
            values = (filled.get(c, f"substr({c}, 1, 400)" if c in short else c) for c in columns)
            connection.execute(
                f"WITH RECURSIVE numbers (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM numbers "
                f"LIMIT {EPOCHS}) INSERT INTO {table} SELECT {', '.join(values)} "
                f"FROM numbers, (SELECT * FROM {table} LIMIT 1)"
            )
            if table == "runs" and sample_is_run(connection):
                connection.execute("DELETE FROM runs WHERE id > (SELECT min(id) FROM runs)")
            root = connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE name = ? AND type = 'table'", (table,)
            ).fetchone()[0]
        return path.read_bytes(), root


def sample_is_run(connection: sqlite3.Connection) -> bool:
    """Whether a file must hold one run only."""
    return connection.execute("PRAGMA application_id").fetchone()[0] == 0x4D4E5255


def _interior(content: bytearray, root: int) -> list[int]:
    """The pages of a tree that point to others."""
    kind, size = content[(root - 1) * page_size(content)], page_size(content)
    if root == 1 or kind not in {TABLE_INTERIOR, INDEX_INTERIOR}:
        return []
    start = (root - 1) * size
    children = [struct.unpack(">I", content[at : at + 4])[0] for at in cells_of(content, root)]
    children.append(struct.unpack(">I", content[start + 8 : start + 12])[0])
    pages = len(content) // size
    below = [one for child in children if 1 < child <= pages for one in _interior(content, child)]
    return [root, *below]


def _point(content: bytearray, number: int, target: Callable[[int, int], int]) -> None:
    """All pointers of a page of a tree; ``target`` is given which one, and where it points."""
    start = (number - 1) * page_size(content)
    for count, place in enumerate([*cells_of(content, number), start + 8]):
        before = struct.unpack(">I", content[place : place + 4])[0]
        content[place : place + 4] = struct.pack(">I", target(count, before))


def _to_itself(content: bytearray, root: int, _: str) -> None:
    for number in _interior(content, root):
        _point(content, number, lambda count, before, number=number: number if count else before)


def _all_to_itself(content: bytearray, root: int, _: str) -> None:
    for number in _interior(content, root):
        _point(content, number, lambda *_, number=number: number)


def _to_the_root(content: bytearray, root: int, _: str) -> None:
    for number in _interior(content, root):
        _point(content, number, lambda count, before: root if count % 2 else before)


def _to_one_leaf(content: bytearray, root: int, _: str) -> None:
    for number in _interior(content, root):
        leaf = struct.unpack(">I", content[(at := cells_of(content, number)[0]) : at + 4])[0]
        _point(content, number, lambda *_, leaf=leaf: leaf)


def _layers_of_layers(content: bytearray, root: int, _: str) -> None:
    """Each page above others leads to the next such page only, with all its pointers."""
    pages = _interior(content, root)
    size = page_size(content)
    leaf = cells_of(content, pages[-1])[0] if pages else 0
    target = struct.unpack(">I", content[leaf : leaf + 4])[0]
    free = len(content) // size
    for level in range(12):
        if not pages:
            return
        page = bytearray(content[(root - 1) * size : root * size])
        content += page
        next_page = free + level + 2 if level < 11 else target
        _point(content, free + level + 1, lambda *_, child=next_page: child)
    if pages:
        _point(content, root, lambda *_: free + 1)
    content[28:32] = struct.pack(">I", len(content) // size)


TREES: tuple[Change, ...] = (
    *(_to_itself, _all_to_itself, _to_the_root, _to_one_leaf, _layers_of_layers),
)


def _varint(value: int) -> bytes:
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.insert(0, value & 0x7F | 0x80)
    return bytes(parts)


def _leaf_of(content: bytearray, root: int) -> int:
    number = root
    while content[(number - 1) * page_size(content)] in {TABLE_INTERIOR, INDEX_INTERIOR}:
        place = cells_of(content, number)[0]
        number = struct.unpack(">I", content[place : place + 4])[0]
    return int(number)


def _cells_of_one_chain(claimed: int, kind: int, cycle: bool) -> Change:
    """A leaf all of whose cells are rows of the same long value, on one chain of pages.

    Args:
        claimed: bytes that each value says it has.
        kind: 0 for bytes, 1 for text, as SQLite tells them.
        cycle: the last page of the chain leads to its first one; else it is as long as it can be.
    """

    def change(content: bytearray, root: int, table: str) -> None:
        size = page_size(content)
        leaf = _leaf_of(content, root)
        start = (leaf - 1) * size
        if content[start] != 13:
            return
        usable = size - content[20]
        first = len(content) // size + 1
        pages = 1 if cycle else 64
        for number in range(first, first + pages):
            following = first if cycle else (number + 1 if number < first + pages - 1 else 0)
            content += struct.pack(">I", following) + b"7" * (size - 4)
        length = claimed if cycle else pages * (usable - 4)
        columns = {"runs": 14, "epochs": 8, "changes": 6, "model_files": 2}.get(table, 3)
        types = [8] * columns  # the number nought
        if table not in {"runs", "model_files", "states", "checkpoints", "models"}:
            types[0] = 9  # of run 1
        types[-1] = 12 + 2 * length + kind
        header = b"".join(map(_varint, types))
        header = _varint(len(header) + 1) + header
        payload = len(header) + length
        least = (usable - 12) * 32 // 255 - 23
        local = least + (payload - least) % (usable - 4)
        local = local if local <= usable - 35 else least
        cells, place, at = [], size - content[20], 1
        while True:
            cell = _varint(payload) + _varint(at) + header
            cell += b"7" * (local - len(header)) + struct.pack(">I", first)
            if place - len(cell) < 8 + 2 * (at + 1):
                break
            place -= len(cell)
            content[start + place : start + place + len(cell)] = cell
            cells.append(place)
            at += 1
        content[start + 1 : start + 8] = struct.pack(">HHHB", 0, len(cells), place % 65536, 0)
        for count, where in enumerate(cells):
            content[start + 8 + 2 * count : start + 10 + 2 * count] = struct.pack(">H", where)
        content[28:32] = struct.pack(">I", len(content) // size)

    return change


def _free_pages_in_a_circle(content: bytearray, *_: object) -> None:
    size = page_size(content)
    number = len(content) // size + 1
    content += struct.pack(">II", number, size // 4 - 8) + struct.pack(">I", number) * (
        size // 4 - 2
    )
    content[28:40] = struct.pack(">III", number, number, 2**31 - 1)


CHAINS: tuple[Change, ...] = (
    *(_cells_of_one_chain(900_000_000, kind, cycle=True) for kind in (0, 1)),
    *(_cells_of_one_chain(0, kind, cycle=False) for kind in (0, 1)),
    _free_pages_in_a_circle,
)
