"""What makes layers whole that do not fit upon each other: one number of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from app.networks.changeable_mycnn import ConvolutionLayer, LayerError, Layers, PoolingLayer

Part = TypeVar("Part", Layers, ConvolutionLayer, PoolingLayer)

SIDES = range(1, 29)
PADDINGS = range(15)
# What is called so of a convolution, and of the poolings.
WINDOWS = {"kernel_size": ("kernel size", SIDES), "stride": ("stride", SIDES)}
CONVOLUTION = {**WINDOWS, "padding": ("padding", PADDINGS)}
POOLING = {**WINDOWS, "kernel_size": ("window", SIDES)}


def remedies(layers: Layers) -> str:
    """The ways out of layers that do not fit, in a sentence; each of them alone is enough.

    Of each number that is the value nearest to its own with which the whole network can be built.
    """
    ways = [*_ways(layers)]
    if not ways:
        return "Use smaller kernels and strides, or more padding: one change is not enough."
    *others, last = ways
    return f"Use {', '.join(others)} or {last}." if others else f"Use {last}."


def _ways(layers: Layers) -> Iterator[str]:
    """Each change that is enough, in the order of the layers."""
    for name, layer in layers.convolutions():
        for member, (text, values) in CONVOLUTION.items():
            for value in _nearest(values, getattr(layer, member)):
                if _fits(_with(layers, name, _with(layer, member, value))):
                    yield f"a {text} of {value} in {name}"
                    break
    for member, (text, values) in POOLING.items():
        for value in _nearest(values, getattr(layers.pool, member)):
            if _fits(replace(layers, pool=_with(layers.pool, member, value))):
                alone = " (no pooling)" if value == 1 and layers.pool.stride == 1 else ""
                yield f"a {text} of {value} in the poolings{alone}"
                break
    if layers.conv3 is not None and _fits(replace(layers, conv3=None)):
        yield "no conv3"


def _with(whole: Part, member: str, value: object) -> Part:
    """The same with one member changed."""
    changes: dict[str, Any] = {member: value}
    return replace(whole, **changes)


def _nearest(values: range, own: int) -> list[int]:
    """All values but its own, those that differ least first."""
    return sorted((value for value in values if value != own), key=lambda value: abs(value - own))


def _fits(layers: Layers) -> bool:
    """Whether there is such a network."""
    try:
        layers.flat()
    except LayerError:
        return False
    return True
