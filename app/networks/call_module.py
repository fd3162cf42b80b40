"""A call in a network's forward that nothing explains, as a module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from torch import Tensor, nn

from app.networks.encoding import Encoding
from app.networks.recording.call import RecordedCall, Ref
from app.networks.recording.containers import leaves
from app.networks.recording.names import Names


class Call(nn.Module):
    """A call in a network's forward of which no more is known: it is made again as it stood there.

    What it reads and is no activation (a tuple's part, an index, a scalar) is worked out anew on
    the way.

    Args:
        ref: the tensor that is wanted of what the call gives.
        feeds: the activations that it reads, in the order they are given to `forward`.
        encodings: of those among them, and of what is wanted, that are shown as something else:
            `forward` takes and gives what is shown.
    """

    takes_batches = False

    def __init__(
        self, ref: Ref, feeds: Sequence[Ref], encodings: Mapping[Ref, Encoding] | None = None
    ) -> None:
        super().__init__()
        known = encodings or {}
        self.ref, self.feeds = ref, tuple(feeds)
        self.encoding = known.get(ref)
        self.read = tuple(known.get(feed) for feed in feeds)

    @property
    def title(self) -> str:
        """What is called, in a word."""
        return self.ref.call.title

    @property
    def learned(self) -> dict[str, nn.Parameter]:
        """What the calls that are made again have learned, each tensor once.

        A module's tensors have its names for them; one that a function is given is a `parameter`.
        """
        names = Names()
        found: dict[int, tuple[str, nn.Parameter]] = {}
        for call in _calls(self.ref, self.feeds):
            before = "" if call is self.ref.call else f"{call.name}."
            given = [("parameter", leaf) for leaf in leaves((call.args, call.kwargs))]
            own = call.target.named_parameters() if isinstance(call.target, nn.Module) else ()
            for name, tensor in (*own, *given):
                if isinstance(tensor, nn.Parameter) and id(tensor) not in found:
                    found[id(tensor)] = (names.new(f"{before}{name}"), tensor)
        return dict(found.values())

    def forward(self, *inputs: Tensor) -> Tensor:
        """Shape: as the call has it."""
        given = zip(self.feeds, self.read, inputs, strict=True)
        values: dict[Ref, Any] = {
            ref: shown if encoding is None else encoding.decode(shown)
            for ref, encoding, shown in given
        }
        result: Tensor = _value(self.ref, values)
        return result if self.encoding is None else self.encoding.encode(result)


def _calls(wanted: Ref, given: Sequence[Ref]) -> Iterator[RecordedCall]:
    """The calls that lead from what is given to what is wanted, the last first."""
    waiting, seen = [wanted.call], {ref.call for ref in given}
    while waiting:
        call = waiting.pop()
        if call not in seen:
            seen.add(call)
            yield call
            waiting += [ref.call for ref in call.refs if ref not in given]


def _value(wanted: Ref, values: dict[Ref, Any]) -> Any:
    """What stands at a reference; what is worked out on the way is added to `values`."""
    waiting = [wanted]
    while waiting:
        ref = waiting[-1]
        missing = [each for each in ref.call.refs if each not in values]
        if ref in values or not missing:
            waiting.pop()
            if ref not in values:
                ref.call.values_again(values)
        else:
            waiting += missing
    return values[wanted]
