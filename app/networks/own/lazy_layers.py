"""Layers that learn what they take from the first that they are given."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy


def settle(model: nn.Module, images: Tensor) -> None:
    """The shapes of a model's lazy layers, by one forward; a model without any is left alone.

    Raises: what forward raises.
    """
    if any(is_lazy(each) for each in (*model.parameters(), *model.buffers())):
        with torch.no_grad():
            model.eval()(images)
