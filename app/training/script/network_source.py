"""The source text of a network: its classes and functions, each behind what it is made of."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any

OURS = "app."


class NetworkSource:
    """Collects definitions of this program, so that they can stand in another file.

    `imports`: the lines that bring in what is others'. `definitions`: by name, in an order in which
    each one can be carried out.
    """

    def __init__(self) -> None:
        self.imports: dict[str, None] = {}
        self.definitions: dict[str, str] = {}
        self._seen: dict[str, ModuleType] = {}

    def add(self, thing: Callable[..., Any]) -> str:
        """Takes in a function, a class, or a call of one that is prepared; how it is called."""
        if isinstance(thing, partial):
            given = [*map(repr, thing.args)]
            given += [f"{name}={value!r}" for name, value in thing.keywords.items()]
            return f"{self._take(thing.func)}({', '.join(given)})"
        return f"{self._take(thing)}()"

    def _take(self, thing: Callable[..., Any]) -> str:
        """Takes in what is defined at the top of one of our modules; its name."""
        name = thing.__name__
        self._define(sys.modules[thing.__module__], name)
        return name

    def _define(self, module: ModuleType, name: str) -> None:
        """A name of a module, behind all that its definition reads."""
        statement = _statements(module).get(name)
        if statement is None:  # a local name, or one of Python's own
            return
        if isinstance(statement, ast.Import | ast.ImportFrom):
            self._import(statement, name)
            return
        if self._seen.setdefault(name, module) is not module:
            raise ValueError(f"Two modules of one network define {name}.")
        if name in self.definitions:
            return
        self.definitions[name] = ""
        for used in ast.walk(statement):
            if isinstance(used, ast.Name) and used.id != name:
                self._define(module, used.id)
        # Behind what it reads.
        del self.definitions[name]
        self.definitions[name] = _text(module, statement)

    def _import(self, statement: ast.Import | ast.ImportFrom, name: str) -> None:
        """What is imported: ours is defined here, too, what is others' is imported."""
        if isinstance(statement, ast.Import):
            self.imports[f"import {name}"] = None
        elif (source := str(statement.module)).startswith(OURS):
            self._define(import_module(source), name)
        else:
            self.imports[f"from {source} import {name}"] = None

    @property
    def text(self) -> str:
        """All definitions, each once."""
        return "\n".join(f"\n{each}\n" for each in dict.fromkeys(self.definitions.values()))


@cache
def _statements(module: ModuleType) -> dict[str, ast.stmt]:
    """What stands at the top of a module, by the names that it gives a meaning."""
    found: dict[str, ast.stmt] = {}
    for statement in ast.parse(inspect.getsource(module)).body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found[name] = statement
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                found |= {each.asname or each.name: statement for each in names}
            case ast.Assign(targets=targets):
                inner = (each for target in targets for each in ast.walk(target))
                found |= {each.id: statement for each in inner if isinstance(each, ast.Name)}
    return found


def _text(module: ModuleType, statement: ast.stmt) -> str:
    """The lines of a statement at the top of a module."""
    lines = inspect.getsource(module).splitlines()
    return "\n".join(lines[statement.lineno - 1 : statement.end_lineno])
