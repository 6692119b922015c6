import numpy as np
import pytest

from mnist_desktop.ui.plots.ticks import MARGIN, fitted, log_ticks, on_scale, ticks


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0.0, 1.0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (91.3, 97.9, ["92", "94", "96"]),
        (0.98, 40.8, ["10", "20", "30", "40"]),
        (97.11, 97.19, ["97.12", "97.14", "97.16", "97.18"]),
        (0, 4500, ["0", "1,000", "2,000", "3,000", "4,000"]),
    ],
)
def test_ticks_are_round_and_say_what_they_are(low, high, texts):
    found = ticks(low, high)
    assert [text for _, text in found] == texts
    assert all(low <= value <= high + 1e-9 for value, _ in found)
    assert [value for value, _ in found] == pytest.approx(
        [float(text.replace(",", "")) for text in texts]
    )


def test_there_is_no_half_epoch():
    assert [text for _, text in ticks(0.9, 2.1, 10, whole=True)] == ["1", "2"]


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (-3.2, 0.1, ["0.001", "0.01", "0.1", "1"]),
        (-1.05, 0.05, ["0.1", "0.2", "0.5", "1"]),
        (-6.5, -3.0, ["1e-06", "1e-05", "0.0001", "0.001"]),
        (-1.25, -0.9, ["0.06", "0.08", "0.10", "0.12"]),
    ],
)
def test_logarithmic_ticks_are_as_many_as_are_needed(low, high, texts):
    found = log_ticks(low, high)
    assert [text for _, text in found] == texts
    assert [10**value for value, _ in found] == pytest.approx([float(text) for text in texts])


def ends(*values, **bounds):
    """Of a range, without the margin beyond them."""
    low, high = fitted(np.array(values), **bounds)
    margin = (high - low) * MARGIN / (1 + 2 * MARGIN)
    return pytest.approx((low + margin, high - margin))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0.013, 0.266), (0.0, 0.3)),
        ((0.071, 0.099), (0.07, 0.1)),
        ((-2.41, -0.52), (-2.6, -0.4)),
        ((0.5,), (0.45, 0.55)),
        ((0.5, float("nan"), float("inf")), (0.45, 0.55)),
        ((1e-9, 2e-9), (1e-9, 2e-9)),
    ],
)
def test_a_range_ends_at_round_values_around_its_own(values, expected):
    assert ends(*values) == expected


def test_a_range_ends_where_no_value_can_be():
    assert ends(92.1, 99.7, low=0.0, high=100.0) == (92, 100)
    assert ends(100.0, low=0.0, high=100.0) == (90, 100)
    assert ends(0.0, low=0.0) == (0, 1)
    assert ends(low=0.0, high=100.0) == (0, 100)
    assert ends(low=0.0) == (0, 1)


def test_a_range_is_well_filled_and_seldom_changes():
    random = np.random.default_rng(0)
    highest = np.geomspace(2.3, 0.3, 2000)
    found = []
    for high in highest:
        values = random.uniform(0.1 * high, high, 50)
        values[:2] = 0.1 * high, high
        low, top = fitted(values)
        assert low < values.min() < values.max() < top
        assert np.ptp(values) > 0.6 * (top - low)
        found.append((low, top))
    assert len(set(found)) < 30


def test_nothing_is_far_down_on_a_logarithmic_scale_and_not_infinitely_so():
    np.testing.assert_allclose(on_scale(np.array([0.0, 0.01]), is_log=True), [-7, -2])
    np.testing.assert_array_equal(on_scale(np.array([0.0, 0.01]), is_log=False), [0, 0.01])
