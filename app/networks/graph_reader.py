"""From recorded calls to layers."""

from __future__ import annotations

import copy
from collections.abc import Container
from typing import Any

import torch
from torch import Tensor, nn

from app.networks.arguments import Activation
from app.networks.call_module import Call
from app.networks.encoding import MAX_AXES, Encoding
from app.networks.functions import module_of
from app.networks.graph import INPUT, SOFTMAX, Graph, GraphError, Node
from app.networks.proof import gives
from app.networks.recording.call import RecordedCall, Recording, Ref
from app.networks.recording.chance import reason_of
from app.networks.recording.containers import leaves, mapped
from app.networks.recording.names import Names

NOTHING_SEEN = (
    "forward computes nothing of the image by PyTorch, as far as can be seen: what runs in another "
    "thread or was compiled cannot."
)


class GraphReader:
    """Makes layers of recorded calls.

    Args:
        encodes: whether what has to be shown as something else than it is makes layers too.
    """

    def __init__(self, recording: Recording, *, encodes: bool = True) -> None:
        self.recording, self.encodes = recording, encodes
        self.names = Names(INPUT)
        self.nodes: list[Node] = []
        image = recording.given.tensors[0]
        self.layers: dict[Ref, str] = {image: INPUT}
        self.shown: dict[Ref, Tensor] = {image: image.value}
        self.encodings: dict[Ref, Encoding] = {}
        returned = (leaf for leaf in leaves(recording.result) if isinstance(leaf, Ref))
        self.returned = tuple(returned)
        self.used = {ref for call in recording.calls for ref in call.refs} | set(self.returned)

    def graph(
        self, model: nn.Module, failure: str | None = None, may_end_anywhere: bool = False
    ) -> Graph:
        """All of it, the probabilities added where there are logits.

        Args:
            failure: why it ends before forward was through.
            may_end_anywhere: whether it may give something else than logits.

        Raises: GraphError when it gives no logits and has to, or nothing at all.
        """
        for call in self.recording.calls:
            self._add(call)
        logits = None if failure else self._logits()
        if logits is None and not may_end_anywhere:
            raise GraphError(failure or "forward returns no row of logits an image.")
        if not self.nodes:
            raise GraphError(failure or NOTHING_SEEN)
        shapes = {name: tuple(self.shown[ref].shape[1:]) for ref, name in self.layers.items()}
        outputs = tuple(dict.fromkeys(self.layers[ref] for ref in self._activations()))
        nodes = tuple(self.nodes)
        if logits is not None:
            last = self._own_softmax(logits)
            if last is None:
                last = Node(self.names.new(SOFTMAX), nn.Softmax(dim=1), (logits,))
                outputs = tuple(last.name if each == logits else each for each in outputs)
            (logits,) = last.inputs
            nodes = (*(node for node in nodes if node is not last), last)
            shapes[last.name] = shapes[logits]
        parameters = sum(parameter.numel() for parameter in model.parameters())
        reads = bool(self.recording.readings)
        encodings = {self.layers[ref]: encoding for ref, encoding in self.encodings.items()}
        return Graph(
            *(nodes, logits, shapes, parameters, reads, outputs, failure, may_end_anywhere),
            encodings=encodings,
        )

    def _activations(self) -> tuple[Ref, ...]:
        """What is returned and is a layer's."""
        return tuple(ref for ref in self.returned if self.layers.get(ref, INPUT) != INPUT)

    def _logits(self) -> str | None:
        """The layer that is returned, or the first of several that could be; None of none.

        One value tells no classes apart, and those of a sigmoid are probabilities, each its own.
        """
        sigmoids = {node.name for node in self.nodes if isinstance(node.op, nn.Sigmoid)}
        rows = (
            ref
            for ref in self._activations()
            if ref.value.dim() == 2 and ref.value.numel() > 1 and ref not in self.encodings
        )
        return next((self.layers[ref] for ref in rows if self.layers[ref] not in sigmoids), None)

    def _own_softmax(self, returned: str) -> Node | None:
        """The layer that is returned where it makes probabilities of logits already."""
        node = next(each for each in self.nodes if each.name == returned)
        is_read = any(returned in each.inputs for each in self.nodes)
        is_softmax = isinstance(node.op, nn.Softmax) and node.op.dim in (1, -1)
        return node if is_softmax and not is_read and node.inputs != (INPUT,) else None

    def _add(self, call: RecordedCall) -> None:
        """One recorded call: a layer where it gives an activation, else a part of others."""
        tensors = call.tensors
        for ref in tensors:
            encoding = Encoding.of(ref.value) if self.encodes else None
            is_shown = encoding is not None or _is_activation(ref.value)
            if not is_shown or (len(tensors) > 1 and ref not in self.used):
                continue
            feeds = self._feeds(call, self.layers)
            if not feeds:
                continue
            found = self._op(ref, feeds, encoding)
            if found is None:
                continue
            op, read = found
            name = self.names.new(call.name)
            self.nodes.append(Node(name, op, tuple(self.layers[each] for each in read)))
            self.layers[ref] = name

    def _feeds(self, call: RecordedCall, layers: Container[Ref]) -> tuple[Ref, ...]:
        """The activations that a call reads, also by way of what is none, in the order it reads.

        Args:
            layers: those that count.
        """
        found: dict[Ref, None] = {}
        waiting = list(reversed(call.refs))
        seen: set[Ref] = set()
        while waiting:
            ref = waiting.pop()
            if ref in layers:
                found[ref] = None
            elif ref not in seen:
                seen.add(ref)
                waiting += reversed(ref.call.refs)
        return tuple(found)

    def _op(
        self, ref: Ref, feeds: tuple[Ref, ...], encoding: Encoding | None
    ) -> tuple[nn.Module, tuple[Ref, ...]] | None:
        """What a call does, as a module, and the activations that it reads.

        None where it does not give again what it gave, and is not needed: a call that reads it does
        it too.

        Raises: GraphError when one does not that is needed.
        """
        if encoding is not None:
            self.encodings[ref] = encoding
        expected = ref.value if encoding is None else encoding.encode(ref.value)
        self.shown[ref] = expected
        # Of integers a sum may overflow, and a complex product is none of its parts.
        is_real = encoding is None or encoding.dtype.is_floating_point
        module, read = self._module(ref, feeds) if is_real else (None, ())
        if module is not None and self._gives(module, read, expected):
            return module, read
        call = Call(ref, feeds, self.encodings)
        if self._gives(call, feeds, expected):
            return call, feeds
        if not self.encodings.keys().isdisjoint(feeds):
            # What was encoded lies elsewhere in memory, by which some of PyTorch's results differ.
            feeds = self._feeds(ref.call, self.layers.keys() - self.encodings.keys())
            call = Call(ref, feeds, self.encodings)
            if self._gives(call, feeds, expected):
                return call, feeds
        if encoding is None:
            raise GraphError(reason_of(ref.call))
        del self.encodings[ref], self.shown[ref]
        return None

    def _gives(self, op: nn.Module, read: tuple[Ref, ...], expected: Tensor) -> bool:
        """Whether an op gives what is shown, by what is shown of what it reads."""
        return gives(op, [self.shown[each] for each in read], expected)

    def _module(self, ref: Ref, feeds: tuple[Ref, ...]) -> tuple[nn.Module | None, tuple[Ref, ...]]:
        """The module that was called, or that means the same as a function; and what it reads."""
        call = ref.call
        if isinstance(call.target, nn.Module):
            is_plain = not call.kwargs and all(_is_in(arg, self.layers) for arg in call.args)
            return (_plain(call.target) if is_plain and not ref.path else None), call.args
        parts = [each for each in call.refs if each not in self.layers]
        if any(self._feeds(each.call, self.layers) for each in parts):
            # A kernel or an index that is computed from the image is no setting of a module.
            return None, ()
        read: list[Ref] = []

        def argument(leaf: Any) -> Any:
            if not isinstance(leaf, Ref):
                return leaf
            if leaf not in self.layers:
                return leaf.value
            read.append(leaf)
            return Activation()

        args, kwargs = mapped((call.args, call.kwargs), argument)
        flattens = len(feeds) == 1 and _flattens(feeds[0].value, ref.value)
        found = module_of(call.target, args, kwargs, flattens)
        return (None if found is None else found.eval()), tuple(read)


def _is_in(arg: Any, layers: dict[Ref, str]) -> bool:
    """Whether an argument is an activation."""
    return isinstance(arg, Ref) and arg in layers


def _plain(module: nn.Module) -> nn.Module:
    """A module without hooks, which belong to whoever calls the network; never in place."""
    is_inplace = getattr(module, "inplace", False) is True
    if not is_inplace and not module._forward_hooks and not module._forward_pre_hooks:
        return module
    plain = copy.copy(module)
    plain._forward_hooks, plain._forward_pre_hooks = (
        type(module._forward_hooks)(),
        type(module._forward_pre_hooks)(),
    )
    if is_inplace:
        plain.inplace = False  # type: ignore[assignment]  # an ordinary attribute of PyTorch's
    return plain


def _is_activation(value: Tensor) -> bool:
    """Whether it is an activation of the one image."""
    is_dense = value.layout is torch.strided and value.is_floating_point()
    return is_dense and value.numel() > 0 and 2 <= value.dim() <= MAX_AXES and len(value) == 1


def _flattens(before: Tensor, after: Tensor) -> bool:
    """Whether one activation becomes one axis."""
    return after.dim() == 2 and after.numel() == before.numel()
