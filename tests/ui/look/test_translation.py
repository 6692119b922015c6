"""The window speaks the language that it is to speak, all of it."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QStringListModel, Qt
from PySide6.QtGui import QAction, QFont, QFontInfo
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QTabBar,
    QWidget,
)

from mnist_desktop.ink.photo.file import PictureFileError
from mnist_desktop.learning.data.idx import LABELS
from mnist_desktop.learning.data.splits import DatasetError
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.paths import bundled
from mnist_desktop.ui.dialogs.about import about_dialog
from mnist_desktop.ui.dialogs.keys import KeysDialog
from mnist_desktop.ui.dialogs.tutorial import TutorialDialog
from mnist_desktop.ui.look.appearance import Appearance
from mnist_desktop.ui.look.translation import (
    CJK_FONTS,
    LANGUAGES,
    Translation,
    language_of,
    system_language,
)
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.texts import error_text, translated
from mnist_desktop.ui.widgets.controls import decimal_spin, whole_spin

Role = Qt.ItemDataRole

SAME = {
    *("McNemar", "ELU", "SELU", "SiLU"),
    *("MNIST", "Desktop", "CSV", "PNG", "SVG", "PyTorch", "TensorDataset", "DataLoader"),
    *("CUDA", "MPS", "CPU", "ReLU", "GELU", "tanh", "sigmoid", "softmax", "log-softmax"),
    *("Adam", "AdamW", "SGD", "Dropout", "AUROC"),
    *("LeCun", "Cortes", "Burges", "CC", "BY", "BY-SA", "UNIPEN"),
    *("International", "Unipen", "Foundation"),
    *("Ctrl", "Shift", "Alt", "Del", "Delete", "Esc", "Escape", "Enter", "Return"),
    *("Page", "Up", "Down", "Home", "End", "English"),
}
"""Names, and what stands on keys."""

CODE = re.compile(r"[\w.]+\([\w, ]*\)|\w+(?= = )|mnist\.pkl\.gz|batch_size|h?idden\d|\bout\b|small")
"""As in the tutorial; and what the tests' data set is called."""

NEVER_SEEN = {"Export", "Export..."}
"""In pyqtgraph's own menu, which the plots do without."""


@pytest.fixture
def translation(qapp):
    """What makes the application speak; it speaks English again when the test ends."""
    font = QFont(qapp.font())
    translation = Translation(qapp)
    yield translation
    translation.speak("en")
    qapp.setFont(font)
    QLocale.setDefault(QLocale.system())


@pytest.fixture
def chinese(translation):
    translation.speak("zh_CN")


def buttons():
    """The texts of standard buttons, which are Qt's own."""
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Save | kinds.Cancel)
    return [box.button(kind).text() for kind in (kinds.Save, kinds.Cancel)]


