"""A network's forward as it really ran: every call that PyTorch was asked for, in its order.

Nothing is patched: functions are seen by a `TorchFunctionMode`, which sees those of its own thread
alone, and modules by hooks that are gone when the forward is over.
"""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules import module as hooks
from torch.overrides import TorchFunctionMode

from app.networks.graph import INPUT
from app.networks.recording.call import RecordedCall, Recording, Ref, function_name, precision_on
from app.networks.recording.containers import leaves, mapped, with_paths
from app.networks.recording.failure import Failure, ForwardFailed
from app.networks.recording.names import Names
from app.networks.recording.open_call import OpenCall, Source, version_of
from app.networks.recording.writing import Writing

READINGS = {
    *("__bool__", "__int__", "__float__", "__index__", "__complex__", "__contains__", "item"),
    *("tolist", "numpy", "__array__", "equal", "allclose", "is_nonzero", "__dlpack__"),
}
"""Functions by which a number leaves its tensor: what Python does with it, nobody sees."""

IsLayer = Callable[[nn.Module], bool]


def record(model: nn.Module, images: Tensor, is_layer: IsLayer) -> Recording:
    """One forward of a batch, recorded.

    Args:
        is_layer: which modules are one call; of others, what they call is recorded.

    Raises: ForwardFailed, with the calls before, when forward raises.
    """
    return _Recorder(model, images.clone(), is_layer).run()


