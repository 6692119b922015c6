import sys
from pathlib import Path

import pytest

from mnist_desktop import paths


def test_what_comes_with_the_program_is_there():
    assert paths.DEFAULT_MODEL.is_file()
    assert len(list(paths.bundled("data/mnist").glob("*.gz"))) == 4


def test_what_lies_inside_an_installed_package_comes_before_what_lies_beside_it(
    tmp_path, monkeypatch
):
    package = tmp_path / "mnist_desktop"
    (package / "bundled" / "data").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.bundled("data") == package / "bundled" / "data"
    assert paths.bundled("resources") == tmp_path / "resources"


def test_the_environment_overrides_the_user_s_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("MNIST_DESKTOP_HOME", str(tmp_path / "mine"))
    assert paths.user_folder() == tmp_path / "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="where the system has its folders")
@pytest.mark.parametrize("home", [None, ""])
def test_without_it_the_system_s_usual_place_is_taken(monkeypatch, tmp_path, home):
    if home is None:
        monkeypatch.delenv("MNIST_DESKTOP_HOME")
    else:
        monkeypatch.setenv("MNIST_DESKTOP_HOME", home)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.user_folder() == Path(tmp_path / "mnist-desktop")
