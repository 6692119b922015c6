import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QCheckBox, QPushButton

from mnist_desktop.ui.plots.curve_plot import EMPTY, CurvePlot, Curves
from mnist_desktop.ui.plots.legend import Legend, Line

CURVES = Curves(
    batch_x=np.linspace(0.01, 3.0, 300),
    batch_y=np.linspace(2.3, 0.1, 300),
    epoch_x=np.array([1.0, 2.0, 3.0]),
    train_y=np.array([1.5, 0.8, 0.3]),
    test_y=np.array([1.2, 0.7, 0.9]),
    best=1,
)


@pytest.fixture
def plot(qtbot):
    plot = CurvePlot("lossPlot", "Loss", decimals=4, can_be_log=True)
    qtbot.addWidget(plot)
    plot.resize(600, 300)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def view(plot):
    return plot.plot.getViewBox().viewRange()


def test_curves_are_drawn_as_they_are(plot):
    plot.show_curves(CURVES, 10)
    for item, values in ((plot._train, CURVES.train_y), (plot._test, CURVES.test_y)):
        np.testing.assert_array_equal(item.getData()[0], CURVES.epoch_x)
        np.testing.assert_array_equal(item.getData()[1], values)
    np.testing.assert_array_equal(plot._batches.getData()[1], CURVES.batch_y)


def test_the_best_epoch_is_marked_on_the_test_curve(plot):
    plot.show_curves(CURVES, 10)
    x, y = plot._best.getData()
    assert (x.tolist(), y.tolist()) == ([2.0], [0.7])


def test_all_epochs_of_the_run_have_room(plot):
    plot.show_curves(CURVES, 10)
    (left, right), (bottom, top) = view(plot)
    assert left == 0
    assert 10 < right < 10.5
    assert bottom <= 0
    assert top >= 2.2


def test_the_logarithmic_scale_shows_logarithms(plot):
    plot.show_curves(CURVES, 10)
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(True)
    np.testing.assert_allclose(plot._test.getData()[1], np.log10(CURVES.test_y))
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(False)
    np.testing.assert_allclose(plot._test.getData()[1], CURVES.test_y)


def test_a_loss_of_nothing_can_be_shown_on_a_logarithmic_scale(plot):
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(True)
    zero = np.zeros(1)
    plot.show_curves(Curves(zero + 1, zero, zero + 1, zero, zero, 0), 1)
    assert np.isfinite(plot._test.getData()[1]).all()


def test_a_zoom_stays_while_the_run_goes_on_until_it_is_reset(plot):
    plot.show_curves(CURVES, 10)
    reset = plot.findChild(QPushButton, "lossPlotReset")
    assert not reset.isVisible()
    box = plot.plot.getViewBox()
    box.setRange(xRange=(1, 2), yRange=(0.5, 1.0), padding=0)
    box.sigRangeChangedManually.emit([True, True])
    zoomed = view(plot)
    plot.show_curves(CURVES, 10)
    assert view(plot) == zoomed
    assert reset.isVisible()
    reset.click()
    assert view(plot)[0][0] == 0
    assert not reset.isVisible()


def test_the_next_run_is_shown_whole(plot):
    plot.show_curves(CURVES, 10)
    plot.plot.getViewBox().setRange(xRange=(1, 2), padding=0)
    plot.plot.getViewBox().sigRangeChangedManually.emit([True, True])
    plot.show_curves(EMPTY, 5)
    assert view(plot)[0] == pytest.approx([0, 5], abs=0.1)


def test_values_under_the_mouse_stand_in_the_legend(plot):
    plot.show_curves(CURVES, 10)
    box = plot.plot.getViewBox()
    legend = plot.findChild(Legend)
    plot._on_mouse_moved(box.mapViewToScene(QPointF(2.895, 0.5)))
    assert legend.values == {
        Line.BATCH: f"{CURVES.batch_y[289]:.4f}",
        Line.TRAIN: "0.3000",
        Line.TEST: "0.9000",
        Line.BEST: "0.7000",
    }
    plot._on_mouse_moved(QPointF(-100, -100))
    assert legend.values == {}


def test_another_run_of_the_same_length_replaces_the_curves(plot):
    plot.show_curves(CURVES, 10)
    other = dataclasses.replace(CURVES, test_y=CURVES.test_y + 0.1)
    plot.show_curves(other, 10)
    np.testing.assert_array_equal(plot._test.getData()[1], other.test_y)


def test_changes_of_settings_are_marked_and_told_where_the_mouse_is(qtbot, plot):
    marks = ((1.5, "learning rate 1 → 2"), (1.5, "epochs 3 → 4"), (2.0, "dropout 0 → 0.1"))
    plot.show_curves(dataclasses.replace(CURVES, marks=marks), 10)
    assert plot._marks.positions == [1.5, 2.0]
    box = plot.plot.getViewBox()

    def tip_at(x):
        plot._on_mouse_moved(box.mapViewToScene(QPointF(x, 1.0)))
        return plot.plot.toolTip()

    assert tip_at(1.5) == "learning rate 1 → 2\nepochs 3 → 4"
    assert tip_at(2.0 + 2 * box.viewPixelSize()[0]) == "dropout 0 → 0.1"
    assert tip_at(5.0) == ""
    plot.show_curves(CURVES, 10)
    assert plot._marks.positions == []
