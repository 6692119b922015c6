"""Models as ONNX files, for programs in other languages and for browsers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mnist_desktop import __version__
from mnist_desktop.files import write_atomically
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.settings.config import CLASSES, PIXELS
from mnist_desktop.learning.settings.training_settings import Activation

if TYPE_CHECKING:
    from onnx import ModelProto

ONNX_SUFFIX = ".onnx"

OPSET, IR_VERSION = 13, 8
"""Of 2020 and 2021: what runs ONNX files today knows them."""

PICTURES, SCORES, PROBABILITIES = "pictures", "scores", "probabilities"

ABOUT = (
    "Reads handwritten digits. 'pictures': float32 (n, 784), 28x28 pixels row by row, ink 1 on "
    "paper 0, the digit scaled into a box of 20x20 pixels with its centre of mass in the middle, "
    "as MNIST has it. 'scores': (n, 10), of the digits 0 to 9. 'probabilities': their softmax, "
    "calibrated."
)


def export_onnx(path: Path, model: Model) -> None:
    """Write the network with its activation and calibration; nothing else is known of it there.

    Raises:
        FileError: it cannot be written.
    """
    write_atomically(path, to_onnx(model).SerializeToString())


def to_onnx(model: Model) -> ModelProto:
    """From (n, 784) float32, 0 to 1, to scores and calibrated probabilities, (n, 10)."""
    # Slow to load, and hardly ever needed.
    from onnx import NodeProto, TensorProto, checker, helper, numpy_helper

    nodes: list[NodeProto] = []
    constants: list[TensorProto] = []

    def node(kind: str, given: list[str], made: str, **options: Any) -> str:
        nodes.append(helper.make_node(kind, given, [made], **options))
        return made

    def constant(name: str, values: Any) -> str:
        constants.append(numpy_helper.from_array(np.asarray(values, np.float32), name))
        return name

    values, *names = PICTURES, *(layer.name for layer in model.network.layers)
    for name in names:
        tensors = [f"{name}.weight", f"{name}.bias"]
        given = [values, *(constant(one, model.state_dict[one].numpy()) for one in tensors)]
        if name == names[-1]:
            node("Gemm", given, SCORES, transB=1)
        else:
            sums = node("Gemm", given, f"{name}.sums", transB=1)
            values = _activated(model.network.activation, sums, name, node, constant)
    cooled = node("Div", [SCORES, constant("temperature", model.temperature)], "cooled")
    node("Softmax", [cooled], PROBABILITIES, axis=1)

    pictures, *outputs = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", width])
        for name, width in ((PICTURES, PIXELS), (SCORES, CLASSES), (PROBABILITIES, CLASSES))
    )
    made = helper.make_model(
        helper.make_graph(nodes, "digits", [pictures], outputs, constants),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="mnist-desktop",
        producer_version=__version__,
        doc_string=ABOUT,
    )
    checker.check_model(made)
    return made


OPERATORS: Mapping[Activation, tuple[str, Mapping[str, float]]] = {
    "relu": ("Relu", {}),
    "tanh": ("Tanh", {}),
    "sigmoid": ("Sigmoid", {}),
    "leaky_relu": ("LeakyRelu", {"alpha": 0.01}),
    "elu": ("Elu", {}),
    "selu": ("Selu", {}),
    "identity": ("Identity", {}),
}
"""Each as torch has it by default. Of the other two there is none in ``OPSET``."""


def _activated(
    activation: Activation,
    sums: str,
    layer: str,
    node: Callable[..., str],
    constant: Callable[[str, Any], str],
) -> str:
    """The name of what a layer makes of its sums."""
    values = f"{layer}.values"
    if activation == "silu":
        return node("Mul", [sums, node("Sigmoid", [sums], f"{layer}.gate")], values)
    if activation == "gelu":
        scaled = node("Div", [sums, constant(f"{layer}.root", 2**0.5)], f"{layer}.scaled")
        error = node("Erf", [scaled], f"{layer}.erf")
        gate = node("Add", [error, constant(f"{layer}.one", 1.0)], f"{layer}.gate")
        doubled = node("Mul", [sums, gate], f"{layer}.doubled")
        return node("Mul", [doubled, constant(f"{layer}.half", 0.5)], values)
    kind, options = OPERATORS[activation]
    return node(kind, [sums], values, **options)
