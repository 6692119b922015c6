import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel, QScrollArea, QTabWidget, QWidget

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.ui.train.distortion_preview import COLUMNS, DistortionPreview
from mnist_desktop.ui.widgets.picture_grid import PlainStrip


@pytest.fixture
def preview(qtbot):
    preview = DistortionPreview()
    qtbot.addWidget(preview)
    return preview


def rows_of(preview):
    """Pictures as they are, and the same as training sees them."""
    return [strip.pictures for strip in preview.findChildren(PlainStrip)]


def settings(preview, strength=0.0, *, written=False, scribbles=False):
    preview.show_settings(strength, with_synthetic=written, with_scribbles=scribbles)


def moves(preview):
    """Whether it is redrawn by itself when it is time."""
    before, timer = rows_of(preview)[1], preview.findChild(QTimer)
    if timer.isActive():
        timer.timeout.emit()
    return rows_of(preview)[1] is not before


def test_before_there_is_data_it_says_what_it_waits_for(preview):
    settings(preview, 1.0, written=True)
    assert len(rows_of(preview)[1]) == 0
    assert "data set" in preview.findChild(QLabel).text()
    assert "data set" in preview.accessibleDescription()


def test_the_first_training_pictures_above_and_the_same_distorted_below(preview, small):
    preview.show_digits(small.train.pictures)
    assert np.array_equal(rows_of(preview)[1], small.train.pictures[:COLUMNS])
    settings(preview, 1.0)
    assert np.array_equal(rows_of(preview)[0], small.train.pictures[:COLUMNS])
    for before, after in zip(rows_of(preview)[0], rows_of(preview)[1], strict=True):
        assert not np.array_equal(before, after)
        # Still the same digit, and as dark as it was.
        assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.3
        assert after.max() > 100


def test_a_stronger_distortion_shows_at_once(preview, small):
    preview.show_digits(small.train.pictures)

    def change():
        return np.abs(rows_of(preview)[1].astype(int) - rows_of(preview)[0]).mean()

    settings(preview, 0.1)
    weak = change()
    settings(preview, 2.0)
    assert change() > 2 * weak


@pytest.mark.parametrize(
    ("written", "scribbles", "joined"),
    [(False, False, []), (True, False, [6]), (False, True, [7]), (True, True, [6, 7])],
)
def test_what_the_program_writes_joins_the_last_of_them(preview, small, written, scribbles, joined):
    preview.show_digits(small.train.pictures)
    settings(preview, 0.0, written=written, scribbles=scribbles)
    others = [
        column
        for column in range(COLUMNS)
        if not np.array_equal(rows_of(preview)[0][column], small.train.pictures[column])
    ]
    assert others == joined
    assert all(rows_of(preview)[0][column].max() > 100 for column in joined)


def test_the_data_set_is_not_written_into(preview, small):
    before = small.train.pictures[:COLUMNS].copy()
    preview.show_digits(small.train.pictures)
    settings(preview, 3.0, written=True, scribbles=True)
    assert np.array_equal(small.train.pictures[:COLUMNS], before)


@pytest.mark.parametrize("count", [1, 3])
def test_a_tiny_data_set_is_enough(preview, small, count):
    preview.show_digits(small.train.pictures[:count])
    settings(preview, 1.0, written=True, scribbles=True)
    assert len(rows_of(preview)[1]) == count


def test_it_moves_only_while_it_is_in_sight_and_free_to(preview, small):
    preview.show_digits(small.train.pictures)
    settings(preview, 1.0)
    assert not moves(preview)
    preview.show()
    assert moves(preview)
    preview.rest(True)
    assert not moves(preview)
    preview.rest(False)
    assert moves(preview)
    preview.hide()
    assert not moves(preview)


def test_what_would_stay_as_it_is_is_not_made_again(preview, small):
    preview.show_digits(small.train.pictures)
    preview.show()
    settings(preview, 0.0)
    assert not moves(preview)


@pytest.mark.parametrize("joined", ["written", "scribbles"])
def test_what_the_program_writes_is_another_each_time(preview, small, joined):
    preview.show_digits(small.train.pictures)
    preview.show()
    settings(preview, **{joined: True})
    assert moves(preview)


def test_it_holds_still_when_it_is_scrolled_out_of_sight(qtbot, small):
    area = QScrollArea()
    qtbot.addWidget(area)
    sheet = QWidget()
    sheet.resize(400, 3000)
    preview = DistortionPreview()
    preview.setParent(sheet)
    area.setWidget(sheet)
    area.resize(400, 300)
    preview.show_digits(small.train.pictures)
    settings(preview, 1.0)
    area.show()
    assert moves(preview)
    area.verticalScrollBar().setValue(2000)
    assert not moves(preview)


def test_in_the_window_it_shows_the_session_s_data_and_the_form_s_strength(window, session):
    window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    preview = window.findChild(QWidget, "distortionPreview")
    assert preview.isVisible()
    assert preview.accessibleName()
    pictures = session.splits.train.pictures[:COLUMNS]
    assert np.array_equal(rows_of(preview)[0], pictures)
    assert np.array_equal(rows_of(preview)[1], pictures)
    window.findChild(QDoubleSpinBox, "distortionSpin").setValue(1.0)
    assert not np.array_equal(rows_of(preview)[1], pictures)


def test_in_the_window_it_holds_still_while_a_run_goes_on(qtbot, window, session):
    window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    preview = window.findChild(QWidget, "distortionPreview")
    window.resize(1024, 1400)
    QApplication.processEvents()
    window.findChild(QDoubleSpinBox, "distortionSpin").setValue(1.0)
    assert moves(preview)
    session.run_control.start(TrainingConfig(NetworkConfig((8,)), epochs=5000, distortion=1.0))
    assert not moves(preview)
    session.training.stop()
    qtbot.waitUntil(lambda: not session.training.is_active)
    assert moves(preview)


def test_it_waits_for_torch(qtbot, window, session, monkeypatch):
    preview = window.findChild(QWidget, "distortionPreview")
    preview.show_digits(session.splits.train.pictures[:0])

    def says_that_it_waits():
        return any("as soon as" in label.text() for label in preview.findChildren(QLabel))

    monkeypatch.setattr(session.opening, "is_loaded", False)
    session.data_set.changed.emit()
    assert says_that_it_waits()
    session.opening.is_loaded = True
    session.opening.loaded.emit()
    assert not says_that_it_waits()
    assert len(rows_of(preview)[0]) == COLUMNS
