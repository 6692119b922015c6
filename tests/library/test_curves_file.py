import csv
import io

import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.library import curves_file
from mnist_desktop.library.curves_file import export_curves
from mnist_desktop.library.runs import list_runs, read_run, rename, run_of


def lines(path):
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def test_the_file_has_a_line_for_each_run_and_epoch_to_the_last_digit(library, recorded, tmp_path):
    first, second = recorded(name="first"), recorded(90, name="second")
    path = tmp_path / "curves.csv"
    export_curves(library, [run_of(library, second), run_of(library, first)], path)
    found = lines(path)
    epochs = [*read_run(library, second).epochs, *read_run(library, first).epochs]
    assert len(found) == len(epochs) > 4
    assert [line["name"] for line in found] == ["second"] * (len(found) - 4) + ["first"] * 4
    for line, epoch in zip(found, epochs, strict=True):
        assert int(line["epoch"]) == epoch.epoch
        for name in curves_file.FIGURES[1:]:
            assert float(line[name]) == getattr(epoch, name)
    assert [line["run"] for line in found][-1] == str(first)


def test_any_name_comes_back_as_it_was(library, recorded, tmp_path):
    name = 'with "quotes", commas; 数字'
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


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@A1", "\n=1"])
def test_a_name_is_no_formula_for_a_spreadsheet(library, recorded, tmp_path, name):
    rename(library, recorded(), name)
    export_curves(library, list_runs(library), tmp_path / "curves.csv")
    assert {line["name"] for line in lines(tmp_path / "curves.csv")} == {f"'{name.strip()}"}


def test_a_file_that_cannot_be_written_is_named(library, recorded, tmp_path):
    recorded()
    with pytest.raises(FileError, match=r"^curves\.csv: cannot be saved"):
        export_curves(library, list_runs(library), tmp_path / "missing" / "curves.csv")
