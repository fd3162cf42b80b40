"""Modules that nobody can look into."""

from __future__ import annotations

import torch
from torch import nn

from app.networks.own.error import OwnNetworkError


def refuse_compiled(model: nn.Module, name: str) -> None:
    """Raises: OwnNetworkError for a network that is compiled as a whole."""
    if isinstance(model, torch.jit.ScriptModule):
        raise OwnNetworkError(
            f"{name} was compiled by TorchScript, and nobody sees what it calls; give the module "
            "that it was made of."
        )