class _Recorder(TorchFunctionMode):
    """Sees each call while it is entered."""

    def __init__(self, model: nn.Module, images: Tensor, is_layer: IsLayer) -> None:
        super().__init__()
        self.model, self.images, self.is_layer = model, images, is_layer
        given = RecordedCall(INPUT, nn.Identity(), (), {}, images.clone(), storage=_storage(images))
        self.recording = Recording(given)
        self._sources: dict[int, Source] = {}
        self._writings: Counter[int] = Counter()  # by where in memory
        self._keep(Ref(given), images)
        self._paths = {id(module): path for path, module in model.named_modules()}
        self._names = Names(given.name)
        self._under_way: list[str] = [""]
        self._layer: tuple[int, OpenCall] | None = None
        self._within_layer = ExitStack()
        self._thread = threading.get_ident()
        self._raised: tuple[Exception | SystemExit, str, str, Any] | None = None

    def run(self) -> Recording:
        """The forward of the images."""
        with ExitStack() as stack:
            before = hooks.register_module_forward_pre_hook(self._before)
            stack.callback(before.remove)
            after = hooks.register_module_forward_hook(
                self._after, with_kwargs=True, always_call=True
            )
            stack.callback(after.remove)
            stack.enter_context(self)
            try:
                result = self.model(self.images)
                with torch._C.DisableTorchFunction():
                    self.recording.result = mapped(result, self._ref)
            except (Exception, SystemExit) as error:  # a network's own code may raise anything
                self._fail(error, "", ())
                assert self._raised is not None
                raise ForwardFailed(self.recording, Failure.of(*self._raised)) from error
        return self.recording

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        """A function or method of PyTorch's, outside of any layer."""
        kwargs = kwargs or {}
        if torch._C._functorch.peek_interpreter_stack() is not None:
            return func(*args, **kwargs)  # within vmap or the like, where no tensor has values
        begun = OpenCall(args, kwargs, self._ref)
        try:
            result = func(*args, **kwargs)
        except Exception as error:  # whatever PyTorch raises is told, and goes on its way
            self._fail(error, function_name(func), begun.leaves)
            raise
        self._end(self._path(function_name(func)), func, begun, result)
        return result

    def _before(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        """A module is about to be called."""
        if threading.get_ident() != self._thread:
            return
        self._under_way.append(self._path_of(module))
        # A hook before it may give it something else than is told here: then its calls are told.
        if self._layer is None and self.is_layer(module) and not module._forward_pre_hooks:
            # Not so much as asked whether it would look: some layers are quicker where nobody does.
            self._within_layer.enter_context(torch._C.DisableTorchFunction())
            self._layer = (len(self._under_way), OpenCall(args, {}, self._ref))

    def _after(self, module: nn.Module, args: tuple[Any, ...], *rest: Any) -> None:
        """A module was called: told are its keywords and its result, or where it raised neither."""
        if threading.get_ident() != self._thread:
            return
        begun = None
        if self._layer is not None and self._layer[0] == len(self._under_way):
            begun, self._layer = self._layer[1], None
        if len(rest) < 2:
            self._fail(sys.exception(), type(module).__name__, begun.leaves if begun else ())
        elif begun is not None:
            begun.add(rest[0], self._ref)
            self._end(self._under_way[-1], module, begun, rest[1])
        if begun is not None:
            self._within_layer.close()
        self._under_way.pop()

    def _path(self, name: str) -> str:
        """The path of what the module under way calls by that name."""
        return ".".join(filter(None, (self._under_way[-1], name)))

    def _path_of(self, module: nn.Module) -> str:
        """The path of a module; one that the network does not list has its class's name."""
        path: str | None = self._paths.get(id(module))
        if path or (path is not None and not self.is_layer(module)):
            return path
        return self._path(type(module).__name__.lower())

    def _end(self, name: str, target: Any, begun: OpenCall, result: Any) -> None:
        """A call was made: it is kept where it gave a tensor, or wrote into one."""
        writes = begun.writes
        places = {_storage(begun.leaves[at]) for at in writes}
        self._writings.update(places - {0})
        call = RecordedCall(name, target, begun.args, begun.kwargs, writes=writes)
        call.precision = precision_on(self.images.device.type)
        if any(isinstance(leaf, Tensor) for leaf in leaves(result)):
            self._add(call, result)
        elif writes:
            call.gives_what_it_wrote = True
            self._add(call, begun.leaves[writes[0]])
        elif getattr(target, "__name__", "") in READINGS and call.refs:
            call.result = result
            self.recording.readings.append(call)

    def _add(self, call: RecordedCall, result: Any) -> None:
        """A call that gave tensors, under a name of its own."""
        call.name = self._names.new(call.name)
        call.result = mapped(result, _copy)
        self.recording.calls.append(call)
        for path, leaf in with_paths(result):
            if isinstance(leaf, Tensor):
                call.storage = call.storage or _storage(leaf)
                self._keep(Ref(call, path), leaf)

    def _keep(self, ref: Ref, tensor: Tensor) -> None:
        """From here on the tensor comes from there."""
        writings = self._writings[_storage(tensor)]
        self._sources[id(tensor)] = Source(ref, tensor, version_of(tensor), writings)

    def _ref(self, leaf: Any) -> Any:
        """Where a tensor comes from; what no call gave is a constant."""
        source = self._sources.get(id(leaf)) if isinstance(leaf, Tensor) else None
        if source is None:
            return leaf
        is_written = self._writings[_storage(leaf)] != source.writings
        if is_written or version_of(leaf) != source.version:
            self._add_writing(source)
        return self._sources[id(leaf)].ref

    def _add_writing(self, source: Source) -> None:
        """A tensor has changed by what was written where it lies: a call that does it all."""
        storage = _storage(source.tensor)
        calls = (self.recording.given, *self.recording.calls)
        writing = Writing([call for call in calls if call.storage == storage], source.ref)
        call = RecordedCall(f"{source.ref.call.name}.write", writing, writing.reads, {})
        call.storage = storage
        self._add(call, source.tensor)

    def _fail(self, error: BaseException | None, call: str, given: Any) -> None:
        """Something raised; where it is told first is where it happened."""
        is_told = self._raised is not None and self._raised[0] is error
        if isinstance(error, (Exception, SystemExit)) and not is_told:
            self._raised = (error, self._under_way[-1], call, given)


def _copy(leaf: Any) -> Any:
    """A tensor as it is now."""
    return leaf.detach().clone() if isinstance(leaf, Tensor) else leaf


def _storage(tensor: Tensor) -> int:
    """Where its values lie; 0 where it has none."""
    return tensor.untyped_storage().data_ptr() if tensor.layout is torch.strided else 0
