import numpy as np
import pytest
from scipy import ndimage

from mnist_desktop.ink.photo.rings import without_rings
from mnist_desktop.ink.rings import is_around

SIDE = 200
ROWS, COLUMNS = np.indices((SIDE, SIDE))


def ring(wide=70, high=70, opened=0.0, line=5):
    """An ellipse's outline around the middle; an angle in radians is left out."""
    y, x = (ROWS - SIDE / 2) / high, (COLUMNS - SIDE / 2) / wide
    ink = np.abs(np.hypot(x, y) - 1) < line / (wide + high)
    return ink & (np.abs(np.arctan2(y, x)) >= opened / 2)


def bars(*boxes):
    """Ink in boxes of left, top, right, bottom."""
    ink = np.zeros((SIDE, SIDE), dtype=bool)
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = True
    return ink


def stroke(lean, length=80, line=6):
    """Straight, through the middle; leaning by so many columns a row."""
    y, x = ROWS - SIDE / 2, COLUMNS - SIDE / 2
    across = np.abs(x + lean * y) / np.hypot(1, lean)
    along = np.abs(y - lean * x) / np.hypot(1, lean)
    return (across < line / 2) & (along < length / 2)


SEVEN = bars((75, 65, 125, 71), (119, 65, 125, 135))
TWO_SLANTED = np.roll(stroke(0.3), -12, axis=1) | np.roll(stroke(0.3), 12, axis=1)
SPECK = np.roll(stroke(1.0, length=24, line=3), (20, -20), axis=(0, 1))
TWO_ONES = bars((80, 68, 86, 132), (114, 68, 120, 132))


@pytest.mark.parametrize(
    "written",
    [SEVEN, SEVEN | SPECK, TWO_ONES, TWO_SLANTED, stroke(lean=0.0), stroke(lean=0.2)],
    ids=["7", "7 and a speck", "11", "slanted 11", "1", "slanted 1"],
)
@pytest.mark.parametrize(
    "around",
    [ring(), ring(wide=85, high=65), ring(opened=0.8)],
    ids=["round", "flat", "open"],
)
def test_a_ring_around_a_number_goes(around, written):
    assert np.array_equal(without_rings(around | written), written)


@pytest.mark.parametrize(
    "digit",
    [bars((75, 60, 125, 66), (119, 60, 125, 172)), bars((75, 35, 125, 41), (119, 35, 125, 140))],
    ids=["foot", "bar"],
)
def test_a_closed_ring_that_touches_a_digit_goes_and_most_of_the_digit_stays(digit):
    both = ring() | digit
    assert ndimage.label(both, np.ones((3, 3)))[1] == 1
    found = without_rings(both)
    assert not (found & ~digit).any()
    assert found.sum() >= 0.8 * digit.sum()


def test_a_ring_around_two_ones_may_be_narrow():
    ones = bars((82, 62, 88, 138), (112, 62, 118, 138))
    assert np.array_equal(without_rings(ring(wide=52) | ones), ones)


def test_ink_beside_a_ring_stays():
    beside = bars((0, 60, 8, 140), (190, 60, 198, 140))
    assert np.array_equal(without_rings(ring() | SEVEN | beside), SEVEN | beside)


@pytest.mark.parametrize(
    "zero",
    [
        ring(wide=45),
        ring() | bars((94, 94, 106, 106)),
        ring() | stroke(lean=1.0),
        ring() | stroke(lean=1.0, length=170),
        ring(wide=45) | stroke(lean=0.0),
        ring() | stroke(lean=0.2, length=124),
        ring() | stroke(lean=0.4),
        ring() | bars((70, 42, 130, 48), (124, 42, 130, 76)),
        ring() | stroke(lean=1.0) | bars((110, 120, 116, 126)),
        ring()
        | bars((30, 30, 46, 46), (154, 30, 170, 46), (30, 154, 46, 170), (154, 154, 170, 170)),
        ring() | stroke(lean=1.0, length=170) | bars((70, 60, 76, 110)),
        ring(60, 60) | stroke(lean=1.0, length=270) | bars((70, 70, 76, 125), (70, 119, 105, 125)),
    ],
    ids=[
        "empty",
        "dot",
        "slash",
        "long slash",
        "upright slash",
        "from side to side",
        "steep slash",
        "ends that cross",
        "speck",
        "outside",
        "slash and end",
        "slash beyond both ends",
    ],
)
def test_a_zero_stays_whatever_is_in_it(zero):
    assert np.array_equal(without_rings(zero), zero)


@pytest.mark.parametrize(
    "digit",
    [
        ring(opened=2.0) | SEVEN,
        np.roll(ring(40, 45), -43, axis=0) | np.roll(ring(40, 45), 43, axis=0),
        np.roll(ring(45, 40), 40, axis=0) | bars((55, 20, 61, 140)),
        bars((30, 30, 170, 36), (30, 30, 36, 170)) | SEVEN,
        np.roll(ring(50, 50), -40, axis=0)
        | bars((145, 60, 151, 198), (75, 38, 125, 44), (119, 38, 125, 95)),
        ring(opened=0.8)
        | bars((160, 70, 168, 103), (60, 97, 168, 103), (65, 112, 125, 118), (119, 112, 125, 140)),
    ],
    ids=["half a ring", "eight", "six", "corner", "nine with a bar", "curled"],
)
def test_what_is_no_ring_stays(digit):
    assert np.array_equal(without_rings(digit), digit)


def test_a_picture_of_specks_is_left_as_it_is():
    specks = np.zeros((SIDE, SIDE), dtype=bool)
    specks[::3, ::3] = True
    assert np.array_equal(without_rings(specks), specks)


def test_what_is_around_nothing_is_told_by_itself():
    def others():
        pytest.fail("of hatching, each line would look at all the others")
        yield

    line = np.stack([np.arange(50.0), np.arange(50.0) % 2], axis=1)
    assert not is_around(line, others())
