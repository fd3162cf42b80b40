"""The layers of a forward pass: a row of each, and the maps that are carried beside it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from app.json_number import number
from app.web.wire.schemas import Number, Scale, Schema, Shape, Tensor
from app.web.wire.tensors import Array, DType, NamedTensor, named

if TYPE_CHECKING:
    from app.networks import Forward


class Layer(Schema):
    """A layer's activation in four numbers and, where asked for, whole or small.

    `extremes` are those of each whole map, where the maps were made smaller.
    """

    name: str
    kind: str
    shape: Shape
    minimum: Number
    maximum: Number
    mean: Number
    zero_fraction: float
    scale: Scale | None = None
    extremes: Scale | None = None
    activation: Tensor | None = None


class Extremes(Schema):
    """The smallest and the largest value there is, the input's included."""

    minimum: Number
    maximum: Number


def layer_rows(result: Forward) -> list[dict[str, Any]]:
    """Each layer's name, kind, shape and statistics."""
    layers = result.path.layers
    return [
        {
            "name": name,
            "kind": layers[name].kind,
            "shape": layers[name].output_shape,
            # A mean that is finite has a minimum and a maximum that are.
            **(summary if isfinite(summary["mean"]) else _numbers(summary)),
        }
        for name, summary in zip(result.layers, result.statistics(), strict=True)
    ]


def _numbers(summary: dict[str, float]) -> dict[str, float | str]:
    """Four numbers as JSON can hold them."""
    return {statistic: number(value) for statistic, value in summary.items()}


def range_of(layers: Sequence[dict[str, Any]], result: Forward) -> dict[str, float | str]:
    """From where to where the values of all layers go, the input's included."""
    ends = result.input.aminmax()
    minima = [float(ends.min), *(float(layer["minimum"]) for layer in layers)]
    maxima = [float(ends.max), *(float(layer["maximum"]) for layer in layers)]
    return {"minimum": number(min(minima)), "maximum": number(max(maxima))}


def carried_maps(
    layers: Sequence[dict[str, Any]], result: Forward, small: Container[str], side: int
) -> dict[str, Array]:
    """What the answer carries of each layer, and in its row the extremes of maps made smaller."""
    from app.networks.thumbnails import thumbnail

    carried = {}
    for layer in layers:
        name = layer["name"]
        if name not in small:
            carried[name] = result.arrays[name]
            continue
        found = thumbnail(result.batch[name][0], side)
        carried[name] = found.values
        if found.extremes is not None:
            layer["extremes"] = {
                end: [number(value) for value in values.tolist()]
                for end, values in found.extremes.items()
            }
    return carried


def add_activations(
    layers: Sequence[dict[str, Any]], arrays: dict[str, Array], dtype: DType
) -> list[NamedTensor]:
    """The activations, each added to its layer, together with the scale of one in bytes."""
    tensors = []
    for layer, (name, array) in zip(layers, arrays.items(), strict=True):
        tensor = named(name, array, dtype, is_scale_apart=True)
        if tensor.scale is not None:
            layer["scale"] = tensor.scale
        layer["activation"] = tensor
        tensors.append(tensor)
    return tensors
