"""The vendored files are the released ones, byte for byte, and none besides."""

from __future__ import annotations

import json
from typing import TypedDict

import pytest

from tests.architecture import tree
from tests.places import NODE_MODULES, ROOT
from tests.tools import vendor


class Entry(TypedDict):
    """One row of vendored.json."""

    name: str
    version: str
    source: str
    file: str
    sha256: str


ENTRIES: list[Entry] = json.loads(vendor.LIST.read_text("utf-8"))
WRITTEN_HERE = {"vendored.json", "LICENSES.md"}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_bytes_equal_the_locked_release(entry: Entry) -> None:
    assert vendor.sha256(ROOT / entry["file"]) == entry["sha256"]
    assert vendor.sha256(NODE_MODULES / entry["name"] / entry["source"]) == entry["sha256"]


def test_versions_are_pinned_and_locked() -> None:
    manifest = json.loads((ROOT / "tests/js/package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "tests/js/package-lock.json").read_text("utf-8"))
    for entry in ENTRIES:
        assert manifest["devDependencies"][entry["name"]] == entry["version"]
        assert lock["packages"][f"node_modules/{entry['name']}"]["version"] == entry["version"]


def test_every_vendored_file_is_listed() -> None:
    listed = {entry["file"] for entry in ENTRIES}
    held = {
        path.as_posix()
        for path in tree.tracked()
        if path.is_relative_to("static/js/vendor") and path.name not in WRITTEN_HERE
    }
    assert held == {name for name in listed if name.startswith("static/js/vendor/")}


def test_every_package_has_its_licence_beside_it() -> None:
    licences = (vendor.VENDOR / "LICENSES.md").read_text("utf-8")
    for package in vendor.VENDORED:
        assert package.name in licences
        assert any("LICENSE" in target for target in package.files.values())


def test_the_lock_leaves_the_registry_to_the_client() -> None:
    lock = json.loads((ROOT / "tests/js/package-lock.json").read_text("utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
