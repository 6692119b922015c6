from collections import Counter
from functools import partial

import numpy as np
import pytest

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.synthetic import kinds, scribbles
from mnist_desktop.ink.synthetic.glyphs import LETTERS, SIGNS, glyph
from mnist_desktop.ink.synthetic.hand import Hand
from mnist_desktop.ink.synthetic.kinds import draw_kind
from mnist_desktop.ink.synthetic.scribbles import KINDS, scribble
from mnist_desktop.ink.synthetic.styles import STYLES

NAMES = sorted({kind.name for kind in KINDS})
LOOK_LIKE_DIGITS = set("0123456789OoQDUCGcIlJrLiZzSsBbgqayYu")


def drawn(name, count=30, seed=0):
    random = np.random.default_rng(seed)
    return [each for kind in KINDS if kind.name == name for each in draw_kind(kind, count, random)]


def picture_of(each):
    return normalise(each.drawing)


class TestScribble:
    @pytest.mark.parametrize("count", [0, 1, 9, 250])
    def test_as_many_as_asked_for(self, count):
        assert len(scribble(count, np.random.default_rng(0))) == count

    def test_none_has_a_label_and_each_the_name_of_its_kind(self):
        for each in scribble(300, np.random.default_rng(0)):
            assert each.label is None
            assert each.digits is None
            assert each.writer in NAMES

    def test_the_same_seed_draws_the_same_and_another_another(self):
        first, again, other = (scribble(60, np.random.default_rng(s)) for s in (1, 1, 2))
        for one, same in zip(first, again, strict=True):
            assert one.writer == same.writer
            np.testing.assert_array_equal(picture_of(one), picture_of(same))
        assert [each.writer for each in first] != [each.writer for each in other]

    def test_every_kind_is_drawn_as_often_as_its_weight_says(self):
        count = 6000
        often = Counter(each.writer for each in scribble(count, np.random.default_rng(0)))
        total = sum(kind.weight for kind in KINDS)
        for name in NAMES:
            expected = count * sum(k.weight for k in KINDS if k.name == name) / total
            assert often[name] == pytest.approx(expected, abs=4 * expected**0.5 + 1), name
        # What is mistaken for one digit most easily.
        assert often["digits run together"] > 0.1 * count

    def test_they_come_in_random_order(self):
        writers = [each.writer for each in scribble(500, np.random.default_rng(0))]
        equal = np.mean([a == b for a, b in zip(writers[1:], writers[:-1], strict=True)])
        assert equal < 0.2

    def test_more_than_are_drawn_at_once(self, monkeypatch):
        monkeypatch.setattr(kinds, "AT_ONCE", 8)
        kind = next(kind for kind in KINDS if kind.name == "digits run together")
        assert len(draw_kind(kind, 20, np.random.default_rng(0))) == 20


@pytest.mark.parametrize("name", NAMES)
class TestEveryKind:
    def test_it_is_ink_within_reason(self, name):
        for each in drawn(name, 10):
            points = np.concatenate([stroke.points for stroke in each.drawing.strokes])
            assert np.isfinite(points).all()
            assert np.ptp(points, axis=0).max() < 10
            assert picture_of(each).max() == 255

    def test_no_two_are_alike(self, name):
        pictures = {picture_of(each).tobytes() for each in drawn(name, 6)}
        # A dot is a dot.
        assert len(pictures) == (1 if name == "dot" else 6 * sum(k.name == name for k in KINDS))


class TestGlyphs:
    def test_what_can_be_read_as_a_digit_is_not_among_the_letters(self):
        assert not {name.split()[0] for name in LETTERS} & LOOK_LIKE_DIGITS

    @pytest.mark.parametrize("notation", [*LETTERS.values(), *SIGNS.values()])
    def test_every_glyph_is_as_its_notation_says(self, notation):
        hand = Hand(np.random.default_rng(0), 200)
        strokes = glyph(hand, notation)
        for stroke, line in zip(strokes, notation.split("/"), strict=True):
            words = [word.strip("^").split(",") for word in line.split()]
            first, last = (np.array(words[i], dtype=float) / 10 for i in (0, -1))
            np.testing.assert_allclose(stroke[:, 0].mean(axis=0), first, atol=0.01)
            np.testing.assert_allclose(stroke[:, -1].mean(axis=0), last, atol=0.01)

    def test_a_mark_makes_a_corner(self):
        sharp, round_ = (
            glyph(Hand(np.random.default_rng(0), 200), notation)[0].mean(axis=0)
            for notation in ("0,0 10,0^ 10,10", "0,0 10,0 10,10")
        )
        assert sharp[:, 1].min() > round_[:, 1].min()


class TestWhatMarksAKind:
    def test_digits_run_together_stand_side_by_side_and_touch_or_nearly_so(self):
        wider = 0
        for each in drawn("digits run together", 40):
            points = np.concatenate([stroke.points for stroke in each.drawing.strokes])
            wider += np.ptp(points[:, 0]) > 0.7 * np.ptp(points[:, 1])
            # No column of more than a little paper between them.
            lit = np.flatnonzero((picture_of(each) > 127).any(axis=0))
            assert np.diff(lit).max() <= 6
        assert wider >= 0.9 * 80

    def test_two_ones_do_not_fall_into_one(self, monkeypatch):
        one = next(style for style in STYLES if style.name == "one_bare")
        monkeypatch.setattr(scribbles, "write_digits", partial(draw_kind, one))
        for each in drawn("digits run together", 50):
            middles = np.array([stroke.points[:, 0].mean() for stroke in each.drawing.strokes])
            assert (np.diff(middles) > 0.15).all()

    def test_a_dash_lies_and_does_not_stand_like_a_one(self):
        for each in drawn("dash", 100):
            width, height = np.ptp(each.drawing.strokes[0].points[3:-3], axis=0)
            assert height < 0.6 * width

    def test_parallel_lines_are_parallel_and_apart(self):
        for each in drawn("parallel lines", 10):
            ways = np.array([s.points[-4] - s.points[3] for s in each.drawing.strokes])
            angles = np.arctan2(ways[:, 1], ways[:, 0])
            assert np.ptp(np.unwrap(angles, period=np.pi)) < 0.8

    def test_a_tangle_holds_more_ink_than_a_digit(self, mnist):
        of_digits = np.median(mnist.test.pictures[:500].sum(axis=(1, 2)))
        of_tangles = np.median([picture_of(each).sum() for each in drawn("tangle", 20)])
        assert of_tangles > 1.3 * of_digits

    def test_a_question_mark_keeps_its_dot(self):
        # Without it, it would be a seven.
        for each in drawn("sign question mark", 20):
            whole = picture_of(each)
            bow = normalise(type(each.drawing)(each.drawing.strokes[:1]))
            assert not np.array_equal(whole, bow)
