"""A fully connected layer."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from app.mechanics.cost import linear_parameters, multiply_accumulates
from app.mechanics.dense import LinearTrace, trace_linear
from app.networks.kinds.kind import Facts, Incoming, Kind, only
from app.networks.position import Position, Shape


class LinearKind(Kind):
    """A fully connected layer."""

    name = "Linear"
    modules = (nn.Linear,)
    trace_type = LinearTrace

    def facts(self, module: nn.Linear, inputs: Sequence[Incoming], observed: Shape) -> Facts:
        """Parameters, multiply-accumulates, and the field of units that read everything."""
        n_in, n_out, has_bias = module.in_features, module.out_features, module.bias is not None
        parameters = linear_parameters(n_in, n_out, has_bias)
        return Facts(
            settings={"in_features": n_in, "out_features": n_out, "bias": has_bias},
            output_shape=(n_out,),
            view=only(inputs).view.whole(),
            parameters=parameters,
            multiply_accumulates=multiply_accumulates(parameters),
        )

    def trace(self, module: nn.Linear, inputs: Sequence[Tensor], at: Position) -> LinearTrace:
        """Every input times its weight, and the bias."""
        return trace_linear(only(inputs), module.weight, module.bias, at.channel)
