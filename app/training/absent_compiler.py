"""PyTorch's compiler stays out of a process that does nothing but train, until it is asked for.

Every optimizer loads it, only to say what of a step is not to be compiled: that is half of all
that the process of a run takes to get ready, and nothing of ours is ever compiled.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
import threading
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

NAME = "torch._dynamo"
LOCK = threading.RLock()


class _Absent(ModuleType):
    """In the compiler's place: what optimizers ask of it; whatever else is asked loads it.

    Source: torch/optim/optimizer.py and torch/_compile.py of PyTorch 2.14.
    """

    def __init__(self) -> None:
        super().__init__(NAME)
        self.__spec__ = importlib.util.find_spec(NAME)

    def disable(self, *given: Any, **more: Any) -> Any:
        """What an optimizer never has compiled need not be kept from it: its function as it is."""
        if _is_asked_by("torch._compile"):
            return given[0]
        return _loaded().disable(*given, **more)

    def graph_break(self, *given: Any, **more: Any) -> None:
        """Where an optimizer's step is not compiled there is nothing to break."""
        if not _is_asked_by("torch.optim.optimizer"):
            _loaded().graph_break(*given, **more)

    def __getattr__(self, name: str) -> Any:
        # Who looks for a module's file among all that are loaded does not ask for this one.
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)
        return getattr(_loaded(), name)


def _is_asked_by(module: str) -> bool:
    """Whether the function that called this was called by code of this module."""
    return sys._getframe(2).f_globals.get("__name__") == module


def _loaded() -> Any:
    """The compiler itself, which takes its place."""
    with LOCK:
        if isinstance(sys.modules.get(NAME), _Absent):
            del sys.modules[NAME]
        return importlib.import_module(NAME)


class _Known(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a part of the compiler that was loaded with it, while its name was looked up."""

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        is_part = fullname.startswith(f"{NAME}.") and fullname in sys.modules
        return importlib.util.spec_from_loader(fullname, self) if is_part else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return sys.modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """It has been executed."""


def keep_compiler_out() -> None:
    """From now on optimizers do without the compiler, unless it is there already."""
    if NAME not in sys.modules:
        sys.meta_path.insert(0, _Known())
        sys.modules[NAME] = _Absent()
