"""Weights of a file of the user's, into a model."""

from __future__ import annotations

from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn

from app.networks.checkpoint import check_weights
from app.networks.own.error import OwnNetworkError

PREFIX = "module."
"""What DataParallel puts before the names of a network that was trained in it."""


def fill(model: nn.Module, file: Path) -> None:
    """Weights of a file into a model; a prefix that DataParallel gave their names is taken off.

    Raises: OwnNetworkError for what is no safetensors file; CheckpointError for weights that do
        not fit, naming them.
    """
    try:
        weights = load(file.read_bytes())
    except OSError:
        raise OwnNetworkError(f"There is no file {file} that can be read.") from None
    except SafetensorError:
        raise OwnNetworkError(
            f"{file.name} is no safetensors file, and no other is read: a pickle could run code. "
            "safetensors.torch.save_file(model.state_dict(), …) writes one."
        ) from None
    if weights and all(name.startswith(PREFIX) for name in weights):
        weights = {name.removeprefix(PREFIX): tensor for name, tensor in weights.items()}
    fitting = {name: _as_needed(tensor, model, name) for name, tensor in weights.items()}
    check_weights(fitting, model)
    model.load_state_dict(fitting)


def _as_needed(tensor: Tensor, model: nn.Module, name: str) -> Tensor:
    """A tensor in the type that the model has it in, where both are numbers with a point."""
    needed = model.state_dict().get(name)
    if needed is None or not needed.is_floating_point() or not tensor.is_floating_point():
        return tensor
    return tensor.to(needed.dtype)
