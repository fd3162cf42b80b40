"""A network shown from a script: the file, what it holds, and what is refused."""

from __future__ import annotations

import asyncio
import base64
import copy
import json
import re
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load
from torch import Tensor, nn

from app.networks.own.error import OwnNetworkError
from app.notebook import Shown, show
from app.notebook.show import TooLargeError
from tests.places import ROOT


def small() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 6 * 6, 5)
    )


def held(shown: Shown) -> dict[str, tuple[str, bytes]]:
    """The answers in a file."""
    text = re.search(r'id="held">(.*?)</script>', shown.text, re.DOTALL)
    assert text
    answers = json.loads(text[1]).items()
    return {key: (kind, base64.b64decode(content)) for key, (kind, content) in answers}


@pytest.fixture(scope="module")
def example() -> Tensor:
    return torch.randn(1, 3, 8, 8, generator=torch.Generator().manual_seed(1)) * 3


def test_the_file_holds_what_the_model_makes_of_the_input_to_the_bit(example: Tensor) -> None:
    model = small().train()
    before = copy.deepcopy(model.state_dict())
    shown = show(model, example, classes=["ant", "bee", "cat", "dog", "elk"], title="Small")
    assert model.training
    assert all(p.requires_grad for p in model.parameters())
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    answers = held(shown)
    outline = json.loads(answers["GET /networks/small"][1])
    assert [layer["name"] for layer in outline["layers"]] == [*"01234", "softmax"]
    forward = load(answers["POST /networks/small/forward?"][1])
    model.eval()
    assert torch.equal(forward["input"], example[0])
    x = example
    with torch.no_grad():
        for name, module in model.named_children():
            x = module(x)
            assert torch.equal(forward[name], x[0]), name
    weights = load(answers["GET /networks/small/layers/4/weights"][1])
    assert torch.equal(weights["weight"], model.get_parameter("4.weight"))
    assert "GET /networks/small/layers/3/weights" not in answers


def test_the_file_asks_nobody(example: Tensor) -> None:
    text = show(small(), example).text
    assert not re.findall(r"""(?:src|href)=["'](?!#|data:|\./|docs|lab)[^"']+["']""", text)
    names = json.loads(re.search(r'"importmap">(.*?)</script>', text, re.DOTALL)[1])["imports"]  # type: ignore[index]  # it is there
    for name, address in names.items():
        module = base64.b64decode(address.partition("base64,")[2]).decode()
        asked = re.findall(r"""\b(?:from|import)\s*\(?\s*['"]([\w@./-]+)['"]""", module)
        assert {each for each in asked if each.startswith(".")} == set(), name
        if "/vendor/" not in name and "/" in name:
            assert set(asked) <= names.keys(), name


def test_a_notebook_shows_it_in_a_frame_where_a_loop_runs_already(example: Tensor) -> None:
    async def cell() -> Shown:
        return show(small(), example)

    frame = asyncio.run(cell())._repr_html_()
    assert frame.startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert frame.endswith("</iframe>")


