import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from mnist_desktop.ui.look.fonts import TEXT_SIZES, control_height, scaled, set_text_size, tabular


@pytest.fixture
def application(qapp):
    yield qapp
    set_text_size(qapp, 100)


def test_sizes_grow_with_the_text(application):
    set_text_size(application, 100)
    before, usual = QApplication.font().pointSizeF(), control_height()
    set_text_size(application, 200)
    assert QApplication.font().pointSizeF() == pytest.approx(2 * before)
    assert control_height() == pytest.approx(2 * usual, abs=2)
    set_text_size(application, 125)
    assert QApplication.font().pointSizeF() == pytest.approx(1.25 * before)


def test_the_usual_size_is_the_system_s(application):
    before = QApplication.font().pointSizeF()
    for size in (*TEXT_SIZES, 100):
        set_text_size(application, size)
    assert QApplication.font().pointSizeF() == before
    assert scaled(100) >= 100


def test_figures_that_change_are_asked_for_in_one_width(application):
    usual = application.font()
    figures = tabular(usual)
    assert figures.featureValue(QFont.Tag("tnum")) == 1
    assert (figures.family(), figures.pointSizeF()) == (usual.family(), usual.pointSizeF())
    assert usual.featureTags() == []
