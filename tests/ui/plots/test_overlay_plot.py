import pytest

from mnist_desktop.ui.plots.overlay_plot import OverlayPlot


@pytest.mark.parametrize("last", [1.4, 3.0, 40.0])
def test_there_is_no_tick_between_two_epochs(qtbot, last):
    plot = OverlayPlot("overlay")
    qtbot.addWidget(plot)
    levels = plot.getAxis("bottom").tickValues(0.5, last, 800)
    places = [place for _, level in levels for place in level]
    assert 1 in places or last > 10
    assert all(place == round(place) for place in places)
