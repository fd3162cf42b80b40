"""Runs the programs that a page gives away, each in a process of its own.

The processes are forked from one that has loaded PyTorch, which takes longer than all that they do.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import tempfile
import traceback
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

PROGRAM_SECONDS = 60
# What a program imports, and what PyTorch does for the first gradient of an output.
LOADED = ["torch", "torch.fx.experimental.symbolic_shapes"]


@cache
def _forks() -> ForkServerContext:
    """Where the processes come from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


def _carry_out(program: str, folder: str, output: Path) -> None:
    """Writes what a program prints into a file, why it ended at its end."""
    os.chdir(folder)
    with (
        output.open("w", encoding="utf-8") as file,
        contextlib.redirect_stdout(file),
        contextlib.redirect_stderr(file),
        contextlib.ExitStack() as end,
    ):
        end.push(_tell)
        exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})


def _tell(kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
    """Prints the error that ends a program."""
    if kind is not None:
        traceback.print_exception(error)


def run(program: str, folder: Path) -> str:
    """What a program prints that is carried out in a folder."""
    with tempfile.TemporaryDirectory() as beside:
        output = Path(beside, "output")
        process = _forks().Process(target=_carry_out, args=(program, str(folder), output))
        process.start()
        process.join(PROGRAM_SECONDS)
        exit_code = process.exitcode
        process.kill()
        process.join()
        process.close()
        printed = output.read_text("utf-8") if output.exists() else ""
    assert exit_code == 0, printed
    return printed
