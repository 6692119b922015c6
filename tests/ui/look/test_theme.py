import math

import pytest
from PySide6.QtGui import QColor

from mnist_desktop.ui.look.theme import DARK, LIGHT, THEMES
from mnist_desktop.ui.plots.pens import DASHES, ON_DARK, ON_LIGHT


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted(map(luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("over", "under", "least"),
    [
        ("text", "window", 7.0),
        ("text", "paper", 7.0),
        ("text", "raised", 7.0),
        ("quiet", "window", 4.5),
        ("quiet", "paper", 4.5),
        ("quiet", "raised", 4.5),
        ("error", "window", 4.5),
        ("on_accent", "accent", 4.5),
        ("accent", "window", 4.5),
        ("border", "window", 3.0),
        ("border", "paper", 3.0),
        ("border", "raised", 3.0),
        ("batch", "paper", 3.0),
        ("train", "paper", 3.0),
        ("test", "paper", 3.0),
        ("best", "paper", 3.0),
    ],
)
def test_contrast_is_enough_to_see_and_to_read(name, over, under, least):
    theme = THEMES[name]
    if name.startswith("contrast") and over != "batch":
        least = max(least, 4.5)
    assert contrast(getattr(theme, over), getattr(theme, under)) >= least


@pytest.mark.parametrize(("shades", "theme"), [(ON_LIGHT, LIGHT), (ON_DARK, DARK)])
def test_each_of_many_curves_stands_out(shades, theme):
    assert min(contrast(shade, theme.paper) for shade in shades) >= 3.0
    assert math.gcd(len(shades), len(DASHES)) == 1
