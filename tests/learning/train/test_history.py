import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.learning.records import Change, EpochRecord
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import BatchDone, EpochDone, RunDone, Steered
from mnist_desktop.learning.train.history import History, Series, thinned


def batch(epoch, number, loss=1.0, accuracy=0.5):
    return BatchDone(epoch, number, 4, loss, accuracy, 64, 0.001)


def epoch(number, is_best=False):
    record = EpochRecord(number, 1.0, 0.5, 1.1, 0.4, 0.1, is_best)
    return EpochDone(record, checkpoint=None)


class TestSeries:
    def test_it_keeps_what_is_appended_however_much_it_is(self):
        series = Series()
        assert len(series) == len(series.values) == 0
        for value in range(5000):
            series.append(value / 2)
        assert len(series) == 5000
        np.testing.assert_array_equal(series.values, np.arange(5000) / 2)

    def test_two_series_do_not_share_their_numbers(self):
        one, other = Series(), Series()
        one.append(1.0)
        other.append(2.0)
        assert one.values.tolist() == [1.0]


class TestHistory:
    def test_a_batch_stands_where_it_ends_in_epochs(self):
        history = History()
        for event in (batch(1, 1, 2.0, 0.25), batch(1, 4), batch(2, 2, 0.5, 0.75)):
            history.add(event)
        assert history.batch_position.values.tolist() == [0.25, 1.0, 1.5]
        assert history.batch_loss.values.tolist() == [2.0, 1.0, 0.5]
        assert history.batch_accuracy.values.tolist() == [0.25, 0.5, 0.75]

    def test_of_an_epoch_its_record_is_kept(self):
        history = History()
        done = epoch(1, is_best=True)
        history.add(done)
        assert history.epochs == [done.record]

    def test_the_best_is_the_last_that_was_better_than_all_before(self):
        history = History()
        assert history.best is None
        for number, is_best in ((1, True), (2, False), (3, True), (4, False)):
            history.add(epoch(number, is_best))
        assert history.best.epoch == 3

    def test_the_end_of_a_run_is_on_no_curve(self):
        history = History()
        history.add(RunDone("stopped", 0, 0, None, None))
        assert len(history.batch_loss) == 0
        assert history.epochs == []


class TestThinning:
    def test_few_points_stay_as_they_are(self):
        x, y = np.arange(10.0), np.arange(10.0) ** 2
        for points in (10, 11, 1000):
            thin_x, thin_y = thinned(x, y, points)
            np.testing.assert_array_equal(thin_x, x)
            np.testing.assert_array_equal(thin_y, y)

    def test_no_peak_is_lost(self):
        y = np.zeros(100_000)
        y[[12_345, 77_777]] = 5, -5
        _, thin = thinned(np.arange(100_000.0), y, 400)
        assert thin.max() == 5
        assert thin.min() == -5

    @given(st.integers(1, 3000), st.integers(20, 500), st.integers(0, 2**31))
    def test_it_is_a_part_of_the_curve_in_its_order_and_as_high_as_it(self, count, points, seed):
        x = np.arange(count, dtype=float)
        y = np.random.default_rng(seed).normal(size=count)
        thin_x, thin_y = thinned(x, y, points)
        assert len(thin_x) == len(thin_y) <= points + max(0, 2 * count / points + 1)
        assert (np.diff(thin_x) >= 0).all()
        np.testing.assert_array_equal(y[thin_x.astype(int)], thin_y)
        assert (thin_y.min(), thin_y.max()) == (y.min(), y.max())
        assert thin_x[-1] >= x[-1] - 2 * count / points - 1

    def test_it_is_thin(self):
        thin, _ = thinned(np.arange(10.0**6), np.zeros(10**6), 1000)
        assert 900 <= len(thin) <= 3001

    @pytest.mark.parametrize("count", [999, 1000, 1001, 1002])
    def test_the_end_of_a_curve_is_seen_as_soon_as_it_is_there(self, count):
        y = np.zeros(count)
        y[-1] = 7
        assert thinned(np.arange(float(count)), y, 100)[1].max() == 7


def test_a_history_that_is_resumed_is_as_if_it_had_never_ended():
    events = [
        BatchDone(epoch, batch, 4, 1.0 / (epoch * batch), 0.1 * batch, 64, 0.001)
        for epoch in (1, 2)
        for batch in (1, 2, 3, 4)
    ]
    change = Change(1, 3, "dropout", 0.0, 0.1)
    whole = History()
    whole.add(Steered(TrainingConfig(), (change,)))
    for event in events:
        whole.add(event)
    names = ("batch_position", "batch_loss", "batch_accuracy")
    batches = np.stack([getattr(whole, name).values[:4] for name in names])
    again = History.of(batches, [], [change])
    for event in events[4:]:
        again.add(event)
    for series in names:
        np.testing.assert_array_equal(getattr(again, series).values, getattr(whole, series).values)
    assert again.changes == whole.changes == [change]


@pytest.mark.parametrize(
    ("epoch", "batch", "position"),
    [(1, 1, 0.0), (1, 3, 0.5), (2, 1, 1.0), (2, 4, 1.75), (3, 1, 2.0), (3, 2, 2.0)],
)
def test_a_change_is_where_its_first_batch_begins(epoch, batch, position):
    history = History()
    for number in range(8):
        history.add(BatchDone(number // 4 + 1, number % 4 + 1, 4, 1.0, 0.5, 64, 0.001))
    assert history.position_of(Change(epoch, batch, "dropout", 0, 1)) == pytest.approx(position)


def test_a_change_before_the_first_batch_is_at_the_beginning():
    assert History().position_of(Change(1, 1, "dropout", 0, 1)) == 0
