"""The parts of a text to paste: tensors as literals, arguments without the defaults."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

LITERAL_UP_TO = 1024
"""How many values a tensor may have to be written out; a larger one is read from a file."""


def tensor_lines(name: str, tensor: Tensor, literal_up_to: int = LITERAL_UP_TO) -> str:
    """A statement that makes the tensor: written out, or read from `{name}.npy` where it is large.

    Numbers are as short as they can be without being others.

    Example:
        >>> import torch
        >>> print(tensor_lines("weight", torch.tensor([[0.1, 2.0], [-1.0, 0.0]])))
        weight = torch.tensor([[0.1, 2.0],
                               [-1.0, 0.0]])
    """
    if tensor.numel() > literal_up_to:
        shape = "×".join(map(str, tensor.shape))
        return f'{name} = torch.from_numpy(numpy.load("{name}.npy"))  # {shape}, saved as .npy'
    kind = "" if tensor.dtype == torch.float32 else f", dtype={tensor.dtype}"
    return _written_out(f"{name} = torch.tensor(", tensor, kind)


def array_lines(name: str, tensor: Tensor, literal_up_to: int = LITERAL_UP_TO) -> str:
    """A statement that makes the tensor as a NumPy array, written out or read from `{name}.npy`.

    Example:
        >>> print(array_lines("weight", torch.tensor([[0.1, 2.0]], dtype=torch.float64)))
        weight = np.array([[0.1, 2.0]])
    """
    if tensor.numel() > literal_up_to:
        shape = "×".join(map(str, tensor.shape))
        return f'{name} = np.load("{name}.npy")  # {shape}, saved as .npy'
    dtype = str(tensor.dtype).removeprefix("torch.")
    kind = "" if dtype == "float64" else f", dtype=np.{dtype}"
    return _written_out(f"{name} = np.array(", tensor, kind)


def imports_for(text: str) -> str:
    """The PyTorch text below the imports that it needs."""
    lines = ["import numpy"] if "numpy." in text else []
    return _below([*lines, "import torch", "from torch.nn import functional as F"], text)


def numpy_imports_for(text: str) -> str:
    """The NumPy text below the imports that it needs."""
    windows = "sliding_window_view"
    lines = [f"from numpy.lib.stride_tricks import {windows}"] if windows in text else []
    return _below(["import numpy as np", *lines], text)


def call(function: str, *operands: str, defaults: Mapping[str, Any], **named: Any) -> str:
    """A call with those of the named arguments that differ from their defaults.

    Pairs of two equal numbers are written as one.

    Example:
        >>> call("F.conv2d", "input", "weight", defaults={"stride": 1}, stride=(2, 2), padding=0)
        'F.conv2d(input, weight, stride=2, padding=0)'
    """
    written = {name: _short(value) for name, value in named.items()}
    changed = [
        f"{name}={value!r}"
        for name, value in written.items()
        if name not in defaults or value != defaults[name]
    ]
    return f"{function}({', '.join([*operands, *changed])})"


def _below(imports: list[str], text: str) -> str:
    """The text below its imports, and those of the numbers that have no literal."""
    names = ["from math import inf, nan"] if "inf" in text or "nan" in text else []
    return "\n".join([*names, *imports]) + "\n\n" + text + "\n"


def _written_out(start: str, tensor: Tensor, kind: str) -> str:
    """A statement with the tensor's numbers as a literal."""
    return f"{start}{_nested(tensor.detach().cpu().numpy(), len(start))}{kind})"


def _short(value: Any) -> Any:
    """One number for a pair of equal ones."""
    if isinstance(value, tuple) and len(value) == 2 and value[0] == value[1]:
        return value[0]
    return value


def _nested(values: Any, indent: int) -> str:
    """Nested lists, one row a line."""
    if values.ndim == 1:
        return f"[{', '.join(str(value) for value in values)}]"
    gap = ",\n" + "\n" * (values.ndim - 2) + " " * (indent + 1)
    return f"[{gap.join(_nested(part, indent + 1) for part in values)}]"
