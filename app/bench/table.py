"""The measurements as a table that a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.bench.row import Row

STYLES = {
    "met": "green",
    "not met": "bold red",
    "not met, slow machine": "yellow",
    "not measured": "yellow",
    "for information": "dim",
}
MISSING = "–"


def show(
    console: Console, rows: Sequence[Row], facts: Mapping[str, str], *, quick: bool, verbose: bool
) -> None:
    """Prints the table, what was measured on, and the details where they are wanted."""
    console.print(make_table(rows))
    for row in rows:
        if row.verdict == "not met, slow machine":
            console.print(Text(f"{row.name}: not met, and {row.slowness}."))
        if row.note:
            console.print(Text(f"{row.name}: {row.note}"))
        for line in row.details if verbose else ():
            console.print(Text(f"  {line}", style="dim"))
    console.print(Text(" · ".join(f"{name}: {fact}" for name, fact in facts.items())))
    if quick:
        console.print("Few repetitions (--quick): a first look, not a result to quote.")


def make_table(rows: Sequence[Row]) -> Table:
    """The table, one line a measurement."""
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    table.add_column("", ratio=1)
    for name in ("ours", "yardstick", "ratio", "target"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for row in rows:
        table.add_row(
            Text.assemble((row.name, "bold"), "\n", (row.what, "dim"), "\n"),
            MISSING if row.ours is None else str(row.ours),
            MISSING if row.yardstick is None else str(row.yardstick),
            MISSING if row.ratio is None else f"{row.ratio:.2f}",
            row.target_text,
            Text(row.verdict, style=STYLES[row.verdict]),
        )
    return table
