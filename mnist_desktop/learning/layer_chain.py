"""Finding the order of the layers of somebody else's network. Needs no torch."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mnist_desktop.learning.config import CLASSES, PIXELS


def layer_chain(layers: Mapping[str, tuple[int, ...]]) -> list[str] | None:
    """All layers, each (inputs, outputs), in an order that leads from 784 to 10.

    Widths are the nodes of a graph and layers its edges, so this is an Eulerian path (Hierholzer
    1873). Layers that could change places keep the order in which they are given.
    """
    onward: dict[int, list[str]] = {}
    for name, (inputs, _) in layers.items():
        onward.setdefault(inputs, []).append(name)
    chain: list[str] = []
    trail: list[tuple[int, str]] = [(PIXELS, "")]
    while trail:
        width, name = trail[-1]
        if onward.get(width):
            following = onward[width].pop(0)
            trail.append((layers[following][1], following))
        else:
            trail.pop()
            chain.append(name)
    chain = chain[-2::-1]
    widths = [PIXELS, *(layers[name][1] for name in chain)]
    connected = all(layers[name][0] == width for name, width in zip(chain, widths, strict=False))
    return chain if connected and len(chain) == len(layers) and widths[-1] == CLASSES else None


def natural_order(name: str) -> list[tuple[int, str]]:
    """Sorts "layer10" behind "layer2", and the output, however it is called, where it falls."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]
