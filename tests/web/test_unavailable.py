"""A network whose weights are bad is unavailable; the server and the others run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("damage", [flip_a_bit, cut, Path.unlink, Path.touch])
def test_bad_weights_cost_their_network_only(models: Path, damage: object) -> None:
    file = models / "mycnn" / WEIGHTS
    if damage is Path.touch:
        file.write_bytes(b"")
    else:
        assert callable(damage)
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
