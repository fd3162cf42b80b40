"""Networks of many layers or values: folded by stage, drawn small, exact where looked at."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import httpx2
import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Page, Request, expect
from safetensors.numpy import load

from tests.pages import deep_oracle
from tests.pages.network import NetworkPage, number, opened
from tests.pages.rest import settle, until
from tests.pages.screens import DESKTOP, PHONE

RESNET = ["input", "conv1", "bn1", "relu1", "stage1 ×3", "stage2", "stage3"]
RESNET_END = ["average", "flatten", "fc", "softmax"]
# The ink that edges leave within a box of the picture, CSS px.
INK = """(canvas, [left, top, width, height]) => {
    const scale = canvas.width / canvas.clientWidth;
    const box = [left - canvas.offsetLeft, top - canvas.offsetTop, width, height];
    const [x, y, across, down] = box.map((side) => Math.round(side * scale));
    // Read from a copy: the page's own canvas is made for drawing, not for reading.
    const copy = new OffscreenCanvas(across, down);
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, x, y, across, down, 0, 0, across, down);
    const { data } = context.getImageData(0, 0, across, down);
    return data.reduce((sum, value, at) => sum + (at % 4 === 3 ? value : 0), 0);
}"""


def columns(network: NetworkPage) -> list[str]:
    """What stands beside each other."""
    return [
        re.sub(r"\s+", " ", text)
        for text in network.page.locator("network-flow .flow-name").all_inner_texts()
    ]


def ink_below(network: NetworkPage, first: str, last: str) -> int:
    """How much is drawn right below the maps from one layer's middle to another's."""
    flow = network.page.locator("network-flow").bounding_box()
    boxes = [network.picture(name).bounding_box() for name in (first, last)]
    assert flow
    assert boxes[0]
    assert boxes[1]
    left = boxes[0]["x"] + boxes[0]["width"] / 2
    right = boxes[1]["x"] + boxes[1]["width"] / 2
    top = max(box["y"] + box["height"] for box in boxes if box) - flow["y"]
    box = [left - flow["x"], top + 1, max(4, right - left), 16]
    return int(network.page.locator(".flow-edges").evaluate(INK, box))


def normalized(base_url: str, network: str, sample: str) -> torch.Tensor:
    """A sample as a network sees it."""
    npy = "application/x-npy"
    pixels = httpx2.get(f"{base_url}/api/v1/samples/{sample}", headers={"accept": npy})
    answer = httpx2.post(
        f"{base_url}/api/v1/networks/{network}/forward",
        params={"layers": "softmax"},
        content=pixels.content,
        headers={"content-type": npy, "accept": "application/x-safetensors"},
    )
    return torch.from_numpy(load(answer.content)["input"].copy())


def input_of(asked: Request) -> torch.Tensor:
    """What the network saw when the page asked it."""
    headers = {"content-type": "application/x-npy", "accept": "application/x-safetensors"}
    address = re.sub(r"dtype=\w+", "dtype=float32", asked.url)
    answer = httpx2.post(address, content=asked.post_data_buffer, headers=headers)
    return torch.from_numpy(load(answer.content)["input"].copy())


def fold(page: Page, key: str) -> Any:
    """The button that unfolds a stage, or folds it."""
    return page.locator(f'network-flow [data-fold="{key}"]')


def test_stages_fold_and_unfold_in_place_by_mouse_and_keys_and_in_the_link(visit: Any) -> None:
    network = opened(visit("/#network=resnet20"))
    page = network.page
    network.wait_for_exact_values()
    until(page, lambda: columns(network) == [*RESNET, *RESNET_END])
    wide = page.locator("network-flow").evaluate("flow => [flow.scrollWidth, innerWidth]")
    assert wide[0] <= 2 * wide[1]
    settle(page)
    until(page, lambda: ink_below(network, "stage1.2.relu2", "stage1.2.relu2") > 0)
    expect(fold(page, "stage2")).to_have_attribute("aria-expanded", "false")
    fold(page, "stage2").click()
    expect(fold(page, "stage2")).to_have_attribute("aria-expanded", "true")
    unfolding = ["stage1 ×3", "stage2.0", "stage2.1–2 ×2", "stage3"]
    until(page, lambda: columns(network)[4:8] == unfolding)
    expect(fold(page, "stage2.1-2")).to_have_attribute("title", re.compile("^Unfold stage2.1–2:"))
    fold(page, "stage2.1-2").press("Enter")
    fold(page, "stage2.1").press(" ")
    expect(network.picture("stage2.1.add")).to_be_visible()
    block = ["conv1", "bn1", "relu1", "conv2", "bn2", "add", "relu2"]
    unfolded = ["stage1 ×3", "stage2.0", *block, "stage2.2", "stage3"]
    until(page, lambda: columns(network)[4:] == [*unfolded, *RESNET_END])
    # The identity's own way past the block, below it.
    settle(page)
    until(page, lambda: ink_below(network, "stage2.1.conv1", "stage2.1.bn2") > 0)
    until(page, lambda: "unfolded=stage2*stage2.1-2*stage2.1" in page.url)
    other = opened(visit(f"/{page.url[page.url.index('#') :]}"))
    expect(other.picture("stage2.1.add")).to_be_visible()
    until(other.page, lambda: columns(other)[4:] == [*unfolded, *RESNET_END])
    fold(page, "stage2").click()
    expect(network.picture("stage2.1.add")).to_have_count(0)
    until(page, lambda: columns(network) == [*RESNET, *RESNET_END])
    # The ledger has the same stages, and of each what its layers have together.
    stage = page.locator(".ledger-stage", has_text="stage2")
    expect(stage).to_contain_text("23 layers")
    learned = deep_oracle.model("resnet20").get_submodule("stage2").parameters()
    total = sum(parameter.numel() for parameter in learned)
    expect(stage.locator("strong")).to_have_text(f"{total:,}")
    rows = page.locator(".ledger tbody tr")
    expect(rows).to_have_count(len(RESNET) + len(RESNET_END) - 1)
    stage.get_by_role("button").click()
    expect(rows).to_have_count(len(RESNET) + len(RESNET_END) + 1)
    expect(network.picture("stage2.0.relu2")).to_be_visible()
    expect(page.locator(".ledger-stage", has_text="stage2.1–2")).to_contain_text("2 equal blocks")


def test_the_lines_are_as_large_as_the_picture_whatever_network_is_chosen(visit: Any) -> None:
    network = opened(visit("/#network=efficientnet_lite0"))
    page, flow = network.page, network.page.locator("network-flow")
    sizes = "flow => [flow.clientWidth, flow.clientHeight]"
    lines = "canvas => [canvas.clientWidth, canvas.clientHeight]"
    edges = flow.locator(".flow-edges")
    for name in ("mycnn", "resnet20", "mycnn", "efficientnet_lite0", "mycnn"):
        network.open(f"#network={name}")
        settle(page)
        if name == "mycnn":
            until(page, lambda: edges.evaluate(lines) == flow.evaluate(sizes))
            stage = flow.locator("..")
            assert stage.evaluate("stage => stage.scrollWidth - stage.clientWidth") == 0
    # As sharp as the screen that the window is moved to.
    before = edges.evaluate("canvas => canvas.width")
    page.context.new_cdp_session(page).send(
        "Emulation.setDeviceMetricsOverride",
        {**DESKTOP, "deviceScaleFactor": 2, "mobile": False},
    )
    maps = network.picture("conv2").bounding_box()
    assert maps
    for share in (0.1, 0.4):
        page.mouse.move(maps["x"] + share * maps["width"], maps["y"] + share * maps["height"])
    expect(page.locator(".flow-path")).to_be_visible()
    assert edges.evaluate("canvas => canvas.width") == 2 * before


def test_a_layer_of_a_folded_stage_opens_by_a_link_and_is_torchs(visit: Any, base_url: str) -> None:
    network = opened(visit("/#network=resnet20"))
    network.button("Sample 3").first.click()
    network.expect_prediction(3)
    network.open("#network=resnet20&open=stage3.1.conv2.5.3.4")
    head = network.detail.get_by_role("heading", name="stage3.1.conv2 · map 5", level=2)
    expect(head).to_be_visible()
    seen = normalized(base_url, "resnet20", "digit-3-0")
    expected = deep_oracle.activations("resnet20", seen)
    value = expected["stage3.1.conv2"][5, 3, 4].item()
    shown = network.detail.locator(".check")
    expect(shown).to_be_visible()

    def both() -> list[float]:
        text = " ".join(shown.inner_text().split())
        return [number(one) for one in re.findall(r"(?:ours|PyTorch) ([−\d.]+)", text)]

    until(network.page, lambda: both() == pytest.approx([value, value], abs=2e-4))
    for _ in range(3):
        network.page.keyboard.press("Escape")
    expect(network.detail).to_have_count(0)
    until(network.page, lambda: columns(network)[6:9] == ["stage3.0", "conv1", "bn1"])


def test_what_is_seen_small_is_torchs_mean_and_what_is_pointed_at_its_value(
    visit: Any,
) -> None:
    network = opened(visit("/"))
    page = network.page
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one) if "lite0/forward" in one.url else None)
    network.open("#network=efficientnet_lite0")
    expect(page.locator('.legend-layers [title="stage1.0.project.bn"]')).to_be_visible()
    until(page, lambda: any("dtype=float32" in one.url for one in asked))
    until(page, lambda: asked[-1].response() is not None)
    settle(page)
    seen = input_of(asked[-1])
    expected = deep_oracle.activations("efficientnet_lite0", seen)
    layer = "stage1.0.project.bn"
    pixels = network.pixels(layer).astype(float)
    size = pixels.shape[1]
    # Maps of 112×112 as small pictures, one below the other.
    small = torch.nn.functional.adaptive_avg_pool2d(expected[layer], (size, size)).numpy()
    score = pixels[..., 0] - pixels[..., 2]
    shown = np.stack([score[c * (size + 1) :][:size] for c in range(16)])
    assert np.corrcoef(shown.ravel(), small.ravel())[0, 1] > 0.93
    # The range is the whole maps', not that of their means.
    largest = expected[layer].abs().max().item()
    row = page.locator(".legend-layers li", has=page.locator(f'[title="{layer}"]')).locator("span")
    assert number(row.inner_text().removeprefix("±")) == pytest.approx(largest, rel=6e-3)
    network.picture(layer).hover(position={"x": size * 0.6, "y": size * 0.4})
    label = page.locator(".hover-label")
    where = label.locator(".hover-label-where")
    expect(where).to_contain_text(layer)
    match = re.search(r"map (\d+) · row (\d+), column (\d+)", where.inner_text())
    assert match
    channel, at, beside = map(int, match.groups())
    assert at > 28 < beside, "a place of the whole map, not of the small picture"
    value = expected[layer][channel, at, beside].item()
    assert number(label.locator("strong").inner_text()) == pytest.approx(value, abs=2e-2)
    edges = page.locator("network-flow .flow-edges").evaluate("c => [c.width, c.height]")
    assert all(0 < side <= 4096 for side in edges)


def test_on_a_phone_stages_unfold_by_touch_and_only_what_is_seen_is_asked_for(visit: Any) -> None:
    page: Page = visit("/#network=efficientnet_lite0", size=PHONE, touch=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    network = NetworkPage(page)
    network.wait_for_exact_values()
    last = network.picture("stage6.3.add")
    last.scroll_into_view_if_needed()
    until(page, lambda: any("stage6.3.add" in url for url in asked))
    fold(page, "stage6").tap()
    expect(network.picture("stage6.0.project.bn")).to_be_visible()
    expect(fold(page, "stage6")).to_have_attribute("aria-expanded", "true")
    until(page, lambda: any("stage6.0.project.bn" in url for url in asked))
    wide = "document.documentElement.scrollWidth - innerWidth"
    until(page, lambda: page.evaluate(wide) <= 0)


def test_of_a_wide_layer_a_units_own_weights_are_fetched(visit: Any) -> None:
    dense = deep_oracle.model("efficientnet_lite0").get_submodule("fc")
    assert isinstance(dense, torch.nn.Linear)
    asked: list[str] = []
    page: Page = visit("/")
    page.on("request", lambda one: asked.append(one.url) if "/weights" in one.url else None)
    network = opened(page)
    network.open("#network=efficientnet_lite0&open=fc.3")
    expect(network.detail.locator(".cell-sums")).to_contain_text("of all 1,280")
    ours, theirs = network.check()
    assert ours == pytest.approx(theirs, abs=1e-5)
    wide = network.detail.get_by_role("heading", name="unit 3: its weight for each of the 1280")
    expect(wide).to_contain_text(f"±{dense.weight[3].abs().max().item():.3f}")
    network.open("#network=efficientnet_lite0&open=fc")
    own = network.detail.get_by_role("heading", name=re.compile("its weight for each of"))
    expect(own).to_be_visible()
    match = re.match(r"unit (\d+): ", own.inner_text())
    assert match
    expect(own).to_contain_text(f"±{dense.weight[int(match[1])].abs().max().item():.3f}")
    whole = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(whole) <= 0, "a thousand classes stand in no line"
    fetched = {url.partition("/layers/fc/")[2] for url in asked if "/layers/fc/" in url}
    assert fetched == {"weights?unit=3", f"weights?unit={match[1]}"}


def test_a_layer_is_found_by_name_kind_and_shape_and_opened_by_keys_and_mouse(
    visit: Any, axe: Any
) -> None:
    network = opened(visit("/#network=efficientnet_lite0"))
    page = network.page
    field = page.get_by_role("combobox", name="Find a layer by name, kind or shape")
    expect(field).to_be_visible()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("add 14")
    options = page.locator("layer-search [role=option]")
    expected = ["stage4.1.add", "stage4.2.add", "stage5.1.add", "stage5.2.add"]
    expect(options).to_have_count(len(expected))
    expect(options.locator("strong")).to_have_text(expected)
    axe(page, ".flow-bar")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    head = network.detail.get_by_role("heading", level=2)
    expect(head).to_have_text("stage4.2.add")
    expect(network.picture("stage4.2.expand.conv")).to_be_visible()
    # The keys go on in what was opened: the next layer, the maps.
    opened_maps = network.detail.locator("layer-picture:focus")
    expect(opened_maps).to_have_count(1)
    expect(options).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type("stage4.2.add")
    page.keyboard.press("Enter")
    expect(opened_maps).to_have_count(1)
    expect(head).to_have_text("stage4.2.add")
    field.fill("nosuch")
    expect(page.get_by_text("No layer has that in its name")).to_be_visible()
    field.fill("Conv2d 1280")
    options.first.click()
    expect(head).to_have_text("head.conv")
    expect(page.locator(".layer-search-found")).to_be_hidden()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Fold all", exact=True).click()
    expect(network.picture("stage4.2.expand.conv")).to_have_count(0)
    page.get_by_role("button", name="Unfold all", exact=True).click()
    expect(page.locator("network-flow layer-picture")).to_have_count(151)
    edges = page.locator("network-flow .flow-edges").evaluate("c => [c.width, c.height]")
    assert all(0 < side <= 4096 for side in edges)


@pytest.mark.parametrize(("network", "least"), [("efficientnet_lite0", 60), ("resnet20", 70)])
def test_beside_a_long_network_the_bars_can_be_read_and_no_line_runs_below_them(
    visit: Any, network: str, least: int
) -> None:
    page = visit(f"/#network={network}")
    opened(page)
    page.get_by_role("button", name="Unfold all", exact=True).click()
    bars, track = page.locator(".flow-layer.is-bars"), page.locator(".bar-ground").first
    scroller = page.locator("flow-scroller")
    expect(scroller).to_have_attribute("data-behind", "")
    assert track.evaluate("bar => bar.getBoundingClientRect().width") >= least
    # Wherever it is scrolled to, a sum's line ends where the bars begin.
    box = bars.bounding_box()
    assert box is not None
    bottom = box["y"] + box["height"]
    clip = {"x": box["x"] + 2, "y": bottom, "width": box["width"] - 4, "height": 10}
    for left in (300, 420, 700):
        scroller.evaluate("(element, left) => { element.scrollLeft = left; }", left)
        settle(page)
        image = np.asarray(Image.open(BytesIO(page.screenshot(clip=clip))).convert("L"), int)
        assert np.ptp(image) < 8
