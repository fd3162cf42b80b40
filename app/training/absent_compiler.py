"""PyTorch's compiler stays out of a process that trains, until something asks for it.

Every optimizer loads it, only to say what of a step is not to be compiled: that is half of all
that the process of a run takes to get ready, and nothing of ours is ever compiled.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
import threading
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

NAME = "torch._dynamo"
LOCK = threading.RLock()


class _Absent(ModuleType):
    """In the compiler's place: what optimizers ask of it; anything else loads it.

    Source: torch/optim/optimizer.py and torch/_compile.py of PyTorch 2.14.
    """

    def __init__(self) -> None:
        super().__init__(NAME)

    @staticmethod
    def disable(function: Callable[..., Any], *_: object, **__: object) -> Callable[..., Any]:
        """What is never compiled need not be kept from being compiled."""
        return function

    @staticmethod
    def graph_break(*_: object, **__: object) -> None:
        """Where nothing is compiled there is nothing to break."""

    def __getattr__(self, name: str) -> Any:
        with LOCK:
            if sys.modules.get(NAME) is self:
                del sys.modules[NAME]
            return getattr(importlib.import_module(NAME), name)


class _Known(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a part of the compiler that was loaded with it, while its name was looked up."""

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        is_part = fullname.startswith(f"{NAME}.") and fullname in sys.modules
        return importlib.util.spec_from_loader(fullname, self) if is_part else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return sys.modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """It has been executed."""


def keep_compiler_out() -> bool:
    """From now on optimizers do without the compiler; false where it is there already."""
    if NAME in sys.modules:
        return False
    sys.meta_path.insert(0, _Known())
    sys.modules[NAME] = _Absent()
    return True
