"""A network of the user's own, served: named on the command line, asked over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import torch
from torch.nn import functional as F
from typer.testing import CliRunner

from app.__main__ import cli
from tests.networks.test_own_network import GOOD
from tests.places import ROOT
from tests.server import LiveServer, serve

CAT = (ROOT / "models" / "photographs" / "cat.jpg").read_bytes()
API = "/api/v1/networks"


def client(server: LiveServer) -> httpx2.Client:
    origin, _, _ = server.url.partition("/#")
    return httpx2.Client(base_url=origin, trust_env=False, timeout=30)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("own")
    file = folder / "small_net.py"
    file.write_text(GOOD)
    (folder / "labels.txt").write_text("ant\nbee\ncat\ndog\nelk\n")
    options = ("--network", f"{file}:build", "--input", "3x32x32")
    classes = ("--classes", str(folder / "labels.txt"))
    with serve(folder / "log", program=("app", "serve", *options, *classes)) as server:
        yield server


def test_a_photograph_goes_through_it_in_colour(own: LiveServer) -> None:
    assert own.url.endswith("/#network=small_net"), "the line opens the page on it"
    with client(own) as ask:
        rows = {row["name"]: row for row in ask.get(API).json()}
        assert rows["small_net"]["title"] == "Small"
        assert rows["small_net"]["weights"] == rows["mycnn"]["weights"] == "ready"
        ask.headers["Content-Type"] = "image/jpeg"
        answer = ask.post(f"{API}/small_net/forward?activations=true", content=CAT).json()
        assert answer["prediction"]["label"] in ("ant", "bee", "cat", "dog", "elk")
        image = torch.tensor(answer["input"]["data"])
        assert image.shape == (3, 32, 32)
        assert not torch.equal(image[0], image[1]), "a photograph keeps its colours"
        weights = ask.get(f"{API}/small_net/layers/conv/weights").json()
        kernels, bias = (torch.tensor(weights[name]["data"]) for name in ("weight", "bias"))
        expected = F.conv2d(image.double(), kernels.double(), bias.double())
        layers = {layer["name"]: layer for layer in answer["layers"]}
        found = torch.tensor(layers["conv"]["activation"]["data"]).double()
        torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-6)
        where = "layer=conv&channel=2&row=7&column=9"
        trace = ask.post(f"{API}/small_net/trace?{where}", content=CAT).json()
        assert trace["value"] == pytest.approx(expected[2, 7, 9].item(), rel=1e-5)


def test_one_that_fails_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "small_net.py"
    file.write_text(GOOD)
    program = ("app", "serve", "--network", f"{file}:fails")
    with serve(tmp_path / "log", program=program) as server, client(server) as ask:
        printed = (tmp_path / "log").read_text()
        assert "small_net unavailable (fails of small_net.py failed: TypeError" in printed
        assert server.tracebacks() == []
        answer = ask.get(f"{API}/small_net")
        assert answer.status_code == 503
        assert "fails of small_net.py failed" in answer.json()["detail"]
        assert ask.get(f"{API}/mycnn").status_code == 200


def test_its_options_need_it() -> None:
    result = CliRunner().invoke(cli, ["serve", "--input", "3x32x32"])
    assert result.exit_code == 1
    assert "say more of a --network" in result.stderr


FAILING = """
from torch import nn

class Failing(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)

    def forward(self, x):
        return self.conv(self.conv(x))
"""


def test_one_that_raises_half_way_answers_with_the_layers_before(tmp_path: Path) -> None:
    file = tmp_path / "failing.py"
    file.write_text(FAILING)
    program = ("app", "serve", "--network", f"{file}:Failing")
    with serve(tmp_path / "log", program=program) as server, client(server) as ask:
        outline = ask.get(f"{API}/failing").json()
        assert [layer["name"] for layer in outline["layers"]] == ["conv"]
        assert (outline["weights"], outline["outputs"], outline["classes"]) == ("ready", [], [])
        assert "in Conv2d of 1×4×26×26, in the module conv, at line 10" in outline["reason"]
        ask.headers["Content-Type"] = "image/jpeg"
        answer = ask.post(f"{API}/failing/forward?activations=true", content=CAT).json()
        assert (answer["prediction"], answer["top"], answer["logits"]) == (None, [], None)
        assert answer["layers"][0]["shape"] == [4, 26, 26]
        npy = ask.post(
            f"{API}/failing/forward", content=CAT, headers={"Accept": "application/x-npy"}
        )
        assert npy.status_code == 200
        tensors = {"Accept": "application/x-safetensors"}
        assert ask.post(f"{API}/failing/forward", content=CAT, headers=tensors).status_code == 200
        refused = ask.post(f"{API}/failing/explain?method=saliency", content=CAT)
        assert refused.status_code == 422
        assert "gives no classes" in refused.json()["detail"]


DECIDING = """
from torch import nn

