import numpy as np
import pytest
from PySide6.QtCore import QPointF

from mnist_desktop.ui.plots.chart import Chart, Curve, Figure
from mnist_desktop.ui.plots.overlay_plot import OverlayPlot

FIGURE = Figure("test_accuracy", "Accuracy, %", 1.0, 1, is_share=True)


def test_beside_a_logarithmic_scale_stand_the_values(appear):
    plot = appear(OverlayPlot("overlay"), 600, 300)
    curve = Curve("loss", 0, np.array([1.0, 2.0]), np.array([0.01, 1.0]))
    for is_log, texts in ((True, ["0.01", "1"]), (False, ["-2", "0"])):
        plot.show_chart(Chart(FIGURE, (curve,), is_log=is_log))
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
    plot.show_chart(Chart(FIGURE, curves))
    plot.zoom_to((0.0, 20.0))
    plot.curve_pointed.connect(lambda *what: heard.append(what))
    for epoch, value in ((2, 21), (4, 88), (4, 55), (8, 21), (15, 89)):
        plot.scene().sigMouseMoved.emit(plot.box.mapViewToScene(QPointF(epoch, value)))
    assert heard == [(2, 1), (4, 0), (4, None), (8, None), (9, 0)]
    plot.show_chart(Chart(FIGURE, ()))
    plot.scene().sigMouseMoved.emit(plot.box.mapViewToScene(QPointF(1, 0.5)))
    assert heard[-1] == (1, None)
