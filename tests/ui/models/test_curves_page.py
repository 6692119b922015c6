import itertools

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QTabWidget

from mnist_desktop.library.runs import epochs_of
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.theme import DARK, LIGHT
from mnist_desktop.ui.models.curves_page import RunCurves
from mnist_desktop.ui.plots.chart import MOST_CURVES, chart_of, make_figures
from mnist_desktop.ui.plots.chart_plot import OverlayPlot
from mnist_desktop.ui.plots.legend import Legend
from mnist_desktop.ui.plots.pens import curve_pen
from mnist_desktop.ui.session.read.epoch_reader import PenPlaces


@pytest.fixture
def numbers(put):
    return [
        put("short", epochs=3, best=0.9),
        put("long", epochs=8, best=0.98),
        put("one epoch", epochs=1, best=0.7, outcome="stopped"),
        put("none", epochs=0, outcome=None),
    ]


@pytest.fixture
def tab(numbers, open_tab, session, entry):
    session.shelf.add(entry)
    return open_tab()


@pytest.fixture
def page(tab):
    return tab.findChild(RunCurves)


@pytest.fixture
def plot(page):
    return page.findChild(OverlayPlot)


@pytest.fixture
def legend(page):
    return page.findChild(Legend)


def drawn(plot):
    """The curves that are seen, in their order."""
    items = plot.box.childGroup.childItems()
    return [item for item in items if isinstance(item, pg.PlotDataItem)]


def points_of(plot):
    """Positions and values of the curves that are mere points."""
    places = [item.getData() for item in drawn(plot) if item.opts["symbol"] is not None]
    return np.concatenate([np.empty((2, 0)), *places], axis=1)


def names_of(legend):
    return [entry.name for entry in legend.entries]


def text_of(page, name):
    return page.findChild(QLabel, name).text()


def test_each_run_has_its_curve_as_the_library_has_it(choose, plot, legend, numbers, library):
    choose(*numbers[:2])
    assert names_of(legend) == ["long", "short"]
    found = epochs_of(library, numbers)
    for item, run in zip(drawn(plot), (numbers[1], numbers[0]), strict=True):
        x, y = item.getData()
        assert x.tolist() == [record.epoch for record in found[run]]
        np.testing.assert_allclose(y, [100 * record.test_accuracy for record in found[run]])


@pytest.mark.parametrize(
    ("place", "field", "scale"),
    [
        (0, "test_accuracy", 100),
        (1, "train_accuracy", 100),
        (2, "test_loss", 1),
        (3, "train_loss", 1),
    ],
)
def test_the_figure_is_chosen(choose, page, plot, numbers, library, place, field, scale):
    choose(numbers[1])
    combo = page.findChild(QComboBox, "runsCurveCombo")
    combo.setCurrentIndex(place)
    records = epochs_of(library, numbers)[numbers[1]]
    expected = [scale * getattr(record, field) for record in records]
    np.testing.assert_allclose(drawn(plot)[0].getData()[1], expected)
    assert plot.accessibleName() == combo.currentText()
    assert page.findChild(QCheckBox, "runsCurveLog").isVisible() == (scale == 1)


def test_only_losses_have_a_logarithmic_scale(choose, page, plot, numbers):
    choose(numbers[1])
    combo, log = page.findChild(QComboBox, "runsCurveCombo"), page.findChild(QCheckBox)
    combo.setCurrentIndex(2)
    before = drawn(plot)[0].getData()[1].copy()
    log.setChecked(True)
    np.testing.assert_allclose(drawn(plot)[0].getData()[1], np.log10(before))
    combo.setCurrentIndex(0)
    assert drawn(plot)[0].getData()[1].max() == pytest.approx(98.0)


def test_all_of_every_curve_is_in_sight(choose, plot, numbers):
    choose(*numbers[:3])
    (left, right), (low, high) = plot.getViewBox().viewRange()
    assert 0 < left < 1
    assert 8 < right < 9
    assert 60 < low < 70
    assert 98 < high <= 101


