"""Starting weights that several networks share."""

from __future__ import annotations

from torch import nn


def scaled_normal(model: nn.Module, std: float) -> None:
    """Draw convolutions and dense layers from normal(0, std), biases 0.

    Takes the numbers from torch's global generator, so seed it first for a repeatable start.
    """
    for module in model.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.normal_(module.weight, mean=0.0, std=std)
            if module.bias is not None:
                nn.init.zeros_(module.bias)


def he_normal(model: nn.Module) -> None:
    """Draw convolutions and dense layers from normal(0, sqrt(2 / inputs)), biases 0.

    Takes the numbers from torch's global generator, so seed it first for a repeatable start.

    Source: He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", 2015.
    """
    for module in model.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
