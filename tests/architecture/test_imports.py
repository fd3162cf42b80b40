"""Imports point inwards: tensors in the middle, HTTP and pixels at the two ends."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import tree
from tests.places import ROOT

# Which rooms of app/ each room may import, itself aside.
ROOMS: dict[str, set[str]] = {
    "mechanics": set(),
    "take_away": {"mechanics"},
    "digit_normalization": set(),
    "refusals": set(),
    "json_number": set(),
    "imaging": {"digit_normalization", "refusals"},
    "settings": set(),
    "networks": {"mechanics", "digit_normalization", "refusals"},
    "training": {"mechanics", "networks", "imaging", "json_number"},
    "explanation": {"mechanics", "networks", "imaging"},
    "web": {
        *("mechanics", "take_away", "networks", "training", "explanation", "imaging", "settings"),
        *("digit_normalization", "json_number", "refusals"),
    },
    "bench": {"mechanics", "networks", "training", "imaging", "settings", "web"},
    "commands": {"training", "settings"},
    "notebook": {"networks", "settings", "web"},
    "alias": {"notebook"},
    "__main__": {"networks", "training", "imaging", "settings", "web", "bench", "commands"},
    "__init__": set(),
}

# Who alone may import a library. The bench measures against a bare FastAPI route, and against the
# article's training with torchvision's pictures.
ALONE: dict[str, set[str]] = {
    "PIL": {"imaging"},
    "fastapi": {"web", "bench"},
    "starlette": {"web", "bench"},
    "uvicorn": {"web", "bench"},
    "jinja2": {"web"},
    "typer": {"__main__", "commands"},
    "torchvision": {"training", "networks", "bench"},
}

# What reads code out of data; weights are safetensors and nothing else.
NEVER = ("pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib")

# Who may read PyTorch's own files of tensors: what others published, and nothing but tensors of it.
READ_TENSORS = ("app/training/conversion.py", "app/networks/torchvision_weights.py")

APP = [path for path in tree.ours(".py") if path.parts[0] == "app"]


def room(path: Path) -> str:
    """The room of app/ that a file belongs to: a package, or a module beside the packages."""
    return path.parts[1] if len(path.parts) > 2 else path.stem


def each_file(files: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", files, ids=lambda path: path.as_posix())


def test_every_room_has_a_rule() -> None:
    assert {room(path) for path in APP} <= ROOMS.keys()


@each_file(APP)
def test_a_room_imports_only_the_rooms_further_in(path: Path) -> None:
    allowed = ROOMS[room(path)] | {room(path), "__version__"}
    used = {name.split(".")[1] for name in tree.imports(path) if name.startswith("app.")}
    assert used <= allowed


@each_file(APP)
def test_a_library_stays_in_its_room(path: Path) -> None:
    used = {name.split(".")[0] for name in tree.imports(path)}
    misplaced = {name for name in used & ALONE.keys() if room(path) not in ALONE[name]}
    assert not misplaced
    assert used.isdisjoint(NEVER)
    assert "tests" not in used


@each_file([path for path in APP if room(path) == "mechanics"])
def test_mechanics_is_torch_and_nothing_of_modules(path: Path) -> None:
    third_party = {name.split(".")[0] for name in tree.imports(path)} - sys.stdlib_module_names
    assert third_party <= {"torch", "numpy", "app"}
    used = set(tree.imports(path))
    assert not {name for name in used if name.startswith("torch.nn.modules")}
    assert "torch.nn.Module" not in used
    attributes = {
        node.attr for node in ast.walk(tree.syntax(path)) if isinstance(node, ast.Attribute)
    }
    assert "Module" not in attributes


@each_file([path for path in APP if room(path) == "imaging"])
def test_imaging_knows_no_torch(path: Path) -> None:
    assert "torch" not in {name.split(".")[0] for name in tree.imports(path)}


@each_file(APP)
def test_nothing_loads_code_from_data(path: Path) -> None:
    calls = [node for node in ast.walk(tree.syntax(path)) if isinstance(node, ast.Call)]
    names = [ast.unparse(call.func) for call in calls]
    assert {"eval", "exec", "torch.hub.load", "compile"}.isdisjoint(names)
    for call, name in zip(calls, names, strict=True):
        if name == "torch.load":
            assert path.as_posix() in READ_TENSORS
            given = {each.arg: ast.unparse(each.value) for each in call.keywords}
            assert given.get("weights_only") == "True"


def test_the_command_line_starts_without_torch() -> None:
    program = "import sys, app.__main__, app.settings; sys.exit('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0
