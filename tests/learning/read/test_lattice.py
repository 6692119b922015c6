from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from mnist_desktop.ink.signs import CLASSES, QUOTE, SPECK
from mnist_desktop.learning.models.pen import Judgement, belief_of
from mnist_desktop.learning.read.candidates import MAX_GROUP, MAX_PIECES, Candidates
from mnist_desktop.learning.read.costs import COSTS
from mnist_desktop.learning.read.lattice import Lattice
from mnist_desktop.learning.read.lines import read_lines
from mnist_desktop.learning.read.reading import (
    DEFAULT_STRICTNESS,
    LOOKS_LIKE_NO_DIGIT,
    LOOKS_OTHERWISE,
    ONE_OF_TWO,
    RUN_TOGETHER,
    WRITTEN_OTHERWISE,
    Reading,
)

NO_SIGNS = replace(COSTS, sign=1e9, speck=1e9, sign_doubt=0.0)


def sure_of(digit, probability):
    probabilities = np.full(10, (1 - probability) / 9, dtype=np.float32)
    probabilities[digit] = probability
    return probabilities


class FakeParts:
    """Parts whose picture says which group it is."""

    is_crowd = False
    pen = 0.0

    def __init__(self, *boxes, cuts=None, joined=None, links=None, contacts=()):
        self.boxes = np.array(boxes, dtype=float).reshape(-1, 4)
        self.cuts = np.zeros(len(boxes), dtype=bool) if cuts is None else np.array(cuts)
        self.joined = self.cuts if joined is None else np.array(joined)
        self.links = np.zeros(len(boxes), dtype=bool) if links is None else np.array(links)
        self.contacts = contacts
        self.shown = []

    def left_out(self, first, last):
        return np.zeros((0, 4))

    def drawing(self, first, last):
        return first, last

    def touch(self, first, border, last):
        return any(
            (one, other) in self.contacts
            for one in range(first, border)
            for other in range(border, last)
        )

    def picture(self, first, last):
        self.shown.append((first, last))
        picture = np.zeros((28, 28), dtype=np.uint8)
        picture[0, :2] = first, last
        return picture


class Network:
    """Is sure of the groups it knows, and of no other."""

    def __init__(self, **known):
        self.known = {tuple(map(int, name[1:].split("_"))): value for name, value in known.items()}
        self.batches = []

    def __call__(self, pictures):
        groups = [(int(picture[0, 0]), int(picture[0, 1])) for picture in pictures]
        self.batches.append(groups)
        rows = [sure_of(*self.known.get(group, (0, 0.15))) for group in groups]
        return np.stack(rows)


def upright(*lefts, width=50, height=100):
    return [(left, 0, left + width, height) for left in lefts]


def read_parts(parts, *arguments, **options):
    """What one line is read as."""
    return read_lines([parts], *arguments, **options)


def test_what_cannot_be_held_apart_is_declined_however_sure_the_network_is():
    page = FakeParts(*upright(0))
    page.is_crowd = True
    reading = read_parts(page, Network(g0_1=(1, 0.99)), DEFAULT_STRICTNESS)
    assert (reading.text, reading.declined) == ("?", RUN_TOGETHER)
    assert reading.confidence == 0


def test_lines_are_read_each_for_itself_from_top_to_bottom():
    below = FakeParts((0, 200, 50, 300), (10, 200, 40, 220))
    lines = [FakeParts(*upright(0, 100)), FakeParts(), below]
    network = Network(g0_1=(1, 0.9), g1_2=(2, 0.8), g0_2=(3, 0.7))
    reading = read_lines(lines, network)
    assert reading.text == reading.best_text == "12\n3"
    assert [len(line) for line in reading.lines] == [2, 1]
    assert [digit.digit for digit in reading.digits] == [1, 2, 3]
    assert reading.confidence == pytest.approx(0.7)
    # One that is unsure, in whichever line, is enough.
    assert read_lines(lines, network, 0.75).text == "?"
    assert read_lines(lines, network, 0.75).best_text == "12\n3"


class Habits:
    """Speaks for what is known of groups, each a digit, its support and perhaps the log odds that
    it is one, and of no other.
    """

    def __init__(self, **known):
        self.known = {tuple(map(int, name[1:].split("_"))): value for name, value in known.items()}

    def __call__(self, groups):
        support = np.zeros((len(groups), 10), dtype=np.float32)
        odds = np.full(len(groups), np.inf, dtype=np.float32)
        for place, group in enumerate(groups):
            digit, added, *told = self.known.get(group, (0, 0.0))
            support[place, digit] = added
            odds[place] = told[0] if told else np.inf
        return Judgement(support, odds)


