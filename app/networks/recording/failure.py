"""Where a network's forward raised: in which module, in which line, and what was given."""

from __future__ import annotations

import linecache
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import torch
from torch import Tensor

from app.networks.recording.call import Recording
from app.networks.recording.containers import leaves

OUR_OWN = Path(__file__).parent.parent
TORCH = Path(torch.__file__).parent


@dataclass(frozen=True)
class Failure:
    """An exception of a network's own code.

    Args:
        error: its class and its first line.
        path: of the module that was under way; empty for the network itself.
        call: what was called there, empty where nothing of PyTorch's was.
        shapes: of the tensors that it was given.
        file, line, source: the innermost line that is neither PyTorch's nor ours; file is empty
            where there is none.
    """

    error: str
    path: str
    call: str = ""
    shapes: tuple[tuple[int, ...], ...] = ()
    file: str = ""
    line: int = 0
    source: str = ""

    @classmethod
    def of(cls, error: Exception | SystemExit, path: str, call: str = "", given: Any = ()) -> Self:
        """What there is to say of an exception that was just caught."""
        shapes = tuple(tuple(leaf.shape) for leaf in leaves(given) if isinstance(leaf, Tensor))
        said = str(error).strip().partition("\n")[0]
        name = f"{type(error).__name__}: {said}" if said else type(error).__name__
        return cls(name, path, call, shapes, *place_of(error))

    def __str__(self) -> str:
        """All of it as one sentence."""
        parts = [f"forward raised {self.error.rstrip('.')}"]
        if self.call:
            shapes = " and ".join("×".join(map(str, shape)) or "a number" for shape in self.shapes)
            parts.append(f"in {self.call}" + (f" of {shapes}" if shapes else ""))
        if self.path:
            parts.append(f"in the module {self.path}")
        if self.file:
            parts.append(f"at line {self.line} of {self.file}, “{self.source}”")
        return ", ".join(parts) + "."


class ForwardFailed(Exception):
    """A forward raised.

    Args:
        recording: the calls before.
        failure: where it was.
    """

    def __init__(self, recording: Recording, failure: Failure) -> None:
        super().__init__(str(failure))
        self.recording, self.failure = recording, failure


def place_of(error: BaseException) -> tuple[str, int, str]:
    """File, number and text of the innermost line that is neither PyTorch's nor ours."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if OUR_OWN not in file.parents and TORCH not in file.parents:
            line = frame.lineno or 0
            return file.name, line, linecache.getline(frame.filename, line).strip()
    return "", 0, ""
