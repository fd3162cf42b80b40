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


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("folder", [CORE, VIEWS])
def test_every_kind_has_one_object_a_side(folder: str, name: str) -> None:
    said = re.compile(rf"""(?:kind: |pooling\()'{name}'""")
    modules = [path.name for path in tree.ours(".js", below=folder) if said.search(tree.text(path))]
    registry = tree.text(Path(folder) / "registry.js")
    if folder == VIEWS and said.search(tree.text(Path(CORE) / "activations.js")):
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
        if not path.as_posix().startswith((CORE, VIEWS))
        for number, line in tree.lines(path)
        if COMPARED.search(line)
    ]
    assert found == []
