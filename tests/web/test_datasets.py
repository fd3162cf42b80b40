"""Data sets through the API: looked at, collected, exported, brought along, learned from."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
import safetensors.torch
import torch
from safetensors.torch import load_file

from app.imaging import prepare_digit, prepare_photo
from app.imaging.subset import load_subset
from app.networks.head import build_with_head
from app.networks.registry import ARCHITECTURES
from app.settings import Settings
from app.training import download
from app.training.augmentation import augment
from app.training.datasets import load_dataset, split
from app.training.mnist import DataError
from app.training.recipe import AugmentationRecipe
from tests.places import ROOT
from tests.training.idx import small, write
from tests.web.bodies import NPY, npy
from tests.web.serving import client_of, serving
from tests.web.test_runs import told

SETS = "/api/v1/datasets"
ZIP = {"content-type": "application/zip"}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[httpx2.Client]:
    """A client of a server with a data folder of its own."""
    settings = Settings(port=0, data_dir=tmp_path, max_own_pictures=40)
    with serving(settings) as url, client_of(url) as client:
        yield client


def stroke(row: int, column: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A drawing on a paper of 60×80: one stroke."""
    paper = np.zeros((60, 80), np.uint8)
    paper[row : row + 30, column : column + 6] = 255
    return paper


def add(
    client: httpx2.Client, name: str, label: str, image: Any, **query: str | int
) -> httpx2.Response:
    return client.post(
        f"{SETS}/{name}/images",
        params={"label": label, **query},
        content=npy(image),
        headers={"content-type": NPY},
    )


def test_what_ships_is_shown_with_its_classes_and_some_pictures(own: httpx2.Client) -> None:
    cards = {card["name"]: card for card in own.get(SETS).json()}
    assert list(cards) == ["mnist-subset", "mnist", "fashion-mnist"]
    assert cards["mnist-subset"]["counts"] == {str(digit): 600 for digit in range(10)}
    assert cards["mnist-subset"]["state"] == "ready"
    assert (cards["mnist"]["state"], cards["mnist"]["counts"]) == ("to fetch", {})
    assert cards["fashion-mnist"]["classes"][9] == "Ankle boot"
    samples = own.get(f"{SETS}/mnist-subset/samples", params={"per_class": 2}).json()
    digits = load_subset()
    for image, label, index in zip(
        *(samples[name]["data"] for name in ("images", "labels", "indices")), strict=True
    ):
        assert np.array_equal(image, digits.train_images[index])
        assert label == digits.train_labels[index]
    assert samples["labels"]["data"] == [digit for digit in range(10) for _ in range(2)]
    assert own.get(f"{SETS}/mnist/samples").status_code == 503
    assert own.get(f"{SETS}/nosuch/samples").status_code == 404


