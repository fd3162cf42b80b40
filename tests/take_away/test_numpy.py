"""The NumPy texts are run as a person would run them, and give what torch gives."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from app.mechanics.convolution import conv2d
from app.mechanics.errors import MechanicsError
from app.mechanics.operators import conv2d_by_torch, conv_transpose2d_by_torch
from app.mechanics.pool_kinds import PoolKind, pool_spec
from app.mechanics.pooling import pool2d, pool2d_by_torch
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed import conv_transpose2d
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from app.take_away.convolution import conv2d_numpy
from app.take_away.pooling import pool2d_numpy
from app.take_away.transposed import conv_transpose2d_numpy
from tests.mechanics.spaces import (
    Settings,
    convolutions,
    paddings,
    pairs,
    seeds,
    tensor,
    transposed_convolutions,
)


def run(text: str) -> dict[str, Any]:
    """What a text leaves behind; it prints something, and knows nothing of torch."""
    assert "torch" not in text
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(text, "code", "exec"), names)
    assert printed.getvalue()
    return names


def same(found: Any, expected: Tensor) -> None:
    assert found.dtype == expected.numpy().dtype
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-12, atol=1e-12)


def batch_of(seed: int, shape: list[int], is_batch: bool) -> Tensor:
    """One image, or two."""
    return tensor(seed, 2, *shape) if is_batch else tensor(seed, *shape)


@settings(max_examples=60)
@given(convolutions(), seeds, st.booleans(), st.booleans(), st.booleans())
def test_the_text_of_a_convolution_gives_torchs_numbers(
    case: tuple[Settings, list[int], list[int]],
    seed: int,
    has_bias: bool,
    flip: bool,
    is_batch: bool,
) -> None:
    options, shape, weight_shape = case
    spec = Conv2dSpec.of(
        weight_shape[1] * options["groups"], weight_shape[0], **options, flip_kernel=flip
    )
    input, weight = batch_of(seed, shape, is_batch), tensor(seed + 1, *weight_shape)
    bias = tensor(seed + 2, weight_shape[0]) if has_bias else None
    try:
        conv2d(input, weight, bias, spec)
    except MechanicsError:
        return
    names = run(conv2d_numpy(input, weight, bias, spec))
    same(names["output"], conv2d_by_torch(input, weight, bias, spec))


@settings(max_examples=60)
@given(transposed_convolutions(), seeds, st.booleans(), st.booleans(), st.booleans())
def test_the_text_of_a_transposed_convolution_gives_torchs_numbers(
    case: tuple[Settings, list[int], list[int]],
    seed: int,
    has_bias: bool,
    flip: bool,
    is_batch: bool,
) -> None:
    options, shape, weight_shape = case
    out_channels = weight_shape[1] * options["groups"]
    input, weight = batch_of(seed, shape, is_batch), tensor(seed + 1, *weight_shape)
    bias = tensor(seed + 2, out_channels) if has_bias else None
    try:
        spec = ConvTranspose2dSpec.of(shape[0], out_channels, **options, flip_kernel=flip)
        conv_transpose2d(input, weight, bias, spec)
    except MechanicsError:
        return
    names = run(conv_transpose2d_numpy(input, weight, bias, spec))
    same(names["output"], conv_transpose2d_by_torch(input, weight, bias, spec))


@settings(max_examples=120)
@given(
    st.sampled_from(["max", "average", "lp"]),
    st.fixed_dictionaries(
        {
            "kernel_size": pairs(1, 4),
            "stride": pairs(1, 4),
            "padding": paddings(2),
            "dilation": st.just([1, 1]) | pairs(1, 3),
            "ceil_mode": st.booleans(),
            "count_include_pad": st.booleans(),
            "divisor_override": st.none() | st.just(3),
            "norm_type": st.sampled_from([1.0, 2, 3]),
        }
    ),
    pairs(1, 8),
    seeds,
    st.booleans(),
)
def test_the_text_of_a_pooling_gives_its_numbers(
    kind: PoolKind, options: Settings, size: list[int], seed: int, is_batch: bool
) -> None:
    input = batch_of(seed, [2, *size], is_batch)
    try:
        spec = pool_spec(kind, **options)
        expected = pool2d(input, kind, spec)
    except MechanicsError:
        return
    names = run(pool2d_numpy(input, kind, spec))
    same(names["output"], expected.values)
    same(names["output"], pool2d_by_torch(input, kind, spec))
    if expected.indices is not None:
        np.testing.assert_array_equal(names["indices"], expected.indices.numpy())


EDGES: list[tuple[PoolKind, Settings]] = [
    ("max", {"kernel_size": 2, "padding": {"top": 1, "right": 1}, "ceil_mode": True}),
    ("max", {"kernel_size": 2, "dilation": 7, "padding": 6}),
    ("average", {"kernel_size": 2, "dilation": 7, "padding": 6, "count_include_pad": False}),
    ("average", {"kernel_size": 3, "padding": 1}),
    ("average", {"kernel_size": 2, "divisor_override": -3}),
    ("lp", {"kernel_size": (1, 2), "norm_type": 1.5}),
]


@pytest.mark.parametrize(("kind", "options"), EDGES)
def test_windows_at_the_edges_are_the_same_too(kind: PoolKind, options: Settings) -> None:
    input = tensor(3, 1, 5, 4)
    spec = pool_spec(kind, **options)
    expected = pool2d(input, kind, spec)
    names = run(pool2d_numpy(input, kind, spec))
    same(names["output"], expected.values)
    if expected.indices is not None:
        np.testing.assert_array_equal(names["indices"], expected.indices.numpy())


ADAPTIVE: list[PoolKind] = ["adaptive_max", "adaptive_average", "global_max", "global_average"]


@pytest.mark.parametrize("kind", ADAPTIVE)
def test_the_text_of_an_adaptive_pooling_gives_its_numbers(kind: PoolKind) -> None:
    batch = tensor(1, 2, 3, 5, 6)
    spec = pool_spec(kind, output_size=(2, 4))
    expected = pool2d(batch, kind, spec)
    names = run(pool2d_numpy(batch, kind, spec))
    same(names["output"], expected.values)
    if expected.indices is not None:
        np.testing.assert_array_equal(names["indices"], expected.indices.numpy())


def test_the_text_says_no_more_than_it_has_to() -> None:
    input, weight = torch.tensor([[[0.1, 2.0]]]), torch.tensor([[[[1.0]]]])
    assert conv2d_numpy(input, weight, None, Conv2dSpec.of(1, 1, 1)) == (
        "import numpy as np\n"
        "from numpy.lib.stride_tricks import sliding_window_view\n"
        "\n"
        "input = np.array([[[0.1, 2.0]]], dtype=np.float32)\n"
        "weight = np.array([[[[1.0]]]], dtype=np.float32)\n"
        "windows = sliding_window_view(input, (1, 1), axis=(-2, -1))"
        "  # (channels, rows, columns, kernel rows, kernel columns)\n"
        'output = np.einsum("...chwij,ocij->...ohw", windows, weight)\n'
        "print(output)\n"
    )


def test_single_precision_stays_single() -> None:
    input, weight = tensor(1, 2, 4, 4).float(), tensor(2, 2, 1, 2, 2).float()
    spec = Conv2dSpec.of(2, 2, 2, groups=2)
    found = run(conv2d_numpy(input, weight, None, spec))["output"]
    same(found, conv2d(input, weight, None, spec))
    back = ConvTranspose2dSpec.of(2, 2, 2, groups=2)
    found = run(conv_transpose2d_numpy(input, weight, None, back))["output"]
    same(found, conv_transpose2d(input, weight, None, back))
    spec_of_pool = pool_spec("average", kernel_size=3, padding=1, count_include_pad=False)
    found = run(pool2d_numpy(input, "average", spec_of_pool))["output"]
    np.testing.assert_allclose(found, pool2d(input, "average", spec_of_pool).values, rtol=1e-6)


def test_an_array_runs_where_torch_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    input = tensor(1, 1, 3, 3)
    text = pool2d_numpy(input, "max", pool_spec("max", kernel_size=2))
    monkeypatch.setitem(sys.modules, "torch", None)
    assert run(text)["output"].shape == (1, 1, 1)


def test_a_large_array_is_read_from_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    input, weight = tensor(1, 1, 4, 4), tensor(2, 1, 1, 2, 2)
    spec = Conv2dSpec.of(1, 1, 2)
    monkeypatch.chdir(tmp_path)
    np.save("input.npy", input.numpy())
    text = conv2d_numpy(input, weight, None, spec, literal_up_to=15)
    assert "1×4×4, saved as .npy" in text
    same(run(text)["output"], conv2d(input, weight, None, spec))
