import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF

from mnist_desktop.ui.plots.chart import Chart, Curve, Figure
from mnist_desktop.ui.plots.chart_plot import ChartPlot, OverlayPlot
from mnist_desktop.ui.plots.picture import SVG, picture_of

FIGURE = Figure("accuracy", "Accuracy, %", 1.0, 1, is_share=True)

TEST_ACCURACY = Figure("test_accuracy", "Accuracy, %", 1.0, 1, is_share=True)


def curve(x, y, place=0):
    return Curve("one", place, np.array(x, float), np.array(y, float))


@pytest.fixture
def plot(qtbot):
    plot = ChartPlot("plot")
    qtbot.addWidget(plot)
    return plot


@pytest.fixture
def items(plot):
    def items():
        everything = plot.box.childGroup.childItems()
        return [one for one in everything if isinstance(one, pg.PlotDataItem)]

    return items


def test_all_points_are_in_sight_with_some_room(plot, items):
    plot.show_chart(Chart(FIGURE, (curve([50, 70, 130], [40, 90, 99.5]),), x_title="size"))
    (left, right), (low, high) = plot.box.viewRange()
    assert 45 < left < 50
    assert 130 < right < 135
    assert low < 40
    assert high > 99.5
    (item,) = items()
    x, y = item.getData()
    assert (x.tolist(), y.tolist()) == ([50, 70, 130], [40, 90, 99.5])
    assert plot.getAxis("bottom").labelText == "size"


def test_another_chart_takes_the_place_of_the_one_before(plot, items):
    for x in ([0, 1, 2], [5, 6, 7]):
        plot.show_chart(Chart(FIGURE, (curve(x, [1, 2, 3]), curve(x, [3, 2, 1], 1))))
    assert [item.getData()[0].tolist() for item in items()] == [[5, 6, 7], [5, 6, 7]]


def test_points_are_seen_where_they_can_be_told_apart(plot, items):
    many = np.linspace(0, 100, 500)
    plot.show_chart(
        Chart(
            FIGURE,
            (curve([50], [60]), curve([0, 100], [0, 100], 2), curve(many, many, 1)),
            sizes=[np.array([9.0])],
        )
    )
    single, line, crowd = items()
    assert single.opts["symbol"] == "o"
    assert single.opts["symbolSize"].tolist() == [9]
    assert line.opts["symbol"] is None
    assert crowd.opts["symbol"] is None


def test_of_nothing_there_is_an_empty_plot(plot, items):
    plot.show_chart(Chart(FIGURE, ()))
    assert items() == []


def test_it_can_be_a_picture_with_its_own_axis(plot):
    chart = Chart(FIGURE, (curve([50, 70, 130], [40, 90, 99.5]),), x_title="size")
    picture = picture_of([chart], SVG).decode()
    assert all(f">{text}<" in picture for text in ("size", "60", "130"))


def test_beside_a_logarithmic_scale_stand_the_values(appear):
    plot = appear(OverlayPlot("overlay"), 600, 300)
    loss = Curve("loss", 0, np.array([1.0, 2.0]), np.array([0.01, 1.0]))
    for is_log, texts in ((True, ["0.01", "1"]), (False, ["-2", "0"])):
        plot.show_chart(Chart(TEST_ACCURACY, (loss,), is_log=is_log))
        assert plot.getAxis("left").tickStrings([-2.0, 0.0], 1.0, 1.0) == texts


@pytest.mark.parametrize("last", [1.4, 3.0, 40.0])
def test_there_is_no_tick_between_two_epochs(qtbot, last):
    plot = OverlayPlot("overlay")
    qtbot.addWidget(plot)
    levels = plot.getAxis("bottom").tickValues(0.5, last, 800)
    places = [place for _, level in levels for place in level]
    assert 1 in places or last > 10
    assert all(place == round(place) for place in places)


def test_the_curve_that_is_near_the_mouse_is_pointed_at_if_it_has_a_value_there(appear):
    plot, heard = appear(OverlayPlot("overlay"), 600, 300), []
    long, short = (np.arange(1.0, last + 1) for last in (9, 5))
    curves = (Curve("long", 0, long, 90 + 0 * long), Curve("short", 1, short, 20 + 0 * short))
    plot.show_chart(Chart(TEST_ACCURACY, curves))
    plot.zoom_to((0.0, 20.0))
    plot.curve_pointed.connect(lambda *what: heard.append(what))
    for epoch, value in ((2, 21), (4, 88), (4, 55), (8, 21), (15, 89)):
        plot.scene().sigMouseMoved.emit(plot.box.mapViewToScene(QPointF(epoch, value)))
    assert heard == [(2, 1), (4, 0), (4, None), (8, None), (9, 0)]
    plot.show_chart(Chart(TEST_ACCURACY, ()))
    plot.scene().sigMouseMoved.emit(plot.box.mapViewToScene(QPointF(1, 0.5)))
    assert heard[-1] == (1, None)
