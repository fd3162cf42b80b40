"""A kind of layer is one object a side: nothing else in the browser asks what a kind is called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.networks.kinds import KINDS
from tests.architecture import tree

NAMES = sorted(kind.name for kind in KINDS)
CORE, VIEWS = "static/js/core/layers/", "static/js/views/layers/"
COMPARED = re.compile(
    rf"""(?:[!=]==?|\bcase)\s*['"`](?:{"|".join(NAMES)})['"`]"""
    rf"""|['"`](?:{"|".join(NAMES)})['"`]\s*[!=]==?"""
    rf"""|(?:new Set\(|includes\()[^)]*['"`](?:{"|".join(NAMES)})['"`]"""
)


def owns(path: Path, name: str) -> bool:
    """Whether a module has the one object of a kind."""
    text = tree.text(path)
    return re.search(rf"""(?:\bkind: |\bpooling\()'{name}'""", text) is not None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("folder", [CORE, VIEWS])
def test_every_kind_has_one_object_a_side(folder: str, name: str) -> None:
    modules = [path.name for path in tree.ours(".js", below=folder) if owns(path, name)]
    registry = tree.text(Path(folder) / "registry.js")
    if folder == VIEWS and owns(Path(CORE) / "activations.js", name):
        # All activation functions are shown by one view, which reads what each says of itself.
        assert modules == []
        assert "  ...ACTIVATIONS.map(activation)," in registry
        return
    assert len(modules) == 1, modules
    assert f"from './{modules[0]}';" in registry


def test_nothing_beside_them_compares_with_the_name_of_a_kind() -> None:
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in tree.ours(".js", below="static/js/")
        for number, line in tree.lines(path)
        if COMPARED.search(line)
    ]
    assert found == []


def test_what_is_wired_is_a_kind() -> None:
    table = tree.text(Path(CORE) / "wiring.js").partition("const WIRINGS = {")[2]
    wired = re.findall(r"^  (\w+): ", table.partition("\n};")[0], re.MULTILINE)
    assert len(wired) > 5
    assert set(wired) <= set(NAMES)
