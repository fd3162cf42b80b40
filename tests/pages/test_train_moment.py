"""The Train page's panels of a moment of a run, checked by torch from the kept weights."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect
from safetensors.torch import load
from torch import Tensor
from torch.nn import functional

from tests.pages.network import number, opened
from tests.pages.oracle import MEAN, STD
from tests.pages.pixels import pixels_of
from tests.pages.rest import settle, until
from tests.server import LiveServer
from tests.web.bodies import npy


def logits(w: dict[str, Tensor], images: NDArray[Any]) -> Tensor:
    """What MyCNN with these weights makes of images (N, 28, 28) of bytes."""
    x = (torch.as_tensor(images, dtype=torch.float64)[:, None] / 255 - MEAN) / STD
    for name in ("conv1", "conv2"):
        x = functional.conv2d(x, w[f"{name}.weight"], w[f"{name}.bias"], padding=1)
        x = functional.max_pool2d(functional.relu(x), 2)
    x = functional.relu(functional.linear(x.flatten(1), w["fc1.weight"], w["fc1.bias"]))
    return functional.linear(x, w["fc2.weight"], w["fc2.bias"])


@dataclass(frozen=True)
class TrainedRun:
    """A finished run of the live server, and the files that it kept."""

    client: httpx2.Client
    id: str
    checkpoints: list[dict[str, Any]]
    folder: Path

    @property
    def steps(self) -> list[int]:
        """The steps whose weights are kept."""
        return [each["step"] for each in self.checkpoints]

    def weights(self, step: int) -> dict[str, Tensor]:
        """What was kept at a step, in float64, from the file itself."""
        wanted = next(each["sha256"] for each in self.checkpoints if each["step"] == step)
        for path in self.folder.rglob("*.safetensors"):
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == wanted:
                return {name: tensor.double() for name, tensor in load(data).items()}
        raise AssertionError(f"nothing is kept of step {step}")

    def images(self, part: str, count: int) -> tuple[NDArray[np.uint8], Tensor]:
        """The first pictures (n, 28, 28) of a part of the data, and their labels."""
        found = []
        for first in range(0, count, 256):
            indices = ",".join(map(str, range(first, min(first + 256, count))))
            answer = self.client.get(
                f"/runs/{self.id}/images",
                params={"part": part, "indices": indices},
                headers={"accept": "application/x-safetensors"},
            )
            found.append(load(answer.raise_for_status().content))
        images = torch.cat([each["images"] for each in found])
        return images.numpy().astype(np.uint8), torch.cat([each["labels"] for each in found]).long()


@pytest.fixture(scope="module")
def trained(live_server: LiveServer) -> Iterator[TrainedRun]:
    """The article's training, which ships: MyCNN on the digits that ship, finished."""
    run = "article"
    with httpx2.Client(
        base_url=f"{live_server.url}/api/v1", timeout=120, trust_env=False
    ) as client:
        kept = client.get(f"/runs/{run}").json()["checkpoints"]
        yield TrainedRun(client, run, kept, live_server.log.with_suffix(".data") / "runs" / run)


def gradients(w: dict[str, Tensor], images: NDArray[Any], labels: Tensor) -> Tensor:
    """That of the mean loss with respect to the first kernels."""
    kernels = w["conv1.weight"].clone().requires_grad_()
    loss = functional.cross_entropy(logits(w | {"conv1.weight": kernels}, images), labels)
    (gradient,) = torch.autograd.grad(loss, kernels)
    return gradient


def is_close(text: str, wanted: float) -> bool:
    """Whether a printed number is a value, but for what printing takes of it."""
    return bool(np.isclose(number(text), wanted, rtol=2e-3, atol=1e-6))


def are_close(numbers: Locator, wanted: list[float]) -> bool:
    """Whether the printed numbers are these."""
    return all(map(is_close, numbers.all_inner_texts(), wanted))


def scrub(page: Page, index: int) -> None:
    """Moves the one slider to a moment."""
    slider = page.get_by_role("slider", name="Moment of the run")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    # However quickly the keys come one after another, none is lost.
    slider.evaluate(
        """(slider, count) => {
            const key = { key: 'ArrowRight', bubbles: true };
            for (let at = 0; at < count; at += 1)
                slider.dispatchEvent(new KeyboardEvent('keydown', key));
        }""",
        index,
    )
    expect(slider).to_have_attribute("aria-valuenow", str(index))


