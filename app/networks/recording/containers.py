"""Tuples, lists, dictionaries and dataclasses of tensors, as forwards take and return them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import torch

Key = int | str


class Leaf:
    """A dataclass that is no container."""


def leaves(value: Any) -> list[Any]:
    """What is no container, in order: of tuples, lists, dictionaries and dataclasses."""
    return [leaf for _, leaf in with_paths(value)]


def with_paths(value: Any, path: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """The same, each with the keys that lead to it."""
    parts = _parts(value)
    if parts is None:
        yield path, value
        return
    for key, part in parts.items():
        yield from with_paths(part, (*path, key))


def at_path(value: Any, path: tuple[Key, ...]) -> Any:
    """What stands there."""
    for key in path:
        parts = _parts(value)
        assert parts is not None
        value = parts[key]
    return value


def mapped(value: Any, act: Callable[[Any], Any]) -> Any:
    """The same containers, with something else at each leaf."""
    if isinstance(value, dict):
        return {key: mapped(part, act) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        parts = [mapped(part, act) for part in value]
        if isinstance(value, list):
            return parts
        if type(value) is tuple or not hasattr(value, "_fields"):
            # What torch returns under names (torch.return_types) is read as the tuple that it is.
            return tuple(parts)
        return type(value)(*parts)
    if _is_record(value):
        other = copy.copy(value)
        for field in fields(value):
            object.__setattr__(other, field.name, mapped(getattr(value, field.name), act))
        return other
    return act(value)


def _parts(value: Any) -> dict[Any, Any] | None:
    """What a container holds, by key; None of what is none."""
    if isinstance(value, dict):
        return value
    if isinstance(value, (tuple, list)) and not isinstance(value, torch.Size):
        return dict(enumerate(value))
    if _is_record(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return None


def _is_record(value: Any) -> bool:
    """Whether it is a dataclass, and not one that says that it is a leaf."""
    return is_dataclass(value) and not isinstance(value, (type, Leaf))
