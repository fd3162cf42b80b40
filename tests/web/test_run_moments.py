"""What the moments of a run show through the API, against torch on the files that were kept."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
import safetensors.torch
import torch
from safetensors import safe_open
from torch import Tensor, nn
from torch.nn import functional

from app.networks.registry import ARCHITECTURES
from app.settings import Settings
from app.training.datasets import Dataset, load_subset, split
from app.training.recipe import OptimizerRecipe, Recipe
from app.training.runs.conductor import Conductor, Lesson
from app.training.runs.store import FILE, RunStore
from tests.places import ROOT
from tests.web.bodies import NPY, SAFETENSORS, npy
from tests.web.kept_moment import tell_epochs
from tests.web.serving import client_of, serving

LENET = ARCHITECTURES["lenet5"]
RECIPE = Recipe(network="lenet5", dataset="mnist-subset", epochs=2, batch_size=200, split=0.6)
API = "/api/v1"


@pytest.fixture(scope="module")
def parts() -> tuple[Dataset, Dataset]:
    """What the run learns from, and what it is judged by."""
    images, _ = load_subset(ROOT / "models" / "mnist-subset")
    return split(images, RECIPE.split, RECIPE.split_seed)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, parts: tuple[Dataset, Dataset]) -> Path:
    """A data folder with one finished run."""
    folder = tmp_path_factory.mktemp("data")
    store = RunStore(folder / "runs")
    run = store.create(RECIPE.as_dict())
    Conductor(store, run, Lesson(LENET, RECIPE, *parts), torch.device("cpu")).conduct()
    store.close()
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[httpx2.Client]:
    """A client of a server of that folder."""
    with (
        serving(Settings(port=0, ships_runs=False, data_dir=folder)) as url,
        client_of(url) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def document(served: httpx2.Client) -> dict[str, Any]:
    """The run, as the API tells it."""
    found: dict[str, Any] = served.get(f"{API}/runs/latest").json()
    assert found["state"] == "finished"
    return found


def tensors_of(client: httpx2.Client, path: str, tmp: Path, **options: Any) -> tuple[Any, Any]:
    """The document and the tensors of a binary answer."""
    options.setdefault("method", "GET")
    headers = {"accept": SAFETENSORS, **options.pop("headers", {})}
    answer = client.request(url=f"{API}/{path}", headers=headers, **options)
    assert answer.status_code == 200, answer.text
    file = tmp / "answer.safetensors"
    file.write_bytes(answer.content)
    with safe_open(file, "pt") as opened:
        told = json.loads(opened.metadata()["document"])
    return told, safetensors.torch.load(answer.content)


def model_at(folder: Path, document: dict[str, Any], step: int) -> nn.Module:
    """torch's own network with the weights that were kept at a step."""
    model = LENET.build().eval()
    file = folder / "runs" / document["id"] / f"weights-{step:07}.safetensors"
    model.load_state_dict(safetensors.torch.load_file(file))
    return model


def inputs_of(images: Tensor) -> Tensor:
    """Bytes as a network takes them."""
    return LENET.normalization(images.float() / 255)


def test_the_curves_are_what_the_steps_told(
    served: httpx2.Client, document: dict[str, Any], tmp_path: Path
) -> None:
    run = document["id"]
    told, tensors = tensors_of(served, f"runs/{run}/curves", tmp_path)
    with served.stream("GET", f"{API}/runs/{run}/events") as stream:
        lines = list(stream.iter_lines())
    kinds = [line[7:] for line in lines if line.startswith("event: ")]
    data = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
    steps = [each for each, kind in zip(data, kinds, strict=True) if kind == "step"]
    assert len(steps) == 36
    for name in ("step", "loss", "gradient_norm", "lr"):
        np.testing.assert_allclose(tensors[name], [each[name] for each in steps], rtol=1e-6)
    assert told["layers"] == ["c1", "s2.coefficient", "c3", "s4.coefficient", "c5", "f6", "output"]
    for column, layer in enumerate(told["layers"]):
        values = [each["layer_gradient_norms"][layer] for each in steps]
        np.testing.assert_allclose(tensors["layer_gradient_norms"][:, column], values, rtol=1e-6)
    whole = tensors["layer_gradient_norms"].square().sum(dim=1).sqrt()
    torch.testing.assert_close(whole, tensors["gradient_norm"])
    assert told["event"] == max(int(line[4:]) for line in lines if line.startswith("id: "))
    assert (told["steps_per_epoch"], [e["epoch"] for e in told["epochs"]]) == (18, [1, 2])
    for name, values in document["history"].items():
        assert values == [epoch[name] for epoch in told["epochs"]]
    best = min(told["epochs"], key=lambda epoch: epoch["val_loss"])["epoch"]
    assert told["marks"] == [{"kind": "best", "epoch": best, "step": 18 * best}]
    after = served.get(f"{API}/runs/{run}/events", params={"after": told["event"]})
    assert after.text == ""
    plain = served.get(f"{API}/runs/{run}/curves").json()
    assert plain["loss"]["data"] == pytest.approx(tensors["loss"].tolist())


