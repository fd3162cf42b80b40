"""How long the gradients of a step are: all of them together, and those of each layer."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class StepMeasures:
    """What one batch came to.

    Args:
        gradient_norm: L2 norm of all gradients together; `layer_gradient_norms`: of each layer's,
            by its name.
    """

    loss: float
    gradient_norm: float
    layer_gradient_norms: dict[str, float]


def measure_step(model: nn.Module, loss: Tensor) -> StepMeasures:
    """The loss and the norms of the gradients that it has left in `model`.

    On a GPU they come to the CPU together: asking for each by itself would wait for each.
    """
    named = [(name, p.grad) for name, p in model.named_parameters() if p.grad is not None]
    norms = torch.stack(torch._foreach_norm([gradient for _, gradient in named]))
    total = torch.linalg.vector_norm(norms)
    told, whole, *each = torch.cat([loss.detach().view(1), total.view(1), norms]).tolist()
    layers: dict[str, list[float]] = {}
    for (name, _), norm in zip(named, each, strict=True):
        layers.setdefault(name.rpartition(".")[0], []).append(norm)
    return StepMeasures(told, whole, {layer: math.hypot(*parts) for layer, parts in layers.items()})
