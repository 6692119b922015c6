import numpy as np
import pytest
import torch

from mnist_desktop.learning.explain.principal import principal_axes


@pytest.mark.parametrize("shape", [(40, 6), (6, 40), (12, 12), (1, 5), (5, 1)])
def test_they_are_those_of_the_singular_values(shape):
    values = np.random.default_rng(0).normal(size=shape) * np.linspace(1, 3, shape[1])
    squares, axes = principal_axes(torch.from_numpy(values).float(), 3)
    _, singular, directions = np.linalg.svd(values, full_matrices=False)
    count = min(3, *shape)
    assert axes.shape == (count, shape[1])
    np.testing.assert_allclose(squares, singular[:count] ** 2, rtol=1e-4)
    signs = np.sign((axes.numpy() * directions[:count]).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(axes, signs * directions[:count], atol=1e-3)


def test_where_nothing_differs_there_is_no_direction():
    squares, axes = principal_axes(torch.zeros(3, 5), 2)
    assert squares.tolist() == [0, 0]
    assert axes.isfinite().all()


def test_a_few_pictures_of_the_widest_layer_take_no_time():
    """By neurons, this would be an hour and gigabytes."""
    values = torch.zeros(4, 16_384)
    values[0, 7] = 3.0
    squares, axes = principal_axes(values, 1)
    assert squares.tolist() == [9]
    assert axes[0].abs().argmax() == 7
