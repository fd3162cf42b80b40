"""The yardstick does what the table says it does: the forward pass, and so many bytes."""

from __future__ import annotations

import pytest
import torch
from starlette.testclient import TestClient
from torch import Tensor, nn

from app.bench.bare import create_app, load_model
from app.bench.bodies import JSON, NPY, SAFETENSORS, digit, digit_body, drawn_body
from app.bench.client import Client, request_bytes
from app.bench.processes import bare_server
from app.networks.registry import ARCHITECTURES


class Watched(nn.Module):
    """A model that remembers what it was given and what came out."""

    def __init__(self) -> None:
        super().__init__()
        self.model = load_model()
        self.seen: list[tuple[Tensor, Tensor]] = []

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.model(images)
        self.seen.append((images.clone(), logits))
        return logits


@pytest.mark.parametrize("body", [digit_body(), drawn_body()], ids=["digit", "drawn"])
def test_the_bare_route_runs_mycnn_on_the_digit_it_was_sent(body: bytes) -> None:
    model = Watched()
    client = TestClient(create_app(model, 1_234, SAFETENSORS))
    answer = client.post("/forward", content=body, headers={"Content-Type": NPY})
    assert answer.status_code == 200
    assert len(answer.content) == 1_234
    assert answer.headers["content-type"] == SAFETENSORS

    image = torch.from_numpy(digit())[None] / 255
    wanted = ARCHITECTURES["mycnn"].normalization(image)[None]
    ((images, logits),) = model.seen
    torch.testing.assert_close(images, wanted)
    torch.testing.assert_close(logits, load_model()(wanted))


@pytest.mark.parametrize("name", ["network", "lab"])
def test_a_bare_page_is_one_document_without_a_policy(name: str) -> None:
    client = TestClient(create_app(load_model(), 1, SAFETENSORS))
    answer = client.get(f"/pages/{name}")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "content-security-policy" not in answer.headers
    assert "src=" not in answer.text
    assert "href=" not in answer.text
    assert client.get("/pages/secret").status_code == 422


def test_the_bare_route_is_served_in_a_process_of_its_own() -> None:
    request = request_bytes("POST", "/forward", {"Content-Type": NPY}, digit_body())
    with bare_server(70_000, JSON) as server, Client(server.port) as client:
        answers = [client.send(request) for _ in range(3)]
    assert [(answer.status, len(answer.body)) for answer in answers] == [(200, 70_000)] * 3
