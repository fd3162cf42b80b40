"""Runs at the command line, as a person carries them out."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

# Not every processor has instructions for bfloat16, which the recipe asks for.
SMALL = (
    *("lenet5", "--dataset", "mnist-subset", "--epochs", "4", "--batch-size", "600"),
    *("--precision", "float32"),
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A data folder of its own."""
    return {**os.environ, "CONVOSCOPE_DATA_DIR": str(tmp_path)}


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """What is started hears Ctrl-C, also where the tests run in the background."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


def runs(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "app", "runs", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_pauses_and_resume_goes_on(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "app", "runs", "start", *SMALL]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first, second = (process.stdout.readline() for _ in range(2))
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    found = re.match(r"Run (\w+) has begun; Ctrl-C pauses it\.", first)
    assert found
    run = found[1]
    assert "epoch  1: training loss" in second
    assert rest.endswith("paused. It goes on from here when it is resumed.\n")
    assert f"{run}  lenet5 on mnist-subset, seed 0: paused" in runs(environment, "list").stdout
    done = runs(environment, "resume", run)
    assert "epoch  4: training loss" in done.stdout
    assert done.stdout.endswith("finished.\n")
    assert runs(environment, "delete", run).returncode == 0
    assert [line[:8] for line in runs(environment, "list").stdout.splitlines()] == ["article "]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("resume", "nosuch"), "There is no run of that name."),
        (("start", "nosuch"), "The networks that can be trained are mycnn,"),
        (("start", "lenet5", "--dropout", "0.5"), "LeNet-5 is trained as it is"),
        (("start", "mycnn", "--dropout", "1.5"), "dropout is 1.5, but it must lie between 0 and 1"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    environment: dict[str, str], arguments: tuple[str, ...], sentence: str
) -> None:
    done = runs(environment, *arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
