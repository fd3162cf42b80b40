"""The parts of a text to paste: tensors as literals, arguments without the defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import torch
from torch import Tensor

LITERAL_UP_TO = 1024
"""How many values a tensor may have to be written out; a larger one is read from a file."""


@dataclass(frozen=True, slots=True)
class Program:
    """A PyTorch text in its parts: what it is given, what it computes of that, what it prints.

    Attributes:
        given: by the name of a tensor the statement that makes it.
        lines: the statements that compute `output`.
        shown: the names of what is printed.
        literal_up_to: a tensor of more values is read from a .npy file instead of being written.
    """

    given: Mapping[str, str]
    lines: Sequence[str]
    shown: Sequence[str] = ("output",)
    literal_up_to: int = LITERAL_UP_TO

    @classmethod
    def of(
        cls,
        tensors: Mapping[str, Tensor],
        lines: Sequence[str],
        shown: Sequence[str] = ("output",),
        literal_up_to: int = LITERAL_UP_TO,
    ) -> Self:
        """The program of some tensors under their names."""
        given = {name: tensor_lines(name, each, literal_up_to) for name, each in tensors.items()}
        return cls(given, lines, shown, literal_up_to)

    def text(self) -> str:
        """The whole text, which ends by printing what it has computed."""
        return imports_for("\n".join([*self.given.values(), *self.lines, *self._prints()]))

    def text_with_gradients(self, output_gradient: Tensor | None = None) -> str:
        """The text that goes on to print the gradient of each given tensor, by autograd.

        Args:
            output_gradient: how much each output value matters; None: 1 each.
        """
        weighed = (
            "output_gradient = torch.ones_like(output)"
            if output_gradient is None
            else tensor_lines("output_gradient", output_gradient, self.literal_up_to)
        )
        names = ", ".join(f'"{name}": {name}' for name in self.given)
        lines = [
            *self.given.values(),
            f"given = {{{names}}}",
            "for tensor in given.values():",
            "    tensor.requires_grad_()",
            *self.lines,
            *self._prints(),
            weighed,
            "output.backward(output_gradient)",
            "for name, tensor in given.items():",
            '    print("gradient of", name)',
            "    print(tensor.grad)",
        ]
        return imports_for("\n".join(lines))

    def _prints(self) -> list[str]:
        """The statements that print."""
        return [f"print({name})" for name in self.shown]


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
