"""What people may come to read is found by Qt's tool for translators, and is translated."""

import ast
import builtins
import importlib
import importlib.util
import re
import shutil
import string
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

import mnist_desktop
from mnist_desktop.errors import UserError
from mnist_desktop.learning.read.reading import LOOKS_LIKE_NO_DIGIT, RUN_TOGETHER, TOO_LITTLE_INK
from mnist_desktop.ui.look.translation import CJK_FONTS, LANGUAGES

PACKAGE = Path(mnist_desktop.__file__).parent
COMMAND_LINE = {"__main__", "cli", "commands"}
PATHS = sorted(path for path in PACKAGE.rglob("*.py") if path.stem not in COMMAND_LINE)
CORE_PATHS = [path for path in PATHS if "ui" not in path.relative_to(PACKAGE).parts]
UI_PATHS = [path for path in PATHS if path not in CORE_PATHS]

MARKS = {"tr", "translate", "translated", "QT_TRANSLATE_NOOP"}
SHOWS = re.compile(
    r"set(Text|ToolTip|StatusTip|WindowTitle|Title|PlaceholderText|Accessible\w+|Suffix|Prefix"
    r"|SpecialValueText|InformativeText|LabelText|PlainText|DetailedText)"
    r"|add(Item|Items|Tab|Action|Menu|Row|Section)|appendPlainText|show_(text|hint)|tell|begin"
    r"|Q(Label|PushButton|ToolButton|CheckBox|RadioButton|Action|GroupBox|Menu)|PlainLabel"
    r"|heading|quiet_label"
)
"""What shows a text that it is given first."""

SHOWS_LATER = re.compile(r"drawText|message_box|question|set(Tab|Item|Header)\w+")
"""What shows texts that it is given anywhere."""

NAMES = {"MNIST Desktop", *LANGUAGES.values(), *CJK_FONTS}
"""The same in all languages."""

KEYS = {"stopped early", "zero grad"}
"""What the core calls an outcome and a phase; people read other words."""

CODE = re.compile(r"\w+(\.\w+)*\(|\w+ = \w+\(")
"""As in the tutorial, the same in all languages."""


@cache
def parsed(path):
    """Many tests look at the same modules."""
    return ast.parse(path.read_text(encoding="utf-8"))


