"""The forward and the backward pass of a multilayer perceptron, written out.

Rumelhart, Hinton, Williams, "Learning representations by back-propagating errors", 1986. Autograd
gives the same gradients (a test holds it to that), but takes a quarter more time for a network as
small as the tutorial's, where recording and replaying the operations costs as much as some of
them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_desktop.learning.config import Activation
from mnist_desktop.learning.network import MLP

aten = torch.ops.aten

DERIVATIVES: dict[Activation, Callable[[Tensor, Tensor, Tensor], Tensor]] = {
    "relu": lambda slope, _before, after: aten.threshold_backward(slope, after, 0),
    "tanh": lambda slope, _before, after: aten.tanh_backward(slope, after),
    "sigmoid": lambda slope, _before, after: aten.sigmoid_backward(slope, after),
    "gelu": lambda slope, before, _after: aten.gelu_backward(slope, before),
}
"""From the loss's slope by an activation's result to that by its argument, given both."""


class _Layer(NamedTuple):
    """One layer's memory, without autograd's bookkeeping."""

    weight: Tensor
    bias: Tensor
    weight_gradient: Tensor
    bias_gradient: Tensor

    def fill(self, slope: Tensor, values: Tensor) -> None:
        """The gradients, from the slope by what the layer gave and from what it was given."""
        torch.mm(slope.t(), values, out=self.weight_gradient)
        torch.sum(slope, 0, out=self.bias_gradient)


class _Hidden(NamedTuple):
    """What a hidden layer has made of the batch.

    ``values`` is ``after`` but for what the mask of dropout takes out of it.
    """

    before: Tensor
    after: Tensor
    values: Tensor
    mask: Tensor | None


class Backpropagation:
    """Computes the loss of a network and its gradients, batch after batch.

    All weights and biases become parts of one vector, and their gradients parts of another, so
    that an optimiser need not go from tensor to tensor.

    Attributes:
        weights: (parameters,) float32, all of the network's.
        gradient: (parameters,) float32, the loss's slope by each of them. ``backward`` writes
            over what the batch before has left, so nothing need be set to zero.
        parts: of each layer, from the input on, its part of both.
    """

    def __init__(self, network: MLP) -> None:
        parameters = list(network.parameters())
        sizes = [parameter.numel() for parameter in parameters]
        self.weights = torch.cat([parameter.detach().flatten() for parameter in parameters])
        self.gradient = torch.zeros_like(self.weights)
        layers = [size.parameters for size in network.config.layers]
        self.parts = list(zip(self.weights.split(layers), self.gradient.split(layers), strict=True))
        parts, slopes = self.weights.split(sizes), self.gradient.split(sizes)
        for parameter, part in zip(parameters, parts, strict=True):
            parameter.data = part.view_as(parameter)
        gradients = [slope.view_as(one) for one, slope in zip(parameters, slopes, strict=True)]
        self._layers = [
            _Layer(weight.detach(), bias.detach(), weight_gradient, bias_gradient)
            for weight, bias, weight_gradient, bias_gradient in zip(
                parameters[::2], parameters[1::2], gradients[::2], gradients[1::2], strict=True
            )
        ]
        self._network = network
        self._derivative = DERIVATIVES[network.config.activation]
        self._inputs: Tensor
        self._hidden: list[_Hidden]
        self._log_probabilities: Tensor

    def forward(self, inputs: Tensor) -> Tensor:
        """(n, 784) float32, 0 to 1 → (n, 10), the logarithms of the probabilities."""
        network = self._network
        *hidden, out = self._layers
        self._inputs = values = inputs
        self._hidden = []
        for layer in hidden:
            before = torch.addmm(layer.bias, values, layer.weight.t())
            after = network.activation(before)
            mask = network.dropout.mask(after)
            values = after if mask is None else after * mask
            self._hidden.append(_Hidden(before, after, values, mask))
        scores = torch.addmm(out.bias, values, out.weight.t())
        self._log_probabilities = F.log_softmax(scores, dim=1)
        return self._log_probabilities

    def loss(self, targets: Tensor) -> Tensor:
        """The mean cross-entropy of the batch: ``targets`` (n, 10), each row's sum is 1."""
        return (targets * self._log_probabilities).sum().div_(-len(targets))

    def backward(self, targets: Tensor) -> None:
        """Fill the gradient."""
        # By the logits the loss's slope is what the softmax says less what it should say.
        slope = self._log_probabilities.exp().sub_(targets).div_(len(targets))
        first, *layers = self._layers
        for layer, hidden in zip(reversed(layers), reversed(self._hidden), strict=True):
            layer.fill(slope, hidden.values)
            slope = torch.mm(slope, layer.weight)
            if hidden.mask is not None:
                slope.mul_(hidden.mask)
            slope = self._derivative(slope, hidden.before, hidden.after)
        first.fill(slope, self._inputs)
