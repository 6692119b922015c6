from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer

from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.ui.look.theme import LIGHT
from mnist_desktop.ui.plots.chart import chart_of, make_figures
from mnist_desktop.ui.plots.pens import ON_LIGHT, curve_pen
from mnist_desktop.ui.plots.picture import picture_of

ACCURACY, LOSS = make_figures()[0], make_figures()[2]


def some_curves(epochs, offset=0.0):
    shares = np.linspace(0.9, 0.95, epochs) + offset
    return [
        EpochRecord(epoch, 1 / epoch, share, 1 / epoch, share, float(epoch), True)
        for epoch, share in enumerate(shares, start=1)
    ]


@pytest.fixture
def chart():
    names = ["first", "a name & <tags>", "third"]
    runs = [(name, place, some_curves(10, 0.01 * place)) for place, name in enumerate(names)]
    return chart_of(ACCURACY, runs)


def colours(picture):
    """All that are in a picture, as "#rrggbb"."""
    pixels = np.frombuffer(picture.convertToFormat(QImage.Format.Format_RGB32).constBits(), "<u4")
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in np.unique(pixels).tolist()}


def test_a_png_is_white_paper_with_each_curve_in_its_colour(qtbot, chart):
    picture = QImage.fromData(picture_of([chart], ".png"))
    assert picture.width() >= 1600
    corners = [(0, 0), (picture.width() - 1, 0), (0, picture.height() - 1)]
    assert {picture.pixelColor(x, y).name() for x, y in corners} == {"#ffffff"}
    found = colours(picture)
    for curve in chart.curves:
        assert curve_pen(curve.place, LIGHT).color().name() in found


def test_an_svg_holds_title_axes_and_the_legend_as_text(qtbot, chart):
    content = picture_of([chart], ".svg")
    assert QSvgRenderer(content).isValid()
    texts = [
        "".join(element.itertext()).strip()
        for element in ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")
    ]
    for text in ("Test accuracy, %", "epoch", "first", "a name & <tags>", "third", "10"):
        assert text in texts
    assert content.count(b"<polyline") >= 3


def test_nothing_is_painted_beyond_the_edge_by_very_long_names(qtbot):
    runs = [("x" * 500, place, some_curves(3)) for place in range(20)]
    picture = QImage.fromData(picture_of([chart_of(ACCURACY, runs)], ".png"))
    right = {picture.pixelColor(picture.width() - 3, y).name() for y in range(picture.height())}
    below = {picture.pixelColor(x, picture.height() - 3).name() for x in range(picture.width())}
    assert right == below == {QColor(LIGHT.paper).name()}


@pytest.mark.parametrize("epochs", [1, 2, 5000])
@pytest.mark.parametrize("is_log", [False, True])
def test_any_length_makes_a_picture(qtbot, epochs, is_log):
    chart = chart_of(LOSS, [("run", 0, some_curves(epochs))], is_log=is_log)
    picture = QImage.fromData(picture_of([chart], ".png"))
    assert curve_pen(0, LIGHT).color().name() in colours(picture)


def test_a_value_that_is_no_number_is_passed_over(qtbot):
    curves = some_curves(5)
    gap = curves[2]._replace(test_loss=float("nan"))
    pictures = [
        picture_of([chart_of(LOSS, [("run", 0, records)])], ".png")
        for records in ([*curves[:2], gap, *curves[3:]], [*curves[:2], *curves[3:]])
    ]
    assert pictures[0] == pictures[1]


def pens_of_curves(content):
    """Of each line in the colour of a curve in an SVG: colour, width, dashes, and whether it stays
    as wide however large the picture is shown.
    """
    space = "{http://www.w3.org/2000/svg}"
    found = []
    for group in ElementTree.fromstring(content).iter(f"{space}g"):
        for line in group.findall(f"{space}polyline"):
            if group.get("stroke") in ON_LIGHT:
                looks = [group.get(f"stroke-{name}") for name in ("width", "dasharray")]
                found.append((group.get("stroke"), *looks, line.get("vector-effect")))
    return found


@pytest.mark.parametrize("is_log", [False, True])
def test_an_svg_s_curves_differ_as_on_the_screen_and_the_legend_is_drawn_the_same(qtbot, is_log):
    runs = [(f"run {place}", place, some_curves(5, 0.01 * place)) for place in range(4)]
    chart = chart_of(LOSS, runs, is_log=is_log)
    pens = pens_of_curves(picture_of([chart], ".svg"))
    shades = ON_LIGHT
    expected = [
        (shades[0], "2", None, "none"),
        (shades[1], "2", "8,4", "none"),
        (shades[2], "2", "2,4", "none"),
        (shades[3], "2", None, "none"),
    ]
    assert pens == expected + expected


def test_curves_are_as_wide_in_a_png_as_it_is_large(qtbot):
    flat = [record._replace(test_loss=0.5) for record in some_curves(5)]
    picture = QImage.fromData(picture_of([chart_of(LOSS, [("", 0, flat)])], ".png"))
    column = [picture.pixelColor(picture.width() // 3, y).name() for y in range(picture.height())]
    assert 3 <= column.count(ON_LIGHT[0]) <= 4
