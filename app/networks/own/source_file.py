"""A module out of a file of the user's: what it does and raises is told in a sentence."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from torch import nn

from app.networks.own.error import OwnNetworkError
from app.networks.own.given_file import content_of, or_else
from app.networks.recording.failure import Place, told


def build_module(target: str) -> nn.Module:
    """What `my_file.py:build` names: a module, or what a function or class gives without arguments.

    Raises: OwnNetworkError, whatever the file does.
    """
    file, _, attribute = target.rpartition(":")
    if not file or not attribute.isidentifier():
        example = f"{Path(target).name}:build" if Path(target).is_file() else "my_file.py:build"
        raise OwnNetworkError(f"“{target}” names no file and function; it is given as {example}.")
    content_of(Path(file))
    path = Path(file).resolve()
    found = _called(f"{path.name} cannot be imported", lambda: _import(path, attribute))
    if not hasattr(found, attribute):
        (near,) = get_close_matches(attribute, _builders(found), 1) or (None,)
        raise OwnNetworkError(f"{path.name} has no {attribute}{or_else(near)}")
    return _built(getattr(found, attribute), f"{attribute} of {path.name}")


def _built(found: Any, name: str) -> nn.Module:
    """What a file's attribute is or gives. Raises: OwnNetworkError for what is no module."""
    if isinstance(found, nn.Module):
        return found
    if not callable(found):
        raise OwnNetworkError(f"{name} is no function and no module.")
    if wanted := _wanted(found):
        raise OwnNetworkError(
            f"{name} is called without arguments, but needs {' and '.join(wanted)}: give "
            "defaults, or name a function that calls it with them."
        )
    built = _called(f"{name} failed", found)
    if not isinstance(built, nn.Module):
        given = f"the class {built.__name__}" if isinstance(built, type) else type(built).__name__
        raise OwnNetworkError(f"{name} gives {given}, but a torch.nn.Module is needed.")
    return built


def _wanted(call: Callable[..., Any]) -> list[str]:
    """The arguments without which a function or class cannot be called."""
    try:
        parameters = inspect.signature(call).parameters.values()
    except (TypeError, ValueError):  # what is not written in Python has none to read
        return []
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        each.name for each in parameters if each.default is each.empty and each.kind not in optional
    ]


def _builders(module: ModuleType) -> list[str]:
    """The names in a file of its own functions and classes, and of its modules."""
    return [
        name
        for name, value in vars(module).items()
        if isinstance(value, nn.Module) or getattr(value, "__module__", None) == module.__name__
    ]


def _import(path: Path, attribute: str) -> ModuleType:
    """A file as a module; it may import what lies beside it."""
    spec = importlib.util.spec_from_file_location(f"own_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise OwnNetworkError(f"{path.name} is no file of Python, which ends in .py.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.append(str(path.parent))
    try:
        spec.loader.exec_module(module)
    except ImportError as error:
        if "no known parent package" not in str(error):
            raise
        raise OwnNetworkError(
            f"{path.name} imports relatively, as a part of a package; name a file beside the "
            f"package, with “from {_dotted(path)} import {attribute}”."
        ) from None
    return module


def _dotted(path: Path) -> str:
    """A module's name from the outermost package on that it is in."""
    names = [path.stem, path.parent.name]
    for folder in path.parent.parents:
        if not (folder / "__init__.py").is_file():
            break
        names.append(folder.name)
    return ".".join(reversed(names))


def _called(what: str, call: Callable[[], Any]) -> Any:
    """What a call of the user's gives. Raises: OwnNetworkError with the line where it failed."""
    try:
        return call()
    except OwnNetworkError:
        raise
    except (Exception, SystemExit) as error:
        place = Place.of(error)
        where = f", {place}" if place.file else ""
        raise OwnNetworkError(f"{what}: {told(error)}{where}.") from error
