"""Where the tensors are computed: the CPU, a CUDA card, or Apple's MPS."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

TYPES = ("cpu", "cuda", "mps")


class DeviceError(ValueError):
    """A device that this machine has not; the message is a sentence."""


def available_types() -> tuple[str, ...]:
    """The device types that can be used here; the CPU always can."""
    there = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    return tuple(name for name in TYPES if there[name])


def resolve_device(name: str) -> torch.device:
    """The device that `name` means here: "auto" takes CUDA, else MPS, else the CPU.

    Raises: DeviceError when the name is unknown or this machine has no such device.
    """
    available = available_types()
    if name == "auto":
        return torch.device(next(t for t in ("cuda", "mps", "cpu") if t in available))
    if name not in TYPES:
        raise DeviceError(f"device is {name!r}, but it must be auto, cpu, cuda or mps.")
    if name not in available:
        raise DeviceError(
            f"device is {name}, but this machine has only {' and '.join(available)}: "
            "choose one of these, or auto."
        )
    return torch.device(name)


def moved(tensor: Tensor, device: torch.device, dtype: torch.dtype) -> Tensor:
    """A tensor on a device in a type: itself where it is so, which PyTorch is slow to find out."""
    if tensor.dtype is dtype and tensor.device == device:
        return tensor
    return tensor.to(device, dtype)


def describe(device: torch.device) -> dict[str, Any]:
    """The device in words and numbers: type, name, and how many threads compute on the CPU."""
    if device.type == "cuda":
        name = torch.cuda.get_device_name(device)
    elif device.type == "mps":
        name = "Apple GPU"
    else:
        name = _cpu_name()
    return {"type": device.type, "name": name, "threads": torch.get_num_threads()}


def _cpu_name() -> str:
    """The processor's own name where the system tells it."""
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as file:  # Linux
            for line in file:
                key, _, value = line.partition(":")
                if key.strip() == "model name":
                    return value.strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
