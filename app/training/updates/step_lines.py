"""What the optimizer makes of one weight's gradient, line by line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.training.recipe import OptimizerRecipe


@dataclass(frozen=True)
class Before:
    """One weight before a step.

    Args:
        state: what the optimizer remembers of it, by PyTorch's names; 0 before the first step.
        steps: how many steps it has been through.
    """

    value: float
    state: Mapping[str, float]
    steps: int


def step_lines(
    before: Before, gradient: float, recipe: OptimizerRecipe, lr: float
) -> dict[str, float]:
    """Every number of a step by its name, in the order in which they are computed, in float64.

    The last is `value`, the weight after the step.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html and SGD.html.
    """
    decay = recipe.weight_decay * before.value
    decayed = gradient + decay
    lines = {"gradient": gradient, "weight_decay": decay, "decayed_gradient": decayed}
    lines |= (
        _adam(before, decayed, recipe, lr)
        if recipe.name == "adam"
        else _sgd(before, decayed, recipe, lr)
    )
    return {**lines, "value": before.value + lines["change"]}


def _adam(before: Before, gradient: float, recipe: OptimizerRecipe, lr: float) -> dict[str, float]:
    """Two moments, their corrections, and the change."""
    (beta1, beta2), step = recipe.betas, before.steps + 1
    exp_avg = beta1 * before.state["exp_avg"] + (1 - beta1) * gradient
    exp_avg_sq = beta2 * before.state["exp_avg_sq"] + (1 - beta2) * gradient**2
    lines = {"exp_avg": exp_avg, "exp_avg_sq": exp_avg_sq}
    second = exp_avg_sq
    if recipe.amsgrad:
        second = lines["max_exp_avg_sq"] = max(before.state["max_exp_avg_sq"], exp_avg_sq)
    correction1, correction2 = 1 - beta1**step, 1 - beta2**step
    step_size = lr / correction1
    denominator = math.sqrt(second) / math.sqrt(correction2) + recipe.eps
    return {
        **lines,
        "bias_correction1": correction1,
        "bias_correction2": correction2,
        "step_size": step_size,
        "denominator": denominator,
        "change": -step_size * exp_avg / denominator,
    }


def _sgd(before: Before, gradient: float, recipe: OptimizerRecipe, lr: float) -> dict[str, float]:
    """The momentum, where there is one, and the change."""
    if not recipe.momentum:
        return {"step_size": lr, "change": -lr * gradient}
    buffer = gradient
    if before.steps:  # the first step takes the gradient as it is
        buffer += recipe.momentum * before.state["momentum_buffer"]
    return {"momentum_buffer": buffer, "step_size": lr, "change": -lr * buffer}