class TestWayOfThePen:
    NETWORK = Network(g0_1=(1, 0.7), g1_2=(6, 0.9))

    def read(self, **habits):
        parts = FakeParts(*upright(0, 100))
        return read_lines([parts], self.NETWORK, judge=Habits(**habits))

    def test_the_way_somebody_writes_speaks_beside_the_network(self):
        reading = self.read(g1_2=(0, 5.0))
        assert (reading.text, reading.seen_text) == ("10", "16")
        one, zero = reading.digits
        assert one.probabilities == pytest.approx(sure_of(1, 0.7))
        assert (zero.digit, zero.seen.digit) == (0, 6)
        assert zero.seen.probabilities == pytest.approx(sure_of(6, 0.9), abs=1e-6)
        assert zero.support.tolist() == [5.0, *[0.0] * 9]
        assert zero.probabilities.sum() == pytest.approx(1)
        odds = zero.probabilities[0] / zero.probabilities[6]
        assert odds == pytest.approx(np.exp(5) * (0.1 / 9) / 0.9, rel=1e-3)

    def test_what_it_says_too_softly_turns_nothing(self):
        reading = self.read(g1_2=(0, 1.0))
        assert reading.text == reading.seen_text == "16"
        assert reading.digits[1].probability < 0.9

    def test_where_no_pen_is_heard_nothing_is_known(self):
        reading = read_lines([FakeParts(*upright(0, 100))], self.NETWORK)
        assert reading.text == reading.seen_text == "16"
        assert reading.digits[1].support is None
        assert reading.digits[1].seen is reading.digits[1]

    def test_where_there_are_no_strokes_nothing_is_known(self):
        parts = FakeParts(*upright(0, 100))
        parts.drawing = lambda *_: None
        reading = read_lines([parts], self.NETWORK, judge=Habits(g1_2=(0, 5.0)))
        assert [digit.support for digit in reading.digits] == [None, None]

    @pytest.mark.parametrize(
        ("strictness", "support", "declined"),
        [
            (0.65, 4.5, LOOKS_OTHERWISE),
            (0.95, 4.5, ONE_OF_TWO),
            (0.65, 0.0, None),
        ],
    )
    def test_where_look_and_pen_disagree_that_is_why_it_declines(
        self, strictness, support, declined
    ):
        network = Network(g0_1=(6, 0.9))
        read = read_lines(
            [FakeParts(*upright(0))], network, strictness, judge=Habits(g0_1=(0, support))
        )
        assert read.declined == declined

    def test_what_is_hardly_written_like_a_digit_is_believed_less(self):
        one, six = self.read(g0_1=(1, 0.0), g1_2=(6, 0.0, -3.0)).digits
        assert (one.confidence, one.belief) == (pytest.approx(0.7), 1)
        assert (six.digit, six.probability) == (6, pytest.approx(0.9))
        belief = belief_of(six.probabilities[None], np.array([-3.0]))[0]
        assert six.confidence == pytest.approx(0.9 * belief)
        assert 0.05 < belief < 0.5
        assert six.seen.confidence == pytest.approx(0.9)

    def test_a_line_is_rather_cut_where_its_whole_is_hardly_written_like_a_digit(self):
        """By its look it could as well be one."""
        network = Network(g0_2=(8, 0.9), g0_1=(3, 0.9), g1_2=(3, 0.9))
        parts = FakeParts((0, 0, 30, 100), (30, 0, 60, 100), cuts=[False, True])
        assert read_lines([parts], network, judge=Habits()).best_text == "8"
        assert read_lines([parts], network, judge=Habits(g0_2=(8, 0.0, -9.0))).best_text == "33"
        # Of what begins at a cut it does not matter: the pen was never to begin there.
        judge = Habits(g0_2=(8, 0.0, -9.0), g1_2=(3, 0.0, -9.0))
        assert read_lines([parts], network, judge=judge).best_text == "33"

    def test_parts_that_stand_apart_are_put_together_whatever_the_pen_did(self):
        network = Network(g0_2=(4, 0.9), g0_1=(7, 0.9), g1_2=(7, 0.9))
        parts = FakeParts((0, 0, 30, 70), (20, 0, 50, 100))
        for judge in (Habits(), Habits(g0_2=(4, 0.0, -9.0))):
            assert read_lines([parts], network, judge=judge).best_text == "4"

    @pytest.mark.parametrize(("odds", "declined"), [(-5.0, WRITTEN_OTHERWISE), (9.0, None)])
    def test_that_no_digit_is_written_so_is_a_reason_of_its_own(self, odds, declined):
        parts = [FakeParts(*upright(0))]
        judge = Habits(g0_1=(6, 0.0, odds))
        assert read_lines(parts, Network(g0_1=(6, 0.9)), 0.65, judge=judge).declined == declined

    def test_signs_are_told_by_what_the_network_alone_says_of_digits(self, monkeypatch):
        heard = []

        def told(_pictures, _boxes, groups, sure):
            heard.append(sure)
            return np.zeros((len(groups), len(CLASSES)))

        monkeypatch.setattr("mnist_desktop.learning.read.lattice.sign_probabilities", told)
        self.read(g1_2=(0, 5.0))
        assert heard[0] == pytest.approx([0.7, 0.9])

    def test_what_a_person_says_is_no_guess_of_the_network(self):
        reading = self.read(g1_2=(0, 5.0))
        said = reading.corrected({reading.digits[1].box: "4"}, 0.5)
        assert said.text == said.seen_text == "14"


