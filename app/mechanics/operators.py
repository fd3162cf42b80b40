"""The two convolutions by PyTorch's own operators: a second way to the same numbers, and a faster.

Only settings that have been checked come here: PyTorch answers a huge dilation with wrong numbers.
"""

from torch import Tensor
from torch.nn import functional

from app.mechanics.padding import Padding
from app.mechanics.spec import Conv2dSpec
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


def _sides(padding: Padding) -> tuple[int, int, int, int]:
    """The sides in the order of F.pad."""
    return padding.left, padding.right, padding.top, padding.bottom
