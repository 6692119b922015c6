import numpy as np
import pytest

from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke

LINE = [[0, 0], [10, 20]]


class TestStroke:
    def test_it_is_a_private_copy_that_nobody_can_write_to(self):
        points = np.array([[1.0, 2.0], [3.0, 4.0]])
        stroke = Stroke(points, np.array([1.0, 2.0]))
        points[0, 0] = 99
        assert stroke.points[0, 0] == 1
        for array in (stroke.points, stroke.widths, stroke.box, Drawing((stroke,)).boxes):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 5

    def test_its_box_is_around_all_of_its_points(self):
        one, dot = Stroke([[3.0, 4.0], [1.0, 9.0], [2.0, -1.0]]), Stroke([[5.0, 5.0]])
        assert one.box.tolist() == [1.0, -1.0, 3.0, 9.0]
        assert Drawing((one, dot)).boxes.tolist() == [[1.0, -1.0, 3.0, 9.0], [5.0] * 4]
        assert Drawing().boxes.shape == (0, 4)

    @pytest.mark.parametrize(
        "points",
        [
            np.zeros((0, 2)),
            np.zeros((3, 3)),
            np.zeros(2),
            np.zeros((1, 2, 2)),
            [[1.0, np.nan]],
            [[np.inf, 1.0]],
            [[1.0, -1e300]],
        ],
    )
    def test_points_must_be_pairs_of_finite_numbers_and_at_least_one(self, points):
        with pytest.raises(ValueError, match=r"point|finite|beyond"):
            Stroke(np.array(points))

    @pytest.mark.parametrize("widths", [[1.0], [1.0, 2.0, 3.0], [[1.0], [2.0]], [1.0, np.nan]])
    def test_widths_must_be_one_finite_number_for_each_point(self, widths):
        with pytest.raises(ValueError, match=r"widths|finite"):
            Stroke(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array(widths))


class TestDrawing:
    def test_a_drawing_without_strokes_is_false(self, drawing_of):
        assert not Drawing()
        assert drawing_of([[0, 0]])

    def test_one_more_stroke_makes_a_new_drawing_and_leaves_the_old(self, drawing_of):
        old = drawing_of(LINE)
        stroke = Stroke(np.array([[5.0, 5.0]]))
        new = old.with_stroke(stroke)
        assert len(old.strokes) == 1
        assert new.strokes == (*old.strokes, stroke)

    def test_fitted_keeps_proportions_and_centres_in_the_unit_square(self, drawing_of):
        wide = drawing_of([[100, 50], [500, 50]], [[100, 150], [300, 150]])
        fitted = wide.fitted(margin=0.1)
        points = np.concatenate([stroke.points for stroke in fitted.strokes])
        np.testing.assert_allclose(points.min(axis=0), [0.1, 0.4])
        np.testing.assert_allclose(points.max(axis=0), [0.9, 0.6])
        assert len(fitted.strokes) == 2

    def test_fitted_puts_a_dot_in_the_middle(self, drawing_of):
        (stroke,) = drawing_of([[7, -3]]).fitted().strokes
        np.testing.assert_allclose(stroke.points, [[0.5, 0.5]])

    def test_fitted_of_nothing_is_nothing(self):
        assert not Drawing().fitted()


class TestDigits:
    @pytest.mark.parametrize("label", ["7", "0", "42", "007"])
    def test_a_digit_or_a_number_is_what_its_label_says(self, label):
        assert LabelledDrawing(Drawing(), label).digits == label

    @pytest.mark.parametrize("label", [None, "", "x", "4x", "-1", "1.5", " 7", "٣", "²", "３"])
    def test_what_is_no_digit_has_none(self, label):
        assert LabelledDrawing(Drawing(), label).digits is None


class TestTexts:
    @pytest.mark.parametrize("label", ["7", "12.50", "3,14", "-5", "+7", "10/11", "12:30", "1\n-2"])
    def test_digits_with_signs_and_lines_are_what_a_reading_may_be(self, label):
        assert LabelledDrawing(Drawing(), label).text == label

    @pytest.mark.parametrize(
        "label", [None, "", "-", ".", "x", "1 2", "1\n", "1\n\n2", "1\n-", "٣", "−5"]
    )
    def test_a_sign_alone_a_line_without_digits_and_any_other_text_is_none(self, label):
        assert LabelledDrawing(Drawing(), label).text is None
