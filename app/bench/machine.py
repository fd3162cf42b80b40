"""What the numbers were measured on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

from app.networks.cores import usable_cores
from app.settings import get_settings


def facts(browser: str | None = None) -> dict[str, str]:
    """The processor, how busy it is, and the versions that matter.

    Args:
        browser: what the browser calls itself, where one was used.
    """
    threads = get_settings().torch_threads
    return {
        "processor": processor(),
        "cores": str(usable_cores()),
        "load before": _load(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "torch": f"{version('torch')}, {threads} thread{'s' if threads > 1 else ''} an operation",
        "server": f"fastapi {version('fastapi')}, uvicorn {version('uvicorn')}, h11",
        "browser": browser or "none",
    }


def processor() -> str:
    """The processor's name, as the system tells it."""
    description = Path("/proc/cpuinfo")
    lines = description.read_text().splitlines() if description.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(names), platform.processor() or platform.machine())


def _load() -> str:
    """How many processes wanted a core during the last minute, this one aside."""
    if not hasattr(os, "getloadavg"):
        return "unknown"
    return f"{os.getloadavg()[0]:.1f}"
