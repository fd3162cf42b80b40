"""Training runs through the API, with real processes on the digits that ship."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
import safetensors.torch
import torch

from app.networks.registry import ARCHITECTURES
from app.settings import Settings
from app.training.runs.ownership import Ownership
from tests.web.serving import client_of, serving

# Beside other tests the process of a run may wait long for a core.
PATIENCE_SECONDS = 240.0
RUNS = "/api/v1/runs"
SMALL = {"network": "lenet5", "epochs": 2, "batch_size": 400}
LONG = {**SMALL, "epochs": 500}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[httpx2.Client]:
    """A client of a server with a data folder of its own."""
    with (
        serving(Settings(port=0, ships_runs=False, data_dir=tmp_path)) as url,
        client_of(url) as client,
    ):
        yield client


def events_of(lines: Iterator[str]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Number, kind and data of each server-sent event."""
    fields: dict[str, str] = {}
    for line in lines:
        if not line and "data" in fields:
            yield int(fields["id"]), fields["event"], json.loads(fields["data"])
            fields = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


def told(client: httpx2.Client, run: str, **options: Any) -> list[tuple[int, str, dict[str, Any]]]:
    """All events of a run until it ends."""
    with client.stream(
        "GET", f"{RUNS}/{run}/events", timeout=PATIENCE_SECONDS, **options
    ) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        return list(events_of(answer.iter_lines()))


def test_a_run_from_its_start_to_its_deletion(own: httpx2.Client, tmp_path: Path) -> None:
    assert own.get(RUNS).json() == []
    answer = own.post(RUNS, json=SMALL, headers={"idempotency-key": "once"})
    assert answer.status_code == 202
    run = answer.json()["id"]
    assert answer.headers["location"] == f"{RUNS}/{run}"
    again = own.post(RUNS, json=SMALL, headers={"idempotency-key": "once"})
    assert (again.status_code, again.json()["id"]) == (202, run)
    other = own.post(RUNS, json={**SMALL, "seed": 1}, headers={"idempotency-key": "once"})
    assert other.status_code == 409

    events = told(own, run)
    numbers = [number for number, _, _ in events]
    assert numbers == sorted(set(numbers))
    steps = [data["step"] for _, kind, data in events if kind == "step"]
    assert steps == list(range(1, 25))
    states = [data["state"] for _, kind, data in events if kind == "state"]
    assert states == ["queued", "running", "finished"]
    # Taken up after any event, nothing is missed and nothing told twice.
    for at in (0, 7, len(events) - 2):
        header = {"last-event-id": str(numbers[at])}
        assert told(own, run, headers=header) == events[at + 1 :]
        assert told(own, run, params={"after": numbers[at]}) == events[at + 1 :]

    document = own.get(f"{RUNS}/{run}").json()
    assert document["state"] == "finished"
    epochs = [data for _, kind, data in events if kind == "epoch"]
    for name, values in document["history"].items():
        assert values == [epoch[name] for epoch in epochs]
    kept = [data["step"] for _, kind, data in events if kind == "checkpoint"]
    assert [each["step"] for each in document["checkpoints"]] == kept
    assert own.get(f"{RUNS}/latest").json() == document
    check_moments(own, tmp_path / "runs" / run, document)
    assert own.post(f"{RUNS}/{run}/pause").status_code == 409
    assert own.delete(f"{RUNS}/{run}").json()["id"] == run
    assert own.get(f"{RUNS}/{run}").status_code == 404
    assert own.get(f"/api/v1/networks/run:{run}").status_code == 404


