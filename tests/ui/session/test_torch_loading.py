import builtins
import sys

import pytest

from mnist_desktop.ui.session import torch_loading


@pytest.fixture
def imports(monkeypatch):
    """Which import was in place while the training's modules were imported."""
    seen = []
    plain = builtins.__orig_import__

    def watched(name, *arguments, **how):
        if name == "mnist_desktop.learning.threads":
            seen.append(builtins.__import__)
        return plain(name, *arguments, **how)

    monkeypatch.setattr(builtins, "__orig_import__", watched)
    return seen, watched


def test_torch_is_imported_by_python_s_own_import_and_then_qt_has_its_own_again(imports):
    seen, plain = imports
    before = builtins.__import__
    assert before is not plain
    torch_loading.import_torch()
    assert "torch" in sys.modules
    assert set(seen) == {plain}
    assert builtins.__import__ is before
