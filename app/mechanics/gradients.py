"""Gradients of convolutions: how a change of each input, weight and bias reaches the output."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from app.mechanics.checks import check_operands, check_output_gradient
from app.mechanics.convolution import correlate
from app.mechanics.operands import (
    Lines,
    as_batch,
    gather,
    oriented,
    places_of,
    take,
    to_float64,
)
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed import stamp
from app.mechanics.transposed_spec import ConvTranspose2dSpec


@dataclass(frozen=True, slots=True)
class Gradients:
    """How much the sum of output times output_gradient changes with each input, weight and bias.

    Each has the shape of what it belongs to; `bias` is given whether the layer has one or not.
    """

    input: Tensor
    weight: Tensor
    bias: Tensor

    def as_dict(self) -> dict[str, Any]:
        """The gradients under the names of the API."""
        return {
            "input_gradient": self.input,
            "weight_gradient": self.weight,
            "bias_gradient": self.bias,
        }


def conv2d_gradients(
    input: Tensor, weight: Tensor, spec: Conv2dSpec, output_gradient: Tensor
) -> Gradients:
    """The gradients of a convolution, all read off the index map that its output was read off.

    A weight's is the sum, over all positions, of the output gradient times the input under that
    weight. An input's is the sum of output gradient times weight over all that read it: the flipped
    kernel slides over the output gradient. A bias's is the sum of its channel's output gradient.

    Shape:
        input: (C_in, H, W) or (N, C_in, H, W); weight: (C_out, C_in / groups, K_h, K_w)
        output_gradient: (C_out, H_out, W_out) or (N, C_out, H_out, W_out)
        returned: as the operands, in the input's dtype, summed in float64

    Raises:
        MechanicsError: shapes that do not belong together; an input too small for the settings.
    """
    check_operands(input, weight, None, spec)
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    shape = (*input.shape[:-3], spec.out_channels, height.output, width.output)
    check_output_gradient(output_gradient, shape)
    lines = (height.all_sources(), width.all_sources())
    large, small = as_batch(input), as_batch(output_gradient)
    kernels = oriented(to_float64(weight), spec.flip_kernel)
    by_input = stamp(small, kernels, spec.groups, (height.input, width.input), lines)
    by_weight = oriented(_products(small, large, spec.groups, lines), spec.flip_kernel)
    return Gradients(
        input=by_input.reshape(input.shape).to(input.dtype),
        weight=by_weight.to(input.dtype),
        bias=small.sum((0, 2, 3)).to(input.dtype),
    )


def conv_transpose2d_gradients(
    input: Tensor, weight: Tensor, spec: ConvTranspose2dSpec, output_gradient: Tensor
) -> Gradients:
    """The gradients of a transposed convolution: an input's is the output gradient, convolved.

    Shape:
        input: (C_in, H, W) or (N, C_in, H, W); weight: (C_in, C_out / groups, K_h, K_w)
        output_gradient: (C_out, H_out, W_out) or (N, C_out, H_out, W_out)
        returned: as the operands, in the input's dtype, summed in float64

    Raises:
        MechanicsError: shapes that do not belong together; padding that leaves nothing.
    """
    check_operands(input, weight, None, spec)
    height, width = spec.axes(input.shape[-2], input.shape[-1])
    shape = (*input.shape[:-3], spec.out_channels, height.output, width.output)
    check_output_gradient(output_gradient, shape)
    lines = (height.all_targets(), width.all_targets())
    small, large = as_batch(input), as_batch(output_gradient)
    kernels = oriented(to_float64(weight), spec.flip_kernel)
    by_weight = oriented(_products(small, large, spec.groups, lines), spec.flip_kernel)
    return Gradients(
        input=correlate(large, kernels, spec.groups, lines).reshape(input.shape).to(input.dtype),
        weight=by_weight.to(input.dtype),
        bias=large.sum((0, 2, 3)).to(input.dtype),
    )


def _products(small: Tensor, large: Tensor, groups: int, lines: Lines) -> Tensor:
    """For each weight the sum, over all positions, of what meets there on both sides.

    Shape:
        small: (N, C, H, W); large: (N, C_other, H', W')
        returned: (C, C_other / groups, K_h, K_w), all in float64
    """
    samples = len(small)
    left = small.reshape(samples, groups, small.shape[1] // groups, -1)
    found = torch.zeros(
        (small.shape[1], large.shape[1] // groups, len(lines[0]), len(lines[1])),
        dtype=torch.float64,
    )
    columns = [places_of(across) for across in lines[1]]
    for row, below in enumerate(lines[0]):
        under_row = gather(large, rows=below)
        for column, across in enumerate(columns):
            under = take(under_row, -1, across)
            right = under.reshape(samples, groups, found.shape[1], -1)
            sums = (left @ right.mT).sum(0)  # (G, C/G, C_other/G)
            found[..., row, column] = sums.reshape(found.shape[:2])
    return found
