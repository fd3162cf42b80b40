"""A network shown on one input: as one HTML file, in a notebook, or on a page of a local server."""

from __future__ import annotations

import html
import re
import tempfile
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from math import prod
from pathlib import Path
from typing import Any
from urllib.parse import quote

from torch import Tensor, nn

from app.networks import LoadedNetwork
from app.networks.library import Library
from app.networks.own.error import OwnNetworkError
from app.networks.own.given_network import load_given
from app.networks.registry import ARCHITECTURES
from app.notebook.in_process import Application, ask
from app.notebook.server import serve
from app.settings import Settings
from app.web.api.networks.forward import document_of
from app.web.api.networks.layer_rows import add_activations, layer_rows, range_of
from app.web.application import API_PREFIX, create_app
from app.web.loading import Loaded
from app.web.pages.single_file import as_single_file
from app.web.services import Services
from app.web.wire.encodings import to_safetensors
from app.web.wire.negotiation import SAFETENSORS

MOST_MEGABYTES = 64
FRAME_HEIGHT_PX = 760
TOP = 5
AS_THEY_ARE = "!'()*"
"""What the page leaves as it is in an address, beside what Python does."""
USUAL = next(iter(ARCHITECTURES))
"""What the page asks for where no link names another."""


class TooLargeError(ValueError):
    """A network whose numbers do not fit into a file; the message is a sentence."""


@dataclass(frozen=True)
class Shown:
    """A network on one input, as the text of one HTML file that needs no server."""

    title: str
    text: str

    def save(self, path: str | Path) -> Path:
        """Writes the file, and returns where it is."""
        file = Path(path)
        file.write_text(self.text, encoding="utf-8")
        return file.resolve()

    def open(self) -> Path:
        """Opens the file in the browser, and returns where it is."""
        name = re.sub(r"\W+", "_", self.title.lower()).strip("_") or "network"
        file = self.save(Path(tempfile.mkdtemp(prefix="convoscope-")) / f"{name}.html")
        webbrowser.open(file.as_uri())
        return file

    def _repr_html_(self) -> str:
        """The page in a frame, as a notebook shows it."""
        return (
            f'<iframe srcdoc="{html.escape(self.text)}" title="{html.escape(self.title)}" '
            f'style="width: 100%; height: {FRAME_HEIGHT_PX}px; border: 1px solid #8888">'
            "</iframe>"
        )


def show(
    model: nn.Module,
    example_input: Tensor,
    *,
    classes: Sequence[str] | None = None,
    title: str | None = None,
    page: bool = False,
    most_megabytes: float = MOST_MEGABYTES,
) -> Shown:
    """Every value of a network on one input.

    In a notebook the answer is shown; elsewhere `.open()` opens it in the browser and `.save(path)`
    writes it. It is one HTML file that holds the network, its weights and its activations.

    Args:
        example_input: as the model takes it, (C, H, W) or (1, C, H, W).
        classes: a label for each logit; numbers where it is None.
        title: what it is called; the name of its class where it is None.
        page: whether a page of a local server is opened too, which computes for other inputs.
        most_megabytes: how large the weights and activations in the file may be.

    Raises: OwnNetworkError when the model cannot be followed, or what is given is no model and no
        tensor; TooLargeError when the file would be larger.

    Example:
        >>> import torch
        >>> shown = show(nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU()), torch.zeros(1, 8, 8))
        >>> shown.text.startswith("<!doctype html>")
        True
    """
    _check_kinds(model, example_input)
    image = example_input.detach().cpu().float()
    image = image[0] if image.dim() == 4 and len(image) == 1 else image
    network = load_given(model, image, str(title or type(model).__name__), classes)
    _check_size(network, most_megabytes)
    settings = Settings(port=0)
    app = create_app(settings)
    services: Services = app.state.services
    library = Library((), {network.name: network})
    services.loading.future.set_result(Loaded(network.device, library, network.name))
    try:
        shown = Shown(network.architecture.title, _file(app, services, network, image))
    finally:
        services.workers.close()
    if page:
        serve(settings, Loaded(network.device, library, network.name))
    return shown


def _check_kinds(model: object, example_input: object) -> None:
    """Raises: OwnNetworkError for what is no model, or no tensor."""
    for name, given, needed in (
        ("model", model, "torch.nn.Module"),
        ("input", example_input, "torch.Tensor"),
    ):
        if not isinstance(given, nn.Module if name == "model" else Tensor):
            kind = (
                f"the class {given.__name__}" if isinstance(given, type) else type(given).__name__
            )
            raise OwnNetworkError(f"The {name} is {kind}, but a {needed} is needed.")


def _check_size(network: LoadedNetwork, most_megabytes: float) -> None:
    """Raises: TooLargeError when weights and activations are more than may be in a file."""
    values = sum(prod(layer.output_shape) for layer in network.outline.layers)
    megabytes = 4 * (values + network.outline.parameters) / 1e6
    if megabytes > most_megabytes:
        raise TooLargeError(
            f"{network.architecture.title} has {megabytes:,.0f} MB of weights and activations, and "
            f"a file holds {most_megabytes:,.0f}: give most_megabytes, or show it with page=True."
        )


def _file(app: Application, services: Services, network: LoadedNetwork, image: Tensor) -> str:
    """The page with all that it asks for."""
    base = f"/networks/{network.name}"
    answers = {
        "GET /networks": _asked(app, "/networks"),
        f"GET {base}": _asked(app, base),
        f"GET /networks/{USUAL}": _asked(app, base),
        f"POST {base}/forward?": (SAFETENSORS, to_safetensors(_forward(network, image))),
        "GET /device": _asked(app, "/device"),
        "GET /samples": ("application/json", b"[]"),
    }
    for layer in network.outline.layers:
        if layer.explained_by.tensors(network.graph.node(layer.name).op):
            path = f"{base}/layers/{quote(layer.name, safe=AS_THEY_ARE)}/weights"
            answers[f"GET {path}"] = _asked(app, path, {"accept": SAFETENSORS})
    _, _, content = ask(app, "/")
    return as_single_file(content.decode(), services, answers)


def _asked(
    app: Application, path: str, headers: Mapping[str, str] | None = None
) -> tuple[str, bytes]:
    """Type and bytes of what the API answers."""
    status, kind, content = ask(app, API_PREFIX + path, headers)
    assert status == HTTPStatus.OK, content
    return kind, content


def _forward(network: LoadedNetwork, image: Tensor) -> dict[str, Any]:
    """The document of the forward pass, with every activation."""
    result = network.forward(image)
    rows = layer_rows(result)
    extremes = range_of(rows, result)
    add_activations(rows, result.arrays, "float32")
    source = {"format": "tensor", "width": image.shape[2], "height": image.shape[1]}
    told: dict[str, Any] = {"steps": [], "mapping": None, "source": source, "pieces": []}
    document = document_of(network, result, {**told, "remarks": []}, TOP)
    return {**document, "range": extremes, "layers": rows}
