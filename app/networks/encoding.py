"""Tensors that are no real numbers of four axes or fewer, as tensors that are: to the bit."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any, Self

import torch
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.networks.position import Shape, times

MAX_AXES = 4
"""How many axes an activation of one image has at most, that of the batch counted."""
WHOLE_NUMBERS = frozenset({torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64})
WIDE = frozenset({torch.int32, torch.int64})
REAL_OF = {
    torch.complex32: torch.float16,
    torch.complex64: torch.float32,
    torch.complex128: torch.float64,
}


@dataclass(frozen=True)
class Encoding:
    """How an activation of another type, or of more axes, is shown as real numbers of at most four.

    Integers and truth values become numbers with a point; of complex numbers each map becomes two,
    the real part before the imaginary one; all axes but the last two are laid end to end.

    Args:
        dtype: of the activation itself.
        shape: its own, without the batch axis.
        order: its axes, that of the batch counted, from the outermost in memory to the innermost:
            to the last bit, some of PyTorch's results depend on it.
    """

    dtype: torch.dtype
    shape: Shape
    order: tuple[int, ...]

    @classmethod
    def of(cls, value: Tensor) -> Self | None:
        """The encoding of an activation of one image; None of what needs none or has none.

        A whole number that float32 does not hold, in which all values travel, has none.
        """
        is_one = value.layout is torch.strided and value.dim() >= 2 and len(value) == 1
        is_real, is_whole = value.is_floating_point(), value.dtype in WHOLE_NUMBERS
        is_known = is_real or is_whole or value.is_complex() or value.dtype is torch.bool
        if not (is_one and is_known and value.numel()) or (is_real and value.dim() <= MAX_AXES):
            return None
        if is_whole and not torch.equal(value.float().to(value.dtype), value):
            return None
        strides = value.stride()
        order = tuple(sorted(range(len(strides)), key=strides.__getitem__, reverse=True))
        return cls(value.dtype, tuple(value.shape[1:]), order)

    @property
    def is_whole(self) -> bool:
        """Whether it is of integers or truth values, which have no gradient."""
        return self.dtype in WHOLE_NUMBERS or self.dtype is torch.bool

    @property
    def is_complex(self) -> bool:
        """Whether each map is shown as two."""
        return self.dtype in REAL_OF

    @property
    def _parts(self) -> int:
        """How many numbers stand for one."""
        return 2 if self.is_complex else 1

    @property
    def _ends(self) -> tuple[Shape, Shape]:
        """The axes that become the channels, and those of a map."""
        at = max(1, len(self.shape) - (MAX_AXES - 2))
        return self.shape[:at], self.shape[at:]

    @property
    def shown(self) -> Shape:
        """The shape that is shown, without the batch axis."""
        laid, kept = self._ends
        return (prod(laid) * self._parts, *kept)

    def encode(self, value: Tensor) -> Tensor:
        """The activation as it is shown.

        Shape: (1, *shape) → (1, *shown).

        Raises: MechanicsError for another shape, or whole numbers that float64 does not hold.
        """
        if tuple(value.shape) != (1, *self.shape):
            raise MechanicsError(
                f"A value of {times(self.shape)} has become one of {times(tuple(value.shape[1:]))}:"
                " for this image the network goes on with another shape."
            )
        if self.is_complex:
            pairs = torch.view_as_real(value.resolve_conj().resolve_neg())
            value = pairs.movedim(-1, 1 + len(self._ends[0]))
        elif self.is_whole:
            value = self._as_real(value)
        return value.reshape(1, *self.shown)

    def _as_real(self, value: Tensor) -> Tensor:
        """Whole numbers as numbers with a point."""
        is_exact = value.dtype in WIDE and value.device.type != "mps"  # which has no float64
        real = value.to(torch.float64 if is_exact else torch.float32)
        if value.dtype in WIDE and not torch.equal(real.to(value.dtype), value):
            raise MechanicsError(
                "The network makes integers of this image that are too large to be shown."
            )
        return real

    def decode(self, shown: Tensor) -> Tensor:
        """The activation itself, in memory as it lay there.

        Shape: (1, *shown) → (1, *shape).
        """
        value = shown
        if self.is_complex:
            laid, kept = self._ends
            pairs = shown.reshape(1, *laid, 2, *kept).movedim(1 + len(laid), -1)
            value = torch.view_as_complex(pairs.contiguous())
        value = value.reshape(1, *self.shape).to(self.dtype)
        back = sorted(range(len(self.order)), key=self.order.__getitem__)
        return value.permute(self.order).contiguous().permute(back)

    @property
    def name(self) -> str:
        """PyTorch's of the type."""
        return str(self.dtype).removeprefix("torch.")

    @property
    def what(self) -> str:
        """What the activation is, in words."""
        noun = "complex numbers" if self.is_complex else "numbers"
        if self.is_whole:
            noun = "truth values" if self.dtype is torch.bool else "integers"
        return f"{times(self.shape)} {noun} ({self.name})"

    def as_dict(self) -> dict[str, Any]:
        """What it is and how it is shown, as plain values for JSON."""
        return {"dtype": self.name, "shape": list(self.shape), "note": str(self)}

    def __str__(self) -> str:
        """What it is and how it is shown, in a sentence."""
        laid, kept = self._ends
        how = []
        if len(laid) > 1:
            how.append(f"its first {len(laid)} axes are laid end to end")
        if self.is_complex:
            how.append(f"of each {'map' if kept else 'one'} the imaginary part follows the real")
        if self.dtype is torch.bool:
            how.append("1 is true, 0 false")
        told = "; ".join(how)
        return f"It gives {self.what}{told and ': '}{told}."
