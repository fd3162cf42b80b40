"""What feeds what in a network: its layers, each with the layers that it reads."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from torch import Tensor, nn

from app.networks.encoding import Encoding
from app.networks.gradients import gradients_kept
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


class _Call(NamedTuple):
    """One layer: what it computes, what it reads, and what nothing reads after it."""

    name: str
    forward: Callable[..., Tensor]
    inputs: tuple[str, ...]
    ended: tuple[str, ...]


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
    # Found once, for copies with other weights as well.
    _followed: set[str] = field(default_factory=set, compare=False, repr=False)

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
    def ended(self) -> dict[str, tuple[str, ...]]:
        """By each layer the activations that nothing reads after it, its own where nothing does."""
        last_use = {each: node.name for node in self.nodes for each in (node.name, *node.inputs)}
        ended: dict[str, tuple[str, ...]] = {node.name: () for node in self.nodes}
        for name, reader in last_use.items():
            ended[reader] += (name,)
        return ended

    @cached_property
    def _calls(self) -> tuple[_Call, ...]:
        """The layers in order.

        `forward` itself: a layer has no hooks, and looking for them anew takes a tenth of its time.
        """
        return tuple(
            _Call(node.name, node.op.forward, node.inputs, self.ended[node.name])
            for node in self.nodes
        )

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
        self,
        images: Tensor,
        keep: Container[str] | None = None,
        until: str | None = None,
        leaf: str | None = None,
    ) -> dict[str, Tensor]:
        """Every layer's activation for a batch, in the order data flows, "input" first.

        The layers are called one by one, which costs no more than the model's own `forward` and,
        unlike hooks, lets any number of threads ask at the same time.

        Args:
            keep: the layers whose activations are returned; all where it is None. The others are
                let go of once nothing reads them: the next ones take their memory, which is warm.
            until: the last layer to compute.
            leaf: the layer, or "input", from whose activation on gradients are kept, where they are
                kept at all; what comes before it leaves no trace.
        """
        values = {INPUT: _as_leaf(images) if leaf == INPUT else images}
        for name, forward, inputs, ended in self._calls:
            values[name] = forward(*[values[each] for each in inputs])
            if name == leaf:
                values[name] = _as_leaf(values[name])
            if name == until:
                break
            if keep is not None:
                for each in ended:
                    if each not in keep:
                        del values[each]
        if keep is None:
            return values
        return {name: value for name, value in values.items() if name in keep}

    def followed(self, images: Tensor) -> Container[str]:
        """The layers, and "input", through which the pixels' gradient is followed.

        Args:
            images: any that the network takes.
        """
        if not self._followed:
            with gradients_kept():
                values = self.run(images[:1].detach().clone(), leaf=INPUT)
            self._followed.update({name for name, value in values.items() if value.requires_grad})
        return self._followed


def _as_leaf(value: Tensor) -> Tensor:
    """The same values, which gradients may be asked by."""
    return value.detach().requires_grad_()
