"""Convolutional networks: what they are made of, their weights, and every value inside."""

from app.networks.errors import NetworkUnavailable, UnknownLayer, UnknownNetwork
from app.networks.library import Library
from app.networks.loaded_network import LoadedNetwork
from app.networks.outline import LayerOutline, Outline
from app.networks.results import Forward

__all__ = [
    "Forward",
    "LayerOutline",
    "Library",
    "LoadedNetwork",
    "NetworkUnavailable",
    "Outline",
    "UnknownLayer",
    "UnknownNetwork",
]