def test_a_run_that_has_told_nothing_has_empty_curves_and_old_steps_no_layers(
    tmp_path: Path,
) -> None:
    store = RunStore(tmp_path / "runs")
    recipe = replace(RECIPE, epochs=20)
    old, run = (store.create(recipe.as_dict()) for _ in range(2))
    losses = [0.9, 0.5, 0.6, 0.7, 0.8, 0.85, float("nan")]
    tell_epochs(store, run, losses[:-1], [0.1, 0.1, 0.1, 0.1, 0.05, 0.05])
    step = {"kind": "step", "epoch": 1, "step": 1, "steps": 60, "samples_per_second": 1.0}
    store.tell(old.id, 1, [{**step, "loss": "NaN", "gradient_norm": "Infinity", "lr": 0.1}])
    empty = store.create(recipe.as_dict())
    store.set_state(empty.id, "cancelled")
    for each in (old, run):
        store.set_state(each.id, "finished")
    store.close()
    with (
        serving(Settings(port=0, ships_runs=False, data_dir=tmp_path)) as url,
        client_of(url) as client,
    ):
        told = client.get(f"{API}/runs/{empty.id}/curves").json()
        assert (told["layers"], told["loss"]["shape"], told["marks"]) == ([], [0], [])
        told = client.get(f"{API}/runs/{old.id}/curves").json()
        assert (told["loss"]["data"], told["gradient_norm"]["data"]) == (["NaN"], ["Infinity"])
        assert told["layer_gradient_norms"]["shape"] == [1, 0]
        told = client.get(f"{API}/runs/{run.id}/curves").json()
        assert [(mark["kind"], mark["epoch"]) for mark in told["marks"]] == [
            ("best", 2),
            ("lr_reduced", 4),
            ("early_stop", 9),
        ]
        assert client.get(f"{API}/runs/{run.id}/moments/0").status_code == 404


@pytest.mark.parametrize("at", [0, 4, -1])
def test_a_moment_has_its_weight_and_torchs_gradient(
    served: httpx2.Client,
    document: dict[str, Any],
    folder: Path,
    parts: tuple[Dataset, Dataset],
    tmp_path: Path,
    at: int,
) -> None:
    kept = document["checkpoints"][at]
    path = f"runs/{document['id']}/moments/{kept['step']}"
    model = model_at(folder, document, kept["step"])
    inputs, labels = inputs_of(parts[0].images[:256]), parts[0].labels[:256]
    loss = functional.cross_entropy(model(inputs), labels)
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward untyped
    told, tensors = tensors_of(served, path, tmp_path)
    assert (told["layer"], told["images"], told["epoch"]) == ("c1", 256, kept["epoch"])
    assert told["layers"] == ["c1", "s2.coefficient", "s4.coefficient", "c5", "f6", "output"]
    assert told["loss"] == pytest.approx(loss.item(), rel=1e-5)
    for layer in ("c1", "output"):
        _, tensors = tensors_of(served, path, tmp_path, params={"layer": layer})
        weight = model.get_submodule(layer).weight
        assert isinstance(weight, nn.Parameter)
        assert weight.grad is not None
        torch.testing.assert_close(tensors["weights"], weight.detach())
        scale = weight.grad.abs().max().item()
        torch.testing.assert_close(tensors["gradients"], weight.grad, rtol=1e-4, atol=1e-5 * scale)
    refused = served.get(f"{API}/{path}", params={"layer": "tanh1"})
    assert (refused.status_code, "c1, s2.coefficient" in refused.json()["detail"]) == (404, True)
    assert served.get(f"{API}/{path}", params={"layer": "no"}).status_code == 404


