"""Gradients of pooling: how much of each output's gradient each input value gets."""

import torch
from torch import Tensor

from app.mechanics.average_pooling import divisors
from app.mechanics.checks import check_output_gradient
from app.mechanics.lp_pooling import lp_pool2d
from app.mechanics.max_pooling import max_pool2d
from app.mechanics.operands import gather, scatter, to_float64
from app.mechanics.pooled import PoolSpec, pooled_axes
from app.mechanics.pooling import PoolKind
from app.mechanics.spec import Pool2dSpec


def pool2d_gradient(
    input: Tensor, kind: PoolKind, spec: PoolSpec, output_gradient: Tensor
) -> Tensor:
    """The gradient with respect to the input of a pooling.

    Of a maximum the winner gets all; of a mean every cell gets an equal share; of a p-norm a cell
    gets more, the larger it is: sign(x)·(|x| / norm)^(p−1), and 0 where it is 0 itself.

    Shape:
        input: (..., H, W); output_gradient: (..., H_out, W_out)
        returned: as input, in its dtype, summed in float64

    Raises:
        MechanicsError: as the pooling, or an output_gradient of another shape.
    """
    height, width = pooled_axes(input, spec)
    check_output_gradient(output_gradient, (*input.shape[:-2], height.output, width.output))
    gradient = to_float64(output_gradient)
    if kind.endswith("max"):
        found = _of_maximum(input, spec, gradient)
    elif kind == "lp" and isinstance(spec, Pool2dSpec):
        found = _of_norm(input, spec, gradient)
    else:
        found = _of_mean(input, spec, gradient)
    return found.to(input.dtype)


def _of_maximum(input: Tensor, spec: PoolSpec, gradient: Tensor) -> Tensor:
    """All of each output's gradient at its winner."""
    _, indices = max_pool2d(input, spec)
    places, given = indices.flatten(-2), gradient.flatten(-2)
    has_winner = places >= 0  # a window of padding alone gives its gradient to nobody
    flat = torch.zeros(input.shape, dtype=torch.float64).flatten(-2)
    flat.scatter_add_(-1, places.clamp(min=0), given.where(has_winner, 0.0))
    return flat.reshape(input.shape)


def _of_mean(input: Tensor, spec: PoolSpec, gradient: Tensor) -> Tensor:
    """Each output's gradient over its divisor, at every cell of its window."""
    height, width = pooled_axes(input, spec)
    share = gradient / divisors(height, width, spec)
    size = (height.input, width.input)
    across = torch.zeros((*share.shape[:-1], width.input), dtype=torch.float64)
    for columns in width.all_sources():
        across += scatter(share, size, columns=columns)
    found = torch.zeros(input.shape, dtype=torch.float64)
    for rows in height.all_sources():
        found += scatter(across, size, rows=rows)
    return found


def _of_norm(input: Tensor, spec: Pool2dSpec, gradient: Tensor) -> Tensor:
    """Each output's gradient times the slope of its norm in each cell of its window."""
    height, width = pooled_axes(input, spec)
    values = to_float64(input)
    norm = lp_pool2d(values, spec)
    size = (height.input, width.input)
    found = torch.zeros(input.shape, dtype=torch.float64)
    for rows in height.all_sources():
        below = gather(values, rows=rows)
        for columns in width.all_sources():
            under = gather(below, columns=columns)
            slope = under.sign() * (under.abs() / norm) ** (spec.norm_type - 1)
            found += scatter(slope.where(under != 0, 0.0) * gradient, size, rows, columns)
    return found
