"""`python -m app bench`: measures, prints the table, and says whether every target is met."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from app.bench import (
    attribution,
    browser,
    deep_page,
    first_visit,
    forward_binary,
    forward_document,
    forward_photo,
    hour_of_run,
    lab_page,
    live_chart,
    machine,
    memory,
    operations,
    pen_to_networks,
    pen_to_picture,
    scrub,
    start_up,
    table,
    train_page,
    training,
)
from app.bench.options import Options
from app.bench.row import NotMeasured, Row

Measure = Callable[[Options], list[Row]]

BENCHES: dict[str, Measure] = {
    bench.NAME: bench.measure
    for bench in (
        forward_binary,
        forward_document,
        forward_photo,
        operations,
        attribution,
        pen_to_picture,
        pen_to_networks,
        lab_page,
        deep_page,
        first_visit,
        start_up,
        training,
        scrub,
        train_page,
        live_chart,
        hour_of_run,
        memory,
    )
}
IN_A_BROWSER = {
    pen_to_picture.NAME,
    pen_to_networks.NAME,
    lab_page.NAME,
    deep_page.NAME,
    first_visit.NAME,
    train_page.NAME,
    live_chart.NAME,
    hour_of_run.NAME,
}
LEAST_WIDTH = 110
MISSED = 1
INCOMPLETE = 2


def main(
    only: Sequence[str] | None = None,
    quick: bool = False,
    json_file: Path | None = None,
    verbose: bool = False,
) -> None:
    """Measures and prints; ends with a code other than 0 unless every target is met.

    Args:
        only: names of rows; all of them where it is None or empty.
        quick: fewer repetitions.
        json_file: where to write the rows as JSON too.
        verbose: print the details of each row.

    Raises:
        ValueError: for a name that no row has.
        SystemExit: 1 when a target is missed, 2 when none is but something was not measured.
    """
    names = chosen(only or ())
    console = wide_console()
    facts = machine.facts(browser.version() if IN_A_BROWSER & set(names) else None)
    rows = [row for name in names for row in _measured(name, Options(quick), console)]
    table.show(console, rows, facts, quick=quick, verbose=verbose)
    if json_file is not None:
        document = {"quick": quick, "machine": facts, "rows": [row.as_dict() for row in rows]}
        json_file.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if code := exit_code(rows):
        raise SystemExit(code)


def wide_console() -> Console:
    """Where it is printed; a table needs room, also in a file."""
    console = Console()
    return console if console.width >= LEAST_WIDTH else Console(width=LEAST_WIDTH)


def chosen(only: Sequence[str]) -> list[str]:
    """The names to measure, in the order of the table. Raises: ValueError for an unknown one."""
    unknown = sorted(set(only) - BENCHES.keys())
    if unknown:
        known = ", ".join(BENCHES)
        raise ValueError(f"There is no measurement called {', '.join(unknown)}; there is {known}.")
    return [name for name in BENCHES if name in only or not only]


def exit_code(rows: Sequence[Row]) -> int:
    """0 when every target is met, 1 when one is missed, 2 when one is unknown.

    A target that is missed on a machine slower than it asks is told, and is no failure.
    """
    verdicts = {row.verdict for row in rows}
    if "not met" in verdicts:
        return MISSED
    return INCOMPLETE if "not measured" in verdicts else 0


def _measured(name: str, options: Options, console: Console) -> list[Row]:
    """The rows of one measurement, or the one that says why there are none."""
    with console.status(f"Measuring {name} …"):
        try:
            return BENCHES[name](options)
        except NotMeasured as reason:
            return [Row(name, "", note=str(reason))]
