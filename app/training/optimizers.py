"""The optimizer and the learning-rate schedule a recipe asks for."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import SGD, Adam, Optimizer
from torch.optim.lr_scheduler import OneCycleLR, ReduceLROnPlateau

from app.training.recipe import OneCycleRecipe, OptimizerRecipe, SchedulerRecipe


def build_optimizer(model: nn.Module, recipe: OptimizerRecipe) -> Optimizer:
    """The optimizer over the parameters of `model` that are to be trained."""
    parameters = [p for p in model.parameters() if p.requires_grad]
    if recipe.name == "sgd":
        return SGD(
            parameters, lr=recipe.lr, momentum=recipe.momentum, weight_decay=recipe.weight_decay
        )
    return Adam(
        parameters,
        lr=recipe.lr,
        betas=recipe.betas,
        eps=recipe.eps,
        weight_decay=recipe.weight_decay,
        amsgrad=recipe.amsgrad,
        fused=True,  # the same steps in one pass over memory: a tenth of an epoch faster
    )


def load_optimizer(optimizer: Optimizer, state: dict[str, Any]) -> None:
    """The optimizer remembers what its `state_dict` gave, laid out in memory as the weights are.

    A fused step takes all of its tensors from the first to the last number in memory: of one that
    is laid out in another order it would take other numbers, without a word.
    """
    optimizer.load_state_dict(state)
    for parameter, kept in optimizer.state.items():
        for name, value in kept.items():
            if isinstance(value, Tensor) and value.shape == parameter.shape:
                kept[name] = torch.empty_like(parameter, dtype=value.dtype).copy_(value)


class Schedule:
    """The learning rate's course: asked after every step and every epoch, it acts on one of them.

    Args:
        steps: how many there are in the whole run.
    """

    def __init__(
        self, optimizer: Optimizer, recipe: SchedulerRecipe | OneCycleRecipe | None, steps: int
    ) -> None:
        self._plateau: ReduceLROnPlateau | None = None
        self._cycle: OneCycleLR | None = None
        match recipe:
            case SchedulerRecipe():
                self._plateau = ReduceLROnPlateau(
                    optimizer,
                    mode="min",
                    factor=recipe.factor,
                    patience=recipe.patience,
                    min_lr=recipe.min_lr,
                )
            case OneCycleRecipe():
                self._cycle = OneCycleLR(
                    optimizer,
                    max_lr=float(optimizer.param_groups[0]["lr"]),
                    total_steps=steps + 1,  # the last step still has a rate above its lowest
                    pct_start=recipe.rise,
                    cycle_momentum=False,
                )
            case None:
                pass

    def after_step(self) -> None:
        """One batch has been learned from."""
        if self._cycle is not None:
            self._cycle.step()

    def after_epoch(self, validation_loss: float) -> None:
        """One epoch has been judged."""
        if self._plateau is not None:
            self._plateau.step(validation_loss)

    def state_dict(self) -> dict[str, Any]:
        """Where the course is, as plain values."""
        acting = self._plateau or self._cycle
        return acting.state_dict() if acting else {}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from where `state_dict` was asked for."""
        if (acting := self._plateau or self._cycle) is not None:
            acting.load_state_dict(state)