class TestGrouping:
    def test_no_parts_are_nothing_read(self):
        network = Network()
        assert read_parts(FakeParts(), network) == Reading()
        assert not network.batches

    def test_one_part_is_one_digit_and_one_picture(self):
        parts = FakeParts((10, 20, 60, 120))
        reading = read_parts(parts, Network(g0_1=(7, 0.9)))
        assert reading.text == "7"
        assert reading.digits[0].box == (10, 20, 60, 120)
        assert parts.shown == [(0, 1)]

    def test_parts_far_apart_are_digits_from_left_to_right(self):
        parts = FakeParts(*upright(0, 100, 200))
        network = Network(g0_1=(1, 0.9), g1_2=(2, 0.9), g2_3=(3, 0.9))
        reading = read_parts(parts, network)
        assert reading.text == "123"
        assert [digit.box for digit in reading.digits] == upright(0, 100, 200)
        assert reading.digits[1].picture[0, :2].tolist() == [1, 2]

    def test_parts_that_only_together_are_a_digit_are_one(self):
        # A 4 whose stem stands a little apart: alone, both could be something, but nothing sure.
        parts = FakeParts((0, 0, 45, 60), (48, 10, 50, 100), *upright(110))
        network = Network(
            g0_1=(6, 0.4), g1_2=(1, 0.9), g0_2=(4, 0.95), g2_3=(8, 0.9), g1_3=(6, 0.3)
        )
        reading = read_parts(parts, network)
        assert reading.text == "48"
        assert reading.digits[0].box == (0, 0, 50, 100)

    def test_touching_parts_that_are_both_digits_are_two(self):
        parts = FakeParts(*upright(0, 50))
        together = {"g0_2": (0, 0.3)}
        assert read_parts(parts, Network(g0_1=(3, 0.9), g1_2=(5, 0.9), **together)).text == "35"
        # If they are none, they are not.
        assert len(read_parts(parts, Network(g0_2=(0, 0.99))).digits) == 1

    def test_what_is_far_apart_is_not_one_digit_however_much_it_looks_like_one(self):
        parts = FakeParts(*upright(0, 100))
        network = Network(g0_2=(8, 0.999), g0_1=(0, 0.3), g1_2=(0, 0.3))
        assert len(read_parts(parts, network).digits) == 2

    @pytest.mark.parametrize(("gap", "count"), [(0, 1), (30, 2)])
    def test_of_two_likely_readings_the_gap_decides(self, gap, count):
        parts = FakeParts((0, 40, 10, 100), (10 + gap, 0, 20 + gap, 100))
        network = Network(g0_1=(1, 0.9), g1_2=(1, 0.9), g0_2=(4, 0.9))
        assert len(read_parts(parts, network, costs=NO_SIGNS).digits) == count

    @pytest.mark.parametrize(("width", "count"), [(20, 1), (80, 2)])
    def test_of_two_likely_readings_the_width_decides(self, width, count):
        parts = FakeParts((0, 40, width, 100), (width, 0, 2 * width, 100))
        network = Network(g0_1=(1, 0.9), g1_2=(1, 0.9), g0_2=(4, 0.9))
        assert len(read_parts(parts, network).digits) == count

    def test_two_strokes_as_high_as_each_other_are_rather_two_digits(self):
        network = Network(g0_1=(1, 0.9), g1_2=(6, 0.9), g0_2=(6, 0.97))
        for height, text in ((60, "6"), (100, "16")):
            parts = FakeParts((0, 0, 10, height), (12, 0, 52, 100))
            assert read_parts(parts, network, costs=replace(COSTS, tall=1.5)).text == text

    def test_a_width_that_digits_have_is_not_held_against_one(self):
        def cost(width, height):
            lattice = Lattice(FakeParts((0, 0, width, height), (500, 0, 501, 100)), Network())
            lattice.classify([(0, 1)])
            return lattice.cost((0, 1), NO_SIGNS)

        assert cost(20, 100) == cost(50, 100) < cost(65, 100) < cost(100, 100)
        # What is flat may be a dash, or the bar of a digit.
        assert cost(2, 1) == cost(15, 1) < cost(30, 1)

    def test_gaps_are_measured_from_what_reaches_furthest(self):
        # The second stands over the first, which goes on to just before the third.
        parts = FakeParts((0, 0, 100, 100), (45, 0, 58, 100), (105, 0, 155, 100))
        read_parts(parts, Network())
        assert (0, 3) in parts.shown

    def test_a_speck_is_part_of_its_neighbour(self):
        parts = FakeParts((0, 0, 50, 100), (55, 95, 57, 97))
        network = Network(g0_1=(3, 0.99), g1_2=(1, 0.99), g0_2=(3, 0.95))
        assert read_parts(parts, network).text == "3"

    def test_what_ends_far_above_its_neighbour_is_rather_a_part_of_it(self):
        def read(*bottoms):
            boxes = [(60 * i, low - 100, 60 * i + 50, low) for i, low in enumerate(bottoms)]
            pairs = {"g0_2": (4, 0.99), "g1_3": (9, 0.99)}
            network = Network(g0_1=(2, 0.97), g1_2=(1, 0.97), g2_3=(7, 0.97), **pairs)
            return read_parts(FakeParts(*boxes), network, costs=NO_SIGNS).text

        assert read(100, 100, 100) == read(75, 100, 100) == "217"
        assert read(20, 100, 100) == "47"
        assert read(100, 100, 20) == "29"
        # What counts is the neighbour: a line may slant.
        assert read(40, 70, 100) == "217"

    def test_every_part_is_in_exactly_one_digit(self):
        random = np.random.default_rng(3)
        for _ in range(30):
            count = int(random.integers(1, 12))
            lefts = np.cumsum(random.uniform(-5, 60, count))
            boxes = [(x, 0, x + random.uniform(1, 60), random.uniform(20, 100)) for x in lefts]
            boxes.sort(key=lambda box: box[0] + box[2])
            known = {
                f"g{first}_{first + size}": (size, float(random.uniform(0.2, 1)))
                for first in range(count)
                for size in (1, 2, 3)
            }
            reading = read_parts(FakeParts(*boxes), Network(**known), costs=NO_SIGNS)
            spans = [tuple(digit.picture[0, :2].tolist()) for digit in reading.digits]
            assert spans[0][0] == 0
            assert spans[-1][1] == count
            assert all(one[1] == other[0] for one, other in pairwise(spans))

    def test_all_pictures_are_classified_at_once_and_none_twice(self):
        parts = FakeParts(*upright(0, 55, 110, 165))
        network = Network()
        read_parts(parts, network)
        assert len(network.batches) == 1
        assert sorted(parts.shown) == sorted(set(parts.shown)) == sorted(network.batches[0])

    def test_groups_are_neither_many_parts_nor_wide_nor_far_apart(self):
        narrow = FakeParts(*upright(*range(0, 80, 8), width=5))
        read_parts(narrow, Network())
        assert max(last - first for first, last in narrow.shown) == MAX_GROUP
        boxes = upright(*range(0, 80, 8), width=5)
        pieces = FakeParts(*boxes, cuts=[False] + 9 * [True])
        read_parts(pieces, Network())
        assert (0, MAX_PIECES) in pieces.shown
        assert (0, MAX_PIECES + 1) not in pieces.shown
        some = FakeParts(*boxes, cuts=[*(8 * [False]), True, True])
        read_parts(some, Network())
        assert (0, MAX_GROUP + 1) not in some.shown
        assert (5, 10) in some.shown
        wide = FakeParts(*upright(0, 100, 200, width=99))
        read_parts(wide, Network())
        assert (0, 3) not in wide.shown
        apart = FakeParts(*upright(0, 130))
        read_parts(apart, Network())
        assert apart.shown == [(0, 1), (1, 2)]

    def test_size_and_place_do_not_change_it(self):
        boxes = np.array([(0, 0, 45, 60), (48, 10, 50, 100), (70, 0, 120, 100), (121, 5, 160, 90)])
        known = {"g0_1": (6, 0.5), "g1_2": (1, 0.9), "g0_2": (4, 0.9), "g2_3": (8, 0.9)}
        texts = {
            read_parts(FakeParts(*(boxes * scale + move)), Network(**known)).text
            for scale in (1e-3, 1.0, 1e5)
            for move in (-1e3, 0, 70)
        }
        assert len(texts) == 1

    @pytest.mark.parametrize("extent", [0.0, 1e-300, 1.0, 1e90])
    def test_no_ink_is_too_small_or_too_far_apart(self, extent):
        parts = FakeParts((0, 0, extent, extent), (1e90, 0, 1e90 + extent, extent))
        assert len(read_parts(parts, Network()).digits) in {1, 2}


