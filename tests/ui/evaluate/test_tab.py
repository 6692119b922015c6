import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QTabWidget, QWidget

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.ui.evaluate.confusion_view import MARGIN, ConfusionView
from mnist_desktop.ui.evaluate.tab import EvaluateTab
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.picture_grid import PictureGrid


def evaluate(window, qtbot, session):
    window.findChild(QTabWidget, "tabs").setCurrentIndex(2)
    with qtbot.waitSignal(session.evaluator.changed):
        window.findChild(QPushButton, "evaluateButton").click()
    return session.evaluator.result


def details_of(window):
    return window.findChild(QLabel, "evaluationDetails").text().replace("\u00a0", " ")


def test_before_the_first_evaluation_it_says_what_to_do(qtbot, window, session):
    window.findChild(QTabWidget, "tabs").setCurrentIndex(2)
    hint = window.findChild(QLabel, "evaluationHint")
    result = [window.findChild(QWidget, name) for name in ("confusionView", "misreadGrid")]
    assert hint.isVisible()
    assert window.findChild(QPushButton, "evaluateButton").text() in hint.text()
    assert not any(part.isVisible() for part in result)
    evaluate(window, qtbot, session)
    assert not hint.isVisible()
    assert all(part.isVisible() for part in result)


def test_it_calls_the_model_as_it_is_called_now(window, session):
    session.shelf.rename(session.shelf.current, "another")
    texts = [label.text() for label in window.findChild(EvaluateTab).findChildren(QLabel)]
    assert any(text.startswith("another, ") for text in texts)


def test_the_model_to_compare_with_stays_chosen_when_another_comes(tab, session, rival):
    combo = tab.findChild(QComboBox, "evaluateRivalCombo")
    combo.setCurrentIndex(combo.findData(rival))
    session.shelf.add(Entry("third", rival.recognizer))
    assert [combo.itemText(row) for row in range(combo.count())][1:] == ["rival", "third"]
    assert combo.currentData() is rival


def test_a_figure_and_its_sign_stand_in_one_line(qtbot, window, session):
    evaluate(window, qtbot, session)
    details = window.findChild(QLabel, "evaluationDetails").text()
    assert details.count("%") == details.count("\u00a0%") > 0


def test_it_says_how_many_are_right_and_shows_the_misread_ones(qtbot, window, session):
    # The model that comes with the program misreads none of so few.
    test = session.splits.test
    labels = (test.labels + (np.arange(len(test)) < 3)) % 10
    session.data_set.take(
        replace(session.splits, test=Split(test.pictures, labels.astype(np.uint8)))
    )
    result = evaluate(window, qtbot, session)
    text = window.findChild(QLabel, "evaluationLabel").text()
    assert text == f"{100 * result.score.accuracy:.2f} %"
    shown = window.findChild(PictureGrid, "misreadGrid")
    assert len(shown.pictures) == len(result.chosen(None))
    misread = np.flatnonzero(result.truth != result.read)
    surest = misread[np.argsort(-result.confidence[misread], kind="stable")]
    assert surest.tolist() != misread.tolist(), "or it would not tell"
    assert result.chosen(None).tolist() == surest.tolist()
    first = surest[0]
    np.testing.assert_array_equal(shown.pictures[0], result.pictures[first])
    assert shown.captions[0] == f"{result.truth[first]} → {result.read[first]}"


def test_it_tells_that_there_is_another_data_set_by_now(qtbot, window, session):
    result = evaluate(window, qtbot, session)
    here, before = "on official test split.", "on official test split of the data set before."
    assert here in details_of(window)
    measured = session.splits
    session.data_set.take(replace(measured, test=measured.validation))
    assert before in details_of(window)
    session.data_set.take(measured)
    assert here in details_of(window)
    assert session.evaluator.result is result


def middle_of(view, row, column):
    """Of a cell of the table, whose ten by ten fill the square beside the names."""
    side = (min(view.width(), view.height()) - MARGIN) / 10
    return QPoint(round(MARGIN + (column + 0.5) * side), round(MARGIN + (row + 0.5) * side))


def test_a_cell_of_the_confusion_shows_its_pictures(qtbot, window, session):
    result = evaluate(window, qtbot, session)
    view = window.findChild(ConfusionView, "confusionView")
    place = middle_of(view, 3, 3)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    shown = window.findChild(PictureGrid, "misreadGrid")
    assert len(shown.pictures) == result.confusion[3, 3]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert len(shown.pictures) == len(result.chosen(None))


