"""Everything that the rest of a run depends on, as one safetensors file.

Tensors lie in it by their path; plain values, and the shape of the whole, are JSON in its metadata.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import safetensors
import torch
from safetensors.torch import save
from torch import Tensor

METADATA = "state"
TENSOR = "tensor"
PAIRS = "pairs"
VALUE = "value"


def pack(state: Mapping[str, Any]) -> bytes:
    """A nesting of dictionaries, lists, plain values and tensors as bytes.

    Two tensors that share their memory are written twice; a layout is not kept.
    """
    tensors: dict[str, Tensor] = {}

    def plain(value: Any) -> Any:
        match value:
            case Tensor():
                name = str(len(tensors))
                tensors[name] = value.detach().cpu().clone(memory_format=torch.contiguous_format)
                return {TENSOR: name}
            case Mapping():
                return {PAIRS: [[key, plain(member)] for key, member in value.items()]}
            case list() | tuple():
                return [plain(member) for member in value]
            case _:
                return {VALUE: value}

    document = json.dumps(plain(state))
    return save(tensors, {METADATA: document})


def unpack(data: bytes) -> dict[str, Any]:
    """What `pack` was given, tuples as lists.

    Raises: SafetensorError, KeyError or ValueError for bytes that `pack` did not make.
    """
    tensors = dict(safetensors.torch.load(data))
    length = int.from_bytes(data[:8], "little")
    document = json.loads(json.loads(data[8 : 8 + length])["__metadata__"][METADATA])

    def nested(value: Any) -> Any:
        match value:
            case {"tensor": name}:
                return tensors[name]
            case {"pairs": pairs}:
                return {key: nested(member) for key, member in pairs}
            case {"value": plain}:
                return plain
            case _:
                return [nested(member) for member in value]

    state: dict[str, Any] = nested(document)
    return state
