"""The browser's modules: what they import is there, and imports point inwards here too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.web.pages.bundle import REGISTRY
from app.web.pages.module_imports import walk
from app.web.pages.templates import PAGES
from tests.architecture import tree
from tests.places import ROOT, STATIC

JS = STATIC.relative_to(ROOT) / "js"
MODULES = tree.ours(".js", below="static/js/")
IMPORT = re.compile(
    r"""(?:^|[;\s])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]"""
    r"""|(?:^|[;\s])import\s*\(?\s*['"]([^'"]+)['"]""",
    re.MULTILINE,
)
TYPES = re.compile(
    r"""@import\s+(\{[^}]*\}|\*\s+as\s+\w+)\s+from\s+['"](\.[^'"]+)['"]"""
    r"""|\bimport\(\s*['"](\.[^'"]+)['"]\s*\)(\.\w+)?"""
)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)

# Which folders of static/js each folder may import, itself aside. Pages are where all meet.
FOLDERS: dict[str, set[str]] = {
    "core": set(),
    # What a file of many modules begins with.
    "bundle": set(),
    "api": {"core"},
    "media": {"core"},
    "render": {"core"},
    # Modules of their own thread: the import map does not reach them.
    "workers": {"core"},
    "state": {"core", "api", "media", "render"},
    "views": {"core", "render"},
    "elements": {"core", "render"},
    "pages": {"core", "api", "media", "render", "state", "elements", "views"},
}


# The subjects within core/, and which of them each may import beside what is common to all.
# Operations are what everything else stands on, the common modules too.
SUBJECTS: dict[str, set[str]] = {
    "operations": set(),
    "": {"operations"},
    "drawing": set(),
    "input": {"operations", "drawing"},
    "experiment": {"operations", "drawing", "input"},
    "stage": {"operations", "experiment", "input"},
    "layers": {"operations", "experiment", "input", "stage"},
    "sweep": {"operations", "experiment", "input"},
    "link": {"operations", "experiment", "input"},
    "compare": {"operations", "experiment", "input", "stage"},
    "take_away": {"operations", "experiment", "input", "stage"},
    "training": set(),
}

# What a page or a thread begins with: templates name the first, other modules the second.
IN_TEMPLATES = re.compile(r"js/(pages/[\w/]+\.js)")
WORKER = re.compile(r"""new URL\(\s*['"]([^'"]+)['"],\s*import\.meta\.url""")


def imported(module: Path) -> list[str]:
    """What a module names in its imports, the dynamic ones with a fixed name included."""
    code = COMMENT.sub("", tree.text(module))
    return [first or second for first, second in IMPORT.findall(code)]


def import_map() -> dict[str, str]:
    """Bare name → address relative to static/js/."""
    addresses: dict[str, str] = json.loads(tree.text(JS / "importmap.json"))["imports"]
    return addresses


def each_module() -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "module", MODULES, ids=lambda path: path.relative_to(JS).as_posix()
    )


@each_module()
def test_every_import_leads_to_a_file(module: Path) -> None:
    for name in imported(module):
        if name.startswith("."):
            assert (ROOT / module.parent / name).is_file(), name
        else:
            assert name in import_map(), f"{name} is not in static/js/importmap.json"


@each_module()
def test_a_folder_imports_only_the_folders_further_in(module: Path) -> None:
    folder = module.relative_to(JS).parts[0]
    allowed = FOLDERS[folder] | {folder}
    for name in imported(module):
        if name.startswith("."):
            target = (ROOT / module.parent / name).resolve().relative_to(STATIC / "js")
            assert target.parts[0] in allowed, name
        else:
            assert folder != "core", f"core/ needs no library, but imports {name}"


@each_module()
def test_a_type_comes_from_the_folders_further_in_too(module: Path) -> None:
    folder = module.relative_to(JS).parts[0]
    allowed = FOLDERS[folder] | {folder}
    comments = "".join(COMMENT.findall(tree.text(module)))
    for names, listed, single, member in TYPES.findall(comments):
        path = (ROOT / module.parent / (listed or single)).resolve()
        assert path.is_file(), path
        target = path.relative_to(STATIC / "js")
        if target.parts[0] in allowed:
            continue
        # A view names an element by its tag, and its model by its type; and what it may cause.
        assert folder == "views", target
        if target != Path("state/lab/lab.js"):
            assert target.parts[0] == "elements", target
        else:
            assert (names or member) in ("{Actions}", ".Actions"), names


def test_drawing_computes_nothing() -> None:
    computing = {JS / "core" / name for name in ("experiment/outcome.js", "stage/planes.js")}
    drawing = [module for module in MODULES if module.is_relative_to(JS / "render")]
    assert [module for module in drawing if reached_from(module) & computing] == []


def subject(module: Path) -> str:
    """The subject's folder within core/; empty for what is common to all."""
    parts = module.relative_to(JS).parts
    return parts[1] if parts[0] == "core" and len(parts) > 2 else ""


@pytest.mark.parametrize(
    "module",
    [module for module in MODULES if module.is_relative_to(JS / "core")],
    ids=lambda path: path.relative_to(JS).as_posix(),
)
def test_a_subject_imports_only_the_subjects_it_stands_on(module: Path) -> None:
    own = subject(module)
    for name in imported(module):
        target = subject((ROOT / module.parent / name).resolve().relative_to(ROOT))
        if target != own:
            assert not target or target in SUBJECTS.get(own, set()), name


def reached_from(module: Path) -> set[Path]:
    """The files of ours that a module imports or starts as a thread, itself aside."""
    names = [name for name in imported(module) if name.startswith(".")]
    names += WORKER.findall(COMMENT.sub("", tree.text(module)))
    found = {(ROOT / module.parent / name).resolve().relative_to(ROOT) for name in names}
    return found & set(MODULES)


def test_every_module_is_reached_from_a_page() -> None:
    templates = "".join(tree.text(path) for path in tree.ours(".html", below="templates/"))
    waiting = [Path("static", page.entry) for page in PAGES]
    waiting += [JS / name for name in IN_TEMPLATES.findall(templates)]
    waiting.append(Path("static", REGISTRY))
    reached = set(waiting)
    while waiting:
        further = reached_from(waiting.pop()) - reached
        reached |= further
        waiting += further
    assert sorted(set(MODULES) - reached) == []


def test_what_explains_layers_is_not_waited_for_by_the_first_picture() -> None:
    """A first visit has 190 KB: the kinds and operations, 60 modules, come behind the picture."""
    entry = "js/pages/network/page.js"
    needed = set(walk(entry, lambda path: (STATIC / path).read_text(), {}))
    assert "js/core/layers/wiring.js" in needed
    assert not {path for path in needed if path.endswith("/registry.js")}
    assert not {path for path in needed if path.startswith("js/core/operations/")}


def test_the_import_map_names_vendored_files() -> None:
    for name, address in import_map().items():
        assert address.startswith("./vendor/"), name
        assert (STATIC / "js" / address).is_file(), name