def check_moments(client: httpx2.Client, folder: Path, document: dict[str, Any]) -> None:
    """Every moment is a network whose logits are torch's with the weights that were kept then."""
    lenet = ARCHITECTURES["lenet5"]
    image = torch.rand(lenet.input_shape, generator=torch.Generator().manual_seed(0))
    model = lenet.build().eval()
    kept = document["checkpoints"]
    best = [each for each in kept if each["best"]][-1]
    named = {"@0": kept[0], "@1": kept[-2], "@2": kept[-1], "@step-3": kept[3], "": best}
    for ending, checkpoint in named.items():
        path = f"/api/v1/networks/run:{document['id']}{ending}"
        outline = client.get(path).json()
        assert outline["card"]["step"] == checkpoint["step"]
        assert outline["card"]["weights"]["sha256"] == checkpoint["sha256"]
        file = folder / f"weights-{checkpoint['step']:07}.safetensors"
        model.load_state_dict(safetensors.torch.load_file(file))
        with torch.inference_mode():
            (expected,) = model(lenet.normalization(image)[None])
        body = {"pixels": image[0].tolist()}
        answer = client.post(f"{path}/forward", params={"prepare": "none"}, json=body).json()
        np.testing.assert_allclose(answer["logits"]["data"], expected.numpy(), atol=1e-5)
    for ending, sentence in {"@9": "steps 0, 1", "@x": "run:ID@EPOCH"}.items():
        answer = client.get(f"/api/v1/networks/run:{document['id']}{ending}")
        assert answer.status_code == 404
        assert sentence in answer.json()["detail"]
    file = folder / f"weights-{kept[-2]['step']:07}.safetensors"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    again = client.get(f"/api/v1/networks/run:{document['id']}@step-{kept[-2]['step']}")
    assert (again.status_code, "damaged" in again.text) == (503, True)


def check_equal_networks_are_told_alike(client: httpx2.Client) -> None:
    """A time is told by a run of a network as large, not by the newest of any other."""
    lenet = {"network": "lenet5", "epochs": 1, "batch_size": 4_800}
    mycnn = {"network": "mycnn", "epochs": 1, "batch_size": 4_800}
    paces = []
    for body in (mycnn, lenet):
        events = told(client, client.post(RUNS, json=body).json()["id"])
        paces += [data["samples_per_second"] for _, kind, data in events if kind == "epoch"]
    seconds = [
        client.post(f"{RUNS}/plan", json={**lenet, "network": name}).json()["seconds_estimated"]
        for name in ("mycnn", "fashion_mycnn", "lenet5")
    ]
    # All images forwards, those that teach backwards: of 6,000 digits 1,200 validate.
    expected = [(4_800 + 1_200 / 3) / pace for pace in paces]
    assert seconds[0] == seconds[1] == pytest.approx(expected[0], abs=0.051)
    assert seconds[2] == pytest.approx(expected[1], abs=0.051)


def test_a_recipe_is_planned_then_a_changed_network_is_trained_and_gone_on_with(
    own: httpx2.Client,
) -> None:
    layers = {
        "conv1": {"channels": 4, "kernel_size": 5, "stride": 2, "padding": 2},
        "conv2": {"channels": 6},
        "conv3": {"channels": 7, "padding": 2},
        "pool": {"kind": "average", "kernel_size": 2, "stride": 2},
        "fc1": {"units": 12},
    }
    body = {
        "epochs": 1, "batch_size": 400, "layers": layers, "batch_norm": True, "dropout": 0.2,
        "initialization": "normal", "initialization_scale": 0.1,
    }  # fmt: skip
    plan = own.post(f"{RUNS}/plan", json=body).json()
    assert plan["steps"] == 12
    assert plan["seconds_estimated"] is None
    assert own.get(RUNS).json() == []
    run = own.post(RUNS, json=plan["recipe"]).json()
    assert told(own, run["id"])[-1][2]["state"] == "finished"
    outline = own.get(f"/api/v1/networks/run:{run['id']}@1").json()
    planned = [(row["name"], row["output_shape"], row["parameters"]) for row in plan["layers"]]
    assert planned == [
        (row["name"], row["output_shape"], row["parameters"]["total"]) for row in outline["layers"]
    ]
    assert own.post(f"{RUNS}/plan", json=body).json()["seconds_estimated"] > 0

    check_what_is_taken_home(own, run["id"])
    source = f"run:{run['id']}"
    body = {"epochs": 1, "batch_size": 400, "transfer": {"from": source}}
    follower = own.post(RUNS, json=body).json()
    assert follower["recipe"]["layers"] == run["recipe"]["layers"]
    assert told(own, follower["id"])[-1][2]["state"] == "finished"
    for layer, is_kept in (("conv1", True), ("conv1_bn", True), ("fc2", False)):
        first, second = (
            own.get(f"/api/v1/networks/run:{each}/layers/{layer}/weights").json()["weight"]["data"]
            for each in (run["id"], follower["id"])
        )
        assert (first == second) is is_kept
    check_equal_networks_are_told_alike(own)


