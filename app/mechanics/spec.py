"""The settings of a convolution or a pooling, in one fixed form and checked once."""

import math
from dataclasses import dataclass
from typing import Any, Self, cast, get_args

from app.mechanics.axis_map import effective_kernel_size
from app.mechanics.channels import check_channels, partner_channels
from app.mechanics.errors import MechanicsError
from app.mechanics.padding import PaddingLike, PairLike, whole
from app.mechanics.window import Axes, PaddingMode
from app.mechanics.window_spec import KernelSpec, WindowSpec, read_geometry

PADDING_MODES: tuple[str, ...] = get_args(PaddingMode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conv2dSpec(WindowSpec):
    """The settings of a two-dimensional convolution; make one with `Conv2dSpec.of`.

    With `flip_kernel` every kernel is turned by 180° before it is used: the convolution of
    mathematics, where frameworks correlate.

    Raises:
        MechanicsError: a size or stride below 1, a negative padding, or channels that do not divide
            into the groups.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html; here padding may
        differ from side to side.
    """

    in_channels: int
    out_channels: int
    groups: int = 1
    padding_mode: PaddingMode = "zeros"
    flip_kernel: bool = False

    def __post_init__(self) -> None:
        KernelSpec.__post_init__(self)
        check_channels(self.in_channels, self.out_channels, self.groups)
        if self.padding_mode not in PADDING_MODES:
            raise MechanicsError(
                f"padding_mode is one of {', '.join(PADDING_MODES)}.", "padding_mode"
            )

    @classmethod
    def of(
        cls,
        in_channels: int,
        out_channels: int,
        kernel_size: PairLike,
        stride: PairLike = 1,
        padding: PaddingLike = 0,
        dilation: PairLike = 1,
        groups: int = 1,
        padding_mode: str = "zeros",
        flip_kernel: bool = False,
    ) -> Self:
        """The settings in any form that PyTorch or the API takes them.

        Args:
            padding: a number, a (height, width) pair, "valid", "same", a mapping of the four sides,
                or a Padding. "same" keeps the size at stride 1, an odd remainder after the input.

        Raises:
            MechanicsError: as the class, and "same" with a stride other than 1.

        Example:
            >>> Conv2dSpec.of(1, 1, 4, padding="same").padding
            Padding(top=1, bottom=2, left=1, right=2)
        """
        return cls(
            **read_geometry(kernel_size, stride, padding, dilation),
            in_channels=in_channels,
            out_channels=out_channels,
            groups=groups,
            padding_mode=cast(PaddingMode, padding_mode),  # checked in __post_init__
            flip_kernel=flip_kernel,
        )

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """(out_channels, in_channels / groups, kernel height, kernel width)."""
        return (self.out_channels, self.in_channels // self.groups, *self.kernel_size)

    def input_channels(self, channel: int) -> range:
        """The input channels that one output channel reads: those of its group.

        Raises:
            MechanicsError: there is no such output channel.
        """
        return partner_channels(channel, self.out_channels, self.in_channels, self.groups)

    def axes(self, height: int, width: int) -> Axes:
        """The index map of the rows and that of the columns, for an input of this size."""
        return self._axes(height, width, padding_mode=self.padding_mode)

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values for JSON, in PyTorch's words."""
        return {
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            **self._geometry(),
            "groups": self.groups,
            "padding_mode": self.padding_mode,
            **({"flip_kernel": True} if self.flip_kernel else {}),  # not a setting of PyTorch's
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool2dSpec(WindowSpec):
    """The settings of a two-dimensional max, average or Lp pooling; make one with `Pool2dSpec.of`.

    `count_include_pad` and `divisor_override` are read by average pooling alone, `norm_type` by Lp
    pooling alone.

    Raises:
        MechanicsError: a size or stride below 1, a padding that is negative or not below the
            effective kernel (a window would see padding alone), a divisor of 0, or a norm_type that
            is not a finite number above 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html and AvgPool2d;
        padding per side and dilation for both are ONNX's. PyTorch itself stops at a padding of half
        the effective kernel.
    """

    ceil_mode: bool = False
    count_include_pad: bool = True
    divisor_override: int | None = None
    norm_type: float = 2.0

    def __post_init__(self) -> None:
        KernelSpec.__post_init__(self)
        largest = (
            max(self.padding.top, self.padding.bottom),
            max(self.padding.left, self.padding.right),
        )
        for name, pad, kernel, dilation in zip(
            ("height", "width"), largest, self.kernel_size, self.dilation, strict=True
        ):
            effective = effective_kernel_size(kernel, dilation)
            if pad >= effective:
                raise MechanicsError(
                    f"Padding {pad} is not below the effective kernel {name} {effective}: a window "
                    f"would see nothing but padding. Use a padding of at most {effective - 1}.",
                    "padding",
                )
        if self.divisor_override is not None:
            whole(self.divisor_override, "divisor_override", None)
            if self.divisor_override == 0:
                raise MechanicsError(
                    "divisor_override is 0, and nothing divides by 0. Leave it out to divide by "
                    "the size of the window.",
                    "divisor_override",
                )
        if isinstance(self.norm_type, bool) or not 0 < self.norm_type < math.inf:
            raise MechanicsError(
                f"norm_type has to be a finite number above 0; got {self.norm_type}.", "norm_type"
            )

    @classmethod
    def of(
        cls,
        kernel_size: PairLike,
        stride: PairLike | None = None,
        padding: PaddingLike = 0,
        dilation: PairLike = 1,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
        norm_type: float = 2.0,
    ) -> Self:
        """The settings in any form that PyTorch or the API takes them.

        Args:
            stride: the kernel size where it is None.

        Raises:
            MechanicsError: as the class.

        Example:
            >>> Pool2dSpec.of(2).stride
            (2, 2)
        """
        return cls(
            **read_geometry(kernel_size, stride, padding, dilation),
            ceil_mode=ceil_mode,
            count_include_pad=count_include_pad,
            divisor_override=divisor_override,
            norm_type=norm_type,
        )

    def axes(self, height: int, width: int) -> Axes:
        """The index map of the rows and that of the columns, for an input of this size."""
        return self._axes(height, width, ceil_mode=self.ceil_mode)

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values for JSON, in PyTorch's words."""
        return {
            **self._geometry(),
            "ceil_mode": self.ceil_mode,
            "count_include_pad": self.count_include_pad,
            "divisor_override": self.divisor_override,
        }
