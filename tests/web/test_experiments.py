"""The ready-made experiments, their runs carried out in short and their sentences held to torch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
import safetensors.torch
import torch
from torch import nn

from app.networks.shelf import Places
from app.settings import Settings
from app.training.datasets import load_dataset, split
from app.training.recipe import Recipe
from app.training.runs.conductor import Conductor, Lesson
from app.training.runs.store import RunStore
from app.training.runs.transfer_source import TransferSource
from app.training.variant import architecture_of
from app.web.application import create_app
from tests.places import ROOT
from tests.web.serving import client_of, serving_app

API = "/api/v1"
CPU = torch.device("cpu")
Own = tuple[httpx2.Client, RunStore, Path]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Own]:
    """A client of a server with no runs, the store of its runs, and the folder of that."""
    app = create_app(Settings(port=0, data_dir=tmp_path))
    with serving_app(app) as url, client_of(url) as client:
        yield client, app.state.services.runs.supervisor().store, tmp_path / "runs"


def carried_out(store: RunStore, values: dict[str, Any]) -> str:
    """A run of a recipe on a few of its images, in two epochs of few steps."""
    recipe = replace(Recipe.from_dict(values), epochs=2, batch_size=20)
    source = TransferSource(store, Places(ROOT / "models"))
    recipe = source.settle(recipe)
    digits = load_dataset(recipe.dataset, ROOT, ROOT / "models")[0]
    training, validation = split(digits, recipe.split, recipe.split_seed)
    few = training.subset(torch.arange(400)), validation.subset(torch.arange(100))
    weights = source.weights(recipe.transfer) if recipe.transfer else None
    run = store.create(recipe.as_dict())
    lesson = Lesson(architecture_of(recipe), recipe, *few, weights)
    Conductor(store, run, lesson, CPU).conduct()
    return run.id


def right(store: RunStore, folder: Path, run: str) -> tuple[torch.Tensor, torch.Tensor]:
    """The labels of the validation digits, and whether torch reads each rightly in the end."""
    recipe = Recipe.from_dict(store.run(run).recipe)
    architecture = architecture_of(recipe)
    model = architecture.build().eval()
    file = folder / run / store.checkpoints(run)[-1].file
    model.load_state_dict(safetensors.torch.load_file(file))
    digits = load_dataset(recipe.dataset, ROOT, ROOT / "models")[0]
    validation = split(digits, recipe.split, recipe.split_seed)[1]
    with torch.inference_mode():
        logits = model(architecture.normalization(validation.images / 255))
    return validation.labels, logits.argmax(1) == validation.labels


def test_every_experiment_ends_in_a_sentence_with_its_measured_numbers(own: Own) -> None:
    client, store, folder = own
    experiments = client.get(f"{API}/experiments").json()
    assert [each["name"] for each in experiments] == [
        *("flip", "dropout", "batch-norm", "initialization", "freezing", "learning-rate"),
    ]
    known: dict[str, str] = {}
    for experiment in experiments:
        runs = []
        for part in experiment["runs"]:
            planned = client.post(f"{API}/runs/plan", json=part["recipe"])
            assert planned.status_code == 200, planned.text
            text = str(part["recipe"])
            known[text] = known.get(text) or carried_out(store, part["recipe"])
            runs.append(known[text])
        path = f"{API}/experiments/{experiment['name']}/outcome"
        answer = client.get(path, params={"runs": ",".join(runs)}).json()
        assert [row["run"] for row in answer["runs"]] == runs
        assert len(re.findall(r"\d", answer["sentence"])) > 3, answer
        if experiment["name"] == "flip":
            check_mirroring(answer, store, folder)
        if experiment["name"] == "freezing":
            trained = [row["numbers"]["trained parameters"] for row in answer["runs"]]
            assert trained == [1_290, 421_642]
            assert "With 1,290 of 421,642 parameters trained" in answer["sentence"]
        if experiment["name"] == "learning-rate":
            assert answer["runs"][1]["state"] == "diverged"
            steps = int(answer["runs"][1]["numbers"]["steps"])
            assert f"diverged after {steps} steps" in answer["sentence"]
        if experiment["name"] == "initialization":
            check_histograms(client, store, folder, runs)


def check_mirroring(answer: dict[str, Any], store: RunStore, folder: Path) -> None:
    """The shares that are right are torch's."""
    for row in answer["runs"]:
        labels, is_right = right(store, folder, row["run"])
        mirrored = torch.isin(labels, torch.tensor([2, 5, 7]))
        share = is_right[mirrored].float().mean().item()
        assert row["numbers"]["2, 5 and 7"] == pytest.approx(share)
        others = is_right[~mirrored].float().mean().item()
        assert row["numbers"]["other digits"] == pytest.approx(others)
        assert f"{100 * share:.1f} %" in answer["sentence"]


