"""The forms of a layer that a processor is quickest with, of the same values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeGuard

import torch
from torch import Tensor, nn

from app.networks.modules import Add, Affine, Concatenate, Mean, Multiply, Pad, ScaledTanh

# None of these minds how what it reads lies in memory; what it gives is the same but for the last
# digits of float32.
ANY_LAYOUT = frozenset({
    nn.Conv2d, nn.Linear, nn.BatchNorm2d, nn.Flatten, nn.Dropout, nn.Softmax, nn.Identity,
    nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.ZeroPad2d, nn.GELU, nn.Hardswish, nn.SiLU,
    nn.ReLU, nn.ReLU6, nn.LeakyReLU, nn.PReLU, nn.ELU, nn.Sigmoid, nn.Hardsigmoid, nn.Tanh,
    ScaledTanh, Add, Affine, Concatenate, Mean, Multiply, Pad,
})  # fmt: skip
# oneDNN's own, where this PyTorch has them.
_packed_convolution: Any = getattr(torch.ops.mkldnn, "_convolution_pointwise", None)
_pack: Any = getattr(torch._C._nn, "mkldnn_reorder_conv2d_weight", None)
_HAS_ONEDNN = bool(_packed_convolution and _pack and torch._C._has_mkldnn)

Forward = Callable[..., Tensor]


def quick_form(op: nn.Module, input_shape: Sequence[int], *, is_free: bool) -> Forward:
    """What computes a layer's values.

    Args:
        input_shape: of what it reads, without the batch axis.
        is_free: whether maps may lie with the channels last, and convolutions gain by that.
    """
    if type(op) is nn.MaxPool2d and _has_square_windows_of_two(op, input_shape):
        return _quick_pool(op.forward)
    if type(op) is nn.BatchNorm2d and op.running_mean is not None and not op.training:
        return _quick_normalization(op)
    if is_free and can_be_packed(op):
        return _packed(op, input_shape)
    return op.forward


def _has_square_windows_of_two(op: nn.MaxPool2d, input_shape: Sequence[int]) -> bool:
    """Whether every value is in one window of 2×2."""
    size, stride = (
        each if isinstance(each, tuple) else (each, each) for each in (op.kernel_size, op.stride)
    )
    is_plain = (op.padding, op.dilation, op.return_indices) in (
        (0, 1, False),
        ((0, 0), (1, 1), False),
    )
    is_even = len(input_shape) == 3 and not any(side % 2 for side in input_shape[1:])
    return size == stride == (2, 2) and is_plain and is_even


def _quick_pool(pool: Forward) -> Forward:
    """Maximum of rows, then of columns: a third of the time where the columns lie side by side."""

    def forward(maps: Tensor) -> Tensor:
        if not maps.is_contiguous():
            return pool(maps)
        rows = torch.maximum(maps[:, :, ::2], maps[:, :, 1::2])
        return torch.maximum(rows[..., ::2], rows[..., 1::2])

    return forward


def _quick_normalization(op: nn.BatchNorm2d) -> Forward:
    """A product and a sum, in half of the time where the channels lie side by side.

    To the bit what PyTorch computes on a processor that multiplies and adds in one step: what is
    added has been rounded once.
    """
    mean, variance = op.running_mean, op.running_var
    assert mean is not None
    assert variance is not None
    weight, bias = (op.weight, op.bias.double()) if op.affine else (1, 0)
    factor = torch.rsqrt(variance + op.eps) * weight
    term = (bias - mean.double() * factor.double()).to(factor.dtype)
    factor, term = factor[:, None, None], term[:, None, None]

    def forward(maps: Tensor) -> Tensor:
        if maps.is_contiguous():
            return op.forward(maps)
        return torch.addcmul(term, maps, factor)

    return forward


def can_be_packed(op: nn.Module) -> TypeGuard[nn.Conv2d]:
    """Whether a layer is a convolution for whose weights oneDNN has a form of its own.

    Of a single channel there is nothing to lay out: packed, it takes twice the time.
    """
    return (
        _HAS_ONEDNN
        and type(op) is nn.Conv2d
        and op.weight.dtype == torch.float32
        and op.padding_mode == "zeros"
        and not isinstance(op.padding, str)
        and op.in_channels > 1
    )


def _packed(op: nn.Conv2d, input_shape: Sequence[int]) -> Forward:
    """A convolution whose weights are laid out as its kernel reads them; its maps channels last.

    Source: what `torch.compile` makes of a frozen convolution on the CPU.
    """
    settings = (list(op.padding), list(op.stride), list(op.dilation), op.groups)
    padding, stride, dilation, groups = settings
    weight = _pack(op.weight.to_mkldnn(), padding, stride, dilation, groups, [1, *input_shape])
    bias = op.bias

    def forward(maps: Tensor) -> Tensor:
        found: Tensor = _packed_convolution.default(
            maps, weight, bias, padding, stride, dilation, groups, "none", [], ""
        )
        return found

    return forward
