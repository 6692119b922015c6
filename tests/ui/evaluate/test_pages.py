import csv
import io
from dataclasses import replace

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage, QStandardItem
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTabWidget, QWidget

from mnist_desktop.learning.data.splits import Split, Splits
from mnist_desktop.learning.evaluate.calibration import accuracy_by_declined
from mnist_desktop.learning.evaluate.comparison import compare
from mnist_desktop.learning.evaluate.disturbances import DISTURBANCES
from mnist_desktop.learning.evaluate.measures import digit_scores, macro
from mnist_desktop.ui.evaluate.confusion_view import ConfusionView
from mnist_desktop.ui.evaluate.figure_table import FigureTable
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.plots.chart_plot import ChartPlot
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_view import PictureView

CONFUSION, DIGITS, SURENESS, ROBUSTNESS, TWO = range(5)

pytestmark = pytest.mark.usefixtures("mislabelled")


@pytest.fixture
def dark(qapp):
    dress(qapp, "dark")
    yield
    dress(qapp, "light")


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_each_page_says_what_it_shows(measure, tab):
    measure()
    pages = tab.findChild(QTabWidget, "evaluatePages")
    notes = []
    for index in range(pages.count()):
        pages.setCurrentIndex(index)
        page = pages.widget(index)
        (note,) = page.findChildren(QLabel, f"{page.objectName()}Note")
        assert note.isVisible()
        notes.append(note.text())
    assert len(set(notes)) == 5


def test_a_model_is_compared_with_those_that_do_not_read(measure, tab, session, rival):
    combo = tab.findChild(QComboBox, "evaluateRivalCombo")
    assert [combo.itemText(index) for index in range(combo.count())] == ["no other model", "rival"]
    session.shelf.read_with(rival)
    assert [combo.itemText(index) for index in range(combo.count())][1:] == ["default"]


def test_the_other_model_s_table_can_be_seen_too(measure, tab, rival):
    first, second = measure(CONFUSION, rival)
    combo = tab.findChild(QComboBox, "confusionModelCombo")
    assert combo.isVisible()
    shown = tab.findChild(PictureGrid, "misreadGrid")
    assert len(shown.pictures) == len(first.chosen(None))
    combo.setCurrentIndex(1)
    assert len(shown.pictures) == len(second.chosen(None)) > len(first.chosen(None))
    measure(CONFUSION)
    assert not combo.isVisible()


def test_the_accuracy_of_the_other_model_is_told_as_well(measure, tab, rival):
    _, second = measure(rival=rival)
    details = tab.findChild(QLabel, "evaluationDetails").text().replace("\u00a0", " ")
    assert f"rival: {100 * second.score.accuracy:.2f} %" in details


def test_no_line_of_what_was_found_is_lost_where_there_is_little_room(measure, tab, rival):
    tab.resize(1000, 300)
    measure(0, rival)
    details = tab.findChild(QLabel, "evaluationDetails")
    assert details.height() >= details.heightForWidth(details.width())


def texts_of(tab, name):
    """What is in the rows of a table."""
    model = tab.findChild(FigureTable, name).model()
    columns = range(model.columnCount())
    return [[model.index(row, at).data() for at in columns] for row in range(model.rowCount())]


def test_a_line_for_each_digit_and_one_for_all(measure, tab):
    (result,) = measure(DIGITS)
    texts = texts_of(tab, "digitsTable")
    assert [row[0] for row in texts] == [*"0123456789", "mean"]
    one = digit_scores(result.confusion)[4]
    low, high = one.interval
    assert texts[4] == [
        "4",
        f"{one.total}",
        *(f"{100 * share:.1f} %" for share in (one.precision, one.recall, one.f1)),
        f"{100 * low:.1f}–{100 * high:.1f} %",
    ]
    assert texts[10][2:] == [*(f"{100 * share:.1f} %" for share in macro(result.confusion)), "–"]