def test_a_run_of_one_epoch_is_a_point(choose, plot, numbers):
    choose(*numbers[:3])
    x, y = points_of(plot)
    assert (x.tolist(), y.tolist()) == ([1.0], [pytest.approx(70.0)])


def test_curves_that_are_no_longer_chosen_are_gone(choose, plot, legend, numbers):
    choose(*numbers[:3])
    assert len(drawn(plot)) == 3
    choose(numbers[0])
    assert len(drawn(plot)) == 1
    assert names_of(legend) == ["short"]
    assert len(points_of(plot)[0]) == 0


def test_the_values_under_the_mouse_stand_in_the_legend(choose, page, plot, legend, numbers):
    choose(*numbers[:2])
    box = plot.getViewBox()
    there = box.mapViewToScene(QPointF(4.8, 97.0)).toPoint()
    QTest.mouseMove(plot.viewport(), there)
    QApplication.processEvents()
    assert text_of(page, "runsCurveEpoch") == "epoch 5"
    long = drawn(plot)[0].getData()[1]
    assert legend.values == [f"{long[4]:.2f}", ""]
    plot.scene().sigMouseMoved.emit(QPointF(2, 2))  # at once: pyqtgraph passes over fast moves
    assert legend.values == []
    assert text_of(page, "runsCurveEpoch") == ""


@pytest.mark.parametrize(("x", "epoch"), [(-3, 1), (15, 8)])
def test_beside_all_epochs_the_nearest_is_told(choose, page, plot, numbers, mouse_at, x, epoch):
    choose(*numbers[:2])
    plot.box.setRange(xRange=(-5, 20), padding=0)
    mouse_at(page, x, 90)
    assert text_of(page, "runsCurveEpoch") == f"epoch {epoch}"
    assert plot.line == epoch


def test_the_curve_that_is_pointed_at_is_told(choose, page, plot, legend, numbers, mouse_at):
    choose(*numbers[:2])
    heard = []
    plot.curve_pointed.connect(lambda epoch, nearest: heard.append((epoch, nearest)))
    for name, curve in (("short", drawn(plot)[1]), ("long", drawn(plot)[0])):
        mouse_at(page, 2, curve.getData()[1][1])
        assert names_of(legend)[heard[-1][1]] == name
    _, (low, _) = plot.getViewBox().viewRange()
    mouse_at(page, 8, low + 0.1)
    assert heard[-1] == (8, None)


def test_leaving_the_plot_takes_the_values_away(choose, page, plot, legend, numbers, mouse_at):
    choose(numbers[0])
    mouse_at(page, 2, 89)
    assert legend.values
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert legend.values == []


def test_zooming_is_undone_by_the_button(choose, page, plot, numbers):
    choose(numbers[1])
    box = plot.getViewBox()
    before = box.viewRange()
    reset = page.findChild(QPushButton, "runsCurvePlotReset")
    assert not reset.isVisible()
    box.setRange(xRange=(2, 3), yRange=(90, 91), padding=0)
    box.sigRangeChangedManually.emit(box.mouseEnabled())
    assert reset.isVisible()
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert box.viewRange() == before
    assert not reset.isVisible()


def test_of_many_the_first_are_shown_and_it_is_said(put, open_tab, table_of, settle):
    runs = [put(f"run {number}") for number in range(MOST_CURVES + 5)]
    tab = open_tab()
    page = tab.findChild(RunCurves)
    table_of(tab).selectAll()
    settle()
    names = names_of(page.findChild(Legend))
    assert names == [f"run {number}" for number in range(len(runs) - 1, 4, -1)]
    assert text_of(page, "runsCurveNote") == "the first 20 of 25 chosen"
    table_of(tab).choose(runs[:MOST_CURVES])
    settle()
    assert text_of(page, "runsCurveNote") == ""


