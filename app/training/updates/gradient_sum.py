"""The gradient of one weight as what it is: a sum over images and positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from app.mechanics.axis_map import Source
from app.mechanics.operands import gather, to_float64
from app.networks.kinds.convolution import Conv2dKind
from app.networks.modules import PartialConv2d
from app.training.updates.recording import Pass

LARGEST = 8


class Product(NamedTuple):
    """One product of the sum: what the weight met there, by how much the loss answers to it.

    Args:
        image: its place in the batch.
        row, column: of the output value; 0 of a vector's.
        input_row, input_column: of the input value; None in the padding.
    """

    image: int
    row: int
    column: int
    input_row: Source
    input_column: Source
    input: float
    output_gradient: float
    product: float


@dataclass(frozen=True)
class GradientSum:
    """The gradient of one weight, in float64 from PyTorch's float32 inputs and output gradients.

    The loss is a mean, so a 1/N is in every output gradient.

    Args:
        largest: the products of the largest magnitude, the largest first.
        pictured: the images that they are of, each once.

    Shape:
        image_sums: (N), float64; input: (n, H, W) the maps that the weight reads of the `pictured`
        images; output_gradient, products: (n, H_out, W_out). Of a dense layer all sides are 1.
    """

    value: float
    image_sums: Tensor
    largest: tuple[Product, ...]
    pictured: tuple[int, ...]
    input: Tensor
    output_gradient: Tensor
    products: Tensor


def sum_gradient(module: nn.Module, passes: Sequence[Pass], index: tuple[int, ...]) -> GradientSum:
    """The gradient of the weight at `index` of a convolution or a dense layer.

    Args:
        passes: the calls of the layer; most often one.
        index: filter, channel within the group, row, column; of a dense layer unit and input.
    """
    met = [_met(module, each, index) for each in passes]
    products = torch.stack([each.input_met * each.gradient for each in met]).sum(dim=0)
    first = met[0]
    count = min(LARGEST, products.numel())
    found = products.abs().flatten().topk(count).indices.tolist()
    height, width = products.shape[-2:]
    largest = []
    for place in found:
        image, rest = divmod(place, height * width)
        row, column = divmod(rest, width)
        largest.append(
            Product(
                *(image, row, column, first.rows[row], first.columns[column]),
                float(first.input_met[image, row, column]),
                float(first.gradient[image, row, column]),
                float(products[image, row, column]),
            )
        )
    pictured = list(dict.fromkeys(each.image for each in largest))
    return GradientSum(
        value=float(products.sum()),
        image_sums=products.sum(dim=(1, 2)),
        largest=tuple(largest),
        pictured=tuple(pictured),
        input=first.input[pictured],
        output_gradient=first.gradient[pictured],
        products=products[pictured],
    )


class _Met(NamedTuple):
    """What one weight met in one call. Shape: (N, H, W), (N, H_out, W_out) twice."""

    input: Tensor
    input_met: Tensor
    gradient: Tensor
    rows: Sequence[Source]
    columns: Sequence[Source]


def _met(module: nn.Module, each: Pass, index: tuple[int, ...]) -> _Met:
    """The input under the weight for every output that read through it, and their gradients."""
    if isinstance(module, nn.Linear):
        unit, place = index
        read = to_float64(each.input[:, place])[:, None, None]
        gradient = to_float64(each.gradient[:, unit])[:, None, None]
        return _Met(read, read, gradient, (0,), (0,))
    assert isinstance(module, nn.Conv2d | PartialConv2d)
    filter_, channel, row, column = index
    spec = Conv2dKind().spec(module)
    height, width = spec.axes(each.input.shape[-2], each.input.shape[-1])
    rows, columns = height.sources_under(row), width.sources_under(column)
    read = to_float64(each.input[:, spec.input_channels(filter_)[channel]])
    return _Met(
        read, gather(read, rows, columns), to_float64(each.gradient[:, filter_]), rows, columns
    )
