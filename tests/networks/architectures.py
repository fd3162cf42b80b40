"""The networks that tests go through, found by their registration, and the tests' own."""

from __future__ import annotations

from app.networks.registry import ARCHITECTURES, Architecture
from app.networks.tracing import read_graph
from tests.networks.branching import BRANCHING

EVERY_ARCHITECTURE: dict[str, Architecture] = {**ARCHITECTURES, BRANCHING.name: BRANCHING}

EVERY_LAYER = [
    (name, node.name)
    for name, architecture in EVERY_ARCHITECTURE.items()
    for node in read_graph(architecture.build(), architecture.input_shape).nodes
]
"""(network, layer) of each layer of each."""
