"""What a method of attribution is asked, and what it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod
from typing import ClassVar

import torch
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.networks.gradients import gradients_kept
from app.networks.graph import INPUT, Graph

VALUES_AT_ONCE = 500_000
"""In the largest activation of all images that are sent through together: more leave the caches."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Reason:
    """The number that is explained: a class's logit, or by how much it is above another's.

    Args:
        index: the class.
        against: another class; then what counts is the difference of the two.
    """

    index: int
    against: int | None = None

    def of(self, logits: Tensor) -> Tensor:
        """Shape: (N, K) → (N,)."""
        score = logits[:, self.index]
        return score if self.against is None else score - logits[:, self.against]


@dataclass(frozen=True)
class Question:
    """What is explained: a number, for one image, in one network.

    Args:
        graph: the layers that run for the image.
        images: the normalized image as a batch of one, (1, C, H, W).
        paper: the same of a picture with nothing in it, (1, C, H, W): black.
        layer: where it is looked at, for methods that look at a layer.
        tell: told how many steps of how many are done, after each; it may raise to end the work.
        classes: what the classes are called.
    """

    graph: Graph
    images: Tensor
    paper: Tensor
    reason: Reason
    layer: str
    tell: Tell = field(default=lambda done, of: None)
    classes: tuple[str, ...] = ()

    @property
    def explained(self) -> str:
        """What the number is, within a sentence."""
        return "the answer" if self.reason.against is None else "the difference of the two logits"

    @property
    def favoured(self) -> str:
        """What is spoken for, within a sentence."""
        index, against = self.reason.index, self.reason.against
        if against is None:
            return "this class"
        return f"{self.classes[index]} rather than {self.classes[against]}"

    @property
    def at_once(self) -> int:
        """How many images are sent through together."""
        if not self.graph.takes_batches:
            return 1
        largest = max(prod(shape) for shape in self.graph.shapes.values())
        return max(1, VALUES_AT_ONCE // largest)

    def score(self, images: Tensor) -> Tensor:
        """The number for each of a batch of normalized images. Shape: (N, C, H, W) → (N,)."""
        return self.reason.of(self.graph.run(images, keep=(self.graph.last,))[self.graph.last])

    def gradient(self, images: Tensor, layer: str = INPUT) -> tuple[Tensor, Tensor]:
        """The number's gradient by a layer's activation, and the activation.

        Shape: (N, C, H, W) → both as the activation, (N, …)

        Raises: MechanicsError for a layer that no gradient is followed from.
        """
        encoding = self.graph.encodings.get(layer)
        if encoding is not None and encoding.is_whole:
            raise MechanicsError(
                f"{layer} gives {encoding.what}, which have no gradient: there is no smallest "
                "change of them.",
                "layer",
            )
        if layer != INPUT and layer not in self.graph.followed(images):
            raise MechanicsError(
                f"No gradient is followed through {layer}: the network lets go of it before.",
                "layer",
            )
        with gradients_kept():
            values = self.graph.run(
                images.detach().clone(), keep=(layer, self.graph.last), leaf=layer
            )
            maps, score = values[layer], self.reason.of(values[self.graph.last]).sum()
            if score.requires_grad:
                (gradient,) = torch.autograd.grad(
                    score, maps, allow_unused=True, materialize_grads=True
                )
            else:
                gradient = torch.zeros_like(maps)
        return gradient.detach().float(), maps.detach().float()


@dataclass(frozen=True)
class Completeness:
    """What all values together add up to, beside what they have to.

    Args:
        total: the sum of the values.
        score: the number that is explained, of the picture.
        score_of_paper: of the empty picture.
    """

    total: float
    score: float
    score_of_paper: float

    @property
    def difference(self) -> float:
        """By how much the picture's number is above the empty one's: what is to be added up to."""
        return self.score - self.score_of_paper


@dataclass(frozen=True)
class Attribution:
    """How much each place counts.

    Args:
        values: (C, H, W) of the input, or (H, W) of a layer's maps, on the CPU.
        layer: whose maps the places are; None for the input's pixels.
        note: how it was reckoned, and what there is to say of it, in sentences.
        completeness: of a method whose values add up to something.
    """

    values: Tensor
    note: str
    layer: str | None = None
    completeness: Completeness | None = None


class Method(ABC):
    """One way to ask which places in a picture made a network decide as it did.

    Attributes:
        name: under which it is asked for.
        title: how it is written.
        needs_layer: whether it looks at a layer's maps instead of at the pixels.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    needs_layer: ClassVar[bool] = False

    @abstractmethod
    def attribute(self, question: Question) -> Attribution:
        """How much each place counts for the number that is asked about."""
