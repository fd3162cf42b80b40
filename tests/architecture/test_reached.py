"""Nothing in app/ is there for nobody: it is reached from the command line, or by its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tree

ENTRIES = (Path("app/__main__.py"), Path("app/alias/convoscope.py"))
APP = {path for path in tree.ours(".py") if path.parts[0] == "app"}


def file_of(name: str) -> Path | None:
    """The file of a dotted name, a module or a package; None for what is in neither."""
    base = Path(*name.split("."))
    both = (base.with_suffix(".py"), base / "__init__.py")
    return next((each for each in both if each in APP), None)


def started(path: Path) -> Iterator[str]:
    """The modules that a file starts as programs of their own: their names stand in a string."""
    for node in ast.walk(tree.syntax(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^app(?:\.\w+)+", node.value)


def packages(path: Path) -> set[Path]:
    """The `__init__.py` of every package around a file, which an import of it runs."""
    return {parent / "__init__.py" for parent in path.parents} & APP


def reached(entry: Path) -> set[Path]:
    """Every file that an entry reaches by imports, those inside functions too, or starts."""
    found: set[Path] = set()
    waiting = [entry]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        imported = (file_of(name) for name in (*tree.imports(path), *started(path)))
        waiting += [each for each in imported if each is not None]
        waiting += packages(path)
    return found


def test_every_module_is_reached_from_the_command_line_or_by_the_projects_name() -> None:
    found = set().union(*map(reached, ENTRIES))
    assert sorted(map(str, APP - found)) == []
