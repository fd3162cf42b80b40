"""A network whose weights are bad is unavailable; the server and the others run."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save
from torch import Tensor

from app.settings import Settings
from tests.web.bodies import NPY, digit, npy
from tests.web.serving import client_of, serving
from tests.web.test_errors import check_problem

WEIGHTS = "weights.safetensors"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the models that may be damaged."""
    folder = tmp_path / "models"
    shutil.copytree(Settings().models_dir / "mycnn", folder / "mycnn")
    return folder


def flip_a_bit(file: Path) -> None:
    """Changes one bit in the middle."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut(file: Path) -> None:
    """Cuts the file in half."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def signed(file: Path, content: bytes) -> None:
    """Puts another file there, whose SHA-256 the card then gives."""
    file.write_bytes(content)
    card_file = file.with_name("card.json")
    card = json.loads(card_file.read_text("utf-8"))
    card["weights"]["sha256"] = hashlib.sha256(content).hexdigest()
    card_file.write_text(json.dumps(card), "utf-8")


def with_bias(bias: Tensor) -> Callable[[Path], None]:
    """Gives the first layer another bias, in a file that its card knows."""

    def damage(file: Path) -> None:
        signed(file, save({**load_file(file), "conv1.bias": bias}))

    return damage


class Trap:
    """What leaves a file behind where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return os.mkdir, (str(self.path),)


def a_pickle(file: Path) -> None:
    """Puts a pickle there that would run code, and whose card knows it."""
    signed(file, pickle.dumps(Trap(file.with_name("trapped"))))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a flipped bit": flip_a_bit,
    "half a file": cut,
    "no file": Path.unlink,
    "an empty file": lambda file: file.write_bytes(b""),
    "no number": with_bias(torch.full((32,), torch.nan)),
    "another shape": with_bias(torch.zeros(31)),
    "another type": with_bias(torch.zeros(32, dtype=torch.float64)),
    "a pickle": a_pickle,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_bad_weights_cost_their_network_only(
    models: Path, damage: Callable[[Path], object]
) -> None:
    file = models / "mycnn" / WEIGHTS
    damage(file)
    with serving(Settings(port=0, models_dir=models)) as url, client_of(url) as client:
        row, *others = client.get("/api/v1/networks").json()
        assert row["name"] == "mycnn"
        assert row["weights"] == "unavailable"
        assert row["reason"]
        assert row["parameters"] == 421_642
        headers = {"content-type": NPY}
        for path in ("forward", "trace?layer=conv1", "receptive-field?layer=conv1"):
            address = f"/api/v1/networks/mycnn/{path}"
            problem = check_problem(
                client.post(address, content=npy(digit()), headers=headers), 503
            )
            assert problem["detail"] == row["reason"]
            assert str(models) not in problem["detail"]
        check_problem(client.get("/api/v1/networks/mycnn"), 503)
        check_problem(client.get("/api/v1/networks/mycnn/layers/conv1/weights"), 503)
        weights = {each["name"]: each["weights"] for each in others}
        networks = client.get("/api/v1/ready").json()["networks"]
        assert networks == {"mycnn": "unavailable", **weights}
        assert client.get("/").status_code == 200
        assert not file.with_name("trapped").exists(), "no code of a file of weights is run"
        prepared = client.post("/api/v1/images/prepare", content=npy(digit()), headers=headers)
        assert prepared.status_code == 200


def test_without_weights_a_network_answers_with_random_ones_and_says_so(tmp_path: Path) -> None:
    headers = {"content-type": NPY}
    with serving(Settings(port=0, models_dir=tmp_path)) as url, client_of(url) as client:
        rows = {row["name"]: row for row in client.get("/api/v1/networks").json()}
        assert {row["weights"] for row in rows.values()} == {"untrained", "downloadable"}
        row = rows["mycnn"]
        assert row["weights"] == "untrained"
        assert "what it says means nothing" in row["reason"]
        outline = client.get("/api/v1/networks/mycnn").json()
        assert {name: outline[name] for name in row} == row
        for path in ("forward", "trace?layer=conv1", "receptive-field?layer=conv1"):
            address = f"/api/v1/networks/mycnn/{path}"
            assert client.post(address, content=npy(digit()), headers=headers).status_code == 200