def test_without_curves_it_is_said_why(choose, tab, table_of, page, numbers, entry):
    choose(entry.path)
    assert "file holds a model without its curves" in text_of(page, "runsCurveEmpty")
    choose(numbers[3])
    assert "No epoch is finished" in text_of(page, "runsCurveEmpty")
    choose()
    assert "Choose runs" in text_of(page, "runsCurveEmpty")
    assert page.findChild(QLabel, "runsCurveEmpty").isVisible()
    choose(numbers[0], entry.path)
    assert not page.findChild(QLabel, "runsCurveEmpty").isVisible()


def test_curves_are_read_once(choose, session, numbers):
    titles = []
    session.jobs.changed.connect(lambda: titles.extend(job.title for job in session.jobs.running))
    choose(*numbers[:2])
    choose(numbers[0])
    choose(numbers[1])
    assert "Reading curves" in titles
    titles.clear()
    choose(*numbers[:2])
    assert titles == []


def test_a_run_that_grows_is_read_again(choose, plot, session, numbers, library, settle):
    choose(numbers[0])
    with library.write() as connection:
        connection.execute("INSERT INTO epochs VALUES (?, 4, 1, 0.5, 1, 0.6, 0.5, 0)", numbers[:1])
    session.runs.refresh()
    settle()
    settle()
    assert drawn(plot)[0].getData()[1][-1] == 60.0


def test_a_library_that_fails_leaves_what_is_known(
    choose, tab, table_of, plot, legend, session, numbers, library, settle
):
    choose(numbers[0])
    content = library.path.read_bytes()
    library.path.write_bytes(b"no database" * 1000)
    table_of(tab).choose(numbers[:2])
    settle()
    assert len(session.faults) == 1
    assert len(drawn(plot)) == 1
    assert names_of(legend) == ["short"]
    library.path.write_bytes(content)
    choose(numbers[1])
    assert names_of(legend) == ["long"]


def test_of_curves_whose_reading_was_called_off_none_of_others_are_left(
    choose, plot, legend, session, numbers
):
    def call_off():
        job = session.jobs.newest
        if job is not None and job.title == "Reading curves":
            job.cancel()

    choose(numbers[0])
    connection = session.jobs.changed.connect(call_off)
    choose(numbers[1])
    assert drawn(plot) == []
    assert names_of(legend) == []
    session.jobs.changed.disconnect(connection)
    choose(*numbers[:2])
    assert names_of(legend) == ["long", "short"]


def test_a_run_keeps_its_pen_while_it_is_chosen():
    places = PenPlaces()
    assert places.of([5, 6, 7]) == {5: 0, 6: 1, 7: 2}
    assert places.of([7, 9, 5]) == {7: 2, 9: 1, 5: 0}
    assert places.of([9]) == {9: 1}
    assert places.of([3]) == {3: 0}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_twenty_pens_differ_and_neighbours_in_colour_and_dash(theme):
    pens = [curve_pen(place, theme) for place in range(MOST_CURVES)]
    looks = [(pen.color().name(), tuple(pen.dashPattern())) for pen in pens]
    assert len(set(looks)) == MOST_CURVES
    for (colour, dash), (next_colour, next_dash) in itertools.pairwise(looks):
        assert colour != next_colour
        assert dash != next_dash


def test_curves_take_the_colours_of_the_theme(choose, plot, numbers):
    choose(numbers[0])
    application = QApplication.instance()
    for scheme, theme in (("dark", DARK), ("light", LIGHT)):
        dress(application, scheme)
        application.processEvents()
        assert drawn(plot)[0].opts["pen"].color().name() == curve_pen(0, theme).color().name()


def test_a_chart_of_strange_numbers_has_room(library, put):
    run = put("strange", epochs=2)
    first, last = epochs_of(library, [run])[run]
    figures = {figure.field: figure for figure in make_figures()}
    curves = [("strange", 0, [first._replace(test_loss=float("inf")), last])]
    for is_log in (False, True):
        low, high = chart_of(figures["test_loss"], curves, is_log=is_log).y_range
        assert np.isfinite([low, high]).all()
        assert low < high
    assert chart_of(figures["test_loss"], []).x_range[0] < 1


