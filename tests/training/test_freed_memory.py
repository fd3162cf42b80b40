"""What a process does with the memory of a step when the next one begins."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from app.training.freed_memory import keep_freed_memory
from tests.places import ROOT

# Forward, backward and step, in a process of its own: how many pages the system has to find for it.
PROGRAM = """
import json, resource, sys
import torch
from app.networks.registry import ARCHITECTURES
from app.training.absent_compiler import keep_compiler_out
from app.training.candidates import build_model
from app.training.datasets import Dataset
from app.training.freed_memory import keep_freed_memory
from app.training.loop import train
from app.training.recipe import Recipe
keep_compiler_out()  # as in the process of a run
if sys.argv[1] == "kept":
    assert keep_freed_memory()
torch.set_num_threads(1)
recipe, architecture = Recipe(epochs=1), ARCHITECTURES["mycnn"]
images = torch.zeros(2560, 1, 28, 28, dtype=torch.uint8)
data = Dataset("noise", images, torch.arange(2560) % 10, "")
parts = (data, data.subset(torch.arange(32)), architecture.normalization, torch.device("cpu"))
faults = []
for event in train(build_model(architecture, recipe), recipe, *parts):
    if event.kind == "step":
        faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
print(json.dumps((faults[-1] - faults[19]) / 20))
"""


def faults_a_step(how: str) -> float:
    """Pages that a step asks of the system, once twenty have been taken."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(json.loads(done.stdout))


@pytest.mark.parametrize("how", ["kept"] if sys.platform == "linux" else [])
def test_a_step_finds_the_memory_of_the_one_before(how: str) -> None:
    assert faults_a_step(how) < 0.2 * faults_a_step("as it comes")


def test_where_the_c_library_is_another_one_nothing_happens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    assert not keep_freed_memory()