def check_histograms(client: httpx2.Client, store: RunStore, folder: Path, runs: list[str]) -> None:
    """Spreads and counts at the first step are those of torch's activations and gradients."""
    spreads = []
    for run in runs:
        path = f"{API}/runs/{run}/moments/0/histograms"
        found = client.get(path, params={"bins": 20}).json()
        recipe = Recipe.from_dict(store.run(run).recipe)
        architecture = architecture_of(recipe)
        model = architecture.build().eval()
        model.load_state_dict(
            safetensors.torch.load_file(folder / run / store.checkpoints(run)[0].file)
        )
        digits = load_dataset(recipe.dataset, ROOT, ROOT / "models")[0]
        first = split(digits, recipe.split, recipe.split_seed)[0].subset(torch.arange(256))
        x, values = architecture.normalization(first.images / 255), {}
        for name, module in model.named_children():
            values[name] = x = module(x)
        torch.autograd.backward(nn.functional.cross_entropy(x, first.labels))
        assert [row["layer"] for row in found["layers"]] == ["conv1", "conv2", "fc1", "fc2"]
        for index, row in enumerate(found["layers"]):
            weight = model.get_submodule(row["layer"]).weight
            assert isinstance(weight, nn.Parameter)
            for kind, expected in (
                ("activations", values[row["layer"]]),
                ("gradients", weight.grad),
            ):
                assert expected is not None
                std = expected.std(correction=0).item()
                assert row[kind]["std"] == pytest.approx(std, rel=1e-3, abs=1e-12)
                counts = found[kind]["data"][index]
                assert sum(counts) == expected.numel()
                expected_counts = np.histogram(expected.detach().numpy(), 20)[0]
                assert np.abs(counts - expected_counts).sum() <= 0.01 * expected.numel()
        spreads.append(found["layers"][2]["activations"]["std"])
    assert spreads == sorted(spreads)


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("nosuch/outcome?runs=a,b", 404, "The experiments are flip"),
        ("flip/outcome?runs=a", 422, "has 2 runs"),
        ("flip/outcome?runs=a,b", 404, "no run of that name"),
    ],
)
def test_what_is_no_outcome_is_a_sentence(
    client: httpx2.Client, path: str, status: int, sentence: str
) -> None:
    answer = client.get(f"{API}/experiments/{path}")
    assert (answer.status_code, sentence in answer.json()["detail"]) == (status, True)


def test_runs_that_go_on_have_no_outcome(own: Own) -> None:
    client, store, _ = own
    runs = [store.create(Recipe(dataset="mnist-subset").as_dict()).id for _ in range(2)]
    answer = client.get(f"{API}/experiments/flip/outcome", params={"runs": ",".join(runs)})
    assert answer.status_code == 409
    for run in runs:
        store.set_state(run, "cancelled")
    answer = client.get(f"{API}/experiments/flip/outcome", params={"runs": ",".join(runs)})
    assert (answer.status_code, "before its first epoch" in answer.text) == (409, True)
    for run in runs:  # as far as numbers go, there is a sentence all the same
        store.set_state(run, "diverged")
    for name in ("flip", "dropout", "batch-norm", "freezing", "learning-rate"):
        path = f"{API}/experiments/{name}/outcome"
        assert client.get(path, params={"runs": ",".join(runs)}).status_code == 200, name