def test_a_judgement_is_torchs_own_and_kept(
    served: httpx2.Client,
    document: dict[str, Any],
    folder: Path,
    parts: tuple[Dataset, Dataset],
    tmp_path: Path,
) -> None:
    step = document["checkpoints"][-1]["step"]
    path = f"runs/{document['id']}/moments/{step}/judgement"
    told, tensors = tensors_of(served, path, tmp_path)
    count = 2_000
    assert (told["count"], told["of"]) == (count, len(parts[1]))
    labels = parts[1].labels[:count]
    with torch.inference_mode():
        logits = model_at(folder, document, step)(inputs_of(parts[1].images[:count]))
    probabilities = logits.softmax(dim=1)
    assert tensors["labels"].equal(labels)
    assert tensors["predictions"].equal(logits.argmax(dim=1))
    torch.testing.assert_close(tensors["confidence"], probabilities.amax(dim=1))
    truth = probabilities[torch.arange(count), labels]
    torch.testing.assert_close(tensors["truth"], truth, rtol=1e-4, atol=1e-6)
    assert told["loss"] == pytest.approx(functional.cross_entropy(logits, labels).item(), rel=1e-5)
    right = int((logits.argmax(dim=1) == labels).sum())
    assert told["accuracy"] == pytest.approx(right / count)
    confusion = tensors["confusion"]
    assert (int(confusion.sum()), int(confusion.trace())) == (count, right)
    assert confusion[3, 5] == int(((labels == 3) & (logits.argmax(dim=1) == 5)).sum())

    (file,) = (folder / "runs" / document["id"]).glob("judgement-*")
    assert str(step) in file.name
    again, _ = tensors_of(served, path, tmp_path)
    assert again == told
    # What was damaged on the disk is reckoned again.
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    _, mended = tensors_of(served, path, tmp_path)
    assert all(mended[name].equal(value) for name, value in tensors.items())
    assert served.get(f"{API}/runs/{document['id']}/moments/999/judgement").status_code == 404


def test_images_are_those_of_the_split(
    served: httpx2.Client, document: dict[str, Any], parts: tuple[Dataset, Dataset], tmp_path: Path
) -> None:
    path = f"runs/{document['id']}/images"
    for part, dataset in zip(("training", "validation"), parts, strict=True):
        params = {"part": part, "indices": "7,0,7"}
        told, tensors = tensors_of(served, path, tmp_path, params=params)
        assert tensors["images"].equal(dataset.images[[7, 0, 7], 0])
        assert tensors["labels"].equal(dataset.labels[[7, 0, 7]])
        assert (told["part"], told["count"]) == (part, len(dataset))
    for indices in ("", "-1", "1,", "2400", ",".join(["1"] * 257)):
        refused = served.get(f"{API}/{path}", params={"indices": indices})
        assert refused.status_code == 422, indices


def test_a_picture_is_read_by_every_moment(
    served: httpx2.Client, document: dict[str, Any], folder: Path, tmp_path: Path
) -> None:
    image = torch.rand(LENET.input_shape, generator=torch.Generator().manual_seed(3))
    ask = {"method": "POST", "content": npy(image[0].numpy()), "headers": {"content-type": NPY}}
    path = f"runs/{document['id']}/predictions"
    told, tensors = tensors_of(served, path, tmp_path, params={"prepare": "none"}, **ask)
    kept = document["checkpoints"]
    assert tensors["steps"].tolist() == [each["step"] for each in kept]
    assert tensors["epochs"].tolist() == [each["epoch"] for each in kept]
    assert told["classes"] == list("0123456789")
    for row, each in zip(tensors["probabilities"], kept, strict=True):
        with torch.inference_mode():
            (logits,) = model_at(folder, document, each["step"])(LENET.normalization(image)[None])
        torch.testing.assert_close(row, logits.softmax(0), rtol=1e-4, atol=1e-6)
    # Prepared, it is read as the forward pass of each moment reads it.
    _, tensors = tensors_of(served, path, tmp_path, **ask)
    name = f"run:{document['id']}@step-{kept[-1]['step']}"
    _, forward = tensors_of(served, f"networks/{name}/forward", tmp_path, **ask)
    torch.testing.assert_close(tensors["probabilities"][-1], forward["probabilities"])


def test_a_damaged_moment_is_a_row_of_nan(
    served: httpx2.Client, document: dict[str, Any], folder: Path, tmp_path: Path
) -> None:
    store = RunStore(folder / "runs")
    run = store.create(document["recipe"])
    with pytest.raises(AssertionError, match="Nothing has been kept"):
        tensors_of(served, f"runs/{run.id}/predictions", tmp_path, method="POST", json={})
    for checkpoint in store.checkpoints(document["id"])[-2:]:
        store.add_checkpoint(run.id, checkpoint)
        old, new = (store.folder_of(each) / checkpoint.file for each in (document["id"], run.id))
        new.parent.mkdir(exist_ok=True)
        new.write_bytes(old.read_bytes())
    store.set_state(run.id, "finished")
    damaged = store.folder_of(run.id) / store.checkpoints(run.id)[0].file
    damaged.write_bytes(damaged.read_bytes()[:-4] + b"1234")
    body = {"method": "POST", "json": {"pixels": [[0.5] * 32] * 32}}
    _, tensors = tensors_of(served, f"runs/{run.id}/predictions", tmp_path, **body)
    assert tensors["probabilities"].isnan().all(dim=1).tolist() == [True, False]
    shutil.rmtree(store.folder_of(run.id))
    lost = store.create(document["recipe"])
    store.add_checkpoint(lost.id, checkpoint)
    answer = served.post(f"{API}/runs/{lost.id}/predictions", json=body["json"])
    assert (answer.status_code, "missing" in answer.json()["detail"]) == (503, True)
    store.delete(lost.id)
    store.delete(run.id)
    store.close()


