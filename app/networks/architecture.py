"""What is known of a network before any weight is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from torch import nn

from app.networks.normalization import Normalization
from app.networks.torchvision_weights import TorchvisionWeights


class Costs(NamedTuple):
    """How many numbers a network learns, and how often it multiplies and adds for one image."""

    parameters: int
    multiply_accumulates: int


@dataclass(frozen=True)
class Architecture:
    """A network that can be built.

    Args:
        name: under which it is asked for, and the name of its folder of weights.
        title: how it is written.
        source: where the architecture comes from.
        dataset: what it is trained on.
        classes: the label of each logit.
        input_shape: (C, H, W).
        normalization: what it expects of its input.
        preparation: how a picture is made ready for it: as a digit of MNIST, as a
            picture of Fashion-MNIST, or as a photograph.
        build: makes the module, with PyTorch's own starting weights.
        initialize: draws the starting weights of the network's source into it.
        weights_of: the network whose weights it has; its own where it is None.
        costs: where they are known without building it.
        crop: the share of a photograph's largest middle part that it was tested on.
        published: its weights, where torchvision publishes them and none ship.
    """

    name: str
    title: str
    source: str
    dataset: str
    classes: tuple[str, ...]
    input_shape: tuple[int, int, int]
    normalization: Normalization
    preparation: Literal["digit", "clothes", "photo"]
    build: Callable[[], nn.Module]
    initialize: Callable[[nn.Module], None]
    weights_of: str | None = None
    costs: Costs | None = None
    crop: float = 1.0
    published: TorchvisionWeights | None = None

    def as_dict(self) -> dict[str, Any]:
        """What names and describes the network, as plain values for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "source": self.source,
            "dataset": self.dataset,
            "classes": list(self.classes),
            "input_shape": list(self.input_shape),
        }


DIGITS = tuple("0123456789")