def texts_of_widget(widget):
    """All that a widget says, to whoever looks, points or listens."""
    for name in (
        *("text", "title", "windowTitle", "toolTip", "statusTip", "whatsThis", "placeholderText"),
        *("accessibleName", "accessibleDescription", "suffix", "prefix", "specialValueText"),
    ):
        value = getattr(widget, name, None)
        yield value() if callable(value) else value
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(index) for index in range(widget.count()))
        yield from (widget.tabToolTip(index) for index in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from texts_of_model(widget.model())


def texts_of_model(model):
    columns = 1 if isinstance(model, QStringListModel) else model.columnCount()
    for role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
        for column in range(columns):
            yield model.headerData(column, Qt.Orientation.Horizontal, role)
        for row in range(model.rowCount()):
            yield model.headerData(row, Qt.Orientation.Vertical, role)
            for column in range(columns):
                yield model.index(row, column).data(role)


def texts_of(whole):
    """The same of all that is in it, with its actions."""
    for widget in (whole, *whole.findChildren(QWidget)):
        yield from texts_of_widget(widget)
    for action in whole.findChildren(QAction):
        yield from (action.text(), action.toolTip(), action.statusTip())


def english(texts):
    """Those that still have English words in them."""
    found = set()
    for text in filter(None, texts):
        plain = re.sub(r"<[^>]*>|/\S*|\(&\w\)", " ", CODE.sub(" ", str(text)))
        words = re.findall(r"[A-Za-z][A-Za-z’-]*[A-Za-z]", plain)
        if not set(words) <= SAME:
            found.add(text)
    return found


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["zh-Hans-CN", "zh-CN", "zh"], "zh_CN"),
        (["zh_TW"], "zh_CN"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["en-GB", "zh-CN"], "en"),
        (["de-DE", "fr"], "en"),
        (["zha"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_language_is_the_first_of_those_wanted_that_there_is(wanted, language):
    assert language_of(wanted) == language


def test_at_first_it_is_the_system_s(monkeypatch):
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["zh-CN", "en"])
    assert system_language() == "zh_CN"


def test_each_language_is_called_as_those_who_speak_it_call_it():
    assert LANGUAGES == {"en": "English", "zh_CN": "简体中文"}
    assert bundled("resources/translations/mnist_desktop_zh_CN.qm").is_file()


def test_its_texts_and_qt_s_own_are_of_one_language_and_then_of_the_other(translation):
    assert translated("core", "Epochs") == "Epochs"
    for _ in range(2):
        translation.speak("zh_CN")
        assert translation.language == "zh_CN"
        assert translated("core", "Epochs") == "轮数"
        assert buttons() == ["保存", "取消"]
        translation.speak("en")
        assert translated("core", "Epochs") == "Epochs"
        assert buttons() == ["Save", "Cancel"]


def test_what_there_is_no_translation_for_is_english(translation):
    translation.speak("zh_CN")
    translation.speak("de")
    assert translation.language == "en"
    assert translated("core", "Epochs") == "Epochs"


def test_chinese_fonts_come_after_the_application_s_own_and_go_again(translation, qapp):
    own = qapp.font().families()
    shown = QFontInfo(qapp.font()).family()
    qapp.setFont(QFont(own, 21))
    translation.speak("zh_CN")
    assert qapp.font().families() == [shown, *CJK_FONTS]
    assert QFontInfo(qapp.font()).family() == shown
    assert qapp.font().pointSize() == 21
    translation.speak("zh_CN")
    assert qapp.font().families() == [shown, *CJK_FONTS]
    translation.speak("en")
    assert qapp.font().families() == own
    assert qapp.font().pointSize() == 21


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_in_fields_are_written_as_in_texts(qtbot, translation, language):
    QLocale.setDefault(QLocale("de_DE"))  # 0,001 and 12.345
    translation.speak(language)
    rate, size = decimal_spin("rate", 0, 100, decimals=10), whole_spin("size", 0, 100_000)
    qtbot.addWidget(rate)
    qtbot.addWidget(size)
    rate.setValue(0.001)
    size.setValue(12_345)
    assert (rate.text(), size.text()) == ("0.001", f"{12_345:,}")
    for field, typed, value in ((rate, "0.00025", 0.00025), (size, "1,234", 1234)):
        assert isinstance(field, QAbstractSpinBox)
        field.lineEdit().setText(typed)
        field.interpretText()
        assert field.value() == value


def test_another_choice_is_spoken_at_once_and_asks_for_new_windows(qtbot, translation, qapp):
    preferences = Preferences()
    appearance = Appearance(qapp, preferences)
    try:
        assert translated("core", "Epochs") == "Epochs"
        with qtbot.waitSignal(appearance.renewed):
            preferences.set("language", "zh_CN")
        assert translated("core", "Epochs") == "轮数"
        with qtbot.waitSignal(appearance.renewed):
            preferences.set("language", "en")
        assert translated("core", "Epochs") == "Epochs"
    finally:
        appearance.deleteLater()


def test_all_that_the_window_says_is_chinese(qtbot, chinese, session, window):
    config = TrainingConfig(epochs=1, batch_size=500, device="cpu")
    with qtbot.waitSignal(session.training.ended):
        session.run_control.start(config)
    session.evaluator.evaluate("validation")
    qtbot.waitUntil(lambda: session.evaluator.result is not None and not session.jobs.running)
    qtbot.waitUntil(lambda: bool(session.runs.runs))
    assert "轮" in "".join(session.training.log)
    assert not english(texts_of(window)) - NEVER_SEEN


def test_there_is_room_for_characters_that_are_taller(chinese, window):
    sure = window.findChild(QWidget, "sureLabel")
    sure.setText("看起来不是数字。\n最可能是 4，把握 10%。")
    assert sure.heightForWidth(sure.width()) <= sure.height()


@pytest.mark.parametrize("make", [KeysDialog, TutorialDialog, about_dialog])
def test_all_that_its_dialogs_say_is_chinese(chinese, window, make):
    dialog = make(window)
    assert isinstance(dialog, QDialog)
    assert not english(texts_of(dialog))
    dialog.close()


def test_what_has_been_logged_is_told_anew(qtbot, translation, session):
    with qtbot.waitSignal(session.training.ended):
        session.run_control.start(TrainingConfig(epochs=2, batch_size=500, device="cpu"))
    before = session.training.log
    translation.speak("zh_CN")
    after = session.training.log
    assert len(before) == len(after) == 2
    assert before[0].startswith("epoch 2: train loss ")
    assert after[0].startswith("第 2 轮：训练损失 ")
    assert after[1].startswith("全部 2 轮已完成。保留第 ")
    assert session.shelf.entries[0].name == "自带模型"
    translation.speak("en")
    assert session.training.log == before
    assert session.shelf.entries[0].name == "default"


def test_errors_are_said_in_chinese(chinese):
    pasted = PictureFileError(None, "has no pixels; get a whole copy")
    assert error_text(pasted) == "这张图片没有像素；请重新获取完整的副本。"
    cut = DatasetError(
        Path("x.gz"),
        "is cut short: it holds {there:,} of {count:,} {what}; get a whole copy",
        there=5,
        count=1000,
        what=LABELS,
    )
    assert error_text(cut) == "x.gz：不完整：1,000 个标签中只有 5 个；请重新获取完整的副本"


@pytest.mark.usefixtures("chinese")
def test_how_a_map_is_made_is_not_called_as_how_a_network_is_trained():
    """Both are called "Method" in English."""
    assert QCoreApplication.translate("MapPage", "Method") == "方法"
    assert translated("core", "Method") == "优化器"
