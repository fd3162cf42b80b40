"""What PyTorch has as functions alone, as modules: sums, means, pads."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class Add(nn.Module):
    """The sum of its inputs, position by position."""

    def forward(self, first: Tensor, *others: Tensor) -> Tensor:
        """Shape: all alike, the sum too."""
        for other in others:
            first = first + other
        return first


class Multiply(nn.Module):
    """The product of its inputs, place by place; one value along an axis goes for all of it."""

    def forward(self, first: Tensor, *others: Tensor) -> Tensor:
        """Shape: alike, or 1 along an axis; the product as the largest."""
        for other in others:
            first = first * other
        return first


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


class Affine(nn.Module):
    """Its input and one number, by one operator: a straight line of each value by itself.

    Args:
        operator: "+", "-", "*" or "/".
        number: what stands beside the input.
        is_first: whether it stands before the operator.
    """

    def __init__(self, operator: str, number: float, *, is_first: bool = False) -> None:
        super().__init__()
        self.operator, self.number, self.is_first = operator, number, is_first

    def forward(self, x: Any) -> Any:
        """Shape: unchanged; of a number a number."""
        operate = _OPERATORS[self.operator]
        return operate(self.number, x) if self.is_first else operate(x, self.number)

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        return f"{self.operator!r}, {self.number}, is_first={self.is_first}"


class Concatenate(nn.Module):
    """Its inputs laid end to end.

    Args:
        dim: along which axis, that of the batch counted; 1 for the channels.
    """

    def __init__(self, dim: int = 1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, *inputs: Tensor) -> Tensor:
        """Shape: alike but along `dim`; the result as long there as all of them together."""
        return torch.cat(inputs, self.dim)

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        return f"dim={self.dim}"


class Mean(nn.Module):
    """The mean of each map, without rows and columns: global average pooling and a flattening.

    Args:
        dim: the axes of rows and columns, that of the batch counted.
    """

    def __init__(self, dim: Sequence[int] = (2, 3)) -> None:
        super().__init__()
        self.dim = tuple(dim)

    def forward(self, x: Tensor) -> Tensor:
        """Shape: (N, C, H, W) → (N, C)."""
        return x.mean(self.dim)

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        return f"dim={self.dim}"


class Pad(nn.Module):
    """Constant values around its input, or behind its channels.

    Args:
        pad: how many are put before and behind, from the last axis to the first, as `F.pad` has it:
            left, right, top, bottom, and before and behind the channels.
        value: what is put there.
    """

    def __init__(self, pad: Sequence[int], value: float = 0.0) -> None:
        super().__init__()
        self.padding, self.value = tuple(pad), value

    def forward(self, x: Tensor) -> Tensor:
        """Shape: (N, C, H, W) → each axis longer by what is put on it."""
        return functional.pad(x, self.padding, value=self.value)

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        return f"{self.padding}, value={self.value}"


class ScaledTanh(nn.Module):
    """`amplitude` · tanh(`slope` · a), which takes 1 to 1 and -1 to -1.

    Source: LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998,
        appendix A.
    """

    amplitude = 1.7159
    slope = 2 / 3

    def forward(self, x: Tensor) -> Tensor:
        """Shape: unchanged."""
        return self.amplitude * torch.tanh(self.slope * x)

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        return f"amplitude={self.amplitude}, slope={self.slope:.4f}"


class PartialConv2d(nn.Module):
    """A convolution whose every map reads only some of the input's maps.

    It learns one kernel slice for each connection; the slices of all other pairs are zero.

    Args:
        feeds: for each output map, the input maps that it reads.
    """

    def __init__(self, in_channels: int, feeds: Sequence[Sequence[int]], kernel_size: int) -> None:
        super().__init__()
        self.in_channels, self.out_channels = in_channels, len(feeds)
        self.kernel_size = (kernel_size, kernel_size)
        self.stride = self.dilation = (1, 1)
        self.padding, self.padding_mode, self.groups = (0, 0), "zeros", 1
        self.pairs = tuple((output, read) for output, reads in enumerate(feeds) for read in reads)
        self.slices = nn.Parameter(torch.empty(len(self.pairs), kernel_size, kernel_size))
        self.bias = nn.Parameter(torch.zeros(self.out_channels))
        self.draw(1.0)

    def draw(self, gain: float) -> None:
        """Draw the slices evenly from ±`gain` / (how many values a unit reads)."""
        outputs = [output for output, _ in self.pairs]
        with torch.no_grad():
            for slice_, output in zip(self.slices, outputs, strict=True):
                bound = gain / (outputs.count(output) * slice_.numel())
                slice_.uniform_(-bound, bound)

    @property
    def weight(self) -> Tensor:
        """The kernel of the ordinary convolution that gives the same.

        Shape: (C_out, C_in, K_h, K_w).
        """
        return self.kernel_of(self.slices)

    def kernel_of(self, slices: Tensor) -> Tensor:
        """What there is a slice of for each connection, with zeros for all other pairs.

        Shape: (pairs, K_h, K_w) → (C_out, C_in, K_h, K_w).
        """
        kernel = slices.new_zeros(self.out_channels, self.in_channels, *self.kernel_size)
        outputs, reads = zip(*self.pairs, strict=True)
        return kernel.index_put((torch.tensor(outputs), torch.tensor(reads)), slices)

    def forward(self, x: Tensor) -> Tensor:
        """Shape: (N, C_in, H, W) → (N, C_out, H - K_h + 1, W - K_w + 1)."""
        return functional.conv2d(x, self.weight, self.bias)

    def extra_repr(self) -> str:
        """The settings, as PyTorch's own modules print them."""
        connections = f"{len(self.pairs)} of {self.in_channels * self.out_channels} pairs"
        return f"{self.in_channels}, {self.out_channels}, {self.kernel_size}, {connections}"