def check_what_is_taken_home(client: httpx2.Client, run: str) -> None:
    """Its title, card, weights and script; the script's own test carries one out."""
    assert client.patch(f"{RUNS}/{run}", json={"title": " Small  steps "}).status_code == 200
    assert client.get(RUNS).json()[0]["title"] == "Small steps"
    assert client.patch(f"{RUNS}/{run}", json={"title": ""}).json()["title"] is None
    card = client.get(f"{RUNS}/{run}/card").json()
    outline = client.get(f"/api/v1/networks/run:{run}").json()
    assert card["network"]["parameters"] == outline["parameters"]
    assert card["best"]["sha256"] == outline["card"]["weights"]["sha256"]
    weights = client.get(f"{RUNS}/{run}/moments/12/weights")
    tensors = safetensors.torch.load(weights.content)
    kept = client.get(f"/api/v1/networks/run:{run}@step-12/layers/fc1/weights").json()["weight"]
    np.testing.assert_allclose(kept["data"], tensors["fc1.weight"].numpy(), rtol=1e-6)
    assert client.get(f"{RUNS}/{run}/moments/5000/weights").status_code == 404
    script = client.get(f"{RUNS}/{run}/script")
    assert script.headers["content-type"].startswith("text/x-python")
    compile(script.text, "train.py", "exec")


def test_a_run_is_paused_resumed_and_cancelled_while_others_wait(own: httpx2.Client) -> None:
    first, second = (own.post(RUNS, json=LONG).json()["id"] for _ in range(2))
    with own.stream("GET", f"{RUNS}/{first}/events", timeout=PATIENCE_SECONDS) as answer:
        for _, kind, _ in events_of(answer.iter_lines()):
            if kind == "step":
                break
    assert own.get(f"{RUNS}/{second}").json()["state"] == "queued"
    assert own.delete(f"{RUNS}/{second}").json()["state"] == "cancelled"
    paused = own.post(f"{RUNS}/{first}/pause").json()
    assert paused["state"] == "paused"
    head = own.head(f"{RUNS}/{first}/events")  # which does not wait for the stream's end
    assert head.status_code == 200
    assert head.headers["content-type"].startswith("text/event-stream")
    assert head.content == b""
    # Who listens to a paused run hears of it going on, in the same connection.
    heard: list[dict[str, Any]] = []
    listening = threading.Event()

    def listen() -> None:
        with (
            client_of(str(own.base_url)) as client,
            client.stream("GET", f"{RUNS}/{first}/events", timeout=PATIENCE_SECONDS) as answer,
        ):
            for _, kind, data in events_of(answer.iter_lines()):
                listening.set()
                if kind == "step" and data["step"] > paused["step"]:
                    heard.append(data)
                    return

    thread = threading.Thread(target=listen)
    thread.start()
    assert listening.wait(PATIENCE_SECONDS)
    assert own.post(f"{RUNS}/{first}/resume").json()["state"] == "queued"
    thread.join(PATIENCE_SECONDS)
    assert heard[0]["step"] == paused["step"] + 1
    assert own.delete(f"{RUNS}/{first}").json()["state"] == "cancelled"
    assert own.post(f"{RUNS}/{first}/resume").status_code == 409


