"""Where things are, for the tests and the tools."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "static"
ARTIFACTS = ROOT / ".artifacts"
NODE_MODULES = ROOT / "tests" / "js" / "node_modules"
