"""What a page has to show of a deep network: its modules, called by PyTorch with their weights."""

from __future__ import annotations

from functools import cache

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from app.networks.registry import ARCHITECTURES
from tests.places import ROOT


@cache
def model(name: str) -> nn.Module:
    """A network's module with the committed weights."""
    network = ARCHITECTURES[name].build()
    weights = load_file(ROOT / "models" / name / "weights.safetensors")
    network.load_state_dict({key: value.float() for key, value in weights.items()})
    return network.double().eval()


def activations(name: str, image: Tensor) -> dict[str, Tensor]:
    """What every module gives for a normalized image (C, H, W), in float64; no batch axis."""
    found: dict[str, Tensor] = {}
    handles = [
        module.register_forward_hook(lambda _m, _i, out, at=at: found.__setitem__(at, out[0]))
        for at, module in model(name).named_modules()
        if at and not list(module.children())
    ]
    with torch.inference_mode():
        model(name)(image.double()[None])
    for handle in handles:
        handle.remove()
    return found
