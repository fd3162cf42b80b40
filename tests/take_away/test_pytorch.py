"""The texts are run as a person would run them, and give the numbers that are shown."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

import numpy
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from app.mechanics.convolution import conv2d
from app.mechanics.errors import MechanicsError
from app.mechanics.gradients import conv2d_gradients, conv_transpose2d_gradients
from app.mechanics.operators import (
    conv2d_by_torch,
    conv_transpose2d_by_torch,
)
from app.mechanics.pool_kinds import PoolKind, pool_spec
from app.mechanics.pooling import pool2d, pool2d_by_torch, pool2d_gradient
from app.mechanics.spec import Conv2dSpec
from app.mechanics.transposed import conv_transpose2d
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from app.take_away.convolution import conv2d_program
from app.take_away.pooling import pool2d_program
from app.take_away.transposed import conv_transpose2d_program
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
    """What a text leaves behind; it has to print something."""
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(text, "code", "exec"), names)
    assert printed.getvalue()
    return names


def same_gradients(given: dict[str, Tensor], expected: dict[str, Tensor]) -> None:
    """Each given tensor has its gradient, whatever else was made of it since."""
    for name, each in given.items():
        assert each.grad is not None
        same(each.grad, expected[name])


def same(found: Tensor, expected: Tensor) -> None:
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12, equal_nan=True)


@settings(max_examples=25)
@given(convolutions(), seeds, st.booleans(), st.booleans())
def test_the_text_of_a_convolution_gives_its_numbers(
    case: tuple[Settings, list[int], list[int]], seed: int, has_bias: bool, flip: bool
) -> None:
    options, shape, weight_shape = case
    spec = Conv2dSpec.of(
        weight_shape[1] * options["groups"], weight_shape[0], **options, flip_kernel=flip
    )
    input, weight = tensor(seed, *shape), tensor(seed + 1, *weight_shape)
    bias = tensor(seed + 2, weight_shape[0]) if has_bias else None
    try:
        expected = conv2d(input, weight, bias, spec)
    except MechanicsError:
        return
    program = conv2d_program(input, weight, bias, spec)
    same(run(program.text())["output"], expected)
    upstream = tensor(seed + 3, *expected.shape)
    names = run(program.text_with_gradients(upstream))
    ours = conv2d_gradients(input, weight, spec, upstream)
    same_gradients(names["given"], {"input": ours.input, "weight": ours.weight, "bias": ours.bias})
    same(conv2d_by_torch(input, weight, bias, spec), expected)


@settings(max_examples=25)
@given(transposed_convolutions(), seeds, st.booleans(), st.booleans())
def test_the_text_of_a_transposed_convolution_gives_its_numbers(
    case: tuple[Settings, list[int], list[int]], seed: int, has_bias: bool, flip: bool
) -> None:
    options, shape, weight_shape = case
    out_channels = weight_shape[1] * options["groups"]
    input, weight = tensor(seed, *shape), tensor(seed + 1, *weight_shape)
    bias = tensor(seed + 2, out_channels) if has_bias else None
    try:
        spec = ConvTranspose2dSpec.of(shape[0], out_channels, **options, flip_kernel=flip)
        expected = conv_transpose2d(input, weight, bias, spec)
    except MechanicsError:
        return
    program = conv_transpose2d_program(input, weight, bias, spec)
    same(run(program.text())["output"], expected)
    ours = conv_transpose2d_gradients(input, weight, spec, torch.ones_like(expected))
    names = run(program.text_with_gradients())
    same_gradients(names["given"], {"input": ours.input, "weight": ours.weight, "bias": ours.bias})
    same(conv_transpose2d_by_torch(input, weight, bias, spec), expected)


KINDS = st.sampled_from(["max", "average", "lp"])


@settings(max_examples=60)
@given(
    KINDS,
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
)
def test_the_text_of_a_pooling_gives_its_numbers(
    kind: PoolKind, options: Settings, size: list[int], seed: int
) -> None:
    input = tensor(seed, 2, *size)
    try:
        spec = pool_spec(kind, **options)
        expected = pool2d(input, kind, spec)
    except MechanicsError:
        return
    program = pool2d_program(input, kind, spec)
    names = run(program.text())
    same(names["output"], expected.values)
    if expected.indices is not None:
        seen = expected.values > -torch.inf
        assert torch.equal(names["indices"][seen], expected.indices[seen])
    # Autograd has no slope for a mean or a norm of padding alone.
    if bool(expected.values.isfinite().all()) and not (kind == "lp" and 0 in expected.values):
        gradient = pool2d_gradient(input, kind, spec, torch.ones_like(expected.values))
        same_gradients(run(program.text_with_gradients())["given"], {"input": gradient})
    same(pool2d_by_torch(input, kind, spec), expected.values)


PADDED: list[tuple[PoolKind, Settings]] = [
    ("max", {"padding": {"top": 1, "right": 1}, "ceil_mode": True}),
    ("average", {"padding": {"top": 1, "right": 1}}),
    ("average", {"dilation": 2, "ceil_mode": True, "count_include_pad": False}),
    ("average", {"dilation": 2, "divisor_override": 3}),
    ("lp", {"padding": 1, "norm_type": 3}),
    ("lp", {"norm_type": 3}),
]


@pytest.mark.parametrize(("kind", "options"), PADDED)
def test_where_torchs_operator_is_narrower_the_text_pads_and_unfolds(
    kind: PoolKind, options: Settings
) -> None:
    batch = tensor(1, 2, 2, 6, 5)
    spec = pool_spec(kind, kernel_size=2, **options)
    expected = pool2d(batch, kind, spec)
    names = run(pool2d_program(batch, kind, spec).text())
    same(names["output"], expected.values)
    if expected.indices is not None:
        assert torch.equal(names["indices"], expected.indices)


@pytest.mark.parametrize("kind", ["adaptive_max", "global_max", "adaptive_average"])
def test_the_text_of_an_adaptive_pooling_gives_its_numbers(kind: PoolKind) -> None:
    batch = tensor(1, 2, 3, 5, 6)
    spec = pool_spec(kind, output_size=(2, 4))
    expected = pool2d(batch, kind, spec)
    names = run(pool2d_program(batch, kind, spec).text())
    same(names["output"], expected.values)
    if expected.indices is not None:
        assert torch.equal(names["indices"], expected.indices)


def test_the_defaults_are_left_out_and_numbers_are_short() -> None:
    input, weight = torch.tensor([[[0.1, 2.0]]]), torch.tensor([[[[1.0]]]])
    assert conv2d_program(input, weight, None, Conv2dSpec.of(1, 1, 1)).text() == (
        "import torch\n"
        "from torch.nn import functional as F\n"
        "\n"
        "input = torch.tensor([[[0.1, 2.0]]])\n"
        "weight = torch.tensor([[[[1.0]]]])\n"
        "output = F.conv2d(input, weight)\n"
        "print(output)\n"
    )


def test_numbers_that_are_not_finite_are_written_too() -> None:
    input = torch.tensor([[[torch.nan, torch.inf, -torch.inf]]])
    spec = pool_spec("max", kernel_size=1)
    same(run(pool2d_program(input, "max", spec).text())["output"], input)


def test_a_large_tensor_is_read_from_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    input, weight = tensor(1, 1, 4, 4), tensor(2, 1, 1, 2, 2)
    spec = Conv2dSpec.of(1, 1, 2)
    monkeypatch.chdir(tmp_path)
    numpy.save("input.npy", input.numpy())
    text = conv2d_program(input, weight, None, spec, literal_up_to=15).text()
    assert "1×4×4, saved as .npy" in text
    same(run(text)["output"], conv2d(input, weight, None, spec))


def test_the_gradients_are_printed_below_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    input, weight = torch.tensor([[[1.0, 2.0]]]), torch.tensor([[[[3.0]]]])
    program = conv2d_program(input, weight, None, Conv2dSpec.of(1, 1, 1, flip_kernel=True))
    text = program.text_with_gradients(torch.tensor([[[0.5, torch.inf]]]))
    exec(compile(text, "code", "exec"), {})
    assert capsys.readouterr().out.splitlines()[1:] == [
        "gradient of input",
        "tensor([[[1.5000,    inf]]])",
        "gradient of weight",
        "tensor([[[[inf]]]])",
    ]


def test_a_window_of_padding_alone_reaches_no_input() -> None:
    input, spec = (
        torch.ones(1, 1, 1),
        pool_spec("max", kernel_size=2, stride=1, padding=1, dilation=2),
    )
    names = run(pool2d_program(input, "max", spec).text_with_gradients())
    assert names["output"].tolist() == [[[-torch.inf]]]
    assert names["input"].grad.tolist() == [[[0.0]]]
