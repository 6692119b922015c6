"""How a database is spoiled: values that its columns were not made for, and pages that lie."""

from __future__ import annotations

import json
import math
import sqlite3
import struct
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random

HEADER = 100
"""Bytes before the first page's own."""

TABLE_INTERIOR, TABLE_LEAF, INDEX_INTERIOR, INDEX_LEAF = 5, 13, 2, 10

VALUES: tuple[object, ...] = (
    *(None, -1, 0, 1, 2, 7, 100_001, 2**31, 2**53, 2**63 - 1, -(2**63), 0.5, -1.5, 2.0, 1e-300),
    *(1e18, 1e300, math.inf, -math.inf, "", "x", "-1", "1e999", "nan", "null", "[]", "{}", "{"),
    *("[" * 20_000, "9" * 5000, '"\\ud800"', "x" * 5000, "a\nb\0c\x1b", "\u202e", "completed"),
    *(b"", b"\0", b"\xff" * 3, b"\0" * 12, bytes(4096), b"\xff" * 24, b"\0\0\x80\x7f" * 3),
)


def spoiled_database(content: bytes, random: Random) -> bytes:
    """A database with one fault."""
    return random.choice((_values_spoiled, _values_spoiled, _page_spoiled))(content, random)


def _values_spoiled(content: bytes, random: Random) -> bytes:
    """Through SQLite itself."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "db"
        path.write_bytes(content)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            is_strict = random.random() < 0.5
            if not is_strict:
                sql = _without_constraints(connection)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            for _ in range(random.choice((1, 1, 2))):
                with suppress(sqlite3.Error):
                    random.choice(STATEMENTS)(connection, random)
            if not is_strict:
                _put_back(connection, sql)
        return path.read_bytes()


def _without_constraints(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    sql = connection.execute("SELECT sql, name FROM sqlite_master WHERE sql NOT NULL").fetchall()
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '')")
    return sql


def _put_back(connection: sqlite3.Connection, sql: list[tuple[str, str]]) -> None:
    connection.execute("PRAGMA writable_schema = ON")
    connection.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ?", sql)


def _cell(connection: sqlite3.Connection, random: Random) -> tuple[str, str, str, object]:
    """A table, its key, one of its columns, and the key of one of its rows."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    names = sorted(name for (name,) in tables if not name.startswith("sqlite_"))
    # Most of a run is in these, and most of what can be wrong.
    table = random.choice([*names, *(2 * [name for name in names if name in {"runs", "epochs"}])])
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    key = "epoch" if table == "epochs" else "rowid"
    return table, key, random.choice(columns), _any(connection, table, key, random)


def _any(connection: sqlite3.Connection, table: str, column: str, random: Random) -> object:
    """What a column holds in one of the rows."""
    count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    row = connection.execute(
        f"SELECT {column} FROM {table} LIMIT 1 OFFSET ?", (random.randrange(max(1, count)),)
    ).fetchone()
    return row and row[0]


def _set_value(connection: sqlite3.Connection, random: Random) -> None:
    table, key, column, row = _cell(connection, random)
    connection.execute(
        f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (random.choice(VALUES), row)
    )


def _change_value(connection: sqlite3.Connection, random: Random) -> None:
    """Bytes and texts a little, numbers by their size."""
    from hostile.mutations import bytes_spoiled, json_spoiled

    table, key, column, row = _cell(connection, random)
    found = connection.execute(f"SELECT {column} FROM {table} WHERE {key} = ?", (row,)).fetchone()
    value = found[0] if found else None
    if isinstance(value, str) and value[:1] in {"{", "[", '"'}:
        value = json.dumps(json_spoiled(json.loads(value), random))
    elif isinstance(value, bytes):
        value = bytes_spoiled(value, random)
    elif isinstance(value, str):
        value = bytes_spoiled(value.encode(), random).decode("utf-8", "replace")
    elif isinstance(value, int | float):
        value = random.choice((-1, 0.5, 1.1, 1000, 1e20)) * value
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, row))


def _change_type(connection: sqlite3.Connection, random: Random) -> None:
    table, key, column, row = _cell(connection, random)
    kind = random.choice(("TEXT", "BLOB", "REAL", "INTEGER"))
    connection.execute(
        f"UPDATE {table} SET {column} = CAST({column} AS {kind}) WHERE {key} = ?", (row,)
    )


def _swap(connection: sqlite3.Connection, random: Random) -> None:
    """A cell gets another one's value."""
    table, key, column, row = _cell(connection, random)
    other, _, another, _ = _cell(connection, random)
    value = _any(connection, other, another, random)
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, row))


