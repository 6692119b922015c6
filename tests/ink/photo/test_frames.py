import numpy as np
import pytest

from mnist_desktop.ink.photo.frames import without_corners


@pytest.mark.parametrize(("pen", "is_side"), [(5, True), (16, False)])
def test_two_sides_of_a_cell_are_as_broad_as_each_other_and_a_1_on_a_rule_is_broader(pen, is_side):
    written = np.zeros((260, 640), bool)
    written[50:200, 200:216] = written[50:200, 300:316] = written[50:66, 200:316] = True
    upright, rule = np.zeros_like(written), np.zeros_like(written)
    upright[20:220, 20 : 20 + pen] = True
    rule[216:220, 20:600] = True
    found = without_corners(written | upright, written | upright | rule)
    np.testing.assert_array_equal(found, written if is_side else written | upright)
