from mnist_desktop.learning.evaluation import score
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.report import score_in_words


def test_a_score_in_words():
    scored = "97.6 % of 10,000 unseen digits, 97.3–97.9"
    assert score_in_words(Score(0.9761, (0.9729, 0.9789), 10_000)) == scored
    assert score_in_words(score(9761, 10_000)) == scored
    assert score_in_words(Score(1.0, (0.5, 1.0), 3)) == "100.0 % of 3 unseen digits, 50.0–100.0"
