"""The golden numbers, as they are stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "golden"


def golden(name: str) -> Any:
    """The document of one golden file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