def update_script():
    """The one that translators run, as a module."""
    path = Path(__file__).parents[1] / "resources" / "translations" / "update.py"
    spec = importlib.util.spec_from_file_location("update", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


UPDATE = update_script()


def named(paths):
    """Parametrizes a test by modules."""
    return pytest.mark.parametrize(
        "path", paths, ids=lambda path: str(path.relative_to(PACKAGE.parent))
    )


def called(call):
    """The last name of what is called, as "tr" of ``self.tr``."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def calls_by_name(path):
    """All calls of something by its name, each with whether it is raised at once."""
    tree = parsed(path)
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


def marks(path):
    """Calls that mark a text, each with the context and the text that they name, as far as it can
    be seen from outside.
    """

    def walk(node, name_of_class):
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.ClassDef) else name_of_class
            if isinstance(child, ast.Call) and child.args:
                if called(child) == "tr":
                    yield child, ast.Constant(name_of_class), child.args[0]
                elif called(child) in MARKS and len(child.args) == 2:
                    yield child, *child.args
            yield from walk(child, inner)

    # A picture and a point can be translated, too, but by numbers.
    is_moved = re.compile(r"(painter|room|str\(power\))\.translate")
    for call, context, text in walk(parsed(path), ""):
        if not is_moved.match(ast.unparse(call)):
            yield call, context, text


def literals(node):
    """The texts of an expression that stand in the code itself."""
    if isinstance(node, ast.Constant):
        yield from [node.value] if isinstance(node.value, str) else []
    elif isinstance(node, ast.Call):
        if called(node) in {"format", "join", "replace"} and isinstance(node.func, ast.Attribute):
            for part in (node.func.value, *node.args):
                yield from literals(part)
    elif isinstance(
        node, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.List | ast.Tuple | ast.Starred
    ):
        for part in ast.iter_child_nodes(node):
            yield from literals(part)


def texts_of(catalogue):
    """Of a .ts file, by context and source: its translation, and what type that has."""
    return {
        (context.findtext("name"), message.findtext("source")): message.find("translation")
        for context in ElementTree.parse(catalogue).getroot().iter("context")
        for message in context.iter("message")
    }


@pytest.fixture(scope="session")
def found(tmp_path_factory):
    """The texts that Qt's tool finds now, by context."""
    catalogue = tmp_path_factory.mktemp("texts") / "found.ts"
    UPDATE.find_texts(catalogue)
    return set(texts_of(catalogue))


@pytest.fixture(scope="session")
def chinese():
    """The committed translations, by context and source."""
    return {key: node.text or "" for key, node in texts_of(UPDATE.CATALOGUE).items()}


@named(CORE_PATHS)
def test_every_text_of_an_error_for_people_is_marked(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
    for call, is_raised in calls_by_name(path):
        if is_for_people(call, module, is_raised=is_raised):
            texts = [word for word in call.args if is_text(word)]
            assert not texts, f"{path}:{call.lineno}: {ast.unparse(texts[0])} is not marked"


@named(PATHS)
def test_an_error_that_says_itself_what_it_is_has_its_text_marked(path):
    tree = parsed(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__":
            sentences = [text for word in node.args for text in literals(word) if " " in text]
            assert not sentences, f"{path}:{node.lineno}"


@named(PATHS)
def test_qt_s_tool_finds_every_text_that_is_marked(path, found):
    for call, context, text in marks(path):
        where = f"{path}:{call.lineno}: {ast.unparse(call)}"
        if isinstance(context, ast.Constant) and isinstance(text, ast.Constant):
            assert (context.value, text.value) in found, where
        else:  # it is marked elsewhere, and looked up in the core's context
            assert called(call) in {"translate", "translated"}, where
            assert ast.unparse(context) in {"'core'", "context"}, where
            assert not isinstance(text, ast.JoinedStr), where


@named(UI_PATHS)
def test_nothing_is_shown_that_is_not_translated(path):
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Call):
            continue
        words = [word.value for word in node.keywords if word.arg in {"text", "title", "toolTip"}]
        if SHOWS.fullmatch(called(node)):
            words += node.args[:1]
        elif SHOWS_LATER.fullmatch(called(node)):
            words += node.args
        for text in [text for word in words for text in literals(word)]:
            is_word = re.search(r"[A-Za-z]{2}|[\u4e00-\u9fff]", text) and text[0] != "#"
            assert not is_word or text in NAMES, f"{path}:{node.lineno}: {text}"


@named(UI_PATHS)
def test_no_sentence_stands_in_the_code_untranslated(path):
    tree = parsed(path)
    known = set()
    for node in ast.walk(tree):
        is_docstring = isinstance(node, ast.Expr)
        if is_docstring or (isinstance(node, ast.Call) and called(node) in MARKS):
            known |= set(ast.walk(node)) if not is_docstring else {node.value}
    for node in ast.walk(tree):
        if node not in known and isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            is_sentence = re.search(r"[A-Za-z’]{2,}[,:.]? [A-Za-z’]{2,}|[\u4e00-\u9fff]", text)
            is_style = ";" in text or "{" in text or text.startswith("\n")
            is_for_a_log = "%(" in text
            is_other = text in KEYS | NAMES or CODE.match(text) or is_style or is_for_a_log
            assert not is_sentence or is_other, f"{path}:{node.lineno}: {text}"


def test_contexts_and_texts_of_the_core(found):
    shown = {LOOKS_LIKE_NO_DIGIT, RUN_TOGETHER, TOO_LITTLE_INK}
    assert shown < {text for context, text in found if context == "core"}
    in_core = {
        (context.value, text.value)
        for path in CORE_PATHS
        for _, context, text in marks(path)
        if isinstance(context, ast.Constant) and isinstance(text, ast.Constant)
    }
    assert {context for context, _ in in_core} == {"core"}


def test_the_catalogue_holds_the_texts_of_the_program_and_no_others(found, chinese):
    told = "run resources/translations/update.py, and translate what is unfinished"
    assert found - set(chinese) == set(), told
    assert set(chinese) - found == set(), told


def test_every_text_is_translated(chinese):
    assert not [key for key, text in chinese.items() if not text.strip()]
    types = {key: node.get("type") for key, node in texts_of(UPDATE.CATALOGUE).items()}
    assert not [key for key, kind in types.items() if kind is not None]


def test_a_translation_is_in_chinese(chinese):
    for (_, source), text in chinese.items():
        words = re.search("[A-Za-z]{2}", re.sub(r"{[^}]*}", "", source))
        assert not words or source == "sigmoid" or re.search("[\u4e00-\u9fff/]", text), source


def test_values_stand_in_the_translations_as_in_the_texts(chinese):
    for (_, source), text in chinese.items():
        fields = [
            Counter(part[1:] for part in string.Formatter().parse(one) if part[1] is not None)
            for one in (source, text)
        ]
        assert fields[0] == fields[1], source


def test_keys_of_menus_and_the_sign_that_a_question_follows_stay(chinese):
    for (_, source), text in chinese.items():
        assert re.findall("&(.)", source.upper()) == re.findall(r"\(&(.)\)", text), source
        asks = re.search(r"[\w)]…$", source)
        assert bool(asks) == text.endswith("…"), source


WRONG = re.compile(
    r"[\u4e00-\u9fff] ?[,;:?!.](?![A-Za-z0-9])|[\u4e00-\u9fff][(]|[)][\u4e00-\u9fff]"
    r"|[，。；：？！、（）] | [，。；：？！、（）]"
)
"""Western signs after a character, and spaces at Chinese signs, which have their own."""


def test_chinese_is_written_as_chinese_is(chinese):
    for text in chinese.values():
        assert not WRONG.search(re.sub(r"\(&.\)", "", text)), text


def test_one_name_for_each_setting(chinese):
    from mnist_desktop.learning.settings.training_settings import SETTINGS

    names = [chinese["core", setting.name] for setting in SETTINGS]
    assert len(set(names)) == len(SETTINGS)  # the table that compares runs knows them by it


def test_what_the_program_reads_is_made_of_the_catalogue(tmp_path):
    catalogue = shutil.copy(UPDATE.CATALOGUE, tmp_path)
    compiled = tmp_path / "made.qm"
    UPDATE.compile_texts(Path(catalogue), compiled)
    assert compiled.read_bytes() == UPDATE.COMPILED.read_bytes()
