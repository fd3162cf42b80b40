"""The check of a GPU, tried out on the CPU: it runs with PyTorch alone, and finds what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import torch
from safetensors.torch import save

from app.mechanics.operators import conv2d_by_torch
from tests.gpu import check, operations
from tests.gpu.comparison import Comparison, compare
from tests.gpu.safetensors_file import read
from tests.places import ROOT

# Packages that a machine with PyTorch may lack; torch, torchvision and what they need are there.
ABSENT = [
    "fastapi", "starlette", "uvicorn", "jinja2", "pydantic", "pydantic_settings", "orjson",
    "prometheus_client", "safetensors", "typer", "rich", "hypothesis", "playwright", "sklearn",
]  # fmt: skip
BARE = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {ABSENT}:
            raise ModuleNotFoundError(name)
import importlib.util
usual = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in {ABSENT} else usual(name, *rest)
sys.meta_path.insert(0, Absent())
from tests.gpu import check
sys.exit(check.main(["--device", "cpu", "--network", "mycnn", "--network", "lenet5"]))
"""


def test_the_check_runs_where_there_is_pytorch_and_little_else() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", BARE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    right = [line for line in lines if line.startswith("  right")]
    assert lines[-1].startswith(f"{len(right)} of {len(right)} right")
    for part in (
        "conv_transpose2d: gradient of the weight",
        "mycnn: fc2",
        "mycnn: losses of",
        "lenet5: c3",
    ):
        assert any(part in line for line in right), part
    assert any("256 at a time" in line for line in lines)


def test_where_there_is_no_gpu_it_says_that_nothing_was_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert check.main([]) == 0
    assert "NOTHING WAS CHECKED" in capsys.readouterr().out


def test_a_wrong_number_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        operations, "conv2d_by_torch", lambda *given: conv2d_by_torch(*given) * (1 + 1e-9)
    )
    found = {each.name for each in operations.comparisons(torch.device("cpu")) if not each.is_right}
    assert found == {
        f"{name}: {part}"
        for name in operations.CONVOLUTIONS
        for part in ("output", "gradient of the input", "gradient of the weight")
    }


@pytest.mark.parametrize(
    ("found", "wanted", "is_right"),
    [
        ([1.0, 2.0], [1.0, 2.0], True),
        ([1.0, 2.1], [1.0, 2.0], False),
        ([1.0], [1.0, 2.0], False),
        ([1.0, float("nan")], [1.0, 2.0], False),
        ([1.0, float("nan")], [1.0, float("nan")], True),
        ([0.0, 1e-3], [0.0, 0.0], True),
        ([float("inf"), 1.0], [1.0, 1.0], False),
    ],
)
def test_numbers_are_right_within_a_share_of_the_largest(
    found: list[float], wanted: list[float], is_right: bool
) -> None:
    compared = compare("numbers", torch.tensor(found), torch.tensor(wanted), 0.01)
    assert compared.is_right is is_right
    assert ("right" if is_right else "WRONG") in str(compared)


def test_no_comparison_is_right_by_being_not_a_number() -> None:
    assert not Comparison("", float("nan"), 1.0).is_right


def test_weights_are_read_as_the_package_reads_them() -> None:
    wanted = {"a": torch.randn(3, 4), "b": torch.arange(5), "c": torch.tensor(2.0).double()}
    found = read(save(wanted, {"said": "by the package"}))
    assert found.keys() == wanted.keys()
    for name, tensor in wanted.items():
        torch.testing.assert_close(found[name], tensor, rtol=0, atol=0)
