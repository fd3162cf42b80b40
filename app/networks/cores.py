"""The processor's cores, as far as they are ours."""

import os


def usable_cores() -> int:
    """How many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux alone knows it
    return len(allowed(0)) if allowed else os.cpu_count() or 1
