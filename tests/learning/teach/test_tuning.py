import numpy as np
import pytest
import torch

from mnist_desktop.ink.synthetic.styles import write_digits
from mnist_desktop.learning.teach.examples import Example
from mnist_desktop.learning.teach.tuning import made_of


@pytest.fixture(scope="module")
def examples():
    drawn = write_digits(12, np.random.default_rng(0))
    return [Example(int(one.digits), one.drawing) for one in drawn]


def test_what_is_made_of_an_example_looks_like_it(examples):
    examples = [*examples, Example(0, np.rot90(examples[0].picture))]
    made, numbers = made_of(examples, seed=0)
    originals = made[: len(examples)]
    assert numbers[: len(examples)].tolist() == list(range(len(examples)))
    found = torch.cdist(made, originals).argmin(dim=1)
    assert (found == numbers).float().mean() > 0.7  # distorted, some are nearer to others
    assert made.unique(dim=0).shape == made.shape
    assert 0 <= made.min() < made.max() <= 1


def test_of_few_much_is_made_and_of_many_little(examples):
    pictures = [Example(one.label, one.picture) for one in examples] * 134
    for some, low, high in (
        (examples[:1], 200, 400),
        (examples, 1000, 2000),
        (pictures[:1600], 3200, 3200),
    ):
        made, numbers = made_of(some, seed=0)
        assert low <= len(made) <= high
        assert numbers.bincount().min() >= 2


def test_the_same_seed_makes_the_same(examples):
    one, same, other = (made_of(examples[:2], seed)[0] for seed in (0, 0, 1))
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
