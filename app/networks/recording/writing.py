"""What was written into a view of a tensor, once more and on another tensor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from app.networks.recording.call import RecordedCall, Ref


@dataclass(eq=False)
class Writing:
    """All calls that made views of one tensor, or wrote into it, once more.

    Args:
        calls: the first made the tensor.
        wanted: whose value is asked for.
    """

    calls: Sequence[RecordedCall]
    wanted: Ref

    @property
    def reads(self) -> tuple[Ref, ...]:
        """The tensor as it was made, and what else the calls read."""
        made, *others = self.calls
        read = [ref for call in others for ref in call.refs if ref.call not in self.calls]
        return tuple(dict.fromkeys((made.tensors[0], *read)))

    def __call__(self, *given: Tensor) -> Any:
        """The value as it is when all has been written."""
        values: dict[Ref, Any] = dict(zip(self.reads, given, strict=True))
        values[self.reads[0]] = given[0].clone()
        for call in self.calls[1:]:
            if isinstance(call.target, Writing):
                # What was written up to there is in the tensor already.
                values[Ref(call)] = values[call.target.wanted]
            else:
                call.values_again(values, into_given=True)
        return values[self.wanted]