def test_pictures_are_counted_by_what_they_were_meant_as(mislabelled, measure, tab, session):
    measure(DIGITS)
    counts = np.bincount(session.splits.test.labels, minlength=10).tolist()
    texts = texts_of(tab, "digitsTable")
    assert [row[1] for row in texts] == [*map(str, counts), f"{sum(counts):,}"]


def test_two_models_stand_side_by_side(measure, tab, rival):
    _, second = measure(DIGITS, rival)
    row = texts_of(tab, "digitsTable")[7]
    one = digit_scores(second.confusion)[7]
    assert row[5:] == [f"{100 * share:.1f} %" for share in (one.precision, one.recall, one.f1)]


def test_titles_of_columns_have_room(measure, tab, rival):
    measure(DIGITS, rival)
    header = tab.findChild(FigureTable, "digitsTable").horizontalHeader()
    for column in range(header.count()):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)


def test_sureness_is_drawn_for_each_model_and_what_declining_brings(measure, tab, rival):
    results = measure(SURENESS, rival)
    chart = tab.findChild(ChartPlot, "reliabilityPlot").chart
    assert [curve.name for curve in chart.curves] == ["default", "rival", "as sure as right"]
    assert chart.curves[2].x.tolist() == chart.curves[2].y.tolist() == [0, 100]
    second = results[1]
    curve = chart.curves[1]
    # Dots from left to right, each within the range of what it is sure of.
    assert (np.diff(curve.x) > 0).all()
    assert 100 * second.confidence.min() <= curve.x[0] <= 100 * second.confidence.max()
    declined = tab.findChild(ChartPlot, "declinedPlot").chart.curves[1]
    x, y = accuracy_by_declined(second.confidence, second.right)
    assert declined.x.tolist() == (100 * x[x <= 0.5]).tolist()
    assert declined.y.tolist() == (100 * y[x <= 0.5]).tolist()


