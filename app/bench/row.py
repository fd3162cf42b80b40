"""One line of the table: what was measured, against what, and whether that is good enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["met", "not met", "not met, slow machine", "not measured", "for information"]


class NotMeasured(RuntimeError):
    """A measurement that could not be made; the message is a sentence that says why."""


@dataclass(frozen=True)
class Amount:
    """A measured number and its unit.

    Example:
        >>> str(Amount(3.14159, "ms")), str(Amount(187_654, "KB")), str(Amount(1012.0, "MB"))
        ('3.14 ms', '187,654 KB', '1,012 MB')
    """

    value: float
    unit: str

    def __str__(self) -> str:
        """The number with as many digits as it is worth, and its unit."""
        decimals = 2 if abs(self.value) < 10 else 1 if abs(self.value) < 1000 else 0
        return f"{self.value:,.{decimals}f} {self.unit}"


@dataclass(frozen=True)
class Row:
    """One measurement.

    Args:
        name: what `--only` calls it.
        what: what it is, in a sentence.
        ours: the program's number; None where it could not be measured.
        yardstick: the number it is held against, of the same run and in the same unit.
        target: the most that the ratio may be or, where there is no yardstick, that `ours` may be
            in its own unit. None: for information only.
        slowness: why the target cannot be asked of this machine, as a sentence goes on;
            empty where it can.
        note: why it was not measured, or what to know when reading it.
        details: further lines, for those who ask for them.
    """

    name: str
    what: str
    ours: Amount | None = None
    yardstick: Amount | None = None
    target: float | None = None
    slowness: str = ""
    note: str = ""
    details: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Ours divided by the yardstick."""
        if self.ours is None or self.yardstick is None:
            return None
        return self.ours.value / self.yardstick.value

    @property
    def verdict(self) -> Verdict:
        """Whether the target is met.

        Example:
            >>> Row("a", "", Amount(3, "ms"), Amount(2, "ms"), target=1.5).verdict
            'met'
            >>> Row("a", "", Amount(3, "ms"), target=2).verdict
            'not met'
        """
        if self.ours is None:
            return "not measured"
        if self.target is None:
            return "for information"
        measured = self.ours.value if self.ratio is None else self.ratio
        if measured <= self.target:
            return "met"
        return "not met, slow machine" if self.slowness else "not met"

    @property
    def target_text(self) -> str:
        """The target as the table shows it."""
        if self.target is None:
            return "–"
        if self.yardstick is None and self.ours is not None:
            return f"≤ {self.target:,.0f} {self.ours.unit}"
        return f"≤ {self.target:g}×" if self.yardstick is not None else f"≤ {self.target:g}"

    def as_dict(self) -> dict[str, Any]:
        """The row as plain values for JSON."""
        return {
            "name": self.name,
            "what": self.what,
            "ours": None if self.ours is None else self.ours.value,
            "yardstick": None if self.yardstick is None else self.yardstick.value,
            "unit": None if self.ours is None else self.ours.unit,
            "ratio": self.ratio,
            "target": self.target,
            "verdict": self.verdict,
            "slowness": self.slowness,
            "note": self.note,
            "details": list(self.details),
        }
