import numpy as np
import pyqtgraph as pg
import pytest

from mnist_desktop.ui.plots.chart import Chart, Curve, Figure
from mnist_desktop.ui.plots.chart_plot import ChartPlot
from mnist_desktop.ui.plots.picture import SVG, picture_of

FIGURE = Figure("accuracy", "Accuracy, %", 1.0, 1, is_share=True)


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
