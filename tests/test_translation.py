"""What people may come to read is found by Qt's tool for translators, wherever it stands."""

import ast
import builtins
import importlib
import shutil
import subprocess
import sysconfig
from pathlib import Path
from xml.etree import ElementTree

import pytest

import mnist_desktop
from mnist_desktop.errors import UserError
from mnist_desktop.learning.reading import LOOKS_LIKE_NO_DIGIT, RUN_TOGETHER, TOO_LITTLE_INK

PACKAGE = Path(mnist_desktop.__file__).parent
PATHS = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if "ui" not in path.relative_to(PACKAGE).parts
    and path.stem not in {"__main__", "cli", "commands"}
)


def calls(path):
    """All calls of something by its name, each with whether it is raised at once."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    raised = {node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node, node in raised


def is_for_people(call, module, *, is_raised):
    """Whether it makes a ``UserError``, or something that is not known and raised."""
    made = getattr(module, call.func.id, None) or getattr(builtins, call.func.id, None)
    return issubclass(made, UserError) if isinstance(made, type) else is_raised and made is None


def is_text(word):
    """Not the name of a setting."""
    is_name = isinstance(word, ast.Constant) and str(word.value).isidentifier()
    return isinstance(word, ast.Constant | ast.JoinedStr) and not is_name


def marked(paths):
    """The arguments of all marks."""
    found = (call for path in paths for call, _ in calls(path))
    return [call.args for call in found if call.func.id == "QT_TRANSLATE_NOOP"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_text_of_an_error_for_people_is_marked(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
    for call, is_raised in calls(path):
        if is_for_people(call, module, is_raised=is_raised):
            texts = [word for word in call.args if is_text(word)]
            assert not texts, f"{path}:{call.lineno}: {ast.unparse(texts[0])} is not marked"


def test_qt_s_tool_finds_every_text_that_is_marked(tmp_path):
    tool = shutil.which("pyside6-lupdate", path=sysconfig.get_path("scripts"))
    catalogue = tmp_path / "core.ts"
    command = [tool, *PATHS, "-ts", catalogue]
    subprocess.run(command, check=True, capture_output=True)
    contexts = ElementTree.parse(catalogue).getroot().iter("context")
    found = {
        (context.findtext("name"), message.findtext("source"))
        for context in contexts
        for message in context.iter("message")
    }
    assert found > {tuple(map(ast.literal_eval, words)) for words in marked(PATHS)}
    assert {name for name, _ in found} == {"core"}
    shown = {LOOKS_LIKE_NO_DIGIT, RUN_TOGETHER, TOO_LITTLE_INK}
    assert shown < {text for _, text in found}