@pytest.mark.parametrize("is_old", [False, True])
def test_a_moment_without_finite_weights_says_so_and_is_no_failure_of_the_server(
    tmp_path: Path, folder: Path, parts: tuple[Dataset, Dataset], is_old: bool
) -> None:
    recipe = replace(
        RECIPE, network="mycnn", batch_size=100, optimizer=OptimizerRecipe("sgd", lr=1e30)
    )
    store = RunStore(tmp_path / "runs")
    run = store.create(recipe.as_dict())
    training, validation = (each.subset(torch.arange(400)) for each in parts)
    lesson = Lesson(ARCHITECTURES["mycnn"], recipe, training, validation)
    Conductor(store, run, lesson, torch.device("cpu")).conduct()
    store.close()
    if is_old:  # an earlier version of the program did not keep which are finite
        with closing(sqlite3.connect(tmp_path / "runs" / FILE)) as connection:
            connection.execute("ALTER TABLE checkpoints DROP COLUMN finite")
            connection.commit()
    with (
        serving(Settings(port=0, ships_runs=False, data_dir=tmp_path)) as url,
        client_of(url) as client,
    ):
        told = client.get(f"{API}/runs/{run.id}").json()
        assert told["state"] == "diverged"
        if is_old:
            assert all(each["finite"] for each in told["checkpoints"])
            # Who opens such a moment is told, and it is kept from then on.
            moments = [f"{run.id}/moments/{each['step']}" for each in told["checkpoints"]]
            opened = {client.get(f"{API}/runs/{each}").status_code for each in moments}
            assert opened == {200, 409}
            told = client.get(f"{API}/runs/{run.id}").json()
        finite = {each["step"]: each["finite"] for each in told["checkpoints"]}
        for step, is_finite in finite.items():
            file = tmp_path / "runs" / run.id / f"weights-{step:07}.safetensors"
            kept = safetensors.torch.load_file(file).values()
            assert all(bool(each.isfinite().all()) for each in kept) == is_finite
        assert set(finite.values()) == {True, False}
        lost = next(step for step in finite if not finite[step])
        picture = {"pixels": [[0.5] * 28] * 28}
        for answer in (
            client.get(f"{API}/runs/{run.id}/moments/{lost}"),
            client.get(f"{API}/runs/{run.id}/moments/{lost}/judgement"),
            client.get(f"{API}/runs/{run.id}/moments/{lost}/histograms"),
            client.post(f"{API}/updates", json={"start": f"run:{run.id}@step-{lost}"}),
            client.get(f"{API}/networks/run:{run.id}@step-{lost}"),
            client.post(f"{API}/networks/run:{run.id}@step-{lost}/forward", json=picture),
        ):
            assert answer.status_code == 409
            assert "not all finite numbers" in answer.json()["detail"]
        ask = {"method": "POST", "json": picture}
        _, tensors = tensors_of(client, f"runs/{run.id}/predictions", tmp_path, **ask)
        rows = dict(zip(tensors["steps"].tolist(), tensors["probabilities"], strict=True))
        assert rows[0].isfinite().all()
        assert all(bool(rows[step].isnan().all()) for step in finite if not finite[step])


def test_a_run_without_its_images_says_so(tmp_path: Path, folder: Path) -> None:
    store = RunStore(tmp_path / "runs")
    run = store.create(replace(RECIPE, dataset="fashion-mnist").as_dict())
    kept = RunStore(folder / "runs")
    old = kept.runs()[-1]
    checkpoint = kept.checkpoints(old.id)[0]
    store.add_checkpoint(run.id, checkpoint)
    store.folder_of(run.id).mkdir()
    data = (kept.folder_of(old.id) / checkpoint.file).read_bytes()
    (store.folder_of(run.id) / checkpoint.file).write_bytes(data)
    store.set_state(run.id, "finished")
    store.close()
    kept.close()
    with (
        serving(Settings(port=0, ships_runs=False, data_dir=tmp_path)) as url,
        client_of(url) as client,
    ):
        for path in ("moments/0", "moments/0/judgement", "images?indices=0"):
            answer = client.get(f"{API}/runs/{run.id}/{path}")
            assert answer.status_code == 503
            assert "python -m app data fashion-mnist" in answer.json()["detail"]
