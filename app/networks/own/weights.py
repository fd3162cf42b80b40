"""Weights of a file of the user's, into a model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn

from app.networks.checkpoint import CheckpointError, check_weights
from app.networks.own.error import OwnNetworkError
from app.networks.own.given_file import content_of

WRAPPERS = ("module.", "_orig_mod.")
"""What DataParallel and torch.compile put before the names of a network that is in them."""
PICKLES = (b"PK\x03\x04", b"\x80\x02")
"""What torch.save writes first, today and long ago."""
POINTER = b"version https://git-lfs"


def fill(model: nn.Module, file: Path) -> None:
    """Weights of a file into a model; what a wrapper put before their names is taken off.

    Raises: OwnNetworkError for what is no safetensors file, or does not fit, naming what differs.
    """
    needed = model.state_dict()
    weights = _unwrapped(_read(file), needed)
    fitting = {name: _as_needed(tensor, needed.get(name)) for name, tensor in weights.items()}
    try:
        check_weights(fitting, model)
    except CheckpointError as error:
        raise OwnNetworkError(f"{file.name}: {error}") from error
    model.load_state_dict(fitting)


def _read(file: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file. Raises: OwnNetworkError with what it is instead."""
    content = content_of(file)
    try:
        return load(content)
    except SafetensorError as error:
        damaged = str(error).rpartition(": ")[2]
    if not content:
        said = "is empty."
    elif content.startswith(POINTER):
        said = "is a pointer of Git LFS; “git lfs pull” fetches the weights that it stands for."
    elif content.startswith(PICKLES):
        said = (
            "is no safetensors file, and no other is read: what torch.save writes could run code. "
            "safetensors.torch.save_file(weights, …) writes one, of model.state_dict() or of the "
            "tensors by name that torch.load(…, weights_only=True) finds."
        )
    else:
        said = f"is no safetensors file, or a damaged one: {damaged}."
    raise OwnNetworkError(f"{file.name} {said}")


def _unwrapped(weights: dict[str, Tensor], needed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights under the names that a model has, not those that it had within wrappers."""
    while weights and not weights.keys() & needed.keys():
        prefix = next((each for each in WRAPPERS if all(n.startswith(each) for n in weights)), None)
        if prefix is None:
            break
        weights = {name.removeprefix(prefix): tensor for name, tensor in weights.items()}
    return weights


def _as_needed(tensor: Tensor, needed: Tensor | None) -> Tensor:
    """A tensor in the type that the model has it in, where both are numbers with a point."""
    if needed is None or not needed.is_floating_point() or not tensor.is_floating_point():
        return tensor
    return tensor.to(needed.dtype)
