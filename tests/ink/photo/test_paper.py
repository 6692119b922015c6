import numpy as np
import pytest

from mnist_desktop.ink.photo.paper import drawn_paper, even_threshold, ink_is_light, paper_of


def page(shape=(120, 160), tone=0.8):
    return np.full(shape, tone, np.float32)


def with_shadow(grey, soft=0.5):
    """A shadow over the left of it, its edge as wide as pixels are given."""
    x = np.indices(grey.shape)[1]
    return (grey * (1 - 0.4 / (1 + np.exp((x - 70) / soft)))).astype(np.float32)


class TestEvenLight:
    @pytest.mark.parametrize("share", [0.03, 0.3, 0.7])
    def test_however_much_of_it_is_ink_one_tone_divides_the_picture(self, share):
        grey = page()
        grey[:, 40 : 40 + round(share * 110)] = 0.2
        assert 0.2 < even_threshold(grey) < 0.8

    def test_under_a_lamp_none_does(self):
        lamp = np.linspace(0.3, 0.9, 160, dtype=np.float32) * np.ones((120, 1), np.float32)
        assert even_threshold(lamp) is None

    def test_nor_in_noise(self):
        noise = 0.7 + np.random.default_rng(0).normal(0, 0.03, (120, 160)).astype(np.float32)
        assert even_threshold(noise) is None

    def test_nor_through_the_soft_edge_of_a_shadow(self):
        assert even_threshold(with_shadow(page(), soft=8)) is None

    def test_one_tone_alone_is_not_divided(self):
        assert even_threshold(page()) is None


class TestThePaper:
    @pytest.mark.parametrize("soft", [0.5, 8])
    def test_goes_on_under_the_ink_and_is_dark_in_a_shadow(self, soft):
        paper = with_shadow(page(), soft)
        grey = paper.copy()
        grey[30:90, 100:108] *= 0.3
        grey[30:90, 20:28] *= 0.3
        np.testing.assert_allclose(paper_of(grey), paper, atol=0.06)

    def test_is_dark_where_a_lamp_s_light_ends(self):
        y, x = np.indices((120, 160)) / 160
        lamp = (0.3 + 0.35 * (x + y)).astype(np.float32)
        grey = lamp.copy()
        grey[30:90, 60:66] *= 0.4
        np.testing.assert_allclose(paper_of(grey), lamp, atol=0.05)

    def test_stays_where_ink_covers_most_of_the_picture(self):
        grey = page(tone=0.2)
        grey[:, :30] = grey[:, -30:] = grey[50:60] = 0.8
        assert np.abs(paper_of(grey) - 0.8).max() < 0.05


@pytest.mark.parametrize("light", [False, True])
def test_what_is_all_around_is_paper_though_ink_is_broader_than_what_it_encloses(light):
    grey = page((28, 28), 1.0)
    grey[4:24, 6:20] = 0.3
    grey[8:12, 11:14] = grey[16:20, 11:14] = 1.0
    assert ink_is_light(1 - grey if light else grey) == light


@pytest.mark.parametrize("is_light", [False, True])
def test_a_lamp_on_one_corner_turns_nothing_into_its_opposite(is_light):
    random = np.random.default_rng(0)
    y, x = np.indices((120, 200))
    grey = 0.35 + 0.4 / (1 + np.exp((150 - x - y / 3) / 4)) + random.normal(0, 0.03, (120, 200))
    for left in (30, 60, 90):
        grey[40:80, left : left + 4] -= 0.2
    grey = (1 - grey if is_light else grey).astype(np.float32)
    assert ink_is_light(grey) == is_light


def test_a_tight_picture_s_paper_is_in_its_corners():
    rows, columns = np.indices((60, 40))
    ring = np.hypot((rows - 29.5) / 30, (columns - 19.5) / 20)
    zero = np.where((ring <= 1) & (ring > 0.55), 0.2, 0.85).astype(np.float32)
    assert not ink_is_light(zero)


class TestDrawnPaper:
    @staticmethod
    def digit(paper=0, ink=254, shape=(20, 12)):
        """A ring of one tone, with a soft edge, that fills a small picture."""
        rows, columns = np.indices(shape)
        middle = (np.array(shape) - 1) / 2
        away = np.hypot((rows - middle[0]) / shape[0], (columns - middle[1]) / shape[1]) * 2
        amount = np.clip((0.36 - np.abs(away - 0.68)) * 8, 0, 1)
        return np.rint(paper + (ink - paper) * amount).astype(np.uint8)

    @pytest.mark.parametrize(
        ("paper", "ink"), [(0, 254), (255, 3), (0, 60), (230, 200), (200, 250)]
    )
    def test_is_what_has_the_corners_however_much_ink_there_is(self, paper, ink):
        assert drawn_paper(self.digit(paper, ink)) == (paper, ink > paper)

    def test_is_the_commonest_where_the_ink_is_of_many_tones(self):
        tones = np.zeros((20, 10), np.uint8)
        tones[:, 3:] = np.arange(100, 240).reshape(20, 7)
        tones[[0, 0, -1, -1], [0, -1, 0, -1]] = 200, 201, 202, 203
        assert drawn_paper(tones) == (0, True)

    def test_is_none_in_a_photo_or_a_large_picture(self):
        noise = np.random.default_rng(0).normal(120, 20, (40, 60)).astype(np.uint8)
        assert drawn_paper(noise) is None
        around = np.pad(noise // 8 + 200, 20, constant_values=215)
        assert drawn_paper(around) is None
        assert drawn_paper(np.pad(self.digit(), ((90, 90), (20, 20)))) is None

    @pytest.mark.parametrize("tone", [0, 128, 255])
    def test_is_none_where_nothing_is_drawn(self, tone):
        assert drawn_paper(np.full((20, 12), tone, np.uint8)) is None
