"""A module out of a file of the user's: what it does and raises is told in a sentence."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from torch import nn

from app.networks.own.error import OwnNetworkError
from app.networks.recording.failure import place_of


def build_module(target: str) -> nn.Module:
    """What `my_file.py:build` names: a module, or what a function or class gives without arguments.

    Raises: OwnNetworkError, whatever the file does.
    """
    file, _, attribute = target.rpartition(":")
    path = Path(file).resolve()
    if not file or not attribute.isidentifier():
        raise OwnNetworkError(
            f"{target} names no file and function; it is given as my_file.py:build."
        )
    if not path.is_file():
        raise OwnNetworkError(f"There is no file {file}.")
    found = _called(f"{path.name} cannot be imported", lambda: _import(path))
    if not hasattr(found, attribute):
        raise OwnNetworkError(f"{path.name} has no {attribute}.")
    built = getattr(found, attribute)
    if not isinstance(built, nn.Module):
        if not callable(built):
            raise OwnNetworkError(f"{attribute} of {path.name} is no function and no module.")
        built = _called(f"{attribute} of {path.name} failed", built)
    if not isinstance(built, nn.Module):
        raise OwnNetworkError(
            f"{attribute} of {path.name} gives {type(built).__name__}, but a torch.nn.Module "
            "is needed."
        )
    return built


def _import(path: Path) -> Any:
    """A file as a module; it may import what lies beside it."""
    spec = importlib.util.spec_from_file_location(f"own_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise OwnNetworkError(f"{path.name} is no file of Python.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.append(str(path.parent))
    spec.loader.exec_module(module)
    return module


def _called(what: str, call: Callable[[], Any]) -> Any:
    """What a call of the user's gives. Raises: OwnNetworkError with the line where it failed."""
    try:
        return call()
    except OwnNetworkError:
        raise
    except (Exception, SystemExit) as error:
        file, line, source = place_of(error)
        where = f", at line {line} of {file}, “{source}”" if file else ""
        said = str(error).strip().partition("\n")[0]
        name = f"{type(error).__name__}: {said}" if said else type(error).__name__
        raise OwnNetworkError(f"{what}: {name.rstrip('.')}{where}.") from error
