"""Principal components: the directions in which values differ most (Pearson 1901)."""

from __future__ import annotations

import torch
from torch import Tensor


def principal_axes(values: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The first principal components of values whose mean is 0.

    Args:
        values: (n, d) float32.
        count: of them; where n or d is smaller there are only so many.

    Returns:
        (k,) float64, the sum of the squares along each, the largest first; and (k, d) float32, each
        of length 1, or 0 where there is no such direction.
    """
    values = values.double()
    n, d = values.shape
    # Both tables of products have the same eigenvalues but for zeros, and the time that it takes
    # grows with the third power of the side: a layer of 16,384 neurons would take an hour.
    if d <= n:
        squares, vectors = torch.linalg.eigh(values.T @ values)
        axes = vectors.T
    else:
        squares, vectors = torch.linalg.eigh(values @ values.T)
        axes = vectors.T @ values
        axes /= axes.norm(dim=1, keepdim=True).clamp(min=1e-12)
    return squares.flip(0)[:count].clamp(min=0), axes.flip(0)[:count].float()