def test_out_of_sight_nothing_is_read_and_nothing_drawn(
    choose, tab, table_of, plot, session, numbers, settle, monkeypatch
):
    choose(numbers[0])
    titles, charts = [], []
    session.jobs.changed.connect(lambda: titles.extend(job.title for job in session.jobs.running))
    show = plot.show_chart
    monkeypatch.setattr(plot, "show_chart", lambda chart: (charts.append(chart), show(chart)))
    pages = tab.findChild(QTabWidget, "modelsPages")
    pages.setCurrentIndex(1)
    table_of(tab).choose([numbers[1]])
    settle()
    assert charts == []
    assert "Reading curves" not in titles
    pages.setCurrentIndex(0)
    settle()
    assert "Reading curves" in titles
    assert [curve.name for chart in charts for curve in chart.curves] == ["long"]
    pages.setCurrentIndex(1)
    charts.clear()
    pages.setCurrentIndex(0)
    settle()
    assert charts == []  # they are still those


def test_of_many_the_one_that_is_pointed_at_is_in_sight(put, open_tab, table_of, settle):
    for number in range(MOST_CURVES):
        put(f"run {number}")
    tab = open_tab()
    page = tab.findChild(RunCurves)
    table_of(tab).selectAll()
    settle()
    legend = page.findChild(Legend)
    for place in (MOST_CURVES - 1, 0):
        page.findChild(OverlayPlot).curve_pointed.emit(1, place)
        assert legend.visibleRegion().contains(QPoint(5, legend.middle_of(place)))


def test_a_part_of_the_window_is_no_wider_for_a_zoom(choose, tab, plot, numbers):
    choose(numbers[1])
    least = tab.minimumSizeHint()
    plot.box.sigRangeChangedManually.emit([True, True])
    QApplication.processEvents()
    assert plot.findChild(QPushButton).isVisible()
    assert tab.minimumSizeHint() == least
    assert least.width() <= 1024


def test_other_curves_take_values_and_epoch_away(choose, page, plot, legend, numbers, mouse_at):
    choose(*numbers[:2])
    mouse_at(page, 2, 89)
    assert text_of(page, "runsCurveEpoch") == "epoch 2"
    choose(numbers[0])
    assert legend.values == []
    assert text_of(page, "runsCurveEpoch") == ""
    assert plot.line is None


def test_of_a_single_run_it_says_what_its_curve_tells(put, open_tab, table_of, settle, numbers):
    diverged = put("diverged", epochs=2, outcome="diverged")
    tab = open_tab()
    page = tab.findChild(RunCurves)
    hint = page.findChild(QLabel, "runsCurveHint")
    for keys, is_told in (
        ([numbers[1]], False),
        ([diverged], True),
        ([diverged, numbers[1]], False),
    ):
        table_of(tab).choose(keys)
        settle()
        assert hint.isVisible() == is_told
        assert ("beyond all numbers" in hint.text()) == is_told


def test_what_was_before_a_setting_was_changed_tells_nothing_of_a_run(
    put, open_tab, table_of, library, settle
):
    steered, plain = put("steered"), put("plain")
    with library.write() as connection:
        # Since the first epoch it rises, until the rate is made smaller before the last.
        connection.execute("UPDATE epochs SET train_loss = epoch, train_accuracy = 0.5")
        connection.execute(
            "INSERT INTO changes VALUES (?, 5, 1, 'learning_rate', '0.5', '0.05')", (steered,)
        )
    tab = open_tab()
    page = tab.findChild(RunCurves)
    for run, is_told in ((plain, True), (steered, False)):
        table_of(tab).choose([run])
        settle()
        assert page.findChild(QLabel, "runsCurveHint").isVisible() == is_told
