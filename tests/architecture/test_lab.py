"""The Lab goes no further than the API does, and its new filters are the API's own kernels."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from app.mechanics.kernels import find_kernel
from app.settings import Settings
from tests.places import ROOT
from tests.tools.node import node

NEW_FILTERS = (
    *("sobel_x", "sobel_y", "laplacian", "gaussian"),
    *("sharpen", "emboss", "edge", "identity"),
)
PROGRAM = """
const limits = await import('./static/js/core/limits.js');
const { newKernel } = await import('./static/js/core/experiment/filters.js');
const kernels = Array.from({ length: 8 }, (_, filter) => Array.from(newKernel(filter).data));
console.log(JSON.stringify({ ...limits, kernels }));
"""


@pytest.fixture(scope="module")
def lab() -> Any:
    """What the browser's modules say."""
    options = ["--input-type=module", "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"]
    done = subprocess.run(
        [node(), *options, "--eval", PROGRAM], cwd=ROOT, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_whatever_the_lab_shows_the_api_can_be_asked_for(lab: Any) -> None:
    limits, caps = Settings().limits(), lab["LAB_CAPS"]
    assert lab["MOST_LINES"] <= limits["max_input_side"]
    assert lab["MOST_CHANNELS"] <= limits["max_input_channels"]
    assert lab["MOST_COMBINATIONS"] <= limits["max_sweep_combinations"]
    assert caps["kernel_size"] <= limits["max_kernel_side"]
    for name in ("stride", "padding", "dilation"):
        assert caps[name] <= limits[f"max_{name}"]
    # Each number of a body takes at most 25 letters.
    weights = lab["MOST_FILTERS"] * caps["kernel_size"] ** 2
    numbers = lab["MOST_CHANNELS"] * (lab["MOST_LINES"] ** 2 + weights)
    assert 25 * numbers <= limits["max_json_bytes"]


@pytest.mark.parametrize(("filter", "name"), list(enumerate(NEW_FILTERS)))
def test_a_new_filter_is_a_named_kernel(lab: Any, filter: int, name: str) -> None:
    assert lab["kernels"][filter] == find_kernel(name).weight.flatten().tolist()
