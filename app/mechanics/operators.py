"""The same operations by PyTorch's own operators: a second way to the same numbers, and a faster.

Only settings that have been checked come here: PyTorch answers a huge dilation with wrong numbers.
"""

from torch import Tensor
from torch.nn import functional

from app.mechanics.average_pooling import avg_pool2d
from app.mechanics.lp_pooling import lp_pool2d
from app.mechanics.max_pooling import max_pool2d
from app.mechanics.padding import Padding
from app.mechanics.pooling import is_native
from app.mechanics.spec import Conv2dSpec, Pool2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec


def conv2d_by_torch(input: Tensor, weight: Tensor, bias: Tensor | None, spec: Conv2dSpec) -> Tensor:
    """A convolution by torch.nn.functional.conv2d, in the dtype of its operands.

    Shape:
        as `conv2d`
    """
    pad = spec.padding
    padding: tuple[int, int] = (pad.top, pad.left)
    if spec.padding_mode != "zeros" or not pad.is_symmetric:
        mode = "constant" if spec.padding_mode == "zeros" else spec.padding_mode
        input, padding = functional.pad(input, _sides(pad), mode), (0, 0)
    if spec.flip_kernel:
        weight = weight.flip(-2, -1)
    return functional.conv2d(input, weight, bias, spec.stride, padding, spec.dilation, spec.groups)


def conv_transpose2d_by_torch(
    input: Tensor, weight: Tensor, bias: Tensor | None, spec: ConvTranspose2dSpec
) -> Tensor:
    """A transposed convolution by torch.nn.functional.conv_transpose2d.

    Shape:
        as `conv_transpose2d`
    """
    pad = spec.padding
    if spec.flip_kernel:
        weight = weight.flip(-2, -1)
    output = functional.conv_transpose2d(
        input,
        weight,
        bias,
        spec.stride,
        (pad.top, pad.left) if pad.is_symmetric else 0,
        spec.output_padding,
        spec.groups,
        spec.dilation,
    )
    if pad.is_symmetric:
        return output
    return functional.pad(output, tuple(-side for side in _sides(pad)))


def pool2d_by_torch(input: Tensor, kind: str, spec: Pool2dSpec) -> Tensor:
    """A max, average or Lp pooling by PyTorch's operator where it has one, else by ours.

    Shape:
        as `pool2d`
    """
    pad = (spec.padding.top, spec.padding.left)
    if kind == "max":
        if not is_native("max", spec):
            return max_pool2d(input, spec)[0]
        return functional.max_pool2d(
            input, spec.kernel_size, spec.stride, pad, spec.dilation, spec.ceil_mode
        )
    if kind == "lp":
        return lp_pool2d(input, spec)
    if not is_native("average", spec):
        return avg_pool2d(input, spec)
    return functional.avg_pool2d(
        input,
        spec.kernel_size,
        spec.stride,
        pad,
        spec.ceil_mode,
        spec.count_include_pad,
        spec.divisor_override,
    )


def _sides(padding: Padding) -> tuple[int, int, int, int]:
    """The sides in the order of F.pad."""
    return padding.left, padding.right, padding.top, padding.bottom
