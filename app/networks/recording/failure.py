"""Where a network's forward raised: in which module, in which line, and what was given."""

from __future__ import annotations

import linecache
import sysconfig
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import torch
from torch import Tensor

from app.networks.recording.call import Recording
from app.networks.recording.containers import leaves

OUR_OWN = Path(__file__).parent.parent
TORCH = Path(torch.__file__).parent
STANDARD = Path(sysconfig.get_path("stdlib"))


class Place(NamedTuple):
    """A line of a file; all empty where it is unknown."""

    file: str = ""
    line: int = 0
    source: str = ""

    @classmethod
    def of(cls, error: BaseException) -> Place:
        """The line that does not parse, or the innermost that is whoever's network it is.

        Lines of Python's own library, of PyTorch and ours say nothing of what to change.
        """
        if isinstance(error, SyntaxError) and error.filename and error.lineno:
            return cls(Path(error.filename).name, error.lineno, (error.text or "").strip())
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if not _is_library(frame.filename):
                line = frame.lineno or 0
                source = linecache.getline(frame.filename, line).strip()
                return cls(Path(frame.filename).name, line, source)
        return NOWHERE

    def __str__(self) -> str:
        """As a part of a sentence."""
        where = f"at line {self.line} of {self.file}" if self.file else ""
        return f"{where}, “{self.source}”" if where and self.source else where


NOWHERE = Place()


@dataclass(frozen=True)
class Failure:
    """An exception of a network's own code.

    Args:
        error: its class and its first line.
        path: of the module that was under way; empty for the network itself.
        call: what was called there, empty where nothing of PyTorch's was.
        shapes: of the tensors that it was given.
        place: where it was.
    """

    error: str
    path: str
    call: str = ""
    shapes: tuple[tuple[int, ...], ...] = ()
    place: Place = NOWHERE

    @classmethod
    def of(cls, error: Exception | SystemExit, path: str, call: str = "", given: Any = ()) -> Self:
        """What there is to say of an exception that was just caught."""
        shapes = tuple(tuple(leaf.shape) for leaf in leaves(given) if isinstance(leaf, Tensor))
        return cls(told(error), path, call, shapes, Place.of(error))

    def __str__(self) -> str:
        """All of it as one sentence."""
        parts = [f"forward raised {self.error}"]
        if self.call:
            shapes = " and ".join("×".join(map(str, shape)) or "a number" for shape in self.shapes)
            parts.append(f"in {self.call}" + (f" of {shapes}" if shapes else ""))
        if self.path:
            parts.append(f"in the module {self.path}")
        if self.place.file:
            parts.append(str(self.place))
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


def told(error: BaseException) -> str:
    """An exception's class and the first line of what it says, without the last dot."""
    # A syntax error repeats in brackets where it is, which its place says.
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    said = said.strip().partition("\n")[0].rstrip(".")
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _is_library(file: str) -> bool:
    """Whether a file is PyTorch's, ours, or of Python's own library."""
    path = Path(file)
    if file.startswith("<frozen") or OUR_OWN in path.parents or TORCH in path.parents:
        return True
    return STANDARD in path.parents and not {"site-packages", "dist-packages"} & {*path.parts}
