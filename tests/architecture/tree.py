"""The project's own source, read as text and as syntax trees, never imported."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.places import ROOT


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that the repository holds or would take, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = sorted({Path(name) for name in listing.split("\0") if name})
    return tuple(path for path in paths if (ROOT / path).is_file())


def ours(*suffixes: str, below: str = "") -> list[Path]:
    """Our own files with one of these suffixes: the released files of others left out."""
    return [
        path
        for path in tracked()
        if path.suffix in suffixes
        and path.as_posix().startswith(below)
        and not path.as_posix().startswith("static/js/vendor/")
    ]


@cache
def text(path: Path) -> str:
    """A file's text."""
    return (ROOT / path).read_text("utf-8")


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """A file's lines with their numbers, counted from 1."""
    return enumerate(text(path).splitlines(), start=1)


@cache
def syntax(path: Path) -> ast.Module:
    """A Python file's syntax tree."""
    return ast.parse(text(path), filename=str(path))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The dotted names a Python file imports, `from a import b` as both `a` and `a.b`.

    Imports for the type checker alone count too: they bind one room to another all the same.
    """
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    package = path.with_suffix("").parts[:-1]
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
