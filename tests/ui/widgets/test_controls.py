import pytest
from PySide6.QtTest import QTest

from mnist_desktop.ui.widgets.controls import decimal_spin


@pytest.fixture
def rate(qtbot):
    spin = decimal_spin("rate", 1e-8, 100, decimals=10)
    qtbot.addWidget(spin)
    spin.setValue(0.5)
    return spin


def type_into(spin, text):
    spin.selectAll()
    QTest.keyClicks(spin.lineEdit(), text)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("0.002", 0.002), ("1e-3", 0.001), ("2.5E-4", 0.00025), ("1e1", 10), ("0,002", 0.002)],
)
def test_a_number_is_what_was_typed_however_it_is_written(rate, typed, value):
    type_into(rate, typed)
    assert rate.value() == value
    rate.interpretText()
    assert (rate.value(), float(rate.text())) == (value, value)


@pytest.mark.parametrize(
    ("typed", "value"), [("1e", 1), ("1e-", 1), ("1e5", 100), ("1e-12", 1e-8), ("1e999", 100)]
)
def test_a_number_that_cannot_be_becomes_the_nearest_that_can(rate, typed, value):
    type_into(rate, typed)
    rate.interpretText()
    assert (rate.value(), float(rate.text())) == (value, value)


def test_a_percent_sign_is_no_part_of_the_number(qtbot):
    spin = decimal_spin("share", 0, 100, decimals=10)
    qtbot.addWidget(spin)
    spin.setSuffix(" %")
    type_into(spin, "5e-1")
    assert spin.value() == 0.5
    spin.interpretText()
    assert spin.text() == "0.5 %"
