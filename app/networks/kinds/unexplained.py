"""Any layer of which no more is known than what it gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from app.mechanics.cost import NO_PARAMETERS, ParameterCount
from app.mechanics.trace import Trace
from app.networks.call_module import Call
from app.networks.kinds.kind import Facts, Incoming, Kind
from app.networks.kinds.view import extent_of, joined
from app.networks.position import Position, Shape


@dataclass(frozen=True, slots=True)
class UnexplainedTrace(Trace):
    """A value as PyTorch computed it, and a sentence that says no more is known of it."""

    kind: ClassVar[str] = "Unexplained"
    note: str


class UnexplainedKind(Kind):
    """Any layer that no other kind explains: its values are shown as they are."""

    name = "Unexplained"
    modules = ()
    trace_type = UnexplainedTrace

    def operation(self, module: nn.Module) -> str:
        """What PyTorch calls it."""
        return module.title if isinstance(module, Call) else type(module).__name__

    def note(self, module: nn.Module) -> str:
        """The sentence that says what is not known."""
        return (
            f"{self.operation(module)} cannot be taken apart here; its values are shown as "
            "PyTorch computed them."
        )

    def tensors(self, module: nn.Module) -> dict[str, Tensor]:
        """What it has learned, all as real numbers: of a complex one the two parts, last."""
        return {name: _real(tensor.detach()) for name, tensor in _learned(module).items()}

    def facts(self, module: nn.Module, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """The shape that was observed; each unit may see all that its inputs see."""
        views = [each.view.everywhere((1, 1)) for each in inputs]
        view = joined(views).everywhere(extent_of(observed))
        return Facts(
            settings={"operation": self.operation(module)},
            output_shape=observed,
            view=view,
            parameters=_parameters(module),
            multiply_accumulates=None,
            note=self.note(module),
        )

    def trace(self, module: nn.Module, inputs: Sequence[Tensor], at: Position) -> UnexplainedTrace:
        """The value, computed anew."""
        output: Tensor = module(*[each.unsqueeze(0) for each in inputs])[0]
        value = float(output[at.index(tuple(output.shape))])
        return UnexplainedTrace(value=value, note=self.note(module))


def _learned(module: nn.Module) -> dict[str, nn.Parameter]:
    """Its parameters by name."""
    return module.learned if isinstance(module, Call) else dict(module.named_parameters())


def _real(tensor: Tensor) -> Tensor:
    """A tensor as numbers with a point."""
    if tensor.is_complex():
        return torch.view_as_real(tensor.resolve_conj())
    return tensor if tensor.is_floating_point() else tensor.float()


def _parameters(module: nn.Module) -> ParameterCount:
    """How many numbers it learns, those of `bias` apart."""
    counts = {name: parameter.numel() for name, parameter in _learned(module).items()}
    total, bias = sum(counts.values()), counts.get("bias", 0)
    return ParameterCount(total - bias, bias, total, str(total)) if total else NO_PARAMETERS