class TestCutting:
    def test_a_digit_that_is_sure_is_not_cut(self):
        parts = FakeParts(*upright(0, 50), cuts=[False, True])
        network = Network(g0_2=(2, 0.99), g0_1=(1, 0.999), g1_2=(1, 0.999))
        assert read_parts(parts, network).text == "2"
        assert parts.shown == [(0, 2)]

    def test_what_is_no_digit_whole_is_cut(self):
        parts = FakeParts(*upright(0, 50), cuts=[False, True])
        network = Network(g0_2=(2, 0.2), g0_1=(1, 0.99), g1_2=(0, 0.99))
        assert read_parts(parts, network).text == "10"
        assert len(parts.shown) == len(set(parts.shown)) == 3
        # Unless nothing could be worth it.
        assert read_parts(parts, network, costs=replace(COSTS, cut=50.0)).text == "2"

    def test_what_is_no_digit_either_way_stays_whole(self):
        parts = FakeParts((0, 0, 40, 100), (40, 0, 80, 100), cuts=[False, True])
        network = Network(g0_2=(2, 0.5), g0_1=(1, 0.3), g1_2=(0, 0.3))
        assert read_parts(parts, network).text == "2"

    def test_a_link_is_in_one_of_its_neighbours_or_in_none(self):
        def read(**known):
            boxes = (0, 0, 50, 100), (50, 0, 80, 100), (80, 0, 130, 100)
            parts = FakeParts(*boxes, cuts=[False, True, True], links=[False, True, False])
            reading = read_parts(parts, Network(**known))
            return reading.text, [digit.box[::2] for digit in reading.digits]

        alone = {"g0_1": (3, 0.99), "g2_3": (5, 0.99)}
        assert read(**alone) == ("35", [(0, 50), (80, 130)])
        assert read(g0_2=(2, 0.99), g2_3=(5, 0.99)) == ("25", [(0, 80), (80, 130)])
        assert read(g0_1=(3, 0.99), g1_3=(7, 0.99)) == ("37", [(0, 50), (50, 130)])
        # Rather than a digit of its own, which would be one more.
        assert read(**alone, g1_2=(8, 0.999))[0] == "35"
        assert read(g0_3=(4, 0.99)) == ("4", [(0, 130)])

    def test_what_is_no_link_is_not_left_out(self):
        boxes = (0, 0, 50, 100), (50, 0, 80, 100), (80, 0, 130, 100)
        parts = FakeParts(*boxes, cuts=[False, True, True])
        reading = read_parts(parts, Network(g0_1=(3, 0.99), g2_3=(5, 0.99)))
        assert sum(digit.box[2] - digit.box[0] for digit in reading.digits) == 130

    @pytest.mark.parametrize(("sureness", "text"), [(0.9, "35"), (0.995, "8")])
    def test_a_broad_digit_is_not_cut_only_where_the_network_is_all_but_sure(self, sureness, text):
        parts = FakeParts((0, 0, 70, 100), (70, 0, 140, 100), cuts=[False, True])
        network = Network(g0_2=(8, sureness), g0_1=(3, 0.99), g1_2=(5, 0.99))
        assert read_parts(parts, network).text == text

    def test_a_1_is_cut_off_less_readily(self):
        parts = FakeParts((0, 0, 40, 100), (40, 0, 80, 100), cuts=[False, True])
        whole = {"g0_2": (0, 0.8)}
        for digit, text in ((1, "0"), (3, "33")):
            sure = {"g0_1": (digit, 0.999), "g1_2": (digit, 0.999)}
            costs = replace(COSTS, doubt=5.0, trusted=0.85, cut=0.3, cut_one=1.0)
            assert read_parts(parts, Network(**whole, **sure), costs=costs).text == text

    def test_pieces_that_would_cost_more_than_the_whole_are_not_shown_to_the_network(self):
        # The lower the pieces, the more they cost, however sure the network would be of them.
        for height, shown in ((20, [[(0, 2)]]), (100, [[(0, 2)], [(0, 1), (1, 2)]])):
            boxes = (0, 0, 20, 100), (20, 100 - height, 40, 100)
            network = Network(g0_2=(0, 0.6))
            read_parts(FakeParts(*boxes, cuts=[False, True]), network)
            assert network.batches == shown

    def test_links_may_make_a_way_cheaper_than_the_whole(self):
        # With the link in either of its neighbours it would be wider than a digit is.
        boxes = (0, 0, 20, 100), (20, 0, 120, 100), (120, 0, 140, 100)
        network = Network(g0_3=(5, 0.98), g0_1=(7, 0.95), g2_3=(2, 0.95))
        parts = FakeParts(*boxes, cuts=[False, True, True], links=[False, True, False])
        assert read_parts(parts, network, costs=replace(COSTS, cut=1.0)).text == "72"

    def test_what_is_too_wide_for_a_digit_is_cut_though_it_would_cost_less_whole(self):
        boxes = (0, 0, 115, 100), (115, 60, 230, 100)
        network = Network(g0_2=(7, 0.98), g0_1=(1, 0.5), g1_2=(1, 0.5))
        assert read_parts(FakeParts(*boxes, cuts=[False, True]), network).text == "11"

    def test_no_way_costs_less_than_the_one_that_is_read(self):
        random = np.random.default_rng(0)
        divided = 0
        for _ in range(200):
            count = int(random.integers(2, 6))
            lefts, tops = np.cumsum(random.uniform(5, 30, count)), random.uniform(0, 50, count)
            cuts = [False, *(random.random(count - 1) < 0.7)]
            links = np.logical_and(cuts, random.random(count) < 0.5)
            boxes = [(x, y, x + 20, 100) for x, y in zip(lefts, tops, strict=True)]
            parts = FakeParts(*boxes, cuts=cuts, links=links)
            groups = Candidates(parts).groups(cut=True)
            network = Network()
            network.known = {
                group: (int(random.integers(10)), float(random.uniform(0.1, 0.95)))
                for group in groups
            }
            reading = Lattice(parts, network).best(NO_SIGNS)
            best = self.cheapest(parts, network, groups)
            assert [digit.box for digit in reading.digits] == best
            divided += any(cuts) and len(best) > 1
        assert divided > 20

    def test_nor_where_parts_may_be_signs(self, monkeypatch):
        random = np.random.default_rng(0)
        likely = {}

        def told(_pictures, _boxes, groups, _sureness):
            for group in map(tuple, groups):
                likely.setdefault(group, random.dirichlet(np.full(len(CLASSES), 0.25)))
            return np.array([likely[group] for group in map(tuple, groups)])

        monkeypatch.setattr("mnist_desktop.learning.read.lattice.sign_probabilities", told)
        shown, texts = [0, 0], set()
        for _ in range(150):
            count = int(random.integers(2, 9))
            lefts, tops = np.cumsum(random.uniform(5, 45, count)), random.uniform(0, 90, count)
            cuts = np.array([False, *(random.random(count - 1) < 0.4)])
            joined = cuts | [False, *(random.random(count - 1) < 0.2)]
            boxes = [(x, y, x + 20, 100) for x, y in zip(lefts, tops, strict=True)]
            parts = FakeParts(*boxes, cuts=cuts, joined=joined, links=cuts)
            likely.clear()
            network = Network()
            network.known = {
                (first, last): (int(random.integers(10)), float(random.uniform(0.1, 0.98)))
                for first in range(count)
                for last in range(first + 1, count + 1)
            }
            readings = []
            for place, is_all in enumerate((False, True)):
                with monkeypatch.context() as patch:
                    if is_all:
                        patch.setattr(Lattice, "_promising", lambda _self, groups, *_: groups)
                    network.batches.clear()
                    readings.append(Lattice(parts, network).best(COSTS))
                    shown[place] += sum(map(len, network.batches))
            quick, thorough = readings
            assert quick.best_text == thorough.best_text
            assert [one.box for one in quick.items] == [one.box for one in thorough.items]
            assert quick.unread == thorough.unread
            texts.add(quick.best_text)
        assert shown[0] < 0.9 * shown[1]
        assert any(sign in text for text in texts for sign in ".,-/:+")

    def test_parts_may_be_as_far_apart_as_they_like(self):
        # Of sums of large numbers the last digits depend on the order.
        random = np.random.default_rng(0)
        for far in [*np.logspace(3, 12, 100), 1e200]:
            for size in (1.0, 1e-200):
                is_cut = random.random(6) < 0.5
                lefts = np.cumsum(np.where(is_cut, 40, 150))
                tops, heights = far * random.uniform(-100, 100, 6), random.uniform(30, 100, 6)
                boxes = [
                    (x, y, x + 40, y + height)
                    for x, y, height in zip(lefts, tops, heights, strict=True)
                ]
                parts = FakeParts(*np.array(boxes) * size, cuts=[False, *is_cut[1:]])
                assert read_parts(parts, Network()).digits

    @staticmethod
    def cheapest(parts, network, groups):
        """The boxes on the cheapest of all ways, each of which is looked at."""
        lattice = Lattice(parts, network)
        lattice.classify(groups)
        count = len(parts.boxes)
        ways = [(0, 0.0, [])]
        done = []
        while ways:
            at, cost, boxes = ways.pop()
            if at == count:
                done.append((cost, boxes))
            for group in groups:
                if group[0] == at:
                    more = lattice.cost(group, NO_SIGNS) + lattice.candidates.border(at, NO_SIGNS)
                    ways.append((group[1], cost + more, [*boxes, lattice.candidates.box(group)]))
            if boxes and at + 1 < count and parts.links[at]:  # between two digits
                ways.append((at + 1, cost + NO_SIGNS.link, boxes))
        return min(done)[1]

    def test_its_neighbours_are_read_as_before(self):
        parts = FakeParts(*upright(0, 80, 130, 210), cuts=[False, False, True, False])
        network = Network(
            g0_1=(5, 0.99), g1_3=(8, 0.2), g1_2=(1, 0.99), g2_3=(0, 0.99), g3_4=(7, 0.99)
        )
        assert read_parts(parts, network).text == "5107"


