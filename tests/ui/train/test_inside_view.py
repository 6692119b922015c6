import dataclasses
import itertools

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QLabel, QScrollArea, QWidget

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import Inspect, Inspected, Stop
from mnist_desktop.learning.train.inspection import BINS, Histogram, Inspection, LayerInspection
from mnist_desktop.learning.train.training import drive, train
from mnist_desktop.ui.plots import inside_charts, weight_pictures
from mnist_desktop.ui.plots.figures import in_figures, rounded_up
from mnist_desktop.ui.plots.inside_charts import MOST_POINTS, GradientNormCurve, LayerHistograms
from mnist_desktop.ui.plots.weight_pictures import NOTHING, ZERO, WeightPictures
from mnist_desktop.ui.train.inside_view import InsideView

pytestmark = pytest.mark.usefixtures("qapp")  # each test may be run alone

SMALLEST = (608, 345)
"""What the Train tab has to give in a window of 1024×700, an offer to continue above it."""


def looked_into(splits, hidden, batches=3):
    """A training that is looked into after each of its first batches."""
    config = TrainingConfig(NetworkConfig(hidden), device="cpu")
    count = itertools.count()
    run = train(config, splits)
    events = drive(run, lambda: Inspect() if next(count) < 2 * batches else Stop())
    return [event for event in events if isinstance(event, Inspected)][:batches]


@pytest.fixture(scope="module")
def inspected(small):
    return looked_into(small, (128, 32))


@pytest.fixture
def view(appear):
    return appear(InsideView(), 620, 480)


def sheet_of(view, name="firstLayerPictures"):
    return view.findChild(WeightPictures, name)


def visible_texts(view):
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def colour_at(widget, x, y):
    return widget.grab().toImage().pixelColor(round(x), round(y)).name()


def histogram(*full, reach=1.0):
    """As many in each of some bins, none in the others."""
    counts = np.zeros(BINS, dtype=np.int64)
    counts[list(full)] = 100
    return Histogram(counts, reach)


def layer(name="hidden1", **changes):
    return dataclasses.replace(
        LayerInspection(name, histogram(0), histogram(BINS - 1), 0.5, 0.25), **changes
    )


def inspection(layers=(), pictures=None, gradients=None, norm=1.0):
    none = np.zeros((4, 28, 28), dtype=np.float32)
    return Inspection(
        tuple(layers) or (layer(),),
        norm,
        none if pictures is None else pictures,
        none if gradients is None else gradients,
    )


def flat(*values):
    """Pictures that are the same everywhere."""
    return np.repeat(np.array(values, dtype=np.float32), 784).reshape(-1, 28, 28)


