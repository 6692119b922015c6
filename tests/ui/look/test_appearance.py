import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from mnist_desktop.ui.look.appearance import Appearance, dress
from mnist_desktop.ui.look.theme import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    ERROR,
    LIGHT,
    QUIET,
    THEMES,
    current_theme,
)
from mnist_desktop.ui.session.preferences import Preferences


@pytest.fixture
def application(qapp):
    yield qapp
    dress(qapp, "light")


class Hints(QObject):
    """What the system wants."""

    colorSchemeChanged = Signal()  # noqa: N815 - as Qt calls it

    def __init__(self):
        super().__init__()
        self.scheme = Qt.ColorScheme.Light

    def colorScheme(self):  # noqa: N802
        return self.scheme


@pytest.fixture
def hints(application, monkeypatch):
    hints = Hints()
    monkeypatch.setattr(QApplication, "styleHints", lambda _: hints)
    return hints


def test_the_system_decides_between_light_and_dark_also_later(application, hints):
    appearance = Appearance(application, Preferences())
    assert current_theme() is LIGHT
    hints.scheme = Qt.ColorScheme.Dark
    hints.colorSchemeChanged.emit()
    assert current_theme() is DARK
    assert QApplication.palette().window().color() == QColor(DARK.window)
    hints.scheme = Qt.ColorScheme.Unknown
    hints.colorSchemeChanged.emit()
    assert current_theme() is LIGHT
    appearance.deleteLater()


@pytest.mark.parametrize(
    ("name", "on_light", "on_dark"),
    [
        ("system", LIGHT, DARK),
        ("light", LIGHT, LIGHT),
        ("dark", DARK, DARK),
        ("contrast", CONTRAST_LIGHT, CONTRAST_DARK),
        ("one of another version", LIGHT, DARK),
    ],
)
def test_a_theme_that_is_chosen_is_worn(application, hints, name, on_light, on_dark):
    preferences = Preferences()
    preferences.set("theme", "dark")
    appearance = Appearance(application, preferences)
    preferences.set("theme", name)
    assert current_theme() is on_light
    hints.scheme = Qt.ColorScheme.Dark
    hints.colorSchemeChanged.emit()
    assert current_theme() is on_dark
    appearance.deleteLater()


def test_what_has_a_style_sheet_is_slow_to_change_so_nothing_has_one(window):
    assert not QApplication.instance().styleSheet()
    assert [widget for widget in window.findChildren(QWidget) if widget.styleSheet()] == []


@pytest.mark.parametrize("worn", THEMES)
def test_a_label_has_the_colour_of_what_it_says(application, qtbot, worn):
    quiet, error = QLabel("explained"), QLabel("wrong")
    quiet.setForegroundRole(QUIET)
    error.setForegroundRole(ERROR)
    for label, role in ((quiet, QUIET), (error, ERROR)):
        qtbot.addWidget(label)
        dress(application, worn)
        application.processEvents()
        colour = label.palette().color(label.foregroundRole())
        assert colour == QColor(THEMES[worn].quiet if role == QUIET else THEMES[worn].error)
