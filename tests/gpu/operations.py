"""Every operation by PyTorch's own operator on a device, against the index map's on the CPU.

All of it in float64, where nothing but the order of a sum tells two right answers apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from app.mechanics.convolution import conv2d
from app.mechanics.gradients import conv2d_gradients, conv_transpose2d_gradients
from app.mechanics.operators import conv2d_by_torch, conv_transpose2d_by_torch
from app.mechanics.pool_kinds import PoolKind, pool_spec
from app.mechanics.pooling import pool2d, pool2d_gradient
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed import conv_transpose2d
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from tests.gpu.comparison import Comparison, compare

# A sum of a few hundred float64 products, taken in another order.
TOLERANCE = 1e-12
CONVOLUTIONS = {
    "conv2d": Conv2dSpec.of(4, 6, 3, padding=1),
    "conv2d, stride, dilation, groups": Conv2dSpec.of(4, 6, (3, 2), 2, 1, 2, groups=2),
    "conv2d, circular, flipped": Conv2dSpec.of(
        4, 6, 5, padding=2, padding_mode="circular", flip_kernel=True
    ),
}
TRANSPOSED = {
    "conv_transpose2d": ConvTranspose2dSpec.of(4, 6, 3, 2, 1, 1),
    "conv_transpose2d, dilation, groups": ConvTranspose2dSpec.of(4, 6, 2, 3, 0, 0, 2, groups=2),
}
POOLINGS: dict[str, tuple[PoolKind, dict[str, Any], Callable[[Tensor], Tensor]]] = {
    "max_pool2d, ceil_mode": (
        "max",
        {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True},
        lambda x: functional.max_pool2d(x, 3, 2, 1, ceil_mode=True),
    ),
    "avg_pool2d, padding not counted": (
        "average",
        {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False},
        lambda x: functional.avg_pool2d(x, 3, 2, 1, count_include_pad=False),
    ),
    "lp_pool2d": (
        "lp",
        {"kernel_size": 2, "norm_type": 3},
        # PyTorch keeps the sign of an odd power; the norm is of the magnitudes.
        lambda x: functional.lp_pool2d(x.abs(), 3.0, 2),
    ),
    "adaptive_max_pool2d": (
        "adaptive_max",
        {"output_size": 5},
        lambda x: functional.adaptive_max_pool2d(x, 5),
    ),
    "adaptive_avg_pool2d": (
        "adaptive_average",
        {"output_size": 5},
        lambda x: functional.adaptive_avg_pool2d(x, 5),
    ),
}


def comparisons(device: torch.device) -> Iterator[Comparison]:
    """The output of every operation, and its gradients."""
    for name, spec in CONVOLUTIONS.items():
        image, weight = _drawn(2, 4, 13, 11), _drawn(*spec.weight_shape)
        found = _on(device, partial(_by_torch, conv2d_by_torch, spec), image, weight)
        output = conv2d(image, weight, None, spec)
        wanted = conv2d_gradients(image, weight, spec, output)
        yield from _compared(name, found, [output, wanted.input, wanted.weight])
    for name, turned in TRANSPOSED.items():
        image, weight = _drawn(2, 4, 7, 6), _drawn(*turned.weight_shape)
        found = _on(device, partial(_by_torch, conv_transpose2d_by_torch, turned), image, weight)
        output = conv_transpose2d(image, weight, None, turned)
        wanted = conv_transpose2d_gradients(image, weight, turned, output)
        yield from _compared(name, found, [output, wanted.input, wanted.weight])
    for name, (kind, settings, by_torch) in POOLINGS.items():
        image, pooling = _drawn(2, 4, 13, 11), pool_spec(kind, **settings)
        output = pool2d(image, kind, pooling).values
        gradient = pool2d_gradient(image, kind, pooling, output)
        yield from _compared(name, _on(device, by_torch, image), [output, gradient])


def _by_torch(
    operator: Callable[..., Tensor], spec: object, image: Tensor, weight: Tensor
) -> Tensor:
    """A convolution of either kind, without a bias."""
    return operator(image, weight, None, spec)


def _drawn(*shape: int) -> Tensor:
    """Numbers drawn at random, the same each time."""
    generator = torch.Generator().manual_seed(sum(shape))
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def _on(device: torch.device, operator: Callable[..., Tensor], *given: Tensor) -> list[Tensor]:
    """What a device makes of the operands: the output, and what flows back where it is its own
    gradient."""
    operands = [tensor.to(device).requires_grad_() for tensor in given]
    output = operator(*operands)
    return [output, *torch.autograd.grad(output, operands, output.detach())]


def _compared(name: str, found: Sequence[Tensor], wanted: Sequence[Tensor]) -> Iterator[Comparison]:
    """The output and the gradients of one operation."""
    parts = ("output", "gradient of the input", "gradient of the weight")
    for part, one, other in zip(parts, found, wanted, strict=False):
        yield compare(f"{name}: {part}", one, other, TOLERANCE)
