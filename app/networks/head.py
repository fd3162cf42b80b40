"""The last layer of a network, which decides among its classes, and another in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm as BatchNorm

Head = nn.Linear | nn.Conv2d


def name_of_head(model: nn.Module) -> str:
    """The name of the last layer that multiplies weights: one logit a class."""
    *_, last = (name for name, module in model.named_modules() if isinstance(module, Head))
    return str(last)


def replace_head(model: nn.Module, classes: int) -> None:
    """Another last layer, for so many classes, with PyTorch's own starting weights."""
    name = name_of_head(model)
    head = model.get_submodule(name)
    bias = head.bias is not None
    new: nn.Module
    if isinstance(head, nn.Conv2d):
        window = {each: getattr(head, each) for each in ("kernel_size", "stride", "padding")}
        new = nn.Conv2d(head.in_channels, classes, **window, bias=bias)
    else:
        assert isinstance(head, nn.Linear)
        new = nn.Linear(head.in_features, classes, bias)
    parent, _, own = name.rpartition(".")
    setattr(model.get_submodule(parent), own, new)


def build_with_head(build: Callable[[], nn.Module], classes: int) -> nn.Module:
    """What `build` makes, with a last layer for so many classes."""
    model = build()
    replace_head(model, classes)
    return model


def take_over(model: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Give `model` the weights of a trained network, its last layer excepted.

    Raises: ValueError when they are not those of such a network.
    """
    head = f"{name_of_head(model)}."
    taken = {name: value for name, value in weights.items() if not name.startswith(head)}
    found = model.load_state_dict(taken, strict=False)
    missing = [name for name in found.missing_keys if not name.startswith(head)]
    if missing or found.unexpected_keys:
        names = ", ".join([*missing, *found.unexpected_keys])
        raise ValueError(f"These weights are of another network: they differ in {names}.")


def freeze_all_but_head(model: nn.Module) -> None:
    """Only the last layer learns from now on."""
    model.requires_grad_(False)
    model.get_submodule(name_of_head(model)).requires_grad_(True)


def begin_learning(model: nn.Module) -> None:
    """The model in training, but for each batch normalization that does not learn.

    That stays in evaluation: it goes on with the mean and variance that its network learned with.
    """
    model.train()
    for module in model.modules():
        if isinstance(module, BatchNorm) and not any(p.requires_grad for p in module.parameters()):
            module.eval()