def _delete(connection: sqlite3.Connection, random: Random) -> None:
    table, key, _, row = _cell(connection, random)
    connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (row,))


def _double(connection: sqlite3.Connection, random: Random) -> None:
    """A row is there once more, under another key."""
    table, key, _, row = _cell(connection, random)
    columns = [one[1] for one in connection.execute(f"PRAGMA table_info({table})")]
    fresh = {"id": "id + 7", "epoch": "epoch + 1"}
    values = ", ".join(fresh.get(column, column) for column in columns)
    connection.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {key} = ?", (row,))


def _define(connection: sqlite3.Connection, random: Random) -> None:
    """What the file is and what stands in it are not what they were."""
    number = random.choice((-1, 0, 1, 2, 3, 99, 2**31 - 1))
    connection.execute(
        random.choice(
            (
                f"PRAGMA user_version = {number}",
                f"PRAGMA application_id = {number}",
                "CREATE TRIGGER t AFTER UPDATE ON runs BEGIN DELETE FROM runs; END",
                "CREATE VIEW v AS SELECT * FROM runs",
                "CREATE TABLE t (x)",
                "DROP TABLE changes",
                "DROP INDEX changes_of_run",
                "ALTER TABLE epochs ADD COLUMN x AS (zeroblob(1000000000))",
                "ALTER TABLE runs RENAME COLUMN name TO other",
                "ALTER TABLE runs ADD COLUMN x",
            )
        )
    )


STATEMENTS: tuple[Callable[[sqlite3.Connection, Random], None], ...] = (
    *(_set_value, _set_value, _set_value, _change_value, _change_value, _change_value),
    *(_change_type, _swap, _delete, _double, _define),
)


def page_size(content: bytes) -> int:
    """In bytes."""
    size: int = struct.unpack(">H", content[16:18])[0]
    return 65536 if size == 1 else size


def cells_of(content: bytes | bytearray, number: int) -> list[int]:
    """Where the cells of a page, counted from 1, begin in the file."""
    size = page_size(content)
    start = (number - 1) * size
    header = start + (HEADER if number == 1 else 0)
    count = struct.unpack(">H", content[header + 3 : header + 5])[0]
    first = header + (12 if content[header] in {TABLE_INTERIOR, INDEX_INTERIOR} else 8)
    pointers = content[first : first + 2 * count]
    return [start + at for at in struct.unpack(f">{len(pointers) // 2}H", pointers)]


def _page_spoiled(content: bytes, random: Random) -> bytes:
    """Kinds, counts and pointers of pages, and what stands in the file's own header."""
    changed, size = bytearray(content), page_size(content)
    pages = len(content) // size
    number = random.choice((1, 2, 3, 4, random.randrange(pages) + 1, random.randrange(pages) + 1))
    start = (number - 1) * size
    header = start + (HEADER if number == 1 else 0)
    cells = cells_of(content, number)
    pointer = struct.pack(">I", random.choice((0, 1, number, pages, pages + 1, 2**31, number + 1)))
    match random.randrange(8):
        case 0:
            place = random.choice((16, 18, 19, 20, 21, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64))
            changed[place : place + 4] = random.choice((pointer, random.randbytes(4)))
        case 1:
            kinds = (0, TABLE_INTERIOR, TABLE_LEAF, INDEX_INTERIOR, INDEX_LEAF, 255)
            changed[header] = random.choice(kinds)
        case 2:
            count = random.choice((0, 1, len(cells) + 1, 400, 65535))
            changed[header + 3 : header + 5] = struct.pack(">H", count)
        case 3:
            changed[header + 8 : header + 12] = pointer
        case 4 if cells:
            changed[header + 8 : header + 10] = struct.pack(">H", random.randrange(size))
        case 5 if cells:
            place = random.choice(cells)
            changed[place : place + random.choice((1, 2, 3, 9))] = random.choice(
                (b"\xff", b"\x7f", b"\x84\x80\x00", b"\xff" * 9, random.randbytes(2))
            )
        case 6 if cells:
            # The record's header: how long it is, and of which types its values are.
            place = min(random.choice(cells) + random.randrange(2, 24), len(changed) - 1)
            changed[place] = random.choice((0, 1, 6, 7, 8, 9, 10, 12, 13, 127, 128, 255))
        case _:
            changed[start : start + 4] = pointer  # where a chain of pages goes on
    return bytes(changed)
