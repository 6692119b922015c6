from mnist_desktop.learning.evaluate.measures import score
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.report import drawings_score_in_words, score_in_words


def test_a_score_in_words():
    scored = "97.6 % of 10,000 digits, 97.3–97.9"
    assert score_in_words(Score(0.9761, (0.9729, 0.9789), 10_000)) == scored
    assert score_in_words(score(9761, 10_000)) == scored
    assert score_in_words(Score(1.0, (0.5, 1.0), 3)) == "100.0 % of 3 digits, 50.0–100.0"


def test_a_single_one_is_no_plural():
    one = Score(1.0, (0.2, 1.0), 1)
    assert score_in_words(one) == "100.0 % of 1 digit, 20.0–100.0"
    assert drawings_score_in_words(one) == "100.0 % of 1 drawing, 20.0–100.0"
    many = Score(1.0, (0.5, 1.0), 3)
    assert drawings_score_in_words(many) == "100.0 % of 3 drawings, 50.0–100.0"
