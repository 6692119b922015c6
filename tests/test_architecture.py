"""Imports go one way: ink ← learning ← library ← ui/session ← the tabs; cli beside ui."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import mnist_desktop

PACKAGE = Path(mnist_desktop.__file__).parent

WITHOUT_TORCH = [
    f"mnist_desktop.learning.{name}"
    for name in (
        *("records", "report", "log"),
        *("settings.setting", "settings.picture_settings", "settings.training_settings"),
        *("settings.setting_kinds", "settings.config", "settings.config_json"),
        *("data.splits", "data.datasets", "data.idx", "data.npz", "data.mnist_pickle"),
        *("data.arrays", "data.named_arrays", "data.class_names", "data.name_words"),
        *("data.dataset_parts", "data.dataset_search", "data.digits_csv", "data.pickles"),
        *("data.picture_folders", "data.zipped_dataset", "data.own_digits", "data.overview"),
        *("models.model", "models.interpretation", "models.pen", "models.templates"),
        *("read.reading", "read.lattice", "read.lines", "read.many_files", "read.readings_file"),
        *("evaluate.calibration", "evaluate.comparison", "evaluate.measures"),
        *("evaluate.disturbances", "teach.examples"),
        *("train.events", "train.history", "train.diagnosis", "train.synthetic", "train.steering"),
    )
]
WITHOUT_TORCH += [
    f"mnist_desktop.library.{name}"
    for name in (
        "schema",
        "database",
        "run_locks",
        "runs",
        "checks",
        "rows",
        "recorder",
        "run_file",
        "labels",
    )
]

COMMON = {"csv_content", "errors", "files", "paths", "progress", "texts"}
MAY_IMPORT = {
    "csv_content": set(),
    "errors": {"texts"},
    "paths": set(),
    "progress": set(),
    "texts": set(),
    "gunzip": {"texts"},
    "files": {"errors", "gunzip", "progress", "texts"},
    "ink": COMMON | {"ink"},
    "learning": COMMON | {"ink", "learning"},
    "library": COMMON | {"ink", "learning", "library"},
    "ui": COMMON | {"ink", "learning", "library", "ui"},
    "console": set(),
    "commands": COMMON | {"console", "ink", "learning", "library"},
    # It starts either: the window, or a command.
    "cli": COMMON | {"console", "learning", "commands", "ui"},
    "__main__": {"cli"},
}


@cache
def parsed(path):
    """Many tests look at the same modules."""
    return ast.parse(path.read_text(encoding="utf-8"))


def module_name(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


VIEW = {"session", "look", "widgets", "dialogs", "plots", "canvas"}
ROOMS = {
    "session": {"session"},
    "look": {"look", "session"},
    "widgets": {"widgets", "look", "session"},
    "dialogs": VIEW,
    "plots": VIEW,
    "canvas": {"canvas", "look", "widgets", "session"},
    "shell": VIEW | {"shell"},
    "draw": VIEW | {"draw"},
    "train": VIEW | {"train"},
    "evaluate": VIEW | {"evaluate"},
    "data": VIEW | {"data"},
    "models": VIEW | {"models"},
    "pictures": VIEW | {"pictures"},
    "network": VIEW | {"network"},
}
"""What each folder of ``ui`` may know of the others: the tabs know the session, not each other."""

BELOW_LEARNING, ABOVE_LEARNING = {"records", "threads"}, {"report", "log"}
"""What all rooms of ``learning`` may know, and what may know all of them."""

LEARNING = ("settings", "data", "models", "read", "evaluate", "train", "teach")
"""Its rooms: each may know those before it."""

EXPLAIN = {"explain", *LEARNING[:5]}

SESSION = ("train", "read", "teach", "data", "evaluate", "network")
"""The rooms of ``ui/session``: each may know those before it, and what lies beside them."""

AT_THE_DOOR = {"__init__", "app", "main_window", "actions", "later"}
"""What puts the rooms together."""


PATHS = sorted(path for path in PACKAGE.rglob("*.py") if "bundled" not in path.parts)
MODULES = [module_name(path) for path in PATHS]
LEARNING_PATHS = [
    path
    for path in PATHS
    if "learning" in path.relative_to(PACKAGE).parts and path.stem != "__init__"
]
SESSION_PATHS = [path for path in PATHS if path.parent.parent.name == "session"]
UI_PATHS = [path for path in PATHS if "ui" in path.relative_to(PACKAGE).parts]


def imported(path):
    """The full names of all modules of this package that a file imports, wherever in it."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports name the whole module"
            # "from mnist_desktop import commands" imports a module by its name alone.
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name in MODULES and name != "mnist_desktop")


def part(module):
    """Of "mnist_desktop.learning.data.idx", "learning"."""
    return module.split(".")[1]


def loaded_by(modules):
    """What a fresh interpreter has loaded when it has imported these."""
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
    code += "print(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("path", PATHS, ids=MODULES)
def test_a_module_imports_only_what_lies_below_it(path):
    if module_name(path) == "mnist_desktop":
        assert list(imported(path)) == []
        return
    own = part(module_name(path))
    assert {part(name) for name in imported(path)} <= MAY_IMPORT[own]


