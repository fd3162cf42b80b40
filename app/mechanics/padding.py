"""Pairs and paddings in every form that PyTorch and the API write them, read into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.mechanics.axis_map import effective_kernel_size
from app.mechanics.errors import MechanicsError

Pair = tuple[int, int]
"""(height, width)"""

SIDES = ("top", "bottom", "left", "right")


def whole(value: object, field: str, minimum: int | None, part: str = "") -> int:
    """The value if it is a whole number from the minimum on; True is not a number here.

    Raises:
        MechanicsError: it is not.
    """
    if type(value) is int and (minimum is None or value >= minimum):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        got = str(value)
    else:
        got = f"a {type(value).__name__}"
    wanted = "" if minimum is None else f", {minimum} or more"
    raise MechanicsError(f"{field}{part} has to be a whole number{wanted}; got {got}.", field)


@dataclass(frozen=True, slots=True)
class Padding:
    """How many rows and columns are added on each side of a map.

    Raises:
        MechanicsError: a side is not a whole number from 0.
    """

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    def __post_init__(self) -> None:
        for side in SIDES:
            whole(getattr(self, side), "padding", 0, f" {side}")

    @property
    def is_symmetric(self) -> bool:
        """Whether a (height, width) pair says it all, as PyTorch's own operators want it."""
        return self.top == self.bottom and self.left == self.right

    def as_json(self) -> list[int] | dict[str, int]:
        """The pair where it is enough, else the four sides by name."""
        if self.is_symmetric:
            return [self.top, self.left]
        return {side: getattr(self, side) for side in SIDES}


NO_PADDING = Padding()

PairLike = int | Sequence[int]
PaddingLike = int | str | Sequence[int] | Mapping[str, int] | Padding


def read_pair(value: PairLike, field: str, minimum: int) -> Pair:
    """One number for both, or (height, width).

    Raises:
        MechanicsError: neither, or below the minimum.

    Example:
        >>> read_pair(3, "kernel_size", 1), read_pair([3, 5], "kernel_size", 1)
        ((3, 3), (3, 5))
    """
    # A sweep asks thousands of times: the usual forms come first, and are known by their type.
    if isinstance(value, int) or not isinstance(value, (tuple, list, Sequence)):
        number = whole(value, field, minimum)
        return number, number
    if len(value) != 2:
        raise MechanicsError(
            f"{field} is one number or a (height, width) pair; got {len(value)} numbers.", field
        )
    height, width = value
    return whole(height, field, minimum, " height"), whole(width, field, minimum, " width")


def read_padding(value: PaddingLike, kernel_size: Pair, stride: Pair, dilation: Pair) -> Padding:
    """The four sides of a padding given as a number, a pair, "valid", "same" or by side.

    "same" is as much as keeps the size at stride 1; where that is odd, the larger half comes after
    the input.

    Raises:
        MechanicsError: another word or side, or "same" with a stride other than 1.

    Source: `padding` of https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
    """
    if type(value) is int and value >= 0:
        return _even(value, value)
    if isinstance(value, Padding):
        return value
    if isinstance(value, Mapping):
        unknown = sorted(set(value) - set(SIDES))
        if unknown:
            raise MechanicsError(f"padding has the sides {', '.join(SIDES)}, no others.", "padding")
        return Padding(**value)
    if value == "valid":
        return NO_PADDING
    if value == "same":
        return _same(kernel_size, stride, dilation)
    if isinstance(value, str):
        raise MechanicsError("padding as a word is 'valid' or 'same'.", "padding")
    return _even(*read_pair(value, "padding", 0))


@lru_cache
def _even(height: int, width: int) -> Padding:
    """As much above as below, and as much on the left as on the right."""
    return Padding(height, height, width, width)


def _same(kernel_size: Pair, stride: Pair, dilation: Pair) -> Padding:
    """The padding that keeps the size."""
    if stride != (1, 1):
        raise MechanicsError(
            f"padding 'same' keeps the size, which a stride of {stride[0]}×{stride[1]} does not. "
            "Use stride 1, or give the padding as numbers.",
            "padding",
        )
    height, width = (
        effective_kernel_size(kernel, gap) - 1
        for kernel, gap in zip(kernel_size, dilation, strict=True)
    )
    return Padding(height // 2, height - height // 2, width // 2, width - width // 2)