def counts(panel: Locator) -> list[int]:
    """The matrix as it stands, row by row; an empty cell is 0."""
    return [int(text or 0) for text in panel.locator(".matrix-cell").all_inner_texts()]


def test_kernels_and_gradients_are_those_of_the_moment(visit: Any, trained: TrainedRun) -> None:
    page = visit(f"/train#run={trained.id}")
    panel = page.locator("[data-part=kernels]")
    images, labels = trained.images("training", 256)
    walls = panel.locator("kernel-wall")
    expect(walls).to_have_count(2)
    filters, row, column = 13, 2, 1
    # Eight kernels a line, three cells of 13 px each, 3 px between them.
    place = {"x": filters % 8 * 42 + column * 13 + 6, "y": filters // 8 * 42 + row * 13 + 6}
    walls.first.hover(position=place)
    reading = panel.locator(".kernels-reading [role=status]")
    expect(reading).to_contain_text(f"filter {filters}, row {row}, column {column}")
    for index in (len(trained.steps) - 1, 0, 7):
        scrub(page, index)
        w = trained.weights(trained.steps[index])
        weight = float(w["conv1.weight"][filters, 0, row, column])
        gradient = float(gradients(w, images, labels)[filters, 0, row, column])
        numbers = reading.locator("b")
        until(page, partial(are_close, numbers, [weight, gradient]))
        way = "larger" if gradient < 0 else "smaller"
        expect(reading).to_contain_text(f"A {way} weight would lower the loss")
    # At rest every moment is read, and the kernels' colours span them all.
    expect(panel).to_contain_text(f"of all {len(trained.steps)} moments")
    weights = [trained.weights(step) for step in trained.steps]
    kernels = max(float(each["conv1.weight"].abs().max()) for each in weights)
    slopes = [float(gradients(each, images, labels).abs().max()) for each in weights]
    ends = panel.locator(".kernels-scale > span:last-child")
    until(page, partial(are_close, ends, [kernels, slopes[7]]))
    panel.get_by_role("button", name="one range for all gradients").click()
    until(page, partial(are_close, ends, [kernels, max(slopes)]))
    panel.get_by_role("combobox", name="Layer").select_option("fc2")
    expect(panel.locator("kernel-wall layer-picture").first).to_have_attribute(
        "aria-label", re.compile("fc2: 10 filters of 1")
    )


def test_a_cell_of_the_confusion_matrix_opens_its_worst_mistakes(
    visit: Any, trained: TrainedRun, axe: Callable[..., None]
) -> None:
    page = visit(f"/train#run={trained.id}")
    panel = page.locator("[data-part=confusion]")
    images, labels = trained.images("validation", 1200)
    last = trained.steps[-1]
    shares = functional.softmax(logits(trained.weights(last), images), 1)
    confidence, taken = shares.max(1)

    def matrix(predictions: Tensor) -> list[int]:
        return torch.bincount(labels * 10 + predictions, minlength=100).tolist()

    wanted = matrix(taken)
    until(page, lambda: counts(panel) == wanted)
    right = float((taken == labels).double().mean())
    expect(panel).to_contain_text(f"{100 * right:.1f} % right")
    expect(panel).to_contain_text("all 1,200 validation images")
    # At first the mistake that is made most often is open, and the keyboard walks from there.
    mistakes = [0 if at % 11 == 0 else count for at, count in enumerate(wanted)]
    truth, predicted = divmod(mistakes.index(max(mistakes)), 10)
    open_cell = panel.locator('.matrix-cell[aria-selected="true"]')
    expect(open_cell).to_have_text(str(max(mistakes)))
    pictures = panel.locator(".mistake")
    expect(pictures).to_have_count(min(24, max(mistakes)))
    found = ((labels == truth) & (taken == predicted)).nonzero().flatten()
    order = found[confidence[found].argsort(descending=True)].tolist()[:24]
    indices = "all => all.map((one) => Number(one.dataset.index))"
    until(page, lambda: pictures.evaluate_all(indices) == order)
    expect(pictures.first).to_contain_text(f"{100 * float(confidence[order[0]]):.1f} %")
    axe(page, "[data-part=confusion]")
    # The picture opens on the Network page, where this moment's network makes the same mistake.
    expect(pictures.first).to_have_attribute("href", re.compile("ink="))
    pictures.first.click()
    network = opened(page)
    network.expect_prediction(predicted)
    share = float(confidence[order[0]])
    until(network.page, lambda: abs(network.probabilities()[predicted] - share) < 0.002)
    page.go_back()
    until(page, lambda: counts(panel) == wanted)
    panel.locator(".matrix-cell").nth(0).click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text(f"{wanted[11]} pictures of 1")
    expect(panel).to_contain_text("the least sure first")
    # Every other moment has its own; a held one stays beside it.
    page.get_by_role("button", name="Hold this moment").click()
    scrub(page, 2)
    early = logits(trained.weights(trained.steps[2]), images).argmax(1)
    both = matrix(early) + wanted
    until(page, lambda: counts(panel) == both)
    expect(panel.locator("h3")).to_have_count(2)
    # The held one stands on each chart and beside the drawing's answer, too.
    expect(page.locator("[data-mark=held]")).to_have_text(f"┊ held: step {trained.steps[-1]}")
    expect(page.locator("run-chart .chart-held:not([hidden])")).to_have_count(4)
    expect(page.locator("[data-part=digit] .digit-answer")).to_have_count(2)
    # Beside each other, each with its own pictures of the cell that is open.
    tops = "(found) => new Set(found.map((each) => each.getBoundingClientRect().top)).size"
    matrices = panel.locator("confusion-matrix")
    expect(matrices).to_have_count(2)
    until(page, lambda: matrices.evaluate_all(tops) == 1)
    for at, predictions in enumerate((early, taken)):
        own = min(24, int(((labels == 1) & (predictions == 1)).sum()))
        expect(panel.locator(".confusion").nth(at).locator(".mistake")).to_have_count(own)
    axe(page, "[data-part=confusion]")
    expect(page.locator("[data-part=kernels] kernel-wall")).to_have_count(4)
    axe(page, "[data-part=moment]")
    axe(page, "[data-part=kernels]")
    page.get_by_role("button", name="Let the held moment go").click()
    until(page, lambda: counts(panel) == matrix(early))


def test_a_mistaken_picture_of_ones_own_is_taken_out(visit: Any, trained: TrainedRun) -> None:
    client = trained.client
    name = client.post("/datasets", json={"title": "Noise"}).json()["name"]
    noise = np.random.default_rng(0).integers(0, 256, (24, 28, 28), np.uint8)
    for index, image in enumerate(noise):
        query = {"label": ("a pair", "b")[index % 2], "prepare": "none"}
        headers = {"content-type": "application/x-npy"}
        client.post(f"/datasets/{name}/images", params=query, content=npy(image), headers=headers)
    kept = client.get(f"/datasets/{name}.npz").content
    recipe = {"network": "lenet5", "dataset": name, "epochs": 1, "batch_size": 4, "split": 0.5}
    run = client.post("/runs", json=recipe).json()["id"]
    assert "finished" in client.get(f"/runs/{run}/events").text
    page = visit(f"/train#run={run}")
    panel = page.locator("[data-part=confusion]")
    out = panel.get_by_role(
        "button", name=re.compile("Take this picture of (a pair|b) out of the data")
    )
    expect(out.first).to_be_visible()
    settle(page)
    before = out.count()
    out.first.click()
    expect(out).to_have_count(before - 1)
    expect(panel.locator(".mistakes .is-out")).to_have_count(1)
    expect(panel).to_contain_text("is not learned from when the training is started again")
    heads = panel.locator("th").evaluate_all(
        "heads => heads.map(head => [head.scrollWidth > head.clientWidth, head.title])"
    )
    assert heads == [[False, label] for label in ("a pair", "b", "a pair", "b")]
    counts_left = next(card for card in client.get("/datasets").json() if card["name"] == name)
    assert sum(counts_left["counts"].values()) == 23
    # It is put back where it was: the run can be gone on with on the same pictures.
    panel.get_by_role("button", name="Put the picture back").click()
    expect(panel.locator(".mistakes .is-out")).to_have_count(0)
    expect(out).to_have_count(before)
    assert client.get(f"/datasets/{name}.npz").content == kept
    # Beside a run that tells other classes apart, each is read by its own.
    page.get_by_role("button", name=f"Compare with run {trained.id}").click()
    answers = page.locator("[data-part=digit] .digit-answer strong")
    expect(answers).to_have_text([re.compile("^(a pair|b)$"), re.compile(r"^\d$")])
    expect(panel.locator(".confusion").nth(1).locator("th")).to_have_text(
        [str(digit % 10) for digit in range(20)]
    )
    expect(panel.locator(".confusion").nth(0).locator("th")).to_have_text(["a pair", "b"] * 2)
    page.close()
    client.delete(f"/runs/{run}")
    client.delete(f"/datasets/{name}")


def test_every_moment_reads_the_drawing(
    visit: Any, trained: TrainedRun, axe: Callable[..., None]
) -> None:
    page = visit(f"/train#run={trained.id}")
    panel = page.locator("[data-part=digit]")
    panel.get_by_role("button", name="Sample 3", exact=True).click()
    answer = trained.client.get(
        "/samples/digit-3-0", headers={"accept": "application/x-safetensors"}
    )
    three = (load(answer.content)["image"].numpy().reshape(1, 28, 28) * 255).round()
    bands = panel.get_by_role("slider", name=re.compile("Probability of each class"))
    shares = [
        functional.softmax(logits(trained.weights(step), three), 1)[0] for step in trained.steps
    ]

    def expect_read(index: int) -> None:
        best = int(shares[index].argmax())
        said = f"{best}, {100 * float(shares[index][best]):.1f}\u00a0%"
        expect(bands).to_have_attribute("aria-valuetext", re.compile(re.escape(said)))
        expect(panel.locator(".digit-answer strong")).to_have_text(str(best))

    expect_read(len(shares) - 1)
    for index in (0, 5, 9):
        scrub(page, index)
        expect_read(index)
    bands.press("ArrowRight")
    expect_read(10)
    slider = page.get_by_role("slider", name="Moment of the run")
    expect(slider).to_have_attribute("aria-valuenow", "10")
    settle(page)
    box = bands.bounding_box()
    assert box is not None
    # The names at the left take 16 px, the numbers at the right 54.
    room = box["width"] - 70
    bands.click(position={"x": 16 + room * 7.5 / len(shares), "y": 40})
    expect_read(7)
    # The maps are those of the moment.
    w = trained.weights(trained.steps[7])
    x = (torch.as_tensor(three, dtype=torch.float64)[:, None] / 255 - MEAN) / STD
    convolved = functional.conv2d(x, w["conv1.weight"], w["conv1.bias"], padding=1)
    maps = functional.relu(convolved)[0].numpy()
    wall = panel.locator(".digit-maps kernel-wall")
    expect(panel.locator(".digit-maps > div")).to_have_attribute("aria-busy", "false")
    expect(panel.locator(".digit-maps .note")).to_contain_text(f"step {trained.steps[7]}")
    until(page, lambda: agreement(wall, maps) > 0.97)
    axe(page, "[data-part=digit]")
    # The link keeps the drawing, and so does the way to the Network page.
    expect(page).to_have_url(re.compile(r"ink="))
    page.get_by_role("link", name="Open on the Network page").click()
    network = opened(page)
    best = int(shares[7].argmax())
    network.expect_prediction(best)
    share = float(shares[7][best])
    until(network.page, lambda: abs(network.probabilities()[best] - share) < 0.002)


def agreement(wall: Locator, maps: NDArray[np.float64]) -> float:
    """How well the colours follow the maps (32, 28, 28): their correlation."""
    pixels = pixels_of(wall.locator("canvas"))[..., :3].astype(float)
    shown = np.stack(
        [
            pixels[at // 8 * 29 : at // 8 * 29 + 28, at % 8 * 29 : at % 8 * 29 + 28]
            for at in range(len(maps))
        ]
    )
    distance = np.linalg.norm(shown - np.array([247, 247, 246]), axis=-1)
    return float(np.corrcoef(distance.ravel(), maps.ravel())[0, 1])