def test_it_is_written_and_opened(
    example: Tensor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    shown = show(small(), example, title="Mine & more")
    assert shown.save(tmp_path / "mine.html").read_text("utf-8") == shown.text
    file = shown.open()
    assert opened == [file.as_uri()]
    assert file.name == "mine_more.html"


def test_a_page_of_a_local_server_computes_for_other_inputs(
    example: Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    served: list[str] = []

    def keep(settings: Any, loaded: Any) -> None:
        from app.notebook.server import serve

        served.append(serve(settings, loaded, open_browser=False))

    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(sys.modules["app.notebook.show"], "serve", keep)
    show(small(), example, title="Served", page=True)
    origin, _, name = served[0].partition("/#network=")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{origin}/api/v1/networks/{name}", timeout=30) as answer:
        assert json.load(answer)["title"] == "Served"


@pytest.mark.parametrize(
    ("shape", "options", "said"),
    [
        ((8, 8), {}, "The input has 2 axes"),
        ((3, 8, 8), {"classes": ["one"]}, "There is 1 class, but 5 logits"),
        ((3, 8, 8), {"classes": "abcde"}, "The classes are a list, with a label for each logit"),
        ((3, 8, 8), {"classes": {0: "one"}}, "The classes are a list, with a label for each logit"),
    ],
)
def test_what_cannot_be_shown_is_said(shape: tuple[int, ...], options: Any, said: str) -> None:
    with pytest.raises(OwnNetworkError, match=said):
        show(small(), torch.zeros(shape), **options)


class Keeps(nn.Conv2d):
    """A convolution that keeps what has no copy."""

    def __init__(self) -> None:
        super().__init__(3, 1, 1)
        self.numbers = (each for each in range(3))


class Fails(nn.Module):
    """A network of a lazy layer, whose forward fails."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.LazyLinear(3)

    def forward(self, x: Tensor) -> Tensor:
        raise LookupError("nothing\nelse")


@pytest.mark.parametrize(
    ("model", "given", "said"),
    [
        (small(), [[1.0]], r"The input is list, but a torch\.Tensor is needed"),
        (
            small().state_dict(),
            None,
            r"The model is OrderedDict, but a torch\.nn\.Module is needed",
        ),
        (nn.Conv2d, None, r"The model is the class Conv2d, but a torch\.nn\.Module is needed"),
        (Keeps(), None, "Keeps cannot be copied: TypeError: cannot pickle 'generator' object"),
        (Fails(), None, r"Fails cannot be used: LookupError: nothing\.$"),
    ],
)
def test_what_is_no_model_and_what_cannot_be_copied_is_said(
    model: Any, given: Any, said: str
) -> None:
    with pytest.raises(OwnNetworkError, match=said):
        show(model, torch.zeros(3, 8, 8) if given is None else given)


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:`torch.jit:FutureWarning")
def test_what_is_compiled_is_said(example: Tensor) -> None:
    compiled = torch.jit.trace(small().eval(), example)  # type: ignore[no-untyped-call]  # as torch has it
    with pytest.raises(OwnNetworkError, match="was compiled by TorchScript, and nobody sees"):
        show(compiled, example)


def test_a_layer_may_have_any_name_that_pytorch_lets_it_have(example: Tensor) -> None:
    names = {"convolution of ä (1)": nn.Conv2d(3, 2, 3), "flat%20": nn.Flatten()}
    model = nn.Sequential()
    for name, layer in {**names, "head/fc#?": nn.Linear(72, 3)}.items():
        model.add_module(name, layer)
    answers = held(show(model, example, classes=[1, 2, 3]))  # type: ignore[list-item]  # numbers are labels, too
    outline = json.loads(answers["GET /networks/sequential"][1])
    assert outline["classes"] == ["1", "2", "3"]
    paths = [key for key in answers if key.endswith("/weights")]
    prefix = "GET /networks/sequential/layers"
    # As encodeURIComponent writes them, by which the page asks.
    assert paths == [
        f"{prefix}/convolution%20of%20%C3%A4%20(1)/weights",
        f"{prefix}/head%2Ffc%23%3F/weights",
    ]


def test_what_ran_of_a_forward_that_raises_is_shown() -> None:
    answers = held(show(small(), torch.zeros(3, 9, 9)))
    outline = json.loads(answers["GET /networks/sequential"][1])
    assert [layer["name"] for layer in outline["layers"]] == [*"0123"]
    assert "in Linear of 1×196, in the module 4" in outline["reason"]


def test_one_image_is_shown_and_none_of_several() -> None:
    for given in (torch.zeros(2, 3, 8, 8), torch.zeros(8, 8)):
        with pytest.raises(OwnNetworkError, match=r"axes; one image is needed"):
            show(small(), given)


def test_what_is_too_large_for_a_file_is_said(example: Tensor) -> None:
    with pytest.raises(TooLargeError, match="a file holds 0: give most_megabytes, or show it"):
        show(small(), example, most_megabytes=0.001)


def test_it_is_imported_by_the_projects_own_name(tmp_path: Path) -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert "app/alias" in build["dev-mode-dirs"]
    program = "import convoscope; print(convoscope.show.__module__)"
    path = ":".join(str(ROOT / folder) for folder in build["dev-mode-dirs"])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "app.notebook.show\n"


def test_complex_numbers_and_truth_values_are_in_the_file(example: Tensor) -> None:
    class Waves(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.filter = nn.Parameter(torch.randn(3, 8, 5, dtype=torch.complex64))

        def forward(self, x: Tensor) -> Tensor:
            x = torch.fft.irfft2(torch.fft.rfft2(x) * self.filter)
            return (x * (x > 0)).mean((2, 3))

    model = Waves()
    answers = held(show(model, example))
    forward = load(answers["POST /networks/waves/forward?"][1])
    waves = torch.fft.rfft2(example) * model.filter.detach()
    assert torch.equal(forward["mul"][0::2], waves.real[0])
    assert torch.equal(forward["mul"][1::2], waves.imag[0])
    assert torch.equal(forward["gt"], (torch.fft.irfft2(waves)[0] > 0).float())
    weights = load(answers["GET /networks/waves/layers/mul/weights"][1])
    assert torch.equal(weights["parameter"], torch.view_as_real(model.filter.detach()))
