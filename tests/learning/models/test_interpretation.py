import pytest

from mnist_desktop.errors import UserError
from mnist_desktop.learning.models.interpretation import (
    HALF,
    InputFormat,
    Interpretation,
    parse_input,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0-1", InputFormat()),
        ("0-255", InputFormat("0-255")),
        ("transposed", InputFormat(transposed=True)),
        ("White-Paper, plus-minus-1", InputFormat("plus-minus-1", white_paper=True)),
        ("standardised,transposed,white-paper", InputFormat("standardised", True, True)),
    ],
)
def test_a_format_in_words(text, expected):
    assert parse_input(text) == expected


@pytest.mark.parametrize("text", ["", ",", "0-2", "0-1,0-255", "white paper", "0-1 transposed"])
def test_words_that_are_no_format(text):
    with pytest.raises(UserError, match="it can be 0-1, 0-255"):
        parse_input(text)


def test_what_was_found_is_said_in_sentences():
    found = Interpretation("tanh", InputFormat("0-255", white_paper=True), 0.934, 5000)
    text = found.in_words()
    for part in ("from 0 to 255", "white paper", "upright", "tanh between", "93.4 % of 5,000"):
        assert part in text
    assert "half" not in text
    text = Interpretation(None, InputFormat(transposed=True), HALF - 0.01, 500, True).in_words()
    for part in ("0 to 1", "light ink on black", "rows and columns exchanged", "49.0 % of 500"):
        assert part in text
    assert "between its layers" not in text
    assert "less than half" in text
    assert "batch normalisation is part of the weights" in text
