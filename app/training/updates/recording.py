"""What the layers of a model gave and were given back, while one batch is learned from."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple, Self

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle


class Pass(NamedTuple):
    """One call of the layer that is looked into.

    Shape: input (N, ...), what it read; gradient (N, ...), that of the mean loss by its output.
    """

    input: Tensor
    gradient: Tensor


class LeftOut(NamedTuple):
    """What a dropout layer let through.

    Shape: units (N, ...) uint8: 0 was passed on, 1 was 0 already, 2 was left out by chance.
    """

    layer: str
    share: float
    units: Tensor


class Normalized(NamedTuple):
    """What a batch normalization was given and gave, over the images and places of the batch.

    Shape: each (C), mean and standard deviation of each map.
    """

    layer: str
    mean_before: Tensor
    std_before: Tensor
    mean_after: Tensor
    std_after: Tensor


@dataclass
class LayerSeen:
    """One layer, as it was called.

    Args:
        shape: of its output, without the batch.
        output_rms, gradient_rms: root mean square of its output, and of the loss's gradient by it.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    output_rms: float
    gradient_rms: float = 0.0


@dataclass
class Recording:
    """Listens to a model from `with` to its end: no hook outlives it.

    Args:
        layer: whose inputs and output gradients are kept whole; of the others, how large they are.
    """

    model: nn.Module
    layer: str
    layers: list[LayerSeen] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)
    logits: Tensor | None = None
    left_out: LeftOut | None = None
    normalized: Normalized | None = None
    _handles: list[RemovableHandle] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._handles.append(self.model.register_forward_hook(self._keep_logits))
        for name, module in self.model.named_modules():
            if not any(module.children()):
                self._handles.append(module.register_forward_hook(self._hook_of(name)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for handle in self._handles:
            handle.remove()

    def _keep_logits(self, module: nn.Module, inputs: tuple[Any, ...], output: Tensor) -> None:
        self.logits = output.detach().float()

    def _look_into(self, name: str, module: nn.Module, read: Tensor, given: Tensor) -> None:
        """Keeps what the first dropout and the first batch normalization did to the batch."""
        if isinstance(module, nn.Dropout | nn.Dropout2d) and self.left_out is None:
            was_zero = read == 0
            units = was_zero.byte() + 2 * ((given == 0) & ~was_zero).byte()
            self.left_out = LeftOut(name, module.p, units.cpu())
        elif isinstance(module, nn.BatchNorm2d) and self.normalized is None:
            self.normalized = Normalized(name, *_spread(read), *_spread(given))

    def _hook_of(self, name: str) -> Any:
        """What is called after one layer."""

        def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            seen = LayerSeen(name, type(module).__name__, tuple(output.shape[1:]), rms(output))
            self.layers.append(seen)
            self._look_into(name, module, inputs[0].detach(), output.detach())
            read = inputs[0].detach() if name == self.layer else None

            def backward(gradient: Tensor) -> None:
                seen.gradient_rms = rms(gradient)
                if read is not None:
                    self.passes.append(Pass(read, gradient.detach()))

            if output.requires_grad:
                handle = output.register_hook(backward)  # type: ignore[no-untyped-call]  # torch's
                self._handles.append(handle)

        return hook


def _spread(maps: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of each map, over images and places, as BatchNorm2d has them."""
    std, mean = torch.std_mean(maps.float(), dim=(0, 2, 3), correction=0)
    return mean.cpu(), std.cpu()


def rms(values: Tensor) -> float:
    """The root mean square of all values."""
    return float(values.detach().float().square().mean().sqrt())
