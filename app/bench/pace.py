"""Whether a machine is as fast as a target asks, told by the yardstick that runs on it too."""

from __future__ import annotations

# A picture within 33 ms is what a hand does not feel, and 1.5 times a bare page comes to that on a
# machine whose bare page takes this long.
REFERENCE_MS = 22.0


def slowness(bare_ms: float) -> str:
    """What to say of a machine that is slower than that; empty where it is not.

    Args:
        bare_ms: what a bare page takes there from the event to the painted frame, p50.

    Example:
        >>> slowness(12.0)
        ''
        >>> slowness(41.25)
        'the machine is slower than asked: its bare page takes 41.2 ms, not 22'
    """
    if bare_ms <= REFERENCE_MS:
        return ""
    return (
        f"the machine is slower than asked: its bare page takes {bare_ms:.1f} ms, "
        f"not {REFERENCE_MS:.0f}"
    )
