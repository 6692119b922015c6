import numpy as np
import pytest
from scipy.stats import binomtest

from mnist_desktop.learning.evaluate.comparison import Comparison, compare, in_words

APART = [(0, 1), (3, 1), (2, 12), (12, 12), (0, 24), (10, 15), (40, 20), (200, 190), (0, 30)]
APART += [(500, 20), (30, 30), (5000, 4800), (0, 0)]


def test_it_counts_what_each_reads_alone():
    first = np.array([True, True, True, False, False, True])
    second = np.array([True, False, False, True, False, True])
    assert compare(first, second) == Comparison(both=2, only_first=2, only_second=1, neither=1)


@pytest.mark.parametrize("apart", APART[:-1])
def test_it_is_the_exact_binomial_test(apart):
    wanted = binomtest(apart[0], sum(apart)).pvalue
    assert Comparison(50, *apart, 4).p_value == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("apart", APART)
def test_it_is_statsmodels(apart):
    tables = pytest.importorskip("statsmodels.stats.contingency_tables")
    theirs = tables.mcnemar([[50, apart[0]], [apart[1], 4]], exact=True)
    assert Comparison(50, *apart, 4).p_value == pytest.approx(theirs.pvalue, rel=1e-9)


def test_no_difference_at_all_is_nothing_but_chance():
    assert Comparison(50, 0, 0, 4).p_value == 1
    assert Comparison(50, 30, 30, 4).p_value == 1


def test_which_is_called_the_first_does_not_matter():
    assert Comparison(0, 7, 2, 0).p_value == Comparison(0, 2, 7, 0).p_value
    assert Comparison(0, 70, 20, 0).p_value == Comparison(0, 20, 70, 0).p_value


class TestInWords:
    def test_the_better_one_is_named_where_there_is_one(self):
        words = in_words(Comparison(9000, 20, 60, 30), "old", "new")
        assert words.startswith("20 pictures are read rightly by old alone, 60 by new alone.")
        assert words.endswith("So new reads these pictures better.")
        assert "old reads these" in in_words(Comparison(9000, 60, 20, 30), "old", "new")

    def test_chance_is_said_in_per_cent(self):
        found = Comparison(9000, 10, 2, 30)
        assert f"{100 * found.p_value:.2g} %" == "3.9 %"
        assert "chance would bring that in 3.9 %." in in_words(found, "a", "b")
        assert "hardly ever" in in_words(Comparison(0, 100, 10, 0), "a", "b")

    def test_what_may_be_chance_is_no_difference(self):
        words = in_words(Comparison(9000, 1, 3, 30), "a", "b")
        assert words.startswith("1 picture is read rightly by a alone, 3 by b alone.")
        assert "in 62 % of all cases" in words
        assert words.endswith("So it is not shown that one reads better than the other.")

    def test_the_same_answers_need_no_test(self):
        assert in_words(Comparison(9, 0, 0, 3), "a", "b") == "Both read the same pictures rightly."

    def test_names_are_no_templates(self):
        assert "{p}" in in_words(Comparison(9, 60, 20, 3), "{p}", "b")