@pytest.mark.parametrize(
    ("body", "pointer", "sentence"),
    [
        ({"network": "nosuch"}, "#/network", "can be trained are mycnn"),
        ({"network": "resnet20", "dropout": 0.5}, "#/network", "leave them out"),
        ({"transfer": {"from": "nosuch"}}, "#/transfer/from", "there is mycnn"),
        ({"layers": {"pool": {"kernel_size": 12}}}, "#/layers/pool/kernel_size", "pool2: "),
        ({"layers": {"conv1": {"channels": 0}}}, "#/layers/conv1/channels", "at least 1"),
        ({"dataset": "mnist"}, "#/dataset", "MNIST is not here; get it with: python -m app data"),
        (
            {"optimizer": {"lr": 0}},
            "#/optimizer/lr",
            "optimizer.lr is 0; it has to be more than 0.",
        ),
        ({"optimizer": {"lr": 9999}}, "#/optimizer/lr", "it may be at most 1,000."),
        ({"optimizer": {"betas": [0.9]}}, "#/optimizer/betas", "a list of at least 2 values."),
        ({"scheduler": {"patience": -1}}, "#/scheduler/patience", "scheduler.patience is −1"),
        ({"augmentation": {"flips": 1}}, "#/augmentation", "none of rotation_degrees, scale"),
        ({"epochs": 0}, "#/epochs", "at least 1"),
        ({"batch_size": 10**9}, "#/batch_size", "at most"),
    ],
)
def test_a_recipe_that_cannot_work_is_refused_before_it_starts(
    client: httpx2.Client, body: dict[str, Any], pointer: str, sentence: str
) -> None:
    answer = client.post(RUNS, json=body)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert sentence in answer.json()["detail"]


def test_no_room_no_name_no_number(client: httpx2.Client) -> None:
    answer = client.post(RUNS, json=SMALL)
    assert answer.status_code == 409
    assert answer.json()["limit"] == 1
    assert "delete a run" in answer.json()["detail"]
    assert client.get(f"{RUNS}/nosuch").status_code == 404
    assert client.get(f"{RUNS}/nosuch/events").status_code == 404
    array = client.post(RUNS, content=b"", headers={"content-type": "application/x-npy"})
    assert array.status_code == 415
    assert array.json()["detail"] == "The content type of the body has to be application/json."
    wrong = {"last-event-id": "seven"}
    assert client.get(f"{RUNS}/latest/events", headers=wrong).status_code == 422
    assert client.post(RUNS, json=SMALL, headers={"idempotency-key": ""}).status_code in (422, 409)


def test_room_that_is_used_up_is_refused_until_a_run_is_deleted(tmp_path: Path) -> None:
    most = 3_000_000
    settings = Settings(port=0, ships_runs=False, data_dir=tmp_path, max_runs_bytes=most)
    with serving(settings) as url, client_of(url) as client:
        body = {**SMALL, "epochs": 1}
        run = client.post(RUNS, json=body).json()["id"]
        assert told(client, run)[-1][2]["state"] == "finished"
        refused = client.post(RUNS, json=body)
        used = sum(path.stat().st_size for path in (tmp_path / "runs" / run).iterdir())
        assert (refused.status_code, refused.json()["limit"]) == (409, most)
        assert refused.json()["requested"] > used > most
        assert (
            "at most 3,000,000 may be used; delete a run to make room" in refused.json()["detail"]
        )
        assert [each["id"] for each in client.get(RUNS).json()] == [run]
        client.delete(f"{RUNS}/{run}")
        assert client.post(RUNS, json=body).status_code == 202


def test_a_second_server_on_one_folder_says_so(tmp_path: Path) -> None:
    owner = Ownership(tmp_path / "runs")
    with (
        serving(Settings(port=0, ships_runs=False, data_dir=tmp_path)) as url,
        client_of(url) as client,
    ):
        answer = client.get(RUNS)
        assert answer.status_code == 503
        assert "Another server" in answer.json()["detail"]
        owner.give_back()
        assert client.get(RUNS).json() == []