class TestDeclining:
    def read(self, probability, strictness, box=(0, 0, 50, 100)):
        return read_parts(FakeParts(box), Network(g0_1=(3, probability)), strictness)

    def test_it_declines_what_is_less_sure_than_it_is_strict(self):
        assert self.read(0.8, 0.9).declined == LOOKS_LIKE_NO_DIGIT
        assert self.read(0.8, 0.7).declined is None
        assert self.read(0.8, 0.9).best_text == "3"

    def test_without_strictness_it_never_declines(self):
        assert self.read(0.11, 0.0).declined is None

    def test_one_unsure_digit_is_enough(self):
        parts = FakeParts(*upright(0, 100, 200))
        network = Network(g0_1=(1, 0.99), g1_2=(2, 0.5), g2_3=(3, 0.99))
        assert read_parts(parts, network, 0.7).text == "?"
        assert read_parts(parts, network, 0.4).text == "123"

    @pytest.mark.parametrize(
        ("width", "reason"),
        [
            (50, LOOKS_LIKE_NO_DIGIT),
            (130, LOOKS_LIKE_NO_DIGIT),  # as a wide 2 may be
            (150, RUN_TOGETHER),
            (380, RUN_TOGETHER),
            (420, LOOKS_LIKE_NO_DIGIT),  # a dash
        ],
    )
    def test_what_is_wide_and_no_dash_is_several_digits(self, width, reason):
        assert self.read(0.3, 0.9, box=(0, 0, width, 100)).declined == reason

    def test_only_what_is_unsure_says_why_and_one_is_enough(self):
        parts = FakeParts((0, 0, 200, 100), (300, 0, 350, 100))
        for wide, narrow, reason in (
            (0.99, 0.3, LOOKS_LIKE_NO_DIGIT),
            (0.3, 0.99, RUN_TOGETHER),
            (0.3, 0.3, RUN_TOGETHER),
        ):
            network = Network(g0_1=(8, wide), g1_2=(3, narrow))
            assert read_parts(parts, network, 0.9).declined == reason

    def test_what_hardly_stands_apart_is_several_digits(self):
        parts = FakeParts((0, 0, 40, 100), (20, 0, 60, 100))
        reading = read_parts(parts, Network(g0_1=(1, 0.99), g1_2=(1, 0.99)), 0.7)
        assert reading.best_text == "11"
        assert reading.declined == RUN_TOGETHER


