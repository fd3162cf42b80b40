"""Weights read without the safetensors package, for a machine that has PyTorch and little else."""

from __future__ import annotations

import importlib.util
import json
import sys
from math import prod
from types import ModuleType

import torch
from torch import Tensor

DTYPES = {
    "F16": torch.float16,
    "F32": torch.float32,
    "F64": torch.float64,
    "I64": torch.int64,
}


def read(data: bytes) -> dict[str, Tensor]:
    """The tensors of a safetensors file.

    Source: https://github.com/huggingface/safetensors, "Format": the length of the header in eight
    bytes, the header as JSON, then the tensors' bytes, little endian.
    """
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, _ = entry["data_offsets"]
        tensors[name] = torch.frombuffer(
            bytearray(data), dtype=DTYPES[entry["dtype"]], count=prod(entry["shape"]),
            offset=start + first,
        ).reshape(entry["shape"])  # fmt: skip
    return tensors


def stand_in() -> None:
    """Lets `import safetensors` find this reader where the package is not installed."""
    if importlib.util.find_spec("safetensors"):
        return
    package, torch_part = ModuleType("safetensors"), ModuleType("safetensors.torch")
    vars(package).update(SafetensorError=ValueError, torch=torch_part)
    vars(torch_part).update(load=read, save=None)
    sys.modules.update({"safetensors": package, "safetensors.torch": torch_part})
