"""Whatever stands in the cells and pages of a file: it opens and all of it can be used, or it is
refused in a sentence, run by run. ``tests/benchmarks/hostile_files.py`` does the same at length.
"""

import shutil
import sqlite3
import struct
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_desktop.errors import UserError
from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.library import rows
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.deletion import delete, purge
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.resume import recognizers_of
from mnist_desktop.library.run_file import export_run, read_run_file
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.library.runs import list_runs, read_run, rename
from mnist_desktop.library.weights import checkpoint_of, model_of

TABLES = ("runs", "runs", "epochs", "batches", "changes", "weights", "checkpoints")
INTERIOR = {2, 5}
"""The kinds of pages that point to others."""

values = st.one_of(
    *(st.none(), st.integers(-(2**63), 2**63 - 1), st.integers(-2, 5), st.floats(), st.text()),
    st.binary(),
    st.sampled_from([float("inf"), "{", "[]", "null", "1e999", '{"network": {}}', "[" * 9999, "1"]),
)
places = st.tuples(st.sampled_from(TABLES), st.integers(0, 20), st.integers(0, 20))


@pytest.fixture(scope="module")
def copy_of(tmp_path_factory, events, small, config):
    """Gives a new copy of a "library" of two runs, in which the second was changed and cut off, or
    of that one's "file".
    """
    folder, numbers = tmp_path_factory.mktemp("sound"), iter(range(10**9))
    library = Library(folder / "library")
    for count in (None, 70):
        with closing(RunRecorder.begin(library, config, small, "a run")) as recorder:
            for event in events[:count]:
                recorder.take(event)
    with library.write() as connection:
        connection.execute("INSERT INTO changes VALUES (2, 2, 1, 'epochs', '4', '5')")
    export_run(library, 2, folder / "file")

    def copy(name):
        path = folder / f"{next(numbers)}" / name
        path.parent.mkdir()
        return Path(shutil.copy(folder / name, path))

    return copy


def set_value(path, place, value, run) -> None:
    """One cell of a run gets another value, if the table takes it."""
    table, row, column = place
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        columns = [one[1] for one in connection.execute(f"PRAGMA table_info({table})")]
        column = columns[1:][column % (len(columns) - 1)]  # not whose row it is
        key, of_run = ("id", "id") if table == "runs" else ("epoch", "run")
        if table == "checkpoints":
            key = "run"
        keys = connection.execute(f"SELECT {key} FROM {table} WHERE {of_run} = ?", (run,))
        found = keys.fetchall()
        with suppress(sqlite3.IntegrityError):
            connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE {of_run} = ? AND {key} = ?",
                (value, run, found[row % len(found)][0]),
            )


@contextmanager
def may_be_refused():
    """A block that may end with a sentence for people, and with nothing else."""
    try:
        yield
    except UserError as fault:
        assert len(str(fault)) < 400  # noqa: PT017 - it need not be raised


def use(record) -> None:
    """All of a run."""
    assert len(record.history.epochs) == record.epoch
    model_of(record)
    checkpoint_of(record)
    recognizers_of(record)


@settings(max_examples=40)
@given(place=places, value=values)
def test_a_run_whose_cells_hold_anything_is_set_apart(copy_of, place, value):
    library = Library(copy_of("library"))
    whole = read_run(library, 1)
    set_value(library.path, place, value, run=2)
    listed = {run.id: run for run in list_runs(library)}
    assert not listed[1].is_damaged
    assert read_run(library, 1) == whole
    for run in listed.keys() - {1}:
        with may_be_refused():
            use(read_run(library, run))
            assert not listed[run].is_damaged
        rename(library, run, "new")
        assert delete(library, [run]) == [run]
        purge(library, [run])
    assert [run.id for run in list_runs(library)] == [1]


@settings(max_examples=100)
@given(place=places, value=values)
def test_a_run_file_whose_cells_hold_anything_is_whole_or_refused(copy_of, place, value):
    path = copy_of("file")
    set_value(path, place, value, run=1)
    try:
        record = read_run_file(path)
    except UserError as fault:
        assert len(str(fault)) < 400  # noqa: PT017 - it need not be raised
    else:
        use(record)


@settings(max_examples=50)
@given(data=st.data(), is_library=st.booleans())
def test_a_file_whose_bytes_are_others_is_used_or_refused(copy_of, data, is_library):
    path = copy_of("library" if is_library else "file")
    content = bytearray(path.read_bytes())
    page = data.draw(st.sampled_from([512, 4096, 16_384])) * data.draw(st.integers(0, 12))
    changes = st.tuples(st.integers(0, 120), st.binary(min_size=1, max_size=4))
    for place, piece in data.draw(st.lists(changes, min_size=1, max_size=3)):
        content[page + place : page + place + len(piece)] = piece
    path.write_bytes(content)
    with may_be_refused():
        if not is_library:
            use(read_run_file(path))
            return
        for run in list_runs(Library(path)):
            with may_be_refused():
                use(read_run(Library(path), run.id))


@pytest.mark.parametrize("table", ["epochs", "batches", "changes", "weights", "checkpoints"])
@pytest.mark.parametrize("target", ["itself", "one page"])
@pytest.mark.parametrize("is_library", [True, False])
def test_pages_that_point_into_themselves_are_no_file_without_an_end(
    copy_of, table, target, is_library
):
    path = copy_of("library" if is_library else "file")
    run = 2 if is_library else 1
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        key = "run" if table == "checkpoints" else "epoch"
        few = [f"substr({one}, 1, 99)" if one in {"content", "figures"} else one for one in columns]
        added = ", ".join(f"{key} + n" if one == key else few[at] for at, one in enumerate(columns))
        connection.execute(
            "WITH RECURSIVE numbers (n) AS (SELECT 9 UNION ALL SELECT n + 1 FROM numbers "
            f"LIMIT 3000) INSERT INTO {table} SELECT {added} FROM numbers, "
            f"(SELECT * FROM {table} WHERE run = {run} LIMIT 1)"
        )
        (root,) = connection.execute(
            f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    size = struct.unpack(">H", content[16:18])[0]
    start = size * (root - 1)
    assert content[start] in INTERIOR
    count = struct.unpack(">H", content[start + 3 : start + 5])[0]
    cells = struct.unpack(f">{count}H", content[start + 12 : start + 12 + 2 * count])
    page = root if target == "itself" else struct.unpack(">I", content[start + 8 : start + 12])[0]
    for place in (*cells, 8):
        content[start + place : start + place + 4] = struct.pack(">I", page)
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="damaged"):
        read_run(Library(path), run) if is_library else read_run_file(path)


def test_the_longest_run_that_there_can_be_is_no_endless_file(library):
    record = EpochRecord(1, 1.0, 0.5, 1.1, 0.4, 0.5, is_best=True)
    run = RunRecord("long", TrainingConfig(), "MNIST", "a" * 64, "b" * 64)
    run.epochs = [record._replace(epoch=number) for number in range(1, rows.MAX_EPOCHS + 1)]
    run.batches = {record.epoch: bytes(12) for record in run.epochs}
    with library.write() as connection:
        rows.insert(connection, run)
    assert list_runs(library)[0].epoch == rows.MAX_EPOCHS