def test_costs_are_those_of_likelihoods():
    # None of them is a reward: a longer way never gets cheaper by its length.
    assert all(value >= 0 for value in vars(COSTS).values())


class TestSeparation:
    """A letter falls apart into strokes that look like digits, and is none all the same."""

    NETWORK = Network(g0_1=(1, 0.99), g1_2=(1, 0.99))

    def test_digits_that_stand_apart_are_as_sure_as_the_network(self):
        reading = read_parts(FakeParts((0, 0, 40, 100), (60, 0, 100, 100)), self.NETWORK)
        assert reading.text == "11"
        assert reading.confidence == pytest.approx(0.99)

    def test_digits_that_overlap_are_less_sure_the_more_they_do(self):
        scores = []
        for left in (60, 35, 20):
            reading = read_parts(FakeParts((0, 0, 40, 100), (left, 0, 80, 100)), self.NETWORK)
            assert reading.best_text == "11"
            assert {digit.probability for digit in reading.digits} == {np.float32(0.99)}
            scores.append(reading.confidence)
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] < 0.5 * scores[0]

    def test_digits_that_had_to_be_cut_are_less_sure_and_can_be_declined_for_it(self):
        parts = FakeParts((0, 0, 40, 100), (60, 0, 100, 100), cuts=[False, True])
        sure = Network(g0_1=(3, 0.99), g1_2=(3, 0.99))
        assert read_parts(parts, sure, strictness=0.8).text == "?"
        # As the program is set, they are answered where the network is sure of both.
        assert read_parts(parts, sure, DEFAULT_STRICTNESS).text == "33"
        unsure = Network(g0_1=(3, 0.99), g1_2=(3, 0.8))
        assert read_parts(parts, unsure, DEFAULT_STRICTNESS).text == "?"
        # Any piece of a letter's line looks like a 1.
        one = Network(g0_1=(3, 0.99), g1_2=(1, 0.99))
        assert read_parts(parts, one, DEFAULT_STRICTNESS).text == "?"

    def test_only_the_neighbours_of_a_border_are_concerned(self):
        parts = FakeParts((0, 0, 40, 100), (30, 0, 70, 100), (120, 0, 160, 100))
        network = Network(g0_1=(1, 0.99), g1_2=(1, 0.99), g2_3=(7, 0.99))
        first, second, third = read_parts(parts, network).digits
        assert first.confidence == second.confidence < 0.7
        assert third.confidence == pytest.approx(0.99)

    def test_digits_whose_ink_touches_are_as_unsure_as_if_they_had_been_cut(self):
        boxes = (0, 0, 40, 100), (45, 0, 85, 100), (120, 0, 160, 100)
        network = Network(g0_1=(3, 0.99), g1_2=(3, 0.99), g2_3=(7, 0.99))
        apart = read_parts(FakeParts(*boxes), network)
        touching = read_parts(FakeParts(*boxes, contacts=[(0, 1)]), network)
        assert apart.best_text == touching.best_text == "337"
        assert [digit.separation for digit in apart.digits] == [1, 1, 1]
        assert [digit.separation for digit in touching.digits] == [0.75, 0.75, 1]

    def test_a_1_that_touches_its_neighbour_is_declined(self):
        # The stem and the bow of a p.
        network = Network(g0_1=(1, 0.99), g1_2=(3, 0.99))
        boxes = (0, 0, 10, 100), (12, 0, 60, 100)
        assert read_parts(FakeParts(*boxes), network, DEFAULT_STRICTNESS).text == "13"
        touching = FakeParts(*boxes, contacts=[(0, 1)])
        assert read_parts(touching, network, DEFAULT_STRICTNESS).text == "?"

    def test_digits_that_overlap_are_not_believed_more_for_touching(self):
        boxes = (0, 0, 40, 100), (15, 0, 80, 100)
        network = Network(g0_1=(3, 0.99), g1_2=(5, 0.99))
        apart, touching = (
            read_parts(FakeParts(*boxes, contacts=pairs), network).digits[0].separation
            for pairs in ([], [(0, 1)])
        )
        assert touching == apart < 0.75

    def test_any_stroke_of_the_one_may_touch_any_of_the_other(self):
        boxes = (0, 0, 40, 60), (20, 0, 60, 100), (62, 0, 90, 60), (70, 0, 110, 100)
        network = Network(g0_2=(4, 0.99), g2_4=(4, 0.99))
        for pair in ((0, 2), (0, 3), (1, 2), (1, 3)):
            four, other = read_parts(FakeParts(*boxes, contacts=[pair]), network).digits
            assert four.separation == other.separation == 0.75

    def test_strokes_of_one_digit_may_touch(self):
        parts = FakeParts((0, 0, 40, 60), (20, 0, 60, 100), contacts=[(0, 1)])
        (four,) = read_parts(parts, Network(g0_2=(4, 0.99))).digits
        assert four.separation == 1


