import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from mnist_desktop.ui.look.fonts import TEXT_SIZES, set_text_size
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.curve_plot import EMPTY, CurvePlot, Curves
from mnist_desktop.ui.plots.legend import Legend

CURVES = Curves(
    batch_x=np.linspace(0.01, 3.0, 300),
    batch_y=np.linspace(2.3, 0.1, 300),
    epoch_x=np.array([1.0, 2.0, 3.0]),
    train_y=np.array([1.5, 0.8, 0.3]),
    test_y=np.array([1.2, 0.7, 0.9]),
    best=1,
)


@pytest.fixture
def plot(appear):
    return appear(CurvePlot("lossPlot", "Loss", decimals=4, can_be_log=True), 600, 300)


@pytest.fixture
def accuracy(qtbot):
    plot = CurvePlot("accuracyPlot", "Accuracy, %", decimals=2, ceiling=100.0)
    qtbot.addWidget(plot)
    return plot


def view(plot):
    return plot.plot.getViewBox().viewRange()


def curves_of(batches):
    """Of three epochs, each with the batches' median as its values."""
    middle = np.full(3, np.median(batches))
    x = np.linspace(0, 3, len(batches) + 1)[1:]
    return dataclasses.replace(CURVES, batch_x=x, batch_y=batches, train_y=middle, test_y=middle)


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_curves_have_the_larger_part_of_the_least_height(qapp, qtbot, percent):
    set_text_size(qapp, percent)
    try:
        plot = CurvePlot("lossPlot", "Loss", decimals=4)
        qtbot.addWidget(plot)
        plot.resize(plot.minimumSizeHint())
        plot.show()
        assert plot.plot.box.height() > plot.plot.height() / 2
    finally:
        set_text_size(qapp, 100)


def test_curves_are_drawn_as_they_are(plot, drawn):
    plot.show_curves(CURVES, 10)
    for name, values in (("train", CURVES.train_y), ("test", CURVES.test_y)):
        np.testing.assert_array_equal(drawn(plot, name), [CURVES.epoch_x, values])
    np.testing.assert_array_equal(drawn(plot, "batch"), [CURVES.batch_x, CURVES.batch_y])


def test_the_best_epoch_is_marked_on_the_test_curve(plot, drawn):
    plot.show_curves(CURVES, 10)
    assert drawn(plot, "best") == ([2.0], [0.7])


def test_the_best_epoch_s_mark_follows_the_best_and_is_seen_there_alone(plot, drawn):
    def places_of_the_mark():
        """Where its colour is, in epochs and values: the middle, and how far from there."""
        box = plot.plot.box
        picture = plot.plot.grab().toImage()
        green = QColor(current_theme().best).name()
        places = [
            box.mapSceneToView(QPointF(x, y))
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).name() == green
        ]
        x, y = np.array([[place.x(), place.y()] for place in places] or np.empty((0, 2))).T
        reach = max(np.ptp(x) / box.viewPixelSize()[0], np.ptp(y) / box.viewPixelSize()[1])
        assert reach < 20
        return x.mean(), y.mean()

    plot.show_curves(CURVES, 3)
    assert places_of_the_mark() == pytest.approx((2.0, 0.7), abs=0.03)
    better = np.array([1.2, 0.7, 0.4])
    plot.show_curves(dataclasses.replace(CURVES, test_y=better, best=2), 3)
    assert places_of_the_mark() == pytest.approx((3.0, 0.4), abs=0.03)
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(True)
    assert places_of_the_mark() == pytest.approx((3.0, np.log10(0.4)), abs=0.03)
    plot.show_curves(EMPTY, 3)
    assert drawn(plot, "best") == ([], [])


