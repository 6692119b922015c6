import pytest

from mnist_desktop.errors import FileError, UserError
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.library.database import Library
from mnist_desktop.library.profile_file import import_profile
from mnist_desktop.library.profiles import add_profile, list_profiles
from mnist_desktop.library.run_file import import_run
from mnist_desktop.library.runs import list_runs, run_of
from mnist_desktop.ui.session.exports import Exports


@pytest.fixture
def exports(library, jobs):
    exports = Exports(library, jobs)
    exports.faults = []
    jobs.failed.connect(exports.faults.append)
    return exports


@pytest.fixture
def settled(qtbot, jobs):
    """Waits until nothing is being written."""
    return lambda: qtbot.waitUntil(lambda: not jobs.running)


def test_a_whole_run_is_exported(exports, library, trained, tmp_path, settled):
    path = tmp_path / "for you.mnist-run"
    exports.run(run_of(library, trained), path)
    settled()
    theirs = Library(tmp_path / "theirs" / "library.sqlite3")
    import_run(theirs, path)
    assert [run.name for run in list_runs(theirs)] == ["trained"]


@pytest.mark.parametrize("suffix", [".safetensors", ".pt", ".pth", ".PT"])
def test_a_model_is_exported_as_its_suffix_says(
    exports, library, trained, tmp_path, settled, events, suffix
):
    path = tmp_path / f"model{suffix}"
    exports.model(run_of(library, trained), path)
    settled()
    assert exports.faults == []
    model = open_model(path)
    best = events[-1].state_dict
    is_whole = suffix == ".safetensors"
    kept = [name for name in best if is_whole or not name.startswith("out.")]
    assert all((model.state_dict[name] == best[name]).all() for name in kept)
    assert (model.test_score is not None) == is_whole
    assert path.read_bytes().startswith(b"PK") != is_whole


def test_models_that_cannot_be_exported_say_why(exports, library, put, trained, tmp_path, settled):
    exports.model(run_of(library, trained), tmp_path / "model.txt")
    settled()
    empty = put("without an epoch")
    exports.model(run_of(library, empty), tmp_path / "model.pt")
    settled()
    assert [type(fault) for fault in exports.faults] == [FileError, UserError]
    assert str(exports.faults[0]).startswith("model.txt: can be exported as .safetensors")
    assert "no finished epoch" in str(exports.faults[1])
    assert list(tmp_path.glob("model*")) == []


def test_curves_and_pictures_are_written(exports, library, trained, tmp_path, settled):
    exported = []
    exports.exported.connect(exported.append)
    exports.curves([run_of(library, trained)], tmp_path / "curves.csv")
    exports.file(lambda: b"content", tmp_path / "curves.png")
    settled()
    assert len((tmp_path / "curves.csv").read_text().splitlines()) == 3
    assert (tmp_path / "curves.png").read_bytes() == b"content"
    exports.file(lambda: b"content", tmp_path / "missing" / "curves.png")
    settled()
    assert len(exports.faults) == 1
    assert sorted(exported) == [tmp_path / "curves.csv", tmp_path / "curves.png"]


def test_a_profile_is_exported(exports, library, tmp_path, settled):
    ada = add_profile(library, "Ada")
    exported = []
    exports.exported.connect(exported.append)
    exports.profile(ada, tmp_path / "Ada.mnist-profile")
    exports.profile(99, tmp_path / "nobody.mnist-profile")
    settled()
    assert exported == [tmp_path / "Ada.mnist-profile"]
    theirs = Library(tmp_path / "theirs" / "library.sqlite3")
    import_profile(theirs, exported[0])
    assert "Ada" in [one.name for one in list_profiles(theirs)]
    (fault,) = exports.faults
    assert "deleted" in str(fault)


def test_what_is_written_although_it_was_called_off_is_told(exports, jobs, tmp_path, settled):
    exported = []
    exports.exported.connect(exported.append)
    exports.file(lambda: b"content", tmp_path / "curves.png")
    jobs.newest.cancel()
    settled()
    assert (tmp_path / "curves.png").read_bytes() == b"content"
    assert exported == [tmp_path / "curves.png"]