def test_a_set_from_its_first_drawing_to_its_deletion(own: httpx2.Client) -> None:
    made = own.post(SETS, json={"title": " My  strokes "})
    assert (made.status_code, made.json()["name"]) == (201, "own:my-strokes")
    name = made.json()["name"]
    kept = add(own, name, "left", stroke(10, 5)).json()
    expected = prepare_digit((stroke(10, 5)[None] / 255).astype(np.float32)).image[0]
    assert np.array_equal(kept["image"]["data"], np.round(expected * 255))
    assert (kept["index"], kept["card"]["counts"]) == (0, {"left": 1})
    kept_first = np.array(kept["image"]["data"], dtype=np.uint8)
    exact = np.arange(784, dtype=np.uint8).reshape(28, 28)
    kept = add(own, name, "right", exact, prepare="none").json()
    assert np.array_equal(kept["image"]["data"], exact)
    assert add(own, name, "right", stroke(1, 1), prepare="none").status_code == 422
    assert add(own, name, "  ", exact).status_code == 422

    exported = own.get(f"{SETS}/{name}.npz")
    assert exported.headers["content-type"] == "application/zip"
    with np.load(io.BytesIO(exported.content), allow_pickle=False) as arrays:
        assert np.array_equal(arrays["images"][1], exact)
        assert arrays["classes"].tolist() == ["left", "right"]
    changed = own.put(f"{SETS}/{name}", json={"title": "Lines", "labels": {"left": "upright"}})
    assert changed.json()["counts"] == {"upright": 1, "right": 1}
    assert own.delete(f"{SETS}/{name}/images/2").status_code == 404
    assert own.delete(f"{SETS}/{name}/images/0").json()["counts"] == {"right": 1}
    # It can be put back where it was; the label comes behind the others.
    assert add(own, name, "upright", stroke(4, 12), at=2).status_code == 422
    put_back = add(own, name, "upright", kept_first, prepare="none", at=0).json()
    assert (put_back["index"], put_back["card"]["counts"]) == (0, {"right": 1, "upright": 1})
    both = own.get(f"{SETS}/{name}/samples").json()
    assert both["indices"]["data"] == [1, 0]
    assert np.array_equal(both["images"]["data"], [exact, kept_first])
    own.delete(f"{SETS}/{name}/images/0")
    assert own.delete(f"{SETS}/{name}").json()["title"] == "Lines"
    assert own.get(f"{SETS}/{name}/samples").status_code == 404

    text = base64.b64encode(exported.content).decode()
    for again in (
        own.post(f"{SETS}/import", content=exported.content, headers=ZIP),
        own.post(f"{SETS}/import", json={"npz": text}),
    ):
        assert again.status_code == 201
        assert again.json()["counts"] == {"left": 1, "right": 1}
    samples = own.get(f"{SETS}/{again.json()['name']}/samples").json()
    assert np.array_equal(samples["images"]["data"][1], exact)
    assert [card["title"] for card in own.get(SETS).json() if card["own"]] == ["My strokes"] * 2


def test_what_cannot_be_kept_is_a_sentence_and_nothing_is_lost(
    own: httpx2.Client, tmp_path: Path
) -> None:
    for body, sentence in ((b"PK nonsense", "no .npz file"), (b"", "no .npz file")):
        answer = own.post(f"{SETS}/import", content=body, headers=ZIP)
        assert (answer.status_code, sentence in answer.json()["detail"]) == (422, True)
    answer = own.post(f"{SETS}/import", json={"npz": "?"})
    assert answer.json()["errors"][0]["pointer"] == "#/npz"
    name = own.post(SETS, json={"title": "Full"}).json()["name"]
    image = np.zeros((28, 28), np.uint8)
    for _ in range(40):
        assert add(own, name, "a", image, prepare="none").status_code == 200
    full = add(own, name, "a", image, prepare="none")
    assert (full.status_code, full.json()["limit"]) == (409, 40)
    assert own.put(f"{SETS}/mnist", json={"title": "Mine"}).status_code == 404
    assert own.put(f"{SETS}/{name}", json={"title": "\u200b"}).status_code == 422
    answer = own.post("/api/v1/runs/plan", json={"dataset": name})
    assert answer.json()["errors"][0]["pointer"] == "#/dataset"
    assert "has 1 of the 2 labels" in answer.json()["detail"]
    (tmp_path / "sets" / "full.npz").write_bytes(b"damaged")
    assert [card["name"] for card in own.get(SETS).json() if card["own"]] == []
    assert own.get(f"{SETS}/{name}/samples").status_code == 503


