"""What one unit of a layer has learned, where all units together would be too much."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.networks.outline import LayerOutline


def parameters_of_unit(
    parameters: Mapping[str, Tensor], layer: LayerOutline, unit: int
) -> dict[str, Tensor]:
    """The weights that one unit of a one-dimensional layer has for itself, by PyTorch's names.

    Args:
        parameters: those of all its units.
        unit: which, counted from 0.

    Shape: (units, …) → (1, …).

    Raises: MechanicsError for a layer whose values are not units, and a unit that it does not have.
    """
    shape = layer.output_shape
    if len(shape) != 1 or any(values.shape[:1] != shape for values in parameters.values()):
        raise MechanicsError(
            f"{layer.name} has no units with weights of their own; leave unit out.", "unit"
        )
    if not 0 <= unit < shape[0]:
        raise MechanicsError(
            f"unit is {unit}, but it goes from 0 to {shape[0] - 1} in {layer.name}.", "unit"
        )
    return {name: values[unit : unit + 1] for name, values in parameters.items()}
