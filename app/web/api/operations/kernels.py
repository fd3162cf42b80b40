"""The kernels that have a name."""

from typing import Any

from app.mechanics.kernels import KERNELS
from app.web.api.operations.operands import tensor


def rows() -> list[dict[str, Any]]:
    """Each kernel with its title, one line on what it does, and its weights."""
    return [
        {
            "name": kernel.name,
            "title": kernel.title,
            "line": kernel.line,
            "weight": tensor(kernel.name, kernel.weight),
        }
        for kernel in KERNELS
    ]