def test_ones_own_drawings_are_learned_and_a_network_goes_on_with_them(own: httpx2.Client) -> None:
    name = own.post(SETS, json={"title": "Strokes"}).json()["name"]
    for index in range(12):
        for label, image in (("up", stroke(10, 5)), ("across", stroke(10, 5).T), ("dot", None)):
            drawn = stroke(10, 5)[:16] if image is None else image
            add(own, name, label, np.roll(drawn, index))
    for transfer in (None, {"from": "mycnn_bn_dropout"}):
        body = {"dataset": name, "epochs": 5, "batch_size": 8, "transfer": transfer}
        plan = own.post("/api/v1/runs/plan", json=body).json()
        assert (plan["training_images"], plan["validation_images"]) == (30, 6)
        assert plan["recipe"]["optimizer"]["lr"] == (1e-2 if transfer else 3e-3)
        run = own.post("/api/v1/runs", json=body).json()
        assert run["recipe"]["data"]["classes"] == ["up", "across", "dot"]
        assert told(own, run["id"])[-1][2]["state"] == "finished"
        network = f"/api/v1/networks/run:{run['id']}"
        assert own.get(network).json()["classes"] == ["up", "across", "dot"]
        headers = {"content-type": NPY}
        answer = own.post(f"{network}/forward", content=npy(stroke(20, 30)), headers=headers).json()
        assert answer["prediction"]["label"] == "up"
        assert len(answer["probabilities"]["data"]) == 3


def test_a_picture_that_a_run_is_judged_by_is_found_in_the_set(own: httpx2.Client) -> None:
    name = own.post(SETS, json={"title": "Noise"}).json()["name"]
    rng = np.random.default_rng(0)
    drawn = rng.integers(0, 256, (12, 28, 28), np.uint8)
    for index, image in enumerate(drawn):
        add(own, name, "ab"[index % 2], image, prepare="none")
    body = {"network": "lenet5", "dataset": name, "epochs": 1, "batch_size": 4, "split": 0.5}
    run = own.post("/api/v1/runs", json=body).json()["id"]
    assert told(own, run)[-1][2]["state"] == "finished"
    images = f"/api/v1/runs/{run}/images?indices=0,4,2"
    shown = own.get(images).json()
    places = shown["places"]["data"]
    assert np.array_equal(shown["images"]["data"], drawn[places])
    own.delete(f"{SETS}/{name}/images/{places[0]}")
    first, *others = own.get(images).json()["places"]["data"]
    assert first == -1
    assert others == [place - (place > places[0]) for place in places[1:]]
    own.delete(f"{SETS}/{name}")
    assert own.get(images).json()["places"]["data"] == [-1, -1, -1]


def test_photographs_are_learned_by_a_network_that_knows_photographs(own: httpx2.Client) -> None:
    made = own.post(SETS, json={"title": "Light", "kind": "photographs"}).json()
    rng = np.random.default_rng(0)
    for index in range(6):
        for label, brightness in (("dark", 40), ("bright", 200)):
            photo = rng.integers(brightness, brightness + 50, (3, 90, 120 + index), np.uint8)
            kept = add(own, made["name"], label, photo).json()
    expected = prepare_photo((photo / 255).astype(np.float32), 224).image
    assert np.abs(np.array(kept["image"]["data"]) / 255 - expected).max() < 1 / 255
    body = {"dataset": made["name"], "epochs": 1, "batch_size": 8}
    refused = own.post("/api/v1/runs/plan", json=body).json()
    assert "can be trained are efficientnet_lite0" in refused["detail"]
    body["transfer"] = {"from": "squeezenet1_1"}
    plan = own.post("/api/v1/runs/plan", json=body).json()
    assert plan["trainable"] == 512 * 2 + 2
    run = own.post("/api/v1/runs", json=body).json()
    assert told(own, run["id"])[-1][2]["state"] == "finished"
    outline = own.get(f"/api/v1/networks/run:{run['id']}").json()
    assert (outline["classes"], outline["preparation"]) == (["dark", "bright"], "photo")
    check_what_imagenet_taught(own, made["name"], photo)


