"""The backward pass of a multilayer perceptron, written out.

Rumelhart, Hinton, Williams, "Learning representations by back-propagating errors", 1986. Autograd
gives the same gradients, and tests hold this to it. But recording and replaying the operations
takes it a tenth of a millisecond a step, whatever their size, and with a network as small as the
tutorial's that is more than a tenth of the training.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from mnist_desktop.learning.models.network import MLP, LayerOutput
from mnist_desktop.learning.settings.training_settings import Activation

aten = torch.ops.aten

SLOPE = 0.01
"""Of leaky ReLU below zero."""

SELU = (1.6732632423543772, 1.0507009873554805)
"""Alpha and scale (Klambauer et al. 2017, "Self-normalizing neural networks")."""

DERIVATIVES: dict[Activation, Callable[[Tensor, Tensor], Tensor]] = {
    "relu": lambda gradient, sums: aten.threshold_backward(gradient, sums, 0),
    "tanh": lambda gradient, sums: aten.tanh_backward(gradient, sums.tanh()),
    "sigmoid": lambda gradient, sums: aten.sigmoid_backward(gradient, sums.sigmoid()),
    "gelu": aten.gelu_backward,
    "leaky_relu": lambda gradient, sums: aten.leaky_relu_backward(
        gradient, sums, SLOPE, self_is_result=False
    ),
    "elu": lambda gradient, sums: aten.elu_backward(
        gradient, 1.0, 1.0, 1.0, is_result=False, self_or_result=sums
    ),
    "selu": lambda gradient, sums: aten.elu_backward(
        gradient, *SELU, 1.0, is_result=False, self_or_result=sums
    ),
    "silu": aten.silu_backward,
    "identity": lambda gradient, _: gradient,
}
"""From the loss's gradient by what an activation gives to that by what it is given, the sums."""


SMALL = 16
"""Of the gradient of fewer outputs the transpose is computed: written in its place, oneMKL divides
it among threads, where its sums come out differently."""


def cross_entropy(log_probabilities: Tensor, targets: Tensor) -> Tensor:
    """Its mean over the batch, () float32.

    Args:
        log_probabilities: (n, 10), of the network.
        targets: (n, 10), each row's sum is 1.
    """
    # Row by row first: one large sum comes out differently where it is divided among threads.
    return (targets * log_probabilities).sum(dim=1).sum().div_(-len(targets))


@torch.no_grad()
def backward(
    network: MLP,
    pictures: Tensor,
    outputs: Sequence[LayerOutput],
    log_probabilities: Tensor,
    targets: Tensor,
) -> None:
    """Write the gradient of ``cross_entropy`` over the ``grad`` of each parameter.

    Args:
        pictures: (n, 784) float32, what the network was given.
        outputs: what its layers have made of them.
    """
    # By the logits it is what the softmax says less what it should say.
    gradient = log_probabilities.exp().sub_(targets).div_(len(targets))
    derivative = DERIVATIVES[network.config.activation]
    for layer, below in zip(network.layers[:0:-1], outputs[-2::-1], strict=True):
        _fill(layer, gradient, below.values)
        gradient = torch.mm(gradient, layer.weight)
        if below.mask is not None:
            gradient.mul_(below.mask)
        gradient = derivative(gradient, below.sums)
    _fill(network.layers[0], gradient, pictures)


def _fill(layer: nn.Linear, gradient: Tensor, inputs: Tensor) -> None:
    """A layer's ``grad``, from the gradient by its sums and what it was given."""
    assert layer.weight.grad is not None
    assert layer.bias.grad is not None
    if layer.out_features < SMALL:
        layer.weight.grad.copy_(torch.mm(inputs.t(), gradient).t())
    else:
        torch.mm(gradient.t(), inputs, out=layer.weight.grad)
    torch.sum(gradient, 0, out=layer.bias.grad)