@pytest.mark.parametrize(("sign", "may_be"), [(SPECK, True), (QUOTE, False)])
def test_a_speck_may_be_part_of_a_digit_and_a_sign_is_none(monkeypatch, sign, may_be):
    def told(_pictures, _boxes, groups, _sureness):
        found = np.zeros((len(groups), len(CLASSES)))
        found[:, 0] = 1.0
        found[(groups == [1, 2]).all(axis=1)] = [name == sign for name in CLASSES]
        return found

    monkeypatch.setattr("mnist_desktop.learning.read.lattice.sign_probabilities", told)
    parts = FakeParts((0, 0, 50, 100), (55, 0, 57, 2), (90, 0, 140, 100))
    lattice = Lattice(parts, Network(_0_2=(5, 0.99)))
    lattice.classify([(0, 2), (1, 2)])
    apart = Lattice(parts, Network(_0_2=(5, 0.99)))
    apart.classify([(0, 2)])
    assert bool(lattice.cost((0, 2), COSTS) < apart.cost((0, 2), COSTS) + 0.1) == may_be


@pytest.mark.parametrize(("joined", "text"), [(False, "1.2"), (True, "52")])
def test_what_is_of_one_shape_with_its_neighbour_is_no_sign(monkeypatch, joined, text):
    def told(_pictures, _boxes, groups, _sureness):
        points = (groups == [1, 2]).all(axis=1)
        return np.array(
            [[name == ("." if one else CLASSES[0]) for name in CLASSES] for one in points]
        )

    monkeypatch.setattr("mnist_desktop.learning.read.lattice.sign_probabilities", told)
    boxes = (0, 0, 40, 100), (50, 95, 55, 100), (70, 0, 120, 100)
    network = Network(_0_1=(1, 0.9), _2_3=(2, 0.9), _0_2=(5, 0.9))
    assert read_parts(FakeParts(*boxes, joined=[False, joined, False]), network).text == text
