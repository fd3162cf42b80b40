"""A forward pass and nothing else, in the forms of each layer that a processor is quickest with."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from math import prod
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from app.networks.graph import INPUT, Graph
from app.networks.modules import Add, Concatenate, Multiply, Pad, ScaledTanh
from app.networks.statistics import LARGE, Summary, flat, summarize_large

# What these give does not depend on how what they read lies in memory, and none of them minds.
_ANY_LAYOUT = frozenset({
    nn.Conv2d, nn.Linear, nn.BatchNorm2d, nn.Flatten, nn.Dropout, nn.Softmax, nn.Identity,
    nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.ZeroPad2d, nn.Hardswish, nn.SiLU,
    nn.ReLU, nn.ReLU6, nn.Sigmoid, nn.Tanh, Add, Concatenate, Multiply, Pad, ScaledTanh,
})  # fmt: skip
# oneDNN's own, where this PyTorch has them.
_packed_convolution: Any = getattr(torch.ops.mkldnn, "_convolution_pointwise", None)
_pack: Any = getattr(torch._C._nn, "mkldnn_reorder_conv2d_weight", None)
_HAS_ONEDNN = bool(_packed_convolution and _pack and torch._C._has_mkldnn)

Forward = Callable[..., Tensor]


class _Call(NamedTuple):
    """One layer: what it computes, what it reads, and the large layers that nothing reads after."""

    name: str
    forward: Forward
    inputs: tuple[str, ...]
    is_large: bool
    ended: tuple[str, ...]


class Inference:
    """The layers of a graph, called one by one, for an answer without gradients on the CPU.

    Quick, their values are PyTorch's own to float32's last digits: a convolution has its weights
    laid out once, where the layers allow its maps to lie with the channels last, and adds up in
    another order. The weights are those of the first call. Not quick, each layer computes as it is.
    """

    def __init__(self, graph: Graph, *, is_quick: bool) -> None:
        is_free = all(type(node.op) in _ANY_LAYOUT for node in graph.nodes)
        large = {name for name, shape in graph.shapes.items() if prod(shape) > LARGE} - {INPUT}
        last_use = {each: node.name for node in graph.nodes for each in (node.name, *node.inputs)}
        needed = {*graph.outputs, graph.last, *(graph.ends or ())}
        self.calls = tuple(
            _Call(
                node.name,
                _quick_form(node.op, graph.shapes[node.inputs[0]], is_free=is_free)
                if is_quick
                else node.op.forward,
                node.inputs,
                node.name in large,
                tuple(name for name in large - needed if last_use[name] == node.name),
            )
            for node in graph.nodes
        )
        self.ends = (INPUT, *needed)

    def run(
        self, images: Tensor, asked: Container[str], *, keeps: bool, until: str | None = None
    ) -> tuple[dict[str, Tensor], dict[str, Summary]]:
        """The activations of a batch of one image, and the summaries of those that are large.

        A large one is read while it is in the processor's cache, and let go of when no layer reads
        it any more.

        Args:
            asked: the layers whose summaries are wanted.
            keeps: whether their activations are, each contiguous.
            until: the last layer to compute.
        """
        values, summaries = {INPUT: images}, {}
        for name, forward, inputs, is_large, ended in self.calls:
            value = values[name] = forward(*[values[each] for each in inputs])
            if is_large and name in asked:
                summaries[name] = summarize_large(flat(value))
            for each in ended:
                if not (keeps and each in asked):
                    del values[each]
            if name == until:
                break
        for name in values if keeps else self.ends:
            values[name] = values[name].contiguous()
        return values, summaries


def _quick_form(op: nn.Module, input_shape: Sequence[int], *, is_free: bool) -> Forward:
    """What computes a layer's values.

    Args:
        input_shape: of what it reads, without the batch axis.
        is_free: whether the layers behind it take maps with the channels last.
    """
    if type(op) is nn.MaxPool2d and _has_square_windows_of_two(op, input_shape):
        return _quick_pool(op.forward)
    if type(op) is nn.Conv2d and is_free and _can_be_packed(op):
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


def _can_be_packed(op: nn.Conv2d) -> bool:
    """Whether oneDNN has a form of its own for the weights of a convolution.

    Of a single channel there is nothing to lay out: packed, it takes twice the time.
    """
    return (
        _HAS_ONEDNN
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
