"""An operation is known by its object: nothing outside the registries asks for one by name."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from app.mechanics.operations import OPERATIONS
from app.mechanics.pool_kinds import PoolKind
from tests.architecture import tree

HOME = "static/js/core/operations/"
BROWSER = [path for path in tree.ours(".js", below="static/js/") if HOME not in path.as_posix()]
NAMES = frozenset(
    name
    for path in tree.ours(".js", below=HOME)
    for name in re.findall(r"\bname: '(\w+)'", tree.text(path))
)
SERVER_NAMES = frozenset(OPERATIONS) | frozenset(get_args(PoolKind))

LITERAL = r"""['"`](\w+)['"`]"""
EQUALITY = re.compile(rf"[!=]==?\s*{LITERAL}|{LITERAL}\s*[!=]==?|\bcase\s+{LITERAL}")
AFFIX = re.compile(rf"\.(startsWith|endsWith|includes|indexOf|split)\(\s*{LITERAL}")
AFFIXES = {"startsWith", "endsWith", "startswith", "endswith", "removeprefix", "removesuffix"}


def is_part(method: str, literal: str, names: frozenset[str]) -> bool:
    """Whether a method that looks into a text asks for an operation with this literal."""
    if method in AFFIXES:
        # A text may begin with max_ for reasons of its own.
        kinds = {name.removesuffix("_pool2d") for name in names}
        beginnings = any(name.startswith(literal) for name in kinds)
        return beginnings or any(name.endswith(literal) for name in names)
    return literal in names or literal.strip("_") in names


def asked_in_javascript(code: str) -> list[str]:
    """The operations' names that a module compares with."""
    equal = [next(filter(None, found)) for found in EQUALITY.findall(code)]
    parts = [literal for method, literal in AFFIX.findall(code) if is_part(method, literal, NAMES)]
    return [name for name in equal if name in NAMES] + parts


def asked_in_python(module: ast.Module) -> list[str]:
    """The operations' names that a module compares with."""
    found: list[str] = []
    for node in ast.walk(module):
        compared: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            compared = [node.value]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found += [
                literal
                for argument in node.args
                for literal in literals(argument)
                if node.func.attr in AFFIXES and is_part(node.func.attr, literal, SERVER_NAMES)
            ]
        found += [
            literal for side in compared for literal in literals(side) if literal in SERVER_NAMES
        ]
    return found


def literals(expression: ast.expr) -> list[str]:
    """The texts that an expression is, or a literal collection of them holds."""
    parts = (
        expression.elts if isinstance(expression, ast.Tuple | ast.List | ast.Set) else [expression]
    )
    return [
        part.value
        for part in parts
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def test_the_names_are_those_of_the_registries() -> None:
    kinds = {name.removesuffix("_pool2d") for name in OPERATIONS}
    assert kinds <= NAMES
    assert {name for name in NAMES if name not in kinds} == {"adaptive", "global"}


@pytest.mark.parametrize("module", BROWSER, ids=lambda path: path.as_posix())
def test_no_browser_module_asks_for_an_operation_by_name(module: Path) -> None:
    assert asked_in_javascript(tree.text(module)) == []


@pytest.mark.parametrize("module", tree.ours(".py", below="app/"), ids=lambda path: path.as_posix())
def test_no_server_module_asks_for_an_operation_by_name(module: Path) -> None:
    assert asked_in_python(tree.syntax(module)) == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("if (operation === 'conv2d') go();", ["conv2d"]),
        ("'global_max' != kind", ["global_max"]),
        ("switch (kind) { case 'lp': }", ["lp"]),
        ("operation.endsWith('max') || operation.startsWith('adaptive')", ["max", "adaptive"]),
        ("operation.startsWith('conv')", ["conv"]),
        ("['max', 'average'].includes('max')", ["max"]),
        ("operation.split('_max')", ["_max"]),
        ("withOperation(now, 'conv2d')", []),
        ("file.type.startsWith('image/')", []),
    ],
)
def test_what_asks_by_name_is_found(code: str, names: list[str]) -> None:
    assert asked_in_javascript(code) == names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ('operation == "conv2d"', ["conv2d"]),
        ('kind in ("max", "adaptive_max")', ["max", "adaptive_max"]),
        ('kind.startswith("adaptive")', ["adaptive"]),
        ("match kind:\n    case 'lp':\n        pass", ["lp"]),
        ('OPERATIONS["conv2d"]', []),
    ],
)
def test_what_asks_by_name_is_found_on_the_server(code: str, names: list[str]) -> None:
    assert asked_in_python(ast.parse(code)) == names
