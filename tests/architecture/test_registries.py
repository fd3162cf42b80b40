"""An operation or a kind of layer is asked by its registry: nothing compares their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.mechanics.operations import OPERATIONS
from app.mechanics.pool_kinds import POOL_KINDS
from app.networks.kinds import KINDS
from tests.architecture import tree

NAMES = {*OPERATIONS, *POOL_KINDS, *(kind.name for kind in KINDS)}
PARTS = {"max", "average", "lp", "adaptive", "global", "conv", "pool2d", "_max", "_pool2d"}
APP = [path for path in tree.ours(".py") if path.parts[0] == "app"]


def strings(node: ast.AST) -> set[str]:
    """Every string that is written in an expression."""
    constants = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def comparisons(syntax: ast.Module) -> Iterator[int]:
    """The lines that compare something with such a name, or ask how it is spelt."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.Compare):
            compared = set().union(*(strings(each) for each in (node.left, *node.comparators)))
            if compared & NAMES:
                yield node.lineno
        elif isinstance(node, ast.MatchValue) and strings(node) & NAMES:
            yield node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asks = node.func.attr in ("startswith", "endswith", "removeprefix", "removesuffix")
            if asks and strings(ast.Tuple(node.args)) & PARTS:
                yield node.lineno


@pytest.mark.parametrize("path", APP, ids=lambda path: path.as_posix())
def test_nothing_compares_the_name_of_an_operation_or_of_a_kind(path: Path) -> None:
    assert list(comparisons(tree.syntax(path))) == []


@pytest.mark.parametrize(
    "text",
    [
        'kind == "max"',
        'operation in ("conv2d", "other")',
        'layer.kind != "Flatten"',
        'operation.endswith("pool2d")',
        'match kind:\n    case "lp":\n        pass',
    ],
)
def test_such_a_comparison_would_be_found(text: str) -> None:
    assert list(comparisons(ast.parse(text)))