class Deciding(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def forward(self, x):
        logits = self.fc(x.flatten(1))
        return logits.tanh() if x.mean() > 0 else logits.relu()
"""


def test_one_that_decides_tells_which_way_an_image_went(tmp_path: Path) -> None:
    file = tmp_path / "deciding.py"
    file.write_text(DECIDING)
    program = ("app", "serve", "--network", f"{file}:Deciding", "--input", "1x28x28")
    with serve(tmp_path / "log", program=program) as server, client(server) as ask:
        first = ask.get(f"{API}/deciding").json()
        assert (first["decides"], first["path"]) == (True, 0)
        assert [layer["name"] for layer in first["layers"]] == ["flatten", "fc", "tanh", "softmax"]
        names = []
        for pixel in (0.0, 1.0):
            body = {"pixels": [[pixel] * 28] * 28}
            answer = ask.post(f"{API}/deciding/forward?prepare=none", json=body).json()
            assert answer["remarks"][0]["name"] == "path"
            outline = ask.get(f"{API}/deciding?path={answer['path']}").json()
            assert [row["name"] for row in answer["layers"]] == [
                layer["name"] for layer in outline["layers"]
            ]
            names.append(answer["layers"][2]["name"])
        assert names == ["relu", "tanh"]
        assert ask.get(f"{API}/deciding?path=9").status_code == 404


ENCODED = """
import torch
from torch import nn

class Encoded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.filter = nn.Parameter(torch.randn(4, 28, 15, dtype=torch.complex64))
        self.table = nn.Embedding(4, 4)
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        x = self.conv(x)
        x = torch.fft.irfft2(torch.fft.rfft2(x) * self.filter, s=(28, 28))
        x = x.view(1, 2, 2, 28, 28).transpose(1, 2).reshape(1, 4, 28, 28)
        x = x * (x > 0) + self.table(x.argmax(1)).permute(0, 3, 1, 2)
        return self.fc(x.flatten(1))
"""
SHOWN = {
    "fft_rfft2": ("complex64", [4, 28, 15], [8, 28, 15]),
    "mul": ("complex64", [4, 28, 15], [8, 28, 15]),
    "view": ("float32", [2, 2, 28, 28], [4, 28, 28]),
    "transpose": ("float32", [2, 2, 28, 28], [4, 28, 28]),
    "gt": ("bool", [4, 28, 28], [4, 28, 28]),
    "argmax": ("int64", [28, 28], [28, 28]),
}


def test_what_is_no_real_number_of_three_axes_is_told_and_shown_as_such(tmp_path: Path) -> None:
    """Everything that is asked of a layer is answered, or refused in a sentence."""
    file = tmp_path / "encoded.py"
    file.write_text(ENCODED)
    program = ("app", "serve", "--network", f"{file}:Encoded")
    with serve(tmp_path / "log", program=program) as server, client(server) as ask:
        layers = {each["name"]: each for each in ask.get(f"{API}/encoded").json()["layers"]}
        told = {
            name: (layer["encoding"]["dtype"], layer["encoding"]["shape"], layer["output_shape"])
            for name, layer in layers.items()
            if layer["encoding"]
        }
        assert told == SHOWN
        ask.headers["Content-Type"] = "image/jpeg"
        answer = ask.post(
            f"{API}/encoded/forward?layers=conv,fft_rfft2,gt&activations=true", content=CAT
        ).json()
        conv, waves, mask = (
            torch.tensor(layer["activation"]["data"]) for layer in answer["layers"]
        )
        expected = torch.fft.rfft2(conv)
        torch.testing.assert_close(waves[0::2], expected.real, rtol=1e-4, atol=1e-3)
        torch.testing.assert_close(waves[1::2], expected.imag, rtol=1e-4, atol=1e-3)
        assert set(mask.flatten().tolist()) == {0.0, 1.0}
        small = f"{API}/encoded/forward?layers=conv&thumbnails={','.join(SHOWN)}&side=8"
        for kind in ("float32", "float16", "uint8"):
            tensors = {"Accept": "application/x-safetensors"}
            found = ask.post(f"{small}&dtype={kind}", content=CAT, headers=tensors)
            assert found.status_code == 200
        for name in SHOWN:
            where = f"layer={name}&channel=3&row=2&column={0 if name == 'argmax' else 1}"
            trace = ask.post(f"{API}/encoded/trace?{where}", content=CAT)
            assert (trace.status_code, trace.json()["difference"]) == (200, 0)
            field = ask.post(f"{API}/encoded/receptive-field?{where}", content=CAT)
            assert field.status_code == 200
        assert ask.get(f"{API}/encoded/projective-field?row=3&column=4").status_code == 200
        assert ask.get(f"{API}/encoded/layers/mul/weights").json()["parameter"]["shape"] == [
            *(4, 28, 15, 2)
        ]
        assert ask.get(f"{API}/encoded/layers/gt/weights").status_code == 404
        for method in ("saliency", "occlusion", "integrated_gradients", "grad_cam"):
            found = ask.post(f"{API}/encoded/explain?method={method}", content=CAT)
            assert found.status_code == 200
        grad_cam = f"{API}/encoded/explain?method=grad_cam&layer"
        assert ask.post(f"{grad_cam}=fft_rfft2", content=CAT).status_code == 200
        refused = ask.post(f"{grad_cam}=gt", content=CAT)
        assert refused.status_code == 422
        assert "gt gives 4×28×28 truth values (bool), which have no gradient" in refused.text
        assert server.tracebacks() == []