def test_robustness_is_tried_when_it_is_asked_for(qtbot, measure, tab, session):
    measure(ROBUSTNESS)
    plot, button = (
        tab.findChild(ChartPlot, "robustnessPlot"),
        tab.findChild(QPushButton, "robustnessButton"),
    )
    assert button.text() in plot.hint
    assert not tab.findChild(QAction, "exportPageAction").isEnabled()
    button.click()
    assert not button.isEnabled()
    assert button.text() not in plot.hint, "it was pressed"
    assert plot.hint, "that it goes on is said"
    qtbot.waitUntil(button.isEnabled)
    assert plot.hint == ""
    assert tab.findChild(QAction, "exportPageAction").isEnabled()
    combo = tab.findChild(QComboBox, "robustnessCombo")
    combo.setCurrentIndex(2)
    (curve,) = plot.chart.curves
    kind = DISTURBANCES[2]
    assert curve.x.tolist() == list(kind.strengths)
    assert curve.y.tolist() == [100 * one for one in session.evaluator.robustness[0][2].accuracies]
    samples = tab.findChild(PictureGrid, "robustnessSamples")
    assert samples.captions == ["50", "70", "85", "100", "115", "130"]
    np.testing.assert_array_equal(samples.pictures[3], session.splits.test.pictures[0])
    place = samples.visualRect(samples.model().index(5)).center()
    QTest.mouseClick(samples.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view = samples.findChild(PictureView, "specimenView")
    np.testing.assert_array_equal(view.picture, session.evaluator.robustness[0][2].samples[5])
    label = session.splits.test.labels[0]
    said = [one.text() for one in samples.findChildren(QLabel)]
    assert f"label {label}" in said
    measure(ROBUSTNESS)
    assert session.evaluator.robustness == ()
    assert plot.hint


def test_a_try_that_was_called_off_can_be_begun_again(qtbot, measure, tab, session):
    measure(ROBUSTNESS)
    button = tab.findChild(QPushButton, "robustnessButton")
    button.click()
    session.jobs.newest.cancel()
    qtbot.waitUntil(button.isEnabled)
    assert session.evaluator.robustness == ()
    assert button.text() in tab.findChild(ChartPlot, "robustnessPlot").hint


def test_two_models_are_compared_in_words_by_digit_and_by_picture(measure, tab, rival):
    measure(TWO)
    empty = tab.findChild(QLabel, "compareEmpty")
    assert empty.isVisible()
    first, second = measure(TWO, rival)
    assert not empty.isVisible()
    found = compare(first.right, second.right)
    words = tab.findChild(QLabel, "compareLabel").text()
    assert f"{found.only_first} pictures are read rightly by default alone" in words
    assert words.endswith("So default reads these pictures better.")
    rows = texts_of(tab, "compareTable")
    assert sum(int(row[3]) for row in rows) == found.only_first
    assert sum(int(row[4]) for row in rows) == found.only_second
    grid = tab.findChild(PictureGrid, "differGrid")
    assert len(grid.pictures) == (first.read != second.read).sum()
    # What is read wrongly most surely comes first.
    wrongly = np.maximum(
        np.where(first.right, 0, first.confidence), np.where(second.right, 0, second.confidence)
    )
    surest = np.flatnonzero(first.read != second.read)[wrongly[first.read != second.read].argmax()]
    assert grid.captions[0] == (
        f"{first.truth[surest]}: {first.read[surest]} {second.read[surest]}"
    )
    place = grid.visualRect(grid.model().index(0)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view = grid.findChild(PictureView, "specimenView")
    np.testing.assert_array_equal(view.picture, first.pictures[surest])


CLOTHES = (
    "top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "boot",
)


def test_classes_are_called_by_their_names(measure, tab, session, mislabelled, rival):
    session.data_set.splits = replace(session.splits, class_names=CLOTHES)
    (result,) = measure(CONFUSION)
    wrong = result.chosen(None)[0]
    truth, read = (CLOTHES[int(text[wrong])] for text in (result.truth, result.read))
    assert tab.findChild(PictureGrid, "misreadGrid").captions[0] == f"{truth} → {read}"
    tab.findChild(ConfusionView).choose((3, 5))
    assert any(text.startswith("dress read as sandal: ") for text in texts_in(tab))
    measure(DIGITS)
    rows = texts_of(tab, "digitsTable")
    assert [row[0] for row in rows][7:] == ["7 sneaker", "8 bag", "9 boot", "mean"]
    measure(TWO, rival)
    assert texts_of(tab, "compareTable")[2][0] == "2 pullover"
    caption = tab.findChild(PictureGrid, "differGrid").captions[0]
    assert set(caption.replace(":", "").split()) <= set(CLOTHES)


def texts_in(tab):
    return [label.text() for label in tab.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        (lambda counts: (7, 7), "7 rightly read: {count} times"),
        (lambda counts: np.argwhere(counts == 1)[0].tolist(), "{truth} read as {read}: once"),
    ],
)
def test_how_often_one_is_taken_for_the_other_is_said_in_words(measure, tab, rival, cell, title):
    (result,) = measure(CONFUSION)
    truth, read = cell(result.confusion)
    tab.findChild(ConfusionView).choose((truth, read))
    count = result.confusion[truth][read]
    assert title.format(count=count, truth=truth, read=read) in texts_in(tab)


def test_what_is_chosen_to_measure_has_its_label(tab):
    assert {"Measure on", "Compare with"} <= set(texts_in(tab))


@pytest.mark.parametrize("name", ["misreadGrid", "differGrid"])
def test_a_label_that_is_put_right_is_seen_below_its_picture(measure, tab, session, rival, name):
    _first, _ = measure(TWO if name == "differGrid" else 0, rival)
    grid, labels = tab.findChild(PictureGrid, name), session.labels
    before = list(grid.captions)
    grid.choose(1)
    label = (int(before[1][0]) + 2) % 10
    QTest.keyClick(grid, str(label))
    (index,) = labels.corrected["test"]
    assert grid.captions[1] == f"{label}{before[1][1:]} ✎"
    assert grid.currentIndex().row() == 1, "one goes on from there"
    labels.undo()
    assert grid.captions == before
    session.data_set.take(Splits("other", *[session.splits.validation] * 3))
    labels.correct("test", index, label)  # another picture than the one that was evaluated
    assert not any("✎" in caption for caption in grid.captions)


@pytest.mark.parametrize("name", ["misreadGrid", "differGrid"])
def test_what_was_enlarged_stays_as_it_was_though_fewer_are_evaluated_then(
    measure, tab, session, rival, name
):
    measure(TWO if name == "differGrid" else 0, rival)
    grid = tab.findChild(PictureGrid, name)
    grid.choose(len(grid.captions) - 1)
    grid.findChild(QAction, "enlargeAction").trigger()
    enlarged = tab.findChild(QWidget, "specimenDialog").findChild(PictureView)
    before = enlarged.picture
    few = Split(*(each[:2] for each in (session.splits.test.pictures, session.splits.test.labels)))
    session.data_set.take(Splits("few", *[few] * 3))
    tab.findChild(QTabWidget, "evaluatePages").setCurrentIndex(DIGITS)
    measure(DIGITS, rival)
    session.labels.correct("test", 0, 9)
    assert np.array_equal(enlarged.picture, before)
    assert not tab.findChild(PictureGrid, name).isVisible()


def test_the_name_of_a_model_is_whole_over_its_column_where_there_is_room(
    qapp, measure, tab, session
):
    dress(qapp, "light")
    name = "default · my hand taught"
    session.shelf.add(Entry(name, session.shelf.current.recognizer))
    tab.resize(1400, 560)
    measure(TWO, session.shelf.entries[-1])
    header = tab.findChild(FigureTable, "compareTable").horizontalHeader()
    assert header.model().headerData(2, Qt.Orientation.Horizontal) == name
    assert header.sectionSize(2) >= header.sectionSizeHint(2)
    tab.resize(700, 560)
    tab.grab()
    assert header.sectionSize(2) < header.sectionSizeHint(2), "else it gives way"
    assert header.sectionSize(3) >= header.sectionSizeHint(3)


def test_all_columns_of_two_models_are_seen_in_a_small_window(qapp, measure, tab, session):
    dress(qapp, "light")
    name = "a long name of a model"
    recognizer = session.shelf.current.recognizer
    session.shelf.add(Entry(name, recognizer))
    tab.resize(1024, 560)
    measure(TWO, session.shelf.entries[-1])
    table = tab.findChild(FigureTable, "compareTable")
    assert table.horizontalHeader().length() <= table.viewport().width()


class TestExport:
    def test_nothing_is_saved_before_there_is_anything(self, tab):
        for name in ("exportPageAction", "exportAnswersAction"):
            assert not tab.findChild(QAction, name).isEnabled()

    def test_the_matrix_is_a_table_and_a_picture_on_white(self, measure, export, tab, dark):
        (result,) = measure(CONFUSION)
        header, *rows = rows_of(export("exportPageAction", ".csv"))
        assert header[:2] == ["meant_as", "read_as_0"]
        counts = [[int(count) for count in row[1:]] for row in rows]
        assert counts == result.confusion.tolist()
        tab.findChild(ConfusionView, "confusionView").choose((1, 1))
        picture = QImage.fromData(export("exportPageAction", ".png"))
        assert (picture.width(), picture.height()) == (1280, 1280)
        for x, y in ((2, 2), (690, 90)):  # the edge, and a cell of which there is none
            assert picture.pixelColor(x, y).name() == "#ffffff"
        assert b"<svg" in export("exportPageAction", ".svg")

    @pytest.mark.parametrize("page", [DIGITS, SURENESS, TWO])
    def test_figures_are_saved_as_they_are(self, measure, export, rival, page):
        results = measure(page, rival)
        header, *rows = rows_of(export("exportPageAction", ".csv"))
        assert len(rows) >= 10
        assert all(len(row) == len(header) for row in rows)
        if page == DIGITS:
            column = header.index("recall_2")
            assert [float(row[column]) for row in rows[:10]] == [
                one.recall for one in digit_scores(results[1].confusion)
            ]
        if page == SURENESS:
            of_second = [row for row in rows if row[0] == "2"]
            answers = [int(row[4]) for row in of_second if row[1] == "confidence"]
            assert sum(answers) == len(results[1].truth)
            x, y = accuracy_by_declined(results[1].confidence, results[1].right)
            points = [(float(row[2]), float(row[3])) for row in of_second if row[1] == "declined"]
            assert points == list(zip(x.tolist(), y.tolist(), strict=True))

    @pytest.mark.parametrize("is_one", [True, False])
    def test_robustness_is_a_table_of_all_disturbances(
        self, qtbot, measure, export, tab, session, is_one, request
    ):
        measure(ROBUSTNESS, None if is_one else request.getfixturevalue("rival"))
        tab.findChild(QPushButton, "robustnessButton").click()
        qtbot.waitUntil(lambda: bool(session.evaluator.robustness))
        header, *rows = rows_of(export("exportPageAction", ".csv"))
        names = ["accuracy"] if is_one else ["accuracy_1", "accuracy_2"]
        assert header == ["disturbance", "strength", *names]
        assert len(rows) == sum(len(kind.strengths) for kind in DISTURBANCES)
        last = [curves[-1].accuracies[-1] for curves in session.evaluator.robustness]
        assert [float(figure) for figure in rows[-1][2:]] == last

    def test_plots_are_pictures_with_all_their_curves(self, measure, export):
        measure(SURENESS)
        svg = export("exportPageAction", ".svg").decode()
        texts = ("default", "as sure as right", "confidence, %", "declined, %")
        assert all(f">{text}<" in svg for text in texts)
        assert not QImage.fromData(export("exportPageAction", ".png")).isNull()

    def test_every_picture_s_answer_is_saved(self, measure, export, rival):
        first, second = measure(CONFUSION, rival)
        header, *rows = rows_of(export("exportAnswersAction", ".csv"))
        assert header == ["index", "truth", "read_1", "confidence_1", "read_2", "confidence_2"]
        assert [row[1] for row in rows] == first.truth.tolist()
        assert [row[4] for row in rows] == second.read.tolist()
        assert float(rows[5][3]) == first.confidence[5]


def test_an_epoch_of_a_training_does_not_close_the_open_list(tab, session, rival):
    combo = tab.findChild(QComboBox, "evaluateRivalCombo")
    gone = []
    combo.model().rowsRemoved.connect(lambda *_: gone.append("rows"))
    combo.model().modelReset.connect(lambda: gone.append("all"))
    session.shelf.renew(rival, rival.recognizer, is_training=True)
    assert gone == []
    session.shelf.rename(rival, "renamed")
    assert combo.itemText(1) == "renamed"


def test_drawings_without_a_digit_leave_every_page_empty(qtbot, tab, session, tmp_path):
    path = tmp_path / "drawings.jsonl"
    path.write_text('{"label": null, "strokes": [[[1, 1], [5, 9]]]}')
    with qtbot.waitSignal(session.evaluator.changed):
        session.evaluator.evaluate(path)
    pages = tab.findChild(QTabWidget, "evaluatePages")
    for index in range(pages.count()):
        pages.setCurrentIndex(index)
    assert tab.findChild(PictureGrid, "misreadGrid").captions == []
    assert texts_of(tab, "digitsTable")[3][1] == "0"
    assert [curve.name for curve in tab.findChild(ChartPlot, "reliabilityPlot").chart.curves] == [
        "as sure as right"
    ]
    assert not pages.widget(SURENESS).can_be_exported


def test_a_table_of_figures_keeps_nothing_of_what_its_model_has_deleted(qapp):
    """Else Python would take something new in the same place for it."""

    def kept():
        return sum(isinstance(one, QStandardItem) for one in shiboken6.getAllValidWrappers())

    table = FigureTable("figures")
    counts = []
    for _ in range(3):
        table.show_figures(["digit", "rightly"], [["1", "99 %"], ["2", "98 %"]])
        counts.append(kept())
    assert len(set(counts)) == 1
