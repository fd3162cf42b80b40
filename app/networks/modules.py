"""What PyTorch has as functions alone, as modules: sums, pads, and any other call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.networks.encoding import Encoding
from app.networks.recording.call import RecordedCall, Ref
from app.networks.recording.containers import leaves
from app.networks.recording.names import Names


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


class Call(nn.Module):
    """A call in a network's forward of which no more is known: it is made again as it stood there.

    What it reads and is no activation (a tuple's part, an index, a scalar) is worked out anew on
    the way.

    Args:
        ref: the tensor that is wanted of what the call gives.
        feeds: the activations that it reads, in the order they are given to `forward`.
        encodings: of those among them, and of what is wanted, that are shown as something else:
            `forward` takes and gives what is shown.
    """

    takes_batches = False

    def __init__(
        self, ref: Ref, feeds: Sequence[Ref], encodings: Mapping[Ref, Encoding] | None = None
    ) -> None:
        super().__init__()
        known = encodings or {}
        self.ref, self.feeds = ref, tuple(feeds)
        self.encoding = known.get(ref)
        self.read = tuple(known.get(feed) for feed in feeds)

    @property
    def title(self) -> str:
        """What is called, in a word."""
        return self.ref.call.title

    @property
    def learned(self) -> dict[str, nn.Parameter]:
        """What the calls that are made again have learned, each tensor once.

        A module's tensors have its names for them; one that a function is given is a `parameter`.
        """
        names = Names()
        found: dict[int, tuple[str, nn.Parameter]] = {}
        for call in _calls(self.ref, self.feeds):
            before = "" if call is self.ref.call else f"{call.name}."
            given = [("parameter", leaf) for leaf in leaves((call.args, call.kwargs))]
            own = call.target.named_parameters() if isinstance(call.target, nn.Module) else ()
            for name, tensor in (*own, *given):
                if isinstance(tensor, nn.Parameter) and id(tensor) not in found:
                    found[id(tensor)] = (names.new(f"{before}{name}"), tensor)
        return dict(found.values())

    def forward(self, *inputs: Tensor) -> Tensor:
        """Shape: as the call has it."""
        given = zip(self.feeds, self.read, inputs, strict=True)
        values: dict[Ref, Any] = {
            ref: shown if encoding is None else encoding.decode(shown)
            for ref, encoding, shown in given
        }
        result: Tensor = _value(self.ref, values)
        return result if self.encoding is None else self.encoding.encode(result)


def _calls(wanted: Ref, given: Sequence[Ref]) -> Iterator[RecordedCall]:
    """The calls that lead from what is given to what is wanted, the last first."""
    waiting, seen = [wanted.call], {ref.call for ref in given}
    while waiting:
        call = waiting.pop()
        if call not in seen:
            seen.add(call)
            yield call
            waiting += [ref.call for ref in call.refs if ref not in given]


def _value(wanted: Ref, values: dict[Ref, Any]) -> Any:
    """What stands at a reference; what is worked out on the way is added to `values`."""
    waiting = [wanted]
    while waiting:
        ref = waiting[-1]
        missing = [each for each in ref.call.refs if each not in values]
        if ref in values or not missing:
            waiting.pop()
            if ref not in values:
                ref.call.values_again(values)
        else:
            waiting += missing
    return values[wanted]