class TestView:
    def test_before_a_training_it_says_what_to_do(self, view, inspected):
        view.say("Start a training to look inside it.")
        assert visible_texts(view) == ["Start a training to look inside it."]
        view.show_inspection(inspected[0])
        assert "Start a training to look inside it." not in visible_texts(view)
        view.clear()
        assert visible_texts(view) == ["Start a training to look inside it."]
        assert view.findChild(GradientNormCurve).values == []

    def test_a_hint_does_not_hide_what_was_seen(self, view, inspected):
        view.show_inspection(inspected[0])
        view.say("No run goes on.")
        assert "No run goes on." not in visible_texts(view)
        assert view.findChild(LayerHistograms).isVisible()

    def test_it_shows_the_newest_and_how_the_gradient_came_to_it(self, view, inspected):
        for one in inspected:
            view.show_inspection(one)
        newest = inspected[-1].inspection
        assert view.findChild(LayerHistograms).layers is newest.layers
        assert view.findChild(GradientNormCurve).values == [
            one.inspection.gradient_norm for one in inspected
        ]
        np.testing.assert_array_equal(
            sheet_of(view).levels, levels_of(newest.pictures), strict=True
        )

    def test_the_next_run_begins_with_its_own_curve(self, view, inspected):
        view.show_inspection(inspected[0])
        view.clear()
        view.show_inspection(inspected[1])
        assert view.findChild(GradientNormCurve).values == [inspected[1].inspection.gradient_norm]

    def test_gradients_of_the_first_layer_can_be_chosen_and_are_kept(self, view, inspected):
        view.show_inspection(inspected[0])
        view.findChild(QComboBox, "firstLayerCombo").setCurrentIndex(1)
        first, second = (levels_of(one.inspection.gradient_pictures) for one in inspected[:2])
        np.testing.assert_array_equal(sheet_of(view).levels, first)
        view.show_inspection(inspected[1])
        np.testing.assert_array_equal(sheet_of(view).levels, second)
        assert "gradients" in sheet_of(view).accessibleName()

    def test_both_stand_side_by_side_where_there_is_room(self, view, inspected):
        view.findChild(QComboBox, "firstLayerCombo").setCurrentIndex(1)
        view.show_inspection(inspected[0])
        second = sheet_of(view, "firstLayerGradientPictures")
        assert not second.isVisible()
        view.resize(1200, 800)
        assert second.isVisible()
        assert not view.findChild(QComboBox, "firstLayerCombo").isVisible()
        look = inspected[0].inspection
        np.testing.assert_array_equal(sheet_of(view).levels, levels_of(look.pictures))
        np.testing.assert_array_equal(second.levels, levels_of(look.gradient_pictures))
        assert view.minimumSizeHint().width() <= SMALLEST[0] - 100  # or else it could not shrink
        view.resize(620, 480)
        assert not second.isVisible()
        assert view.findChild(QComboBox, "firstLayerCombo").isVisible()

    def test_while_hidden_nothing_is_made_ready_but_the_curve_goes_on(
        self, view, inspected, monkeypatch
    ):
        view.show_inspection(inspected[0])
        view.hide()
        layers = view.findChild(LayerHistograms)
        with monkeypatch.context() as patch:
            patch.setattr(layers, "show_layers", lambda _: pytest.fail("made ready"))
            patch.setattr(weight_pictures, "_tiled", lambda _: pytest.fail("made ready"))
            view.show_inspection(inspected[1])
            view.show_inspection(inspected[2])
        assert len(view.findChild(GradientNormCurve).values) == 3
        view.show()
        assert layers.layers is inspected[2].inspection.layers
        expected = levels_of(inspected[2].inspection.pictures)
        np.testing.assert_array_equal(sheet_of(view).levels, expected)

    @pytest.mark.parametrize("hidden", [(), (128, 32), (16,) * 32])
    def test_it_fits_into_the_smallest_window_with_any_network(self, view, small, hidden):
        view.resize(*SMALLEST)
        view.show_inspection(looked_into(small, hidden, batches=1)[0])
        view.grab()
        smallest = view.minimumSizeHint()
        assert smallest.width() <= SMALLEST[0]
        assert smallest.height() <= SMALLEST[1]

    def test_many_layers_scroll_and_only_those_in_sight_are_painted(self, view, small, monkeypatch):
        view.show_inspection(looked_into(small, (16,) * 32, batches=1)[0])
        view.grab()
        layers = view.findChild(LayerHistograms)
        assert view.findChild(QScrollArea).verticalScrollBar().maximum() > 0
        assert layers.height() >= 33 * 48
        names = {layer.gradient_norm: layer.name for layer in layers.layers}
        assert len(names) == 33
        painted = []

        def note(value, *args):
            painted.extend([names[value]] if value in names else [])
            return in_figures(value, *args)

        monkeypatch.setattr(inside_charts, "in_figures", note)
        view.findChild(QScrollArea).verticalScrollBar().setValue(0)
        view.grab()
        assert painted[:2] == ["hidden1", "hidden2"]
        assert len(painted) < 10
        painted.clear()
        view.findChild(QScrollArea).verticalScrollBar().setValue(99_999)
        view.grab()
        assert painted[-1] == "out"
        assert len(painted) < 10

    def test_a_run_of_another_network_needs_another_height(self, view, small, inspected):
        view.show_inspection(looked_into(small, (16,) * 32, batches=1)[0])
        view.show_inspection(inspected[0])
        view.grab()
        assert view.findChild(QScrollArea).verticalScrollBar().maximum() == 0

    def test_layers_take_no_more_room_than_they_need(self, view, inspected):
        view.resize(1200, 800)
        view.show_inspection(inspected[0])
        view.grab()
        area = view.findChild(QScrollArea)
        assert area.viewport().height() == view.findChild(LayerHistograms).height()

    def test_a_dead_network_is_shown_without_complaint(self, view):
        still = layer(gradients=histogram(BINS // 2, reach=0.0), gradient_norm=0.0, dead=1.0)
        look = inspection([still], flat(np.nan, np.inf, 0), flat(0, 0, 0), norm=0.0)
        view.show_inspection(Inspected(1, 1, look, 0.001))
        assert (sheet_of(view).levels[:28, :28] == ZERO).all()
        view.resize(1200, 800)
        view.grab()
        assert "100 % dead" in view.findChild(LayerHistograms).accessibleName()
        not_a_number = inspection([still], norm=float("nan"))
        view.show_inspection(Inspected(1, 2, not_a_number, 0.001))
        view.grab()
        assert view.findChild(GradientNormCurve).values == [0.0]


def levels_of(pictures):
    sheet = WeightPictures()
    sheet.show_pictures(pictures, "")
    return sheet.levels


class TestSheet:
    def test_orange_above_zero_blue_below_and_paper_at_zero(self, appear, theme):
        sheet = appear(WeightPictures(), 200, 300)
        sheet.show_pictures(flat(1, -1, 0, 0.5), "note")
        # Two by two, each 100 pixels, but for what the largest may have.
        side = weight_pictures.LARGEST
        centres = [(side * (column + 0.5), side * (row + 0.5)) for row, column in np.ndindex(2, 2)]
        colours = [colour_at(sheet, *centre) for centre in centres]
        assert colours[:3] == [theme.test, theme.train, theme.paper]
        half, full, none = (QColor(name).red() for name in (colours[3], theme.test, theme.paper))
        assert half == pytest.approx((full + none) / 2, abs=2)

    def test_pictures_stand_row_by_row_and_upright(self):
        pictures = flat(0, 0, 0, 0, 0)
        pictures[1, 3, 20] = 1
        levels = levels_of(pictures)
        assert levels.shape == (2 * 28, 3 * 28)
        assert np.argwhere(levels > ZERO)[0].tolist() == [3, 28 + 20]
        assert (levels[28:, 56:] == NOTHING).all()
        assert (levels[28:, :56] != NOTHING).all()

    def test_all_pictures_have_one_scale(self):
        sheet = WeightPictures()
        sheet.show_pictures(flat(0.2, 0.1, -0.2, 0), "")
        assert sheet.reach == pytest.approx(0.2)
        assert sheet.levels[0, 28] == pytest.approx((254 + ZERO) / 2, abs=1)

    def test_a_few_strong_weights_do_not_make_the_others_pale(self):
        pictures = np.random.default_rng(0).normal(0, 0.05, (64, 28, 28)).astype(np.float32)
        sheet = WeightPictures()
        sheet.show_pictures(pictures, "")
        before = sheet.reach
        pictures[:, 0, 0] = 9
        sheet.show_pictures(pictures.copy(), "")
        assert sheet.reach == before
        assert sheet.levels[0, 0] == 254


class TestHistograms:
    def row(self, appear, *layers):
        widget = appear(LayerHistograms(), 400, 96)
        widget.show_layers(layers)
        return widget.grab().toImage()

    def columns_of(self, picture, name):
        """Where a colour is, from left to right."""
        wanted = QColor(name).rgb()
        return [
            x
            for x in range(picture.width())
            if any(picture.pixel(x, y) == wanted for y in range(picture.height()))
        ]

    def test_weights_on_the_left_gradients_on_the_right_negative_blue(self, appear, theme):
        one = layer(weights=histogram(0, 10), gradients=histogram(BINS - 1))
        picture = self.row(appear, one)
        blue, orange = (self.columns_of(picture, name) for name in (theme.train, theme.test))
        middle = (96 + 400) / 2
        # The lowest bin begins where the chart does, and is the only one but the eleventh.
        assert blue[0] == 96
        assert len(blue) == pytest.approx(2 * (400 - 96 - 16) / 2 / BINS, abs=2)
        assert blue[-1] < middle
        assert orange[0] > middle
        assert orange[-1] == 399

    def test_what_is_about_zero_is_neither(self, appear, theme):
        half = BINS // 2
        zero = histogram(half - 1, half)
        picture = self.row(appear, layer(weights=zero, gradients=zero))
        assert self.columns_of(picture, theme.train) == []
        assert self.columns_of(picture, theme.test) == []

    def test_the_more_the_higher(self, appear, theme):
        counts = np.zeros(BINS, dtype=np.int64)
        counts[0], counts[5] = 400, 100
        picture = self.row(appear, layer(weights=Histogram(counts, 1.0)))
        blue = QColor(theme.train).rgb()
        first, second = (
            sum(picture.pixel(96 + x, y) == blue for y in range(96)) for x in (1, round(5.5 * 3))
        )
        assert second == pytest.approx(first / 2, abs=1)

    def test_its_words_are_said(self):
        widget = LayerHistograms()
        layers = (
            layer(gradient_norm=1.5, dead=0.25),
            layer("hidden2", gradient_norm=0.0, dead=0.0),
            layer("out", gradient_norm=0.0123, dead=None),
        )
        widget.show_layers(layers)
        assert widget.accessibleName().split("; ") == [
            "hidden1, gradient 1.5, 25 % dead",
            "hidden2, gradient 0, 0 % dead",
            "out, gradient 0.012",
        ]


class TestCurve:
    def test_it_keeps_few_points_of_the_whole_run(self):
        curve = GradientNormCurve()
        for value in range(5 * MOST_POINTS + 1):
            curve.add(float(value), "")
            assert len(curve.values) <= MOST_POINTS
        assert curve.values[0] == 0
        assert curve.values[-1] == 5 * MOST_POINTS
        assert curve.values == sorted(curve.values)

    def test_points_keep_their_place_when_others_are_forgotten(self, appear):
        curve = appear(GradientNormCurve(), 300, 100)
        count, rise = MOST_POINTS + 100, 200
        for number in range(count):
            curve.add(1.0 if number < rise else 2.0, "")
        assert len(curve.values) < count
        picture = curve.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(100, -1)[:, :300]
        is_line = pixels < pixels[30, 290] - 60  # than the ground there
        left = np.flatnonzero(is_line[38:50].any(axis=0))[0]
        raised = np.flatnonzero(is_line[:20, 60:].any(axis=0))[0] + 60  # beside the axis's numbers
        share = (raised - left) / (296 - left)
        assert share == pytest.approx(rise / count, abs=0.03)

    def test_below_it_stands_where_it_begins_and_where_it_ends(self, appear):
        curve = appear(GradientNormCurve(), 400, 100)

        def is_written():
            """Below the left and the right half."""
            picture = curve.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
            pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(100, -1)[86:, :400]
            return [bool(np.ptp(half)) for half in np.split(pixels, 2, axis=1)]

        assert is_written() == [False, False]
        curve.add(1.0, "epoch 1, batch 1")
        assert is_written() == [True, False]
        curve.add(2.0, "epoch 1, batch 2")
        assert is_written() == [True, True]

    def test_cleared_it_is_as_if_it_were_new(self, appear):
        curve, new = (appear(GradientNormCurve(), 400, 100) for _ in range(2))
        for value in (3.0, 1.0, 2.0):
            curve.add(value, f"epoch {value}")
        curve.clear()
        for one in (curve, new):
            one.add(0.5, "epoch 7")
            one.add(0.7, "epoch 8")
        assert curve.grab().toImage() == new.grab().toImage()

    def test_what_it_is_is_said(self):
        curve = GradientNormCurve()
        curve.add(1.834, "epoch 1, batch 2")
        assert curve.accessibleName() == "Length of the gradient: 1.83"


def test_the_parts_can_be_found_by_name(view):
    for name in ("firstLayerPictures", "layerHistograms", "gradientNormCurve"):
        assert view.findChild(QWidget, name) is not None, name
    assert view.objectName() == "insideView"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 2, "0"),
        (1.834, 3, "1.83"),
        (0.9, 2, "0.90"),
        (0.0474, 2, "0.047"),
        (0.996, 2, "1.0"),
        (1234.6, 2, "1235"),
        (990_000, 2, "990000"),
        (1_000_000, 2, "1.0×10⁶"),
        (0.00123, 2, "0.0012"),
        (0.000123, 2, "1.2×10⁻⁴"),
        (-0.35, 2, "−0.35"),
        (0.0000213, 2, "2.1×10⁻⁵"),
        (float("nan"), 2, "?"),
        (float("-inf"), 2, "−∞"),
    ],
)
def test_numbers_are_short(value, digits, text):
    assert in_figures(value, digits) == text


def test_scales_end_at_round_numbers():
    assert [rounded_up(value) for value in (1.2, 0.31, 2.0, 76, 0.0, float("inf"))] == [
        pytest.approx(value) for value in (1.5, 0.5, 2.0, 100, 1.0, 1.0)
    ]
