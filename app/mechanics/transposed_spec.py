"""The settings of a transposed convolution, and how it spreads lines over its output."""

from dataclasses import dataclass
from typing import Any, Self

from app.mechanics.channels import check_channels, partner_channels
from app.mechanics.errors import MechanicsError
from app.mechanics.padding import PaddingLike, Pair, PairLike, read_pair
from app.mechanics.transposed_axis import TransposedAxis, TransposedStep, transposed_step
from app.mechanics.window_spec import KernelSpec, read_geometry


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvTranspose2dSpec(KernelSpec):
    """The settings of a transposed convolution; make one with `ConvTranspose2dSpec.of`.

    It undoes the size of the convolution with the same settings: padding takes lines away from the
    output, and `output_padding` gives back those that the convolution's floor cut off.

    Raises:
        MechanicsError: a size or stride below 1, a negative padding, channels that do not divide
            into the groups, or an output_padding that is neither below the stride nor below the
            dilation.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html; here
        padding may differ from side to side.
    """

    in_channels: int
    out_channels: int
    output_padding: Pair = (0, 0)
    groups: int = 1
    flip_kernel: bool = False

    def __post_init__(self) -> None:
        KernelSpec.__post_init__(self)
        read_pair(self.output_padding, "output_padding", 0)
        check_channels(self.in_channels, self.out_channels, self.groups)
        for name, extra, stride, dilation in zip(
            ("height", "width"), self.output_padding, self.stride, self.dilation, strict=True
        ):
            if extra >= max(stride, dilation):
                raise MechanicsError(
                    f"output_padding {name} {extra} is below neither the stride {stride} nor the "
                    f"dilation {dilation}. Use an output_padding of at most "
                    f"{max(stride, dilation) - 1}.",
                    "output_padding",
                )

    @classmethod
    def of(
        cls,
        in_channels: int,
        out_channels: int,
        kernel_size: PairLike,
        stride: PairLike = 1,
        padding: PaddingLike = 0,
        output_padding: PairLike = 0,
        dilation: PairLike = 1,
        groups: int = 1,
        padding_mode: str = "zeros",
        flip_kernel: bool = False,
    ) -> Self:
        """The settings in any form that PyTorch or the API takes them.

        Args:
            padding: a number, a (height, width) pair, "valid", "same", a mapping of the four sides,
                or a Padding. "same" keeps the size at stride 1.
            padding_mode: only zeros, since nothing is added that another mode could fill.

        Raises:
            MechanicsError: as the class, "same" with a stride other than 1, another padding_mode.
        """
        if padding_mode != "zeros":
            raise MechanicsError(
                "A transposed convolution knows no padding_mode but zeros: its padding takes rows "
                "and columns away from the output and adds none.",
                "padding_mode",
            )
        return cls(
            **read_geometry(kernel_size, stride, padding, dilation),
            in_channels=in_channels,
            out_channels=out_channels,
            output_padding=read_pair(output_padding, "output_padding", 0),
            groups=groups,
            flip_kernel=flip_kernel,
        )

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """(in_channels, out_channels / groups, kernel height, kernel width)."""
        return (self.in_channels, self.out_channels // self.groups, *self.kernel_size)

    def input_channels(self, channel: int) -> range:
        """The input channels that write to one output channel: those of its group.

        Raises:
            MechanicsError: there is no such output channel.
        """
        return partner_channels(channel, self.out_channels, self.in_channels, self.groups)

    def output_channels(self, channel: int) -> range:
        """The output channels that one input channel writes to: those of its group.

        Raises:
            MechanicsError: there is no such input channel.
        """
        return partner_channels(
            channel, self.in_channels, self.out_channels, self.groups, side="input"
        )

    def axes(self, height: int, width: int) -> tuple[TransposedAxis, TransposedAxis]:
        """How the rows and the columns of an input of this size are spread.

        Raises:
            MechanicsError: the input is empty, or the padding leaves nothing of the output.
        """
        pad = self.padding
        rows, columns = zip(self.kernel_size, self.stride, self.dilation, strict=True)
        below, right = self.output_padding
        return (
            TransposedAxis("height", height, *rows, pad.top, pad.bottom, below),
            TransposedAxis("width", width, *columns, pad.left, pad.right, right),
        )

    def output_size(self, height: int, width: int) -> tuple[TransposedStep, TransposedStep]:
        """How the output's height and width come about for an input of this size.

        Raises:
            MechanicsError: as `axes`.
        """
        vertical, horizontal = self.axes(height, width)
        return transposed_step(vertical), transposed_step(horizontal)

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values for JSON, in PyTorch's words."""
        return {
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            **self._geometry(),
            "output_padding": list(self.output_padding),
            "groups": self.groups,
            **({"flip_kernel": True} if self.flip_kernel else {}),  # not a setting of PyTorch's
        }