def check_what_imagenet_taught(client: httpx2.Client, name: str, photo: Any) -> None:
    """EfficientNet-Lite0's weights, frozen, tell the photographs apart; its logits are torch's."""
    transfer = {"from": "efficientnet_lite0"}
    body = {"dataset": name, "epochs": 3, "batch_size": 4, "transfer": transfer}
    run = client.post("/api/v1/runs", json={**body, "optimizer": {"lr": 0.01}}).json()["id"]
    events = told(client, run)
    assert events[-1][2]["state"] == "finished"
    assert [each["val_accuracy"] for _, kind, each in events if kind == "epoch"][-1] == 1.0
    taken = client.get(f"/api/v1/runs/{run}/moments/9/weights").content
    weights = safetensors.torch.load(taken)
    published = load_file(ROOT / "models" / "efficientnet_lite0" / "weights.safetensors")
    differing = {each for each in weights if not weights[each].equal(published[each].float())}
    assert differing == {"fc.weight", "fc.bias"}
    architecture = ARCHITECTURES["efficientnet_lite0"]
    model = build_with_head(architecture.build, 2).eval()
    model.load_state_dict(weights)
    image = torch.from_numpy(prepare_photo((photo / 255).astype(np.float32), 224).image)
    with torch.inference_mode():
        (expected,) = model(architecture.normalization(image)[None])
    path = f"/api/v1/networks/run:{run}@3/forward"
    answer = client.post(path, content=npy(photo), headers={"content-type": NPY}).json()
    np.testing.assert_allclose(answer["logits"]["data"], expected.numpy(), atol=1e-4)


def test_a_sheet_of_what_augmentation_makes_of_the_first_batch(own: httpx2.Client) -> None:
    moves = AugmentationRecipe(flip=True, rotation_degrees=20.0, scale=0.1, shift=2.0)
    body = {"augmentation": asdict(moves), "seed": 3, "batch_size": 32}
    sheet = own.post("/api/v1/augmented", json=body, params={"count": 5}).json()
    digits = load_dataset("mnist-subset", ROOT, ROOT / "models")[0]
    training = split(digits, 0.8, 0)[0]
    order = torch.randperm(len(training), generator=torch.Generator().manual_seed(3))[:32]
    chance = torch.Generator().manual_seed(3)
    images = training.images[order] / 255
    moved = augment(images, moves, chance)[:5]
    assert np.array_equal(sheet["originals"]["data"], training.images[order][:5])
    np.testing.assert_allclose(sheet["images"]["data"], moved * 255, atol=0.51)
    assert sheet["labels"]["data"] == training.labels[order][:5].tolist()
    plain = own.post("/api/v1/augmented", json={"batch_size": 3}).json()
    assert plain["images"] == plain["originals"]


def _fetched(client: httpx2.Client, name: str) -> dict[str, Any]:
    """The card of a data set once it is not being fetched any more."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        (card,) = (each for each in client.get(SETS).json() if each["name"] == name)
        if card["state"] != "fetching":
            return dict(card)
        time.sleep(0.05)
    raise AssertionError(name)


def test_a_data_set_is_fetched_on_request(
    own: httpx2.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = small(monkeypatch)

    def unreachable(*_: object) -> None:
        raise DataError("Nothing could be reached.")

    def mirror(collection: Any, data_dir: Path, say: Any) -> None:
        write(files, data_dir)
        seen.append(own.get("/api/v1/progress/one").json()["done"])
        end = time.monotonic() + 20
        while seen[-1] != 4 and time.monotonic() < end:
            seen.append(own.get("/api/v1/progress/one").json()["done"])

    seen: list[int | None] = []
    sources: dict[str, Any] = {"mnist": (("nowhere", unreachable),)}
    monkeypatch.setattr(download, "_SOURCES", sources)
    asked = own.post(f"{SETS}/mnist/fetch", params={"ticket": "one"})
    assert asked.status_code == 202
    card = _fetched(own, "mnist")
    assert card["state"] == "to fetch"
    assert card["reason"] == "MNIST could not be had. Nothing could be reached."
    sources["mnist"] = (("a mirror", mirror),)
    own.post(f"{SETS}/mnist/fetch", params={"ticket": "one"})
    card = _fetched(own, "mnist")
    assert (card["state"], card["reason"], seen[-1]) == ("ready", None, 4)
    assert sum(card["counts"].values()) == card["train"]
    assert own.post(f"{SETS}/nosuch/fetch").status_code == 404
