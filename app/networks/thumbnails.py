"""Small pictures of a layer's maps, for a page that shows hundreds of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from app.networks.statistics import as_array


@dataclass(frozen=True)
class Thumbnail:
    """A layer's maps made smaller, and from where to where the values of each whole map go.

    Args:
        minimum, maximum: (C,) of the maps as they were; None where they are small enough already.
    """

    values: NDArray[np.float32]
    minimum: NDArray[np.float32] | None = None
    maximum: NDArray[np.float32] | None = None

    @property
    def extremes(self) -> dict[str, NDArray[np.float32]] | None:
        """Both by name, where the maps were made smaller."""
        if self.minimum is None or self.maximum is None:
            return None
        return {"minimum": self.minimum, "maximum": self.maximum}


def thumbnail(activation: Tensor, side: int) -> Thumbnail:
    """A layer's maps with at most so many rows and columns, each value the mean of those it covers.

    Shape: (C, H, W) → (C, min(H, side), min(W, side)); a vector stays as it is.

    Source: PyTorch's adaptive average pooling, whose windows may share a row or column.

    Example:
        >>> import torch
        >>> thumbnail(torch.tensor([[[0.0, 2.0], [4.0, 6.0]]]), 1).values.tolist()
        [[[3.0]]]
    """
    rows_and_columns: Any = activation.shape[1:]
    if activation.ndim < 3 or max(rows_and_columns) <= side:
        return Thumbnail(as_array(activation))
    size = tuple(min(length, side) for length in rows_and_columns)
    minimum, maximum = activation.flatten(1).aminmax(dim=1)
    small = functional.adaptive_avg_pool2d(activation, size)
    return Thumbnail(*map(as_array, (small, minimum, maximum)))
