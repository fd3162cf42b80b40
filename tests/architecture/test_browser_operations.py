"""In the browser an operation is known by its object: nothing else asks for one by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.mechanics.operations import OPERATIONS
from tests.architecture import tree

HOME = "static/js/core/operations/"
OTHERS = [path for path in tree.ours(".js", below="static/js/") if HOME not in path.as_posix()]
NAMES = frozenset(
    name
    for path in tree.ours(".js", below=HOME)
    for name in re.findall(r"\bname: '(\w+)'", tree.text(path))
)

LITERAL = r"""['"`](\w+)['"`]"""
EQUALITY = re.compile(rf"[!=]==?\s*{LITERAL}|{LITERAL}\s*[!=]==?|\bcase\s+{LITERAL}")
SPELLING = re.compile(rf"\.(startsWith|endsWith|includes|indexOf|split)\(\s*{LITERAL}")


def is_of_a_name(method: str, literal: str) -> bool:
    """Whether a method that looks into a text asks for an operation with this literal."""
    if method in ("startsWith", "endsWith"):
        return any(name.startswith(literal) or name.endswith(literal) for name in NAMES)
    return literal.strip("_") in NAMES


def asked(code: str) -> list[str]:
    """The operations' names, or parts of them, that a module compares with."""
    equal = [next(filter(None, found)) for found in EQUALITY.findall(code)]
    spelt = [literal for method, literal in SPELLING.findall(code) if is_of_a_name(method, literal)]
    return [name for name in equal if name in NAMES] + spelt


def test_the_names_are_those_of_the_api_and_of_what_is_offered_as_one() -> None:
    kinds = {name.removesuffix("_pool2d") for name in OPERATIONS}
    assert kinds | {"adaptive", "global"} == NAMES


@pytest.mark.parametrize("module", OTHERS, ids=lambda path: path.as_posix())
def test_no_other_module_asks_for_an_operation_by_name(module: Path) -> None:
    assert asked(tree.text(module)) == []


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
    assert asked(code) == names
