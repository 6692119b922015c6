import json
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QTabWidget

from mnist_desktop.learning.splits import Split
from mnist_desktop.ui.evaluate.confusion_view import ConfusionView
from mnist_desktop.ui.picture_grid import PictureGrid


def evaluate(window, qtbot, session):
    window.findChild(QTabWidget, "tabs").setCurrentIndex(2)
    with qtbot.waitSignal(session.evaluation_changed):
        window.findChild(QPushButton, "evaluateButton").click()
    return session.evaluation


def test_it_says_how_many_are_right_and_shows_the_misread_ones(qtbot, window, session):
    # The model that comes with the program misreads none of so few.
    test = session.splits.test
    labels = (test.labels + (np.arange(len(test)) < 3)) % 10
    session.splits = replace(session.splits, test=Split(test.images, labels.astype(np.uint8)))
    result = evaluate(window, qtbot, session)
    text = window.findChild(QLabel, "evaluationLabel").text()
    assert text == f"{100 * result.score.accuracy:.2f} %"
    sheet = window.findChild(PictureGrid, "misreadGrid")._sheet
    assert len(sheet._pictures) == len(result.chosen(None))
    first = result.chosen(None)[0]
    np.testing.assert_array_equal(sheet._pictures[0], result.images[first])
    assert sheet._captions[0] == f"{result.truth[first]} → {result.read[first]}"


def test_a_cell_of_the_confusion_shows_its_pictures(qtbot, window, session):
    result = evaluate(window, qtbot, session)
    view = window.findChild(ConfusionView, "confusionView")
    place = view._cell(3, 3).center().toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    sheet = window.findChild(PictureGrid, "misreadGrid")._sheet
    assert len(sheet._pictures) == result.confusion[3, 3]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert len(sheet._pictures) == len(result.chosen(None))


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
    view.choose((2, 2))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert view._chosen is None


def test_labelled_drawings_can_be_measured_on(
    qtbot, window, session, tmp_path, monkeypatch, seven_points
):
    path = tmp_path / "drawings.jsonl"
    points = [[100 * x, 100 * y] for x, y in seven_points]
    lines = [
        {"label": 7, "strokes": [points]},
        {"label": 2, "strokes": [points]},
        {"label": None, "strokes": [points]},
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    target = window.findChild(QComboBox, "evaluateTargetCombo")
    target.setCurrentIndex(target.findData("strokes"))
    result = evaluate(window, qtbot, session)
    assert result.score.accuracy == 0.5
    assert result.score.total == 2
    assert result.confusion[7, 7] == result.confusion[2, 7] == 1
    details = window.findChild(QLabel, "evaluationDetails").text()
    assert f"differ by {100 * result.calibration_error:.1f} %" in details
    assert f"it answers {100 * result.kept:.1f} %" in details
    # The same drawing is a digit twice and none once.
    assert "surer than what is none in 50.0 %" in details
