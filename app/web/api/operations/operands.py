"""The tensors of an operation, as its body has them, and the answer in the shape they came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.mechanics.kernels import find_kernel
from app.settings import Settings
from app.web.api.operations import caps
from app.web.wire.nested_numbers import INPUT_AXES, WEIGHT_AXES, read_array
from app.web.wire.problems import Place, places_problem
from app.web.wire.tensors import DType, NamedTensor, named

DTYPES = {"float32": torch.float32, "float64": torch.float64}
INPUT_FORMS = "[H][W], [C][H][W] or [N][C][H][W]"
WEIGHT_FORMS = (
    "[K_h][K_w], [C_out][C_in/groups][K_h][K_w] (transposed: [C_in][C_out/groups][K_h][K_w]), or "
    '{"kernel": "its name"}'
)


@dataclass(frozen=True, slots=True)
class Input:
    """An input with a channel axis, and whether it came with one.

    Shape: tensor (C, H, W) or (N, C, H, W)
    """

    tensor: Tensor
    rank: int

    @property
    def samples(self) -> int:
        """How many images there are."""
        return self.tensor.shape[0] if self.rank == 4 else 1

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.tensor.shape[-2], self.tensor.shape[-1]

    def sample(self, index: int) -> Tensor:
        """One image (C, H, W). Raises: MechanicsError, there is none of this number."""
        if index >= self.samples:
            raise MechanicsError(
                f"There is no sample {index}: there are {self.samples}, counted from 0.", "sample"
            )
        return self.tensor[index] if self.rank == 4 else self.tensor

    def as_given(self, output: Tensor) -> Tensor:
        """An output as the input came: without the axis of channels where that has none."""
        return output[0] if self.rank == 2 and output.shape[0] == 1 else output


def read_input(value: object, dtype: str, settings: Settings, name: str = "input") -> Input:
    """An input in any of its forms, within its caps. Raises: Problem 422."""
    pointer = f"#/{name}"
    if isinstance(value, np.ndarray):
        if value.ndim not in (2, 3, 4) or not value.size:
            raise places_problem([Place(pointer, f"{name} is numbers as {INPUT_FORMS}.")], name)
        array = value
    else:
        array = read_array(value, pointer, (2, 3, 4), INPUT_AXES, INPUT_FORMS)
    caps.check_input(array.shape, settings, pointer)
    tensor = _tensor(array, dtype)
    return Input(tensor[None] if array.ndim == 2 else tensor, array.ndim)


def read_weight(value: object, dtype: str, settings: Settings) -> Tensor:
    """Kernels of four axes, given as they are, as one kernel, or by a name. Raises: Problem 422."""
    if isinstance(value, Mapping):
        if value.keys() != {"kernel"} or not isinstance(value["kernel"], str):
            sentence = 'A weight by name is {"kernel": "its name"}.'
            raise places_problem([Place("#/weight", sentence)], "weight")
        try:
            kernel = find_kernel(value["kernel"])
        except MechanicsError as error:
            raise places_problem([Place("#/weight/kernel", str(error))], "weight") from None
        return kernel.weight.to(DTYPES[dtype])[None, None]
    array = read_array(value, "#/weight", (2, 4), WEIGHT_AXES, WEIGHT_FORMS)
    most, side = settings.max_kernel_side, max(array.shape[-2:])
    if side > most:
        sentence = f"The kernel has a side of {side:,}; it may be at most {most:,}."
        raise caps.over("#/weight", sentence, most, side)
    caps.check_channels(max(array.shape[:-2], default=1), settings, "#/weight")
    caps.check_values(array.size, settings, "#/weight")
    tensor = _tensor(array, dtype)
    return tensor if array.ndim == 4 else tensor[None, None]


def read_bias(value: object, dtype: str, settings: Settings) -> Tensor | None:
    """One number for each output channel, or none. Raises: Problem 422."""
    if value is None:
        return None
    array = read_array(value, "#/bias", (1,), ("value",), "[C_out]")
    return _tensor(array, dtype)


def _tensor(array: Any, dtype: str) -> Tensor:
    """An array as a tensor of its own; what is too large for the type is infinite in it."""
    return torch.from_numpy(np.require(array, np.float64, ["C", "W"])).to(DTYPES[dtype])


def tensor(name: str, value: Tensor, dtype: DType | None = None) -> NamedTensor:
    """A tensor of an answer under its name."""
    return named(name, value.detach().numpy(), dtype)
