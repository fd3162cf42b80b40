"""What a layer costs: its parameters as a product, and its multiply-accumulates."""

from dataclasses import dataclass
from math import prod

from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed_spec import ConvTranspose2dSpec


@dataclass(frozen=True, slots=True)
class ParameterCount:
    """How many numbers a layer learns, and the product they come from."""

    weight: int
    bias: int
    total: int
    expression: str

    def as_dict(self) -> dict[str, int | str]:
        """The counts and the expression by name."""
        return {
            "weight": self.weight,
            "bias": self.bias,
            "total": self.total,
            "expression": self.expression,
        }


NO_PARAMETERS = ParameterCount(weight=0, bias=0, total=0, expression="0")
"""What a layer learns that only computes: pooling, an activation function, flatten, softmax."""


def conv2d_parameters(spec: Conv2dSpec, bias: bool = True) -> ParameterCount:
    """How many numbers a convolution learns: one kernel per pair of channels, one bias per filter.

    Example:
        >>> conv2d_parameters(Conv2dSpec.of(1, 32, kernel_size=3))
        ParameterCount(weight=288, bias=32, total=320, expression='32·(1·3·3 + 1)')
    """
    out_channels, *fan_in = spec.weight_shape
    return _count(out_channels, fan_in, bias)


def conv_transpose2d_parameters(spec: ConvTranspose2dSpec, bias: bool = True) -> ParameterCount:
    """How many numbers a transposed convolution learns: a kernel per pair of channels, and biases.

    Example:
        >>> spec = ConvTranspose2dSpec.of(8, 4, kernel_size=3, groups=2)
        >>> conv_transpose2d_parameters(spec)
        ParameterCount(weight=144, bias=4, total=148, expression='4·(4·3·3 + 1)')
    """
    _, _, *kernel_size = spec.weight_shape
    return _count(spec.out_channels, [spec.in_channels // spec.groups, *kernel_size], bias)


def linear_parameters(in_features: int, out_features: int, bias: bool = True) -> ParameterCount:
    """How many numbers a dense layer learns: one weight per input and one bias, for each unit.

    Example:
        >>> linear_parameters(128, 10, bias=False)
        ParameterCount(weight=1280, bias=0, total=1280, expression='10·128')
    """
    return _count(out_features, [in_features], bias)


def batch_norm2d_parameters(channels: int, affine: bool = True) -> ParameterCount:
    """How many numbers a batch normalization learns: a factor and a shift for each channel.

    Example:
        >>> batch_norm2d_parameters(32)
        ParameterCount(weight=32, bias=32, total=64, expression='32·2')
    """
    if not affine:
        return NO_PARAMETERS
    return ParameterCount(channels, channels, 2 * channels, f"{channels}·2")


def prelu_parameters(num_parameters: int) -> ParameterCount:
    """How many numbers a PReLU learns: a slope for each channel, or one for all.

    Example:
        >>> prelu_parameters(32)
        ParameterCount(weight=32, bias=0, total=32, expression='32·1')
    """
    return ParameterCount(num_parameters, 0, num_parameters, f"{num_parameters}·1")


def multiply_accumulates(parameters: ParameterCount, positions: int = 1) -> int:
    """How often a layer multiplies and adds for one image: every weight once at every position.

    Padding is counted, since it is multiplied too; the bias is not.

    Args:
        positions: output rows times output columns of a convolution, input rows times input columns
            of a transposed one, 1 for a dense layer.

    Units: multiply-accumulates, each one multiply and one add.

    Example:
        >>> multiply_accumulates(linear_parameters(3136, 128))
        401408
        >>> conv1 = Conv2dSpec.of(1, 32, kernel_size=3, padding=1)
        >>> multiply_accumulates(conv2d_parameters(conv1), positions=28 * 28)
        225792
    """
    return parameters.weight * positions


def _count(outputs: int, fan_in: list[int], bias: bool) -> ParameterCount:
    """The count of a layer in which each output has its own weights and perhaps a bias."""
    weight = outputs * prod(fan_in)
    factors = "·".join(map(str, fan_in))
    return ParameterCount(
        weight=weight,
        bias=outputs if bias else 0,
        total=weight + (outputs if bias else 0),
        expression=f"{outputs}·({factors} + 1)" if bias else f"{outputs}·{factors}",
    )
