"""Whether a network has learned what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from app.networks.architecture import Architecture, Costs

SEED = 0
"""Of the weights that a network has where it was not trained."""


class Standing(NamedTuple):
    """What weights a network has.

    Args:
        weights: "ready" where they were trained or are its user's own; "downloadable" where others
            publish them and they are not here, and "untrained" where there are none: the network
            has random ones then, and works; "unavailable" where they are bad, or the network
            cannot be followed.
        reason: what there is to say of it, in a sentence.
    """

    weights: Literal["ready", "downloadable", "untrained", "unavailable"]
    reason: str | None = None


READY = Standing("ready")


def without_weights(architecture: Architecture) -> Standing:
    """Of a network whose weights are not here."""
    name, title = architecture.name, architecture.title
    if architecture.published is not None:
        return Standing(
            "downloadable",
            f"{title} has random weights here, and what it says means nothing: "
            f"“python -m app weights {name}” fetches those of torchvision.",
        )
    return Standing(
        "untrained",
        f"{title} has not been trained here: its weights are random, and what it says means "
        f"nothing; “python -m app train {name}” trains it.",
    )


def row_of(
    architecture: Architecture, costs: Costs, card: Mapping[str, Any], standing: Standing
) -> dict[str, Any]:
    """A network that can be used, in one row of a list, as plain values."""
    tested = card.get("test")
    return {
        **architecture.as_dict(),
        **costs._asdict(),
        "weights": standing.weights,
        "accuracy": tested.get("accuracy") if isinstance(tested, dict) else None,
        "reason": standing.reason,
    }
