import csv
import io

import numpy as np
import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.library import curves_file
from mnist_desktop.library.curves_file import epochs_of, export_curves
from mnist_desktop.library.runs import curves_of, list_runs, rename, run_of


def lines(path):
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def test_the_epochs_of_each_run_are_its_own(library, recorded):
    whole, none, some = recorded(), recorded(0), recorded(90)
    found = epochs_of(library, [some, whole, none])
    assert set(found) == {whole, none, some}
    assert len(found[none].epoch) == 0
    for run in (whole, some):
        expected = curves_of(library, run).epochs
        assert expected
        for name in curves_file.FIGURES:
            np.testing.assert_array_equal(
                getattr(found[run], name), [getattr(epoch, name) for epoch in expected]
            )


def test_runs_are_read_in_parts_whatever_their_order(library, recorded, monkeypatch):
    monkeypatch.setattr(curves_file, "AT_ONCE", 2)
    runs = [recorded(count) for count in (None, 90, 0, None, 45)]
    together = epochs_of(library, [runs[3], runs[0], runs[4], runs[2], runs[1]])
    for run in runs:
        alone = epochs_of(library, [run])[run]
        np.testing.assert_array_equal(together[run].test_loss, alone.test_loss)
        assert len(alone.epoch) == run_of(library, run).epoch


def test_a_run_that_is_not_there_has_no_epochs(library, recorded):
    recorded()
    assert len(epochs_of(library, [77])[77].epoch) == 0
    assert epochs_of(library, []) == {}


def test_the_file_has_a_line_for_each_run_and_epoch_to_the_last_digit(library, recorded, tmp_path):
    first, second = recorded(name="first"), recorded(90, name="second")
    path = tmp_path / "curves.csv"
    export_curves(library, [run_of(library, second), run_of(library, first)], path)
    found = lines(path)
    epochs = [*curves_of(library, second).epochs, *curves_of(library, first).epochs]
    assert len(found) == len(epochs) > 4
    assert [line["name"] for line in found] == ["second"] * (len(found) - 4) + ["first"] * 4
    for line, epoch in zip(found, epochs, strict=True):
        assert int(line["epoch"]) == epoch.epoch
        for name in curves_file.FIGURES[1:]:
            assert float(line[name]) == getattr(epoch, name)
    assert [line["run"] for line in found][-1] == str(first)


def test_any_name_comes_back_as_it_was(library, recorded, tmp_path):
    name = 'with "quotes", commas;\nand a line, 数字'
    run = recorded(name=name)
    export_curves(library, list_runs(library), tmp_path / "curves.csv")
    assert {line["name"] for line in lines(tmp_path / "curves.csv")} == {name}
    assert run_of(library, run).name == name


def test_what_is_ascii_only_has_no_mark_before_it(library, recorded, tmp_path):
    recorded(name="plain")
    export_curves(library, list_runs(library), tmp_path / "curves.csv")
    content = (tmp_path / "curves.csv").read_bytes()
    assert content.startswith(b"run,name,epoch,train_loss,")
    assert next(csv.reader(io.StringIO(content.decode("ascii")))) == list(curves_file.HEADER)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@A1", "\t=1"])
def test_a_name_is_no_formula_for_a_spreadsheet(library, recorded, tmp_path, name):
    rename(library, recorded(), name)
    export_curves(library, list_runs(library), tmp_path / "curves.csv")
    assert {line["name"] for line in lines(tmp_path / "curves.csv")} == {f"'{name}"}


def test_a_file_that_cannot_be_written_is_named(library, recorded, tmp_path):
    recorded()
    with pytest.raises(FileError, match=r"^curves\.csv: cannot be saved"):
        export_curves(library, list_runs(library), tmp_path / "missing" / "curves.csv")
