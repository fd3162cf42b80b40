"""One update of a training: what happened in it, and one weight's way through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor, nn

from app.networks.modules import PartialConv2d
from app.training.events import StepEvent
from app.training.recipe import OptimizerRecipe
from app.training.updates.gradient_sum import GradientSum, sum_gradient
from app.training.updates.step_lines import Before, step_lines
from app.training.updates.watched_training import Watched, WatchedTraining


class UpdateError(ValueError):
    """An update that there is not; the message is a sentence, `member` what to change."""

    def __init__(self, member: str, sentence: str) -> None:
        super().__init__(sentence)
        self.member = member


@dataclass(frozen=True, slots=True)
class Line:
    """One number of the step: as PyTorch has it, and from our own float64.

    Args:
        torch: None for what PyTorch computes inside a step and does not keep.
    """

    name: str
    ours: float
    torch: float | None

    @property
    def difference(self) -> float | None:
        """Ours less PyTorch's."""
        return None if self.torch is None else self.ours - self.torch


@dataclass(frozen=True)
class Cell:
    """One weight: its gradient as a sum, and what the optimizer makes of it."""

    layer: str
    index: tuple[int, ...]
    before: Before
    gradient: GradientSum
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LayerChange:
    """How far one layer that learns was pulled and moved: L2 norms over its weights and bias."""

    gradient: float
    before: float
    change: float


@dataclass(frozen=True)
class Update:
    """The step that was watched, and a weight of one of its layers."""

    watched: Watched
    cell: Cell
    gradient_norm: float

    def change_of(self, layer: str) -> LayerChange | None:
        """How a layer was changed; None of one that learns nothing."""
        before, after, gradients = (
            self.watched.before,
            self.watched.after,
            self.watched.gradients,
        )
        names = [name for name in gradients if name.rpartition(".")[0] == layer]
        if not names:
            return None
        return LayerChange(
            _norm([gradients[name] for name in names]),
            _norm([before[name] for name in names]),
            _norm([after[name] - before[name] for name in names]),
        )


def _norm(tensors: Sequence[Tensor]) -> float:
    """The L2 norm of all values together."""
    return float(torch.linalg.vector_norm(torch.cat([each.flatten() for each in tensors])))


def layers_with_weights(model: nn.Module) -> list[str]:
    """The convolutions and dense layers that learn, first to last."""
    return [
        name
        for name, module in model.named_modules()
        if isinstance(module, nn.Conv2d | nn.Linear | PartialConv2d) and module.weight.requires_grad
    ]


def take_update(
    training: WatchedTraining, step: int, layer: str | None, index: Sequence[int] | None
) -> Update:
    """Train up to and with step number `step`, and tell of it.

    Args:
        step: counted from 1.
        layer: the first that learns where it is None.
        index: of the weight: filter, channel within the group, row, column; of a dense layer unit
            and input. Where it is None, that of the largest gradient.

    Raises: UpdateError when there is no such step, layer or weight.
    """
    known = layers_with_weights(training.model)
    if not known:
        raise UpdateError("recipe", "No convolution and no dense layer of this network learns.")
    training.layer = layer = known[0] if layer is None else layer
    if layer not in known:
        raise UpdateError("layer", f"The layers whose weights learn are {', '.join(known)}.")
    if index is not None:
        _check_index(index, training.model.get_submodule(layer))
    training.watched_step = step
    steps = (event for event in training.events() if isinstance(event, StepEvent))
    taken = list(islice(steps, step))
    if (watched := training.watched) is None:
        raise UpdateError("steps", f"This training ends with step {len(taken)}.")
    return Update(watched, _cell(training, watched, index), taken[-1].gradient_norm)


def _check_index(index: Sequence[int], module: nn.Module) -> None:
    """Raises: UpdateError for a weight that a layer does not have."""
    assert isinstance(module.weight, Tensor)
    shape = module.weight.shape
    size = " × ".join(map(str, shape))
    if len(index) != len(shape):
        raise UpdateError("cell", f"A weight of this layer is given by {len(shape)} numbers.")
    if any(not 0 <= at < end for at, end in zip(index, shape, strict=True)):
        raise UpdateError("cell", f"The weights of this layer are {size}, counted from 0.")
    if isinstance(module, PartialConv2d) and (index[0], index[1]) not in module.pairs:
        reads = ", ".join(str(read) for output, read in module.pairs if output == index[0])
        raise UpdateError(
            "cell",
            f"Filter {index[0]} reads the maps {reads} and not {index[1]}: of that there is no "
            "weight.",
        )


def _cell(training: WatchedTraining, watched: Watched, index: Sequence[int] | None) -> Cell:
    """One weight on its way through the step."""
    layer, recipe = training.layer, training.recipe.optimizer
    name = f"{layer}.weight"
    gradients = watched.gradients[name]
    if index is None:
        largest = int(gradients.abs().argmax())
        index = [int(each) for each in torch.unravel_index(torch.tensor(largest), gradients.shape)]
    at = tuple(index)
    gradient = sum_gradient(training.model.get_submodule(layer), watched.passes, at)
    before = Before(
        value=float(watched.before[name][at]),
        state=_state_at(watched.state, recipe, at),
        steps=int(watched.state["step"]) if "step" in watched.state else _steps(watched),
    )
    ours = step_lines(before, gradient.value, recipe, watched.lr)
    theirs = {
        "gradient": float(gradients[at]),
        **_state_at(watched.state_after, recipe, at),
        "change": float(watched.after[name][at] - watched.before[name][at]),
        "value": float(watched.after[name][at]),
    }
    lines = tuple(Line(each, value, theirs.get(each)) for each, value in ours.items())
    return Cell(layer, at, before, gradient, lines)


def _steps(watched: Watched) -> int:
    """How many steps SGD has taken, as far as its momentum knows: it counts none."""
    return int(bool(watched.state))


def _state_at(
    state: dict[str, Tensor], recipe: OptimizerRecipe, at: tuple[int, ...]
) -> dict[str, float]:
    """What the optimizer remembers of one weight; 0 before the first step."""
    if recipe.name == "adam":
        names = ["exp_avg", "exp_avg_sq", *(["max_exp_avg_sq"] if recipe.amsgrad else [])]
    else:
        names = ["momentum_buffer"] if recipe.momentum else []
    return {name: float(state[name][at]) if name in state else 0.0 for name in names}