def test_all_epochs_of_the_run_have_room(plot):
    plot.show_curves(CURVES, 10)
    (left, right), (bottom, top) = view(plot)
    assert left == 0
    assert 10 < right < 10.5
    assert bottom <= 0
    assert top >= 2.2


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("batches", [3, 20, 300, 50_000])
@pytest.mark.parametrize("outlier", [1e3, 1e9])
def test_a_single_huge_loss_does_not_blow_up_the_range(plot, is_log, batches, outlier):
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(is_log)
    losses = np.linspace(0.5, 0.1, batches)
    losses[batches // 2] = outlier
    plot.show_curves(curves_of(losses), 3)
    _, (low, high) = view(plot)
    assert (10**high if is_log else high) < 0.8
    assert low < high


@pytest.mark.parametrize("batches", [20, 300])
def test_a_single_loss_of_nothing_does_not_blow_up_the_logarithmic_range(plot, batches):
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(True)
    losses = np.linspace(0.5, 0.1, batches)
    losses[-1] = 0.0
    plot.show_curves(curves_of(losses), 3)
    assert 0.05 < 10 ** view(plot)[1][0] < 0.1


def test_an_accuracy_s_range_ends_at_its_ceiling_and_passes_over_a_bad_batch(accuracy):
    shares = np.linspace(92.0, 100.0, 300)
    shares[100] = 0.0
    accuracy.show_curves(curves_of(shares), 3)
    low, high = view(accuracy)[1]
    assert 90 < low < 92
    assert 100 < high < 100.5


def test_the_epochs_values_are_whole_whatever_the_batches_are(plot):
    high = dataclasses.replace(curves_of(np.full(3000, 0.1)), test_y=np.array([9.0, 0.1, 0.1]))
    plot.show_curves(high, 3)
    assert view(plot)[1][1] > 9


def test_curves_far_from_zero_fill_the_plot(plot):
    plot.show_curves(curves_of(np.linspace(2.30, 2.28, 300)), 3)
    low, high = view(plot)[1]
    assert 2.27 < low < 2.28
    assert 2.30 <= high < 2.31


def test_the_logarithmic_range_is_no_whole_decade(plot):
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(True)
    plot.show_curves(curves_of(np.linspace(0.3, 0.15, 300)), 3)
    low, high = view(plot)[1]
    assert 0.1 < 10**low < 0.15
    assert 0.3 < 10**high < 0.4


def test_a_range_rests_while_the_curves_hardly_change(plot):
    found = set()
    for step in range(100):
        plot.show_curves(curves_of(np.linspace(0.5 - 0.0005 * step, 0.1, 300)), 3)
        found.add(tuple(view(plot)[1]))
    assert len(found) <= 2


def test_a_plot_zoomed_by_the_other_fits_what_it_shows(plot):
    losses = np.concatenate([np.linspace(2.3, 0.3, 200), np.linspace(0.3, 0.2, 100)])
    epochs = np.array([1.0, 0.4, 0.2])
    plot.show_curves(dataclasses.replace(curves_of(losses), train_y=epochs, test_y=epochs), 3)
    plot.zoom_to((2.1, 2.9))
    (left, right), (low, high) = view(plot)
    assert (left, right) == (2.1, 2.9)
    assert 0.15 < low < 0.2
    assert 0.4 < high < 0.45  # the line from epoch 2 on is in sight
    assert plot.findChild(QPushButton, "lossPlotReset").isVisible()
    plot.zoom_to(None)
    assert view(plot)[0][0] == 0
    assert not plot.findChild(QPushButton, "lossPlotReset").isVisible()


def test_the_logarithmic_scale_shows_logarithms(plot, drawn):
    plot.show_curves(CURVES, 10)
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(True)
    np.testing.assert_allclose(drawn(plot, "test")[1], np.log10(CURVES.test_y))
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(False)
    np.testing.assert_allclose(drawn(plot, "test")[1], CURVES.test_y)


def test_a_loss_of_nothing_can_be_shown_on_a_logarithmic_scale(plot, drawn):
    plot.findChild(QCheckBox, "lossPlotLog").setChecked(True)
    zero = np.zeros(1)
    plot.show_curves(Curves(zero + 1, zero, zero + 1, zero, zero, 0), 1)
    assert np.isfinite(drawn(plot, "test")[1]).all()


@pytest.mark.parametrize("directions", [[(True, True)], [(False, True), (True, False)]])
def test_a_zoom_stays_while_the_run_goes_on_until_it_is_reset(plot, directions):
    plot.show_curves(CURVES, 10)
    reset = plot.findChild(QPushButton, "lossPlotReset")
    assert not reset.isVisible()
    box = plot.plot.getViewBox()
    for x_is_zoomed, y_is_zoomed in directions:
        if x_is_zoomed:
            box.setXRange(1, 2, padding=0)
        if y_is_zoomed:
            box.setYRange(0.5, 1.0, padding=0)
        box.sigRangeChangedManually.emit([x_is_zoomed, y_is_zoomed])
    further = dataclasses.replace(CURVES, test_y=CURVES.test_y + 3)
    plot.show_curves(further, 10)
    assert view(plot) == [[1, 2], [0.5, 1.0]]
    assert reset.isVisible()
    reset.click()
    assert view(plot)[0][0] == 0
    assert not reset.isVisible()


def test_a_double_click_resets_the_zoom(plot):
    plot.show_curves(CURVES, 10)
    before = view(plot)
    plot.plot.box.setRange(xRange=(1, 2), yRange=(0.5, 1.0), padding=0)
    plot.plot.box.sigRangeChangedManually.emit([True, True])
    clicked = plot.plot.scene().sigMouseClicked
    clicked.emit(SimpleNamespace(double=lambda: False))
    assert view(plot) != before
    clicked.emit(SimpleNamespace(double=lambda: True))
    assert view(plot) == before


@pytest.mark.parametrize("epochs", [5, 10])
def test_the_next_run_is_shown_whole(plot, epochs):
    plot.show_curves(CURVES, 10)
    plot.plot.getViewBox().setRange(xRange=(1, 2), padding=0)
    plot.plot.getViewBox().sigRangeChangedManually.emit([True, True])
    plot.show_curves(EMPTY, epochs)
    assert view(plot)[0] == pytest.approx([0, epochs], abs=0.2)


def test_values_under_the_mouse_stand_in_the_legend(plot, mouse_at):
    plot.show_curves(CURVES, 10)
    legend = plot.findChild(Legend)
    mouse_at(plot, 2.895, 0.5)
    assert legend.values == [f"{CURVES.batch_y[289]:.4f}", "0.3000", "0.9000", "0.7000"]
    assert [entry.name for entry in legend.entries] == ["batch", "train", "test", "best"]
    plot.plot.scene().sigMouseMoved.emit(QPointF(-100, -100))
    assert legend.values == []
    mouse_at(plot, 2.895, 0.5)
    QApplication.sendEvent(plot.plot, QEvent(QEvent.Type.Leave))
    assert legend.values == []


@pytest.mark.parametrize(("x", "epoch"), [(0.2, 1), (1.4, 1), (1.6, 2), (2.4, 2), (3.0, 3)])
def test_they_are_of_the_nearest_epoch(plot, mouse_at, x, epoch):
    plot.show_curves(CURVES, 10)
    mouse_at(plot, x, 0.5)
    expected = [f"{curve[epoch - 1]:.4f}" for curve in (CURVES.train_y, CURVES.test_y)]
    assert plot.findChild(Legend).values[1:3] == expected


def test_another_run_of_the_same_length_replaces_the_curves(plot, drawn):
    plot.show_curves(CURVES, 10)
    other = dataclasses.replace(CURVES, test_y=CURVES.test_y + 0.1)
    plot.show_curves(other, 10)
    np.testing.assert_array_equal(drawn(plot, "test")[1], other.test_y)


def test_changes_of_settings_are_marked_and_told_where_the_mouse_is(qtbot, plot, marked, mouse_at):
    marks = ((1.5, "learning rate 1 → 2"), (1.5, "epochs 3 → 4"), (2.0, "dropout 0 → 0.1"))
    plot.show_curves(dataclasses.replace(CURVES, marks=marks), 10)
    box = plot.plot.getViewBox()

    def tip_at(x):
        mouse_at(plot, x, 1.0)
        return plot.plot.toolTip()

    assert marked(plot) == [1.5, 2.0]

    assert tip_at(1.5) == "learning rate 1 → 2\nepochs 3 → 4"
    assert tip_at(2.0 + 2 * box.viewPixelSize()[0]) == "dropout 0 → 0.1"
    assert tip_at(5.0) == ""
    plot.show_curves(CURVES, 10)
    assert marked(plot) == pytest.approx([5.0])  # the mouse's
    assert tip_at(1.5) == ""


def test_a_train_loss_that_sticks_out_leaves_the_others_in_sight(plot):
    train = np.array([87.0, 0.8, 0.3])
    plot.show_curves(dataclasses.replace(CURVES, train_y=train), 3)
    assert 2.0 < plot.plot.box.viewRange()[1][1] < 4.0
    plot.show_curves(dataclasses.replace(CURVES, train_y=np.array([4.0, 0.8, 0.3])), 3)
    assert plot.plot.box.viewRange()[1][1] >= 4.0


def test_a_hint_is_marked_and_told_where_it_is(plot, marked, mouse_at):
    hints = ((2.0, "it has turned"),)
    plot.show_curves(dataclasses.replace(CURVES, hints=hints, marks=((1.0, "rate"),)), 3)
    assert marked(plot) == [1.0, 2.0]
    mouse_at(plot, 2.0, 1.0)
    assert plot.plot.toolTip() == "it has turned"
    mouse_at(plot, 1.0, 1.0)
    assert plot.plot.toolTip() == "rate"
    plot.point_at(None)
    plot.show_curves(dataclasses.replace(CURVES, hints=()), 3)
    assert marked(plot) == []


def test_a_plot_that_has_chosen_no_best_epoch_tells_of_none(qtbot, drawn):
    plot = CurvePlot("lossPlot", "Loss", decimals=4, has_best=False)
    qtbot.addWidget(plot)
    plot.show_curves(dataclasses.replace(CURVES, best=None), 3)
    legend = plot.findChild(Legend)
    assert [entry.name for entry in legend.entries] == ["batch", "train", "test"]
    plot.point_at(2.0)
    assert len(legend.values) == 3


def test_the_first_batch_is_seen(plot):
    """Of one there is no line."""
    colour = QColor(current_theme().batch)

    def dots():
        picture = plot.plot.grab().toImage()
        places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
        return sum(picture.pixelColor(*place) == colour for place in places)

    one = dataclasses.replace(EMPTY, batch_x=np.array([0.003]), batch_y=np.array([2.3]))
    plot.show_curves(EMPTY, 10)
    before = dots()
    plot.show_curves(one, 10)
    assert dots() >= before + 4