def test_a_cell_is_still_chosen_when_one_comes_back_from_another_page(tab, measure):
    (result,) = measure()
    view = tab.findChild(ConfusionView, "confusionView")
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle_of(view, 3, 3))
    for page in (1, 0):
        tab.findChild(QTabWidget, "evaluatePages").setCurrentIndex(page)
    shown = tab.findChild(PictureGrid, "misreadGrid")
    assert len(shown.pictures) == result.confusion[3, 3] > 0


def test_cells_are_reached_by_the_keyboard(qtbot, window, session):
    evaluate(window, qtbot, session)
    view = window.findChild(ConfusionView, "confusionView")
    chosen = []
    view.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        QTest.keyClick(view, key)
    assert chosen == [(0, 0), (1, 0), None]


def test_a_click_beside_the_cells_chooses_nothing(qtbot, window, session):
    evaluate(window, qtbot, session)
    view = window.findChild(ConfusionView, "confusionView")
    chosen = []
    view.chosen.connect(chosen.append)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle_of(view, 2, 5))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert chosen == [(2, 5), None]


def test_one_s_own_digits_can_be_measured_on_as_soon_as_there_are_any(tab, say):
    target = tab.findChild(QComboBox, "evaluateTargetCombo")
    target.setCurrentIndex(target.findData("mine"))
    button = tab.findChild(QPushButton, "evaluateButton")
    assert not button.isEnabled()
    say("7")
    assert button.isEnabled()


@pytest.fixture
def evaluate_drawings(qtbot, window, session, tmp_path, monkeypatch):
    """Evaluates labelled strokes from a file."""

    def call(*drawings):
        path = tmp_path / "drawings.jsonl"
        lines = [{"label": label, "strokes": strokes} for label, strokes in drawings]
        path.write_text("\n".join(map(json.dumps, lines)))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        target = window.findChild(QComboBox, "evaluateTargetCombo")
        target.setCurrentIndex(target.findData("strokes"))
        return evaluate(window, qtbot, session)

    return call


@pytest.fixture
def line(seven_points):
    """A seven of one stroke, so many of them side by side."""

    def make(count):
        return [[[100 * x + 60 * n, 100 * y] for x, y in seven_points] for n in range(count)]

    return make


def test_labelled_drawings_can_be_measured_on(window, evaluate_drawings, line):
    result = evaluate_drawings((7, line(1)), (2, line(1)), (None, line(1)))
    assert result.score.accuracy == 0.5
    assert result.score.total == 2
    assert result.confusion[7, 7] == result.confusion[2, 7] == 1
    details = details_of(window)
    assert f"differ by {100 * result.calibration_error:.1f} percentage points" in details
    assert f"it answers {100 * result.kept:.1f} % at strictness 65 %" in details
    # The same drawing is a digit twice and none once.
    assert "surer than what is none in 50.0 %" in details
    assert "outside of" not in details


def test_misread_are_numbers_too_and_what_is_read_as_one_or_as_nothing(
    window, evaluate_drawings, line
):
    result = evaluate_drawings(
        *((7, line(1)), (2, line(1)), (7, line(2)), (72, line(2)), (77, line(2)), (3, []))
    )
    assert result.confusion.sum() == 2
    details = details_of(window)
    assert "4 are outside of it" in details
    shown = window.findChild(PictureGrid, "misreadGrid")
    assert sorted(shown.captions) == ["2 → 7", "3 → –", "7 → 77", "72 → 77"]
    widths = dict(zip(shown.captions, (p.shape for p in shown.pictures), strict=True))
    assert widths["2 → 7"] == widths["3 → –"] == (28, 28)
    assert widths["7 → 77"] == widths["72 → 77"] == (28, 56)
    # The matrix's cells are of single digits still.
    window.findChild(ConfusionView, "confusionView").choose((7, 7))
    assert shown.captions == ["7 → 7"]


def test_it_declines_as_strictly_as_the_draw_tab(session, window, evaluate_drawings, line):
    assert evaluate_drawings((7, line(1))).kept == 1.0
    session.reader.set_strictness(1.0)
    assert evaluate_drawings((7, line(1))).kept == 0.0
    details = details_of(window)
    assert "it answers 0.0 % at strictness 100 %" in details


def test_drawings_need_no_data_set(session, window, evaluate_drawings, line):
    session.data_set.splits = None
    session.data_set.changed.emit()
    button = window.findChild(QPushButton, "evaluateButton")
    assert not button.isEnabled()
    session.evaluator.evaluate("test")
    assert session.evaluator.result is None
    assert not session.jobs.running
    assert evaluate_drawings((7, line(1))).score.total == 1
    assert button.isEnabled()