@pytest.mark.parametrize("path", UI_PATHS, ids=module_name)
def test_a_room_of_the_window_knows_only_those_below_it(path):
    room = module_name(path).split(".")[2:3]
    if room and room[0] in ROOMS:
        others = {
            name.split(".")[2]
            for name in imported(path)
            if name.count(".") > 1 and part(name) == "ui"
        }
        assert others <= ROOMS[room[0]]
    else:
        assert path.stem in AT_THE_DOOR


def learning_may_import(room):
    if room in BELOW_LEARNING:
        return {room}
    if room in ABOVE_LEARNING:
        return {*BELOW_LEARNING, *ABOVE_LEARNING, *LEARNING, "explain"}
    own = EXPLAIN if room == "explain" else set(LEARNING[: LEARNING.index(room) + 1])
    return own | BELOW_LEARNING


@pytest.mark.parametrize("path", LEARNING_PATHS, ids=module_name)
def test_a_room_of_learning_knows_only_those_below_it(path):
    room, *_ = module_name(path).split(".")[2:]
    names = [name for name in imported(path) if part(name) == "learning" and name.count(".") > 1]
    assert {name.split(".")[2] for name in names} <= learning_may_import(room)


@pytest.mark.parametrize("path", SESSION_PATHS, ids=module_name)
def test_a_room_of_the_session_knows_only_those_before_it(path):
    later = SESSION[SESSION.index(path.parent.name) + 1 :]
    known = {name.split(".")[3] for name in imported(path) if ".ui.session." in name}
    assert not known & set(later)


def test_the_session_loads_no_widgets():
    modules = [name for name in MODULES if name.startswith("mnist_desktop.ui.session")]
    assert "mnist_desktop.ui.session.train.training" in modules
    loaded = loaded_by(modules)
    assert "PySide6.QtCore" in loaded
    assert not {"PySide6.QtWidgets", "pyqtgraph"} & loaded


def test_nothing_outside_ui_loads_qt():
    modules = [name for name in MODULES if not name.startswith("mnist_desktop.ui")]
    assert "mnist_desktop.commands" in modules
    loaded = loaded_by(modules)
    assert not {"PySide6", "pyqtgraph", "shiboken6"} & loaded
    assert "torch" in loaded  # or this would look at nothing


def test_ink_loads_no_torch():
    modules = [name for name in MODULES if name.startswith("mnist_desktop.ink")]
    assert len(modules) >= 4
    assert not {"torch", "PySide6"} & loaded_by(modules)


def test_importing_anything_loads_no_library_for_pictures_or_exports():
    """Those are slow to load, and needed only when there is a picture, or something to export."""
    loaded = loaded_by(MODULES)
    assert {"mnist_desktop.ink.photo.parts", "mnist_desktop.ui.app"} <= loaded
    assert not {"scipy", "PIL", "onnx"} & loaded


def test_what_a_window_is_built_from_loads_no_torch():
    assert not {"torch", "PySide6"} & loaded_by(WITHOUT_TORCH)


def test_the_window_is_there_before_torch_and_plots_are():
    loaded = loaded_by(["mnist_desktop.ui.main_window"])
    assert "mnist_desktop.ui.draw.tab" in loaded
    assert not {"torch", "pyqtgraph"} & loaded


def test_what_is_imported_in_a_thread_is_nothing_of_qt():
    code = "import sys; from mnist_desktop.ui import later; before = set(sys.modules); "
    code += "later.import_soon(None); print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "scipy.optimize" in loaded
    assert not [
        name for name in loaded if name.startswith(("PySide6", "pyqtgraph", "mnist_desktop.ui"))
    ]


@pytest.mark.parametrize("library", ["PySide6", "pyqtgraph"])
def test_only_ui_names_qt(library):
    for path in PATHS:
        if "ui" not in path.relative_to(PACKAGE).parts:
            for node in ast.walk(parsed(path)):
                names = [alias.name for alias in getattr(node, "names", [])]
                names.append(getattr(node, "module", None) or "")
                assert not any(name.split(".")[0] == library for name in names), path


GUESSES = {"QLabel", "QMessageBox", "QErrorMessage", "QTextEdit", "QTextBrowser", "QTextDocument"}
GUESSES |= {"QStaticText", "TextItem", "LabelItem", "LegendItem", "addLegend", "setTextFormat"}
GUESSES |= {"showText", "setWhatsThis", "setHtml", "setMarkdown", "insertHtml", "appendHtml"}
"""What takes a text for HTML, or may."""

PLAIN = {"tr", "plain_tooltip", "toolTip", "accessibleName"}
"""What gives a tooltip: the program's own words, what is made plain, or what another one has."""


def named(node):
    """Of ``pg.TextItem`` "TextItem", of ``QMessageBox.about`` "QMessageBox"."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return "QMessageBox" if named(node.value) == "QMessageBox" else node.attr
    return ""


@pytest.mark.parametrize("path", UI_PATHS, ids=module_name)
def test_texts_of_the_window_go_through_plain_text(path):
    if path.stem == "plain_text":
        return
    for node in ast.walk(parsed(path)):
        made = [node.func] if isinstance(node, ast.Call) else getattr(node, "bases", [])
        assert not GUESSES & {named(one) for one in made}, ast.unparse(node)
        if isinstance(node, ast.Call) and named(node.func) == "setToolTip":
            (text,) = node.args
            assert isinstance(text, ast.Call), ast.unparse(node)
            assert named(text.func) in PLAIN, ast.unparse(node)
