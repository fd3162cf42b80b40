"""What feeds what in a network: its layers, each with the layers that it reads."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from torch import Tensor, nn

from app.networks.encoding import Encoding
from app.networks.position import Shape

INPUT = "input"
SOFTMAX = "softmax"


class GraphError(ValueError):
    """A module whose data flow cannot be drawn; the message says what to change in it."""


@dataclass(frozen=True)
class Node:
    """One layer: its name in the network, what it does, and the layers (or "input") it reads.

    A module that is called twice is two nodes with one `op`.
    """

    name: str
    op: nn.Module
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """Every layer in the order data flows, the probabilities last where it gives some.

    Args:
        logits: the layer before the probabilities; None where no row of logits is returned.
        shapes: each activation's, "input" too, without the batch axis, as one image made them and
            as they are shown.
        parameters: how many numbers the network learns, those of a shared module counted once.
        reads_numbers: whether forward takes numbers out of tensors that come from the image, by
            which it may decide: the graph is then that of one image.
        outputs: the layers whose values are returned, the probabilities in place of the logits.
        failure: where forward raised, in a sentence: the graph ends before.
        may_end_anywhere: whether it was asked to end in logits.
        encodings: of the layers whose activations are shown as something else than they are.
    """

    nodes: tuple[Node, ...]
    logits: str | None
    shapes: dict[str, Shape]
    parameters: int
    reads_numbers: bool = False
    outputs: tuple[str, ...] = ()
    failure: str | None = None
    may_end_anywhere: bool = False
    encodings: dict[str, Encoding] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[str, str] | None:
        """The layer that gives the logits, and that which gives the probabilities, if there are."""
        return None if self.logits is None else (self.logits, self.nodes[-1].name)

    @property
    def last(self) -> str:
        """The layer that says most of what the network makes of an image."""
        return self.logits or (self.outputs or (self.nodes[-1].name,))[0]

    @cached_property
    def _by_name(self) -> dict[str, Node]:
        """Each layer under its name."""
        return {node.name: node for node in self.nodes}

    @cached_property
    def _calls(self) -> tuple[tuple[str, Callable[..., Tensor], tuple[str, ...]], ...]:
        """Each layer's name, what it computes, and what it reads.

        `forward` itself: a layer has no hooks, and looking for them anew takes a tenth of its time.
        """
        return tuple((node.name, node.op.forward, node.inputs) for node in self.nodes)

    @cached_property
    def signature(self) -> tuple[tuple[Any, ...], ...]:
        """What tells the layers of one image from those of another: names, edges, ops, shapes."""
        return tuple(
            (n.name, n.inputs, type(n.op), self.shapes[n.name], self.encodings.get(n.name))
            for n in self.nodes
        )

    @cached_property
    def takes_batches(self) -> bool:
        """Whether it is sure that several images may go through together.

        A recorded call may hold the number one where it means the size of the batch.
        """
        return all(getattr(node.op, "takes_batches", True) for node in self.nodes)

    def node(self, name: str) -> Node:
        """The layer of that name, which there has to be."""
        return self._by_name[name]

    def run(
        self, images: Tensor, keep: Container[str] | None = None, until: str | None = None
    ) -> dict[str, Tensor]:
        """Every layer's activation for a batch, in the order data flows, "input" first.

        The layers are called one by one, which costs no more than the model's own `forward` and,
        unlike hooks, lets any number of threads ask at the same time.

        Args:
            keep: the layers whose activations are returned; all where it is None.
            until: the last layer to compute.
        """
        values = {INPUT: images}
        for name, forward, inputs in self._calls:
            values[name] = forward(*[values[each] for each in inputs])
            if name == until:
                break
        if keep is None:
            return values
        return {name: value for name, value in values.items() if name in keep}
