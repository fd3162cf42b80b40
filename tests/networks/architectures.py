"""The networks that tests go through, found by their registration, and the tests' own."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor, nn

from app.imaging.photo import prepare_photo
from app.imaging.photographs import photograph
from app.networks.graph import Graph
from app.networks.outline import Outline, make_outline
from app.networks.registry import ARCHITECTURES, Architecture
from app.networks.tracing import read_graph
from tests.networks.branching import BRANCHING

EVERY_ARCHITECTURE: dict[str, Architecture] = {**ARCHITECTURES, BRANCHING.name: BRANCHING}

DIGIT_NETWORKS = [name for name, each in EVERY_ARCHITECTURE.items() if each.input_shape[0] == 1]
PHOTO_NETWORKS = [name for name in EVERY_ARCHITECTURE if name not in DIGIT_NETWORKS]


class Built(NamedTuple):
    """A network with PyTorch's starting weights, read once however many tests ask."""

    architecture: Architecture
    model: nn.Module
    graph: Graph
    outline: Outline


@cache
def built(name: str) -> Built:
    """The network called `name`."""
    architecture = EVERY_ARCHITECTURE[name]
    model = architecture.build().eval()
    graph = read_graph(model, architecture.input_shape)
    return Built(architecture, model, graph, make_outline(architecture, graph))


EVERY_LAYER = [(name, node.name) for name in DIGIT_NETWORKS for node in built(name).graph.nodes]
"""(network, layer) of each layer of each network of digits."""


def photo_for(architecture: Architecture) -> Tensor:
    """A photograph as a network of photographs takes it, (3, H, W) in [0, 1]."""
    return torch.tensor(prepare_photo(photograph("cat"), architecture.input_shape[1:]).image)
