"""What one unit of a fully connected layer is made of."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from app.mechanics.operands import to_float64
from app.mechanics.trace import Trace, check_index, check_shape


@dataclass(frozen=True, slots=True)
class LinearTrace(Trace):
    """What one unit is made of: the sum of input times weight over every input, plus the bias.

    Shape:
        input, weight, products: (in_features)
    """

    kind: ClassVar[str] = "Linear"
    main: ClassVar[str | None] = "products"
    input: Tensor
    weight: Tensor
    products: Tensor
    bias: float


def trace_linear(input: Tensor, weight: Tensor, bias: Tensor | None, channel: int) -> LinearTrace:
    """What one unit of a dense layer is made of, down to every product.

    Args:
        channel: the unit, counted from 0.

    Shape:
        input: (in_features); weight: (out_features, in_features); bias: (out_features)

    Raises:
        MechanicsError: shapes that do not belong together; a unit that the layer does not have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html
    """
    out_features = weight.shape[0]
    check_shape("input", tuple(input.shape), tuple(weight.shape[1:]))
    if bias is not None:
        check_shape("bias", tuple(bias.shape), (out_features,))
    check_index(channel, out_features, "channel")
    values, row = to_float64(input), to_float64(weight[channel])
    products = values * row
    offset = 0.0 if bias is None else float(bias[channel])
    return LinearTrace(
        value=float(products.sum()) + offset,
        input=values,
        weight=row,
        products=products,
        bias=offset,
    )
