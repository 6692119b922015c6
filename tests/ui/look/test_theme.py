import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from mnist_desktop.ui.look.theme import DARK, LIGHT, current_theme, dress


@pytest.fixture
def application(qapp):
    yield qapp
    dress(qapp, Qt.ColorScheme.Light)


def test_the_scheme_decides_between_light_and_dark(application):
    dress(application, Qt.ColorScheme.Dark)
    assert current_theme() is DARK
    dress(application, Qt.ColorScheme.Light)
    assert current_theme() is LIGHT
    dress(application, Qt.ColorScheme.Unknown)
    assert current_theme() is LIGHT


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("over", "under", "least"),
    [
        ("text", "window", 7.0),
        ("text", "paper", 7.0),
        ("quiet", "window", 4.5),
        ("quiet", "paper", 4.5),
        ("error", "window", 4.5),
        ("on_accent", "accent", 4.5),
        ("train", "paper", 3.0),
        ("test", "paper", 3.0),
        ("best", "paper", 3.0),
    ],
)
def test_contrast_is_enough_to_read(theme, over, under, least):
    light, dark = sorted((luminance(getattr(theme, name)) for name in (over, under)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_the_application_follows_the_palette(application):
    dress(application, Qt.ColorScheme.Dark)
    assert QApplication.palette().window().color() == QColor(DARK.window)
