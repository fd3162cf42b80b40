"""Why a call does not give again what it gave."""

from __future__ import annotations

from typing import Any

from torch import nn
from torch.nn import functional

from app.networks.recording.call import RecordedCall

DROPOUTS = frozenset({
    *(functional.dropout, functional.dropout1d, functional.dropout2d, functional.dropout3d),
    *(functional.alpha_dropout, functional.feature_alpha_dropout),
})  # fmt: skip
ATTENTION: Any = functional.scaled_dot_product_attention


def reason_of(call: RecordedCall) -> str:
    """A sentence that names the call, and says what to change where that is known."""
    target, title = call.target, call.title
    by_chance = f"{call.name} ({title}) draws by chance even in evaluation: "
    if target in DROPOUTS and call.kwargs.get("training"):
        return (
            f"{by_chance}F.{title} without training=self.training always drops. Give it that, or "
            f"make an nn.Dropout in __init__ and call it."
        )
    if target is ATTENTION and call.kwargs.get("dropout_p"):
        return (
            f"{by_chance}F.{title} has dropout_p={call.kwargs['dropout_p']}. Give it "
            "dropout_p=0.0 where self.training is false."
        )
    if isinstance(target, nn.modules.dropout._DropoutNd) and target.training:
        return (
            f"{by_chance}this {title} is made in forward, or in a list that is no nn.ModuleList, "
            "where eval() does not reach it. Make it an attribute in __init__."
        )
    return (
        f"{call.name} ({title}) gives another value when it is called again with the same input: "
        "it draws by chance, keeps something, or needs what it is not given."
    )
