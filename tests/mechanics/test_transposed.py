from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mechanics.errors import MechanicsError
from app.mechanics.transposed import conv_transpose2d, trace_conv_transpose2d, trace_stamp
from app.mechanics.transposed_axis import TransposedAxis, transposed_step
from app.mechanics.transposed_spec import ConvTranspose2dSpec
from tests.golden.oracle import convolve_transposed
from tests.mechanics.spaces import Settings, seeds, tensor, transposed_convolutions


def spec_of(weight_shape: list[int], options: Settings) -> ConvTranspose2dSpec:
    out_channels = weight_shape[1] * options["groups"]
    return ConvTranspose2dSpec.of(weight_shape[0], out_channels, **options)


@settings(max_examples=150)
@given(transposed_convolutions(), seeds, st.booleans(), st.booleans())
def test_it_equals_torch_and_refuses_what_torch_refuses(
    case: tuple[Settings, list[int], list[int]], seed: int, has_bias: bool, flip: bool
) -> None:
    options, shape, weight_shape = case
    input, weight = tensor(seed, *shape), tensor(seed + 1, *weight_shape)
    bias = tensor(seed + 2, weight_shape[1] * options["groups"]) if has_bias else None
    try:
        expected = convolve_transposed(input, weight.flip(2, 3) if flip else weight, bias, options)
    except RuntimeError:
        with pytest.raises(MechanicsError):
            spec_of(weight_shape, options).output_size(*shape[1:])
        return
    spec = spec_of(weight_shape, options | {"flip_kernel": flip})
    assert torch.equal(conv_transpose2d(input, weight, bias, spec), expected)
    steps = spec.output_size(*shape[1:])
    assert tuple(step.output for step in steps) == expected.shape[1:]


@settings(max_examples=60)
@given(transposed_convolutions(), seeds, st.data())
def test_a_value_gathers_and_a_value_stamps_what_the_gradients_say(
    case: tuple[Settings, list[int], list[int]], seed: int, data: st.DataObject
) -> None:
    options, shape, weight_shape = case
    input = tensor(seed, *shape).requires_grad_()
    weight = tensor(seed + 1, *weight_shape).requires_grad_()
    bias = tensor(seed + 2, weight_shape[1] * options["groups"])
    try:
        output = convolve_transposed(input, weight, bias, options)
    except RuntimeError:
        return
    spec = spec_of(weight_shape, options)
    at = [data.draw(st.integers(0, size - 1)) for size in output.shape]
    trace = trace_conv_transpose2d(input, weight, bias, spec, *at)
    cell = output[tuple(at)]
    assert trace.value == cell.item() == trace.channel_sums.sum() + trace.bias
    assert torch.equal(trace.products, trace.window * trace.weight)
    by_input, by_weight = torch.autograd.grad(cell, (input, weight), retain_graph=True)
    read, used = torch.zeros_like(input), torch.zeros_like(weight)
    for i, channel in enumerate(trace.input_channels):
        for a, (row, kernel_row) in enumerate(zip(trace.rows, trace.kernel_rows, strict=True)):
            for b, column in enumerate(trace.columns):
                read[channel, row, column] += trace.weight[i, a, b]
                place = (channel, at[0] % weight_shape[1], kernel_row, trace.kernel_columns[b])
                used[place] += trace.window[i, a, b]
    assert torch.equal(read, by_input)
    assert torch.equal(used, by_weight)

    source = [data.draw(st.integers(0, size - 1)) for size in shape]
    printed = trace_stamp(input, weight, spec, *source)
    alone = torch.zeros(shape, dtype=torch.float64)
    alone[tuple(source)] = printed.value
    stamped = torch.zeros_like(output)
    for i, channel in enumerate(printed.output_channels):
        for a, row_ in enumerate(printed.rows):
            for b, column_ in enumerate(printed.columns):
                if row_ is not None and column_ is not None:
                    stamped[channel, row_, column_] += printed.products[i, a, b]
    assert torch.equal(stamped, convolve_transposed(alone, weight, None, options))


def test_a_batch_keeps_its_samples_apart_and_its_dtype() -> None:
    spec = ConvTranspose2dSpec.of(4, 2, 3, stride=2, groups=2)
    batch, weight = tensor(1, 3, 4, 5, 5).float(), tensor(2, 4, 1, 3, 3).float()
    together = conv_transpose2d(batch, weight, None, spec)
    assert together.dtype == torch.float32
    for sample, output in zip(batch, together, strict=True):
        assert torch.equal(conv_transpose2d(sample, weight, None, spec), output)


STEPS: list[tuple[dict[str, int], int, tuple[int, ...], tuple[int, ...], str]] = [
    ({"kernel_size": 3, "stride": 2}, 9, (), (), r"(4 - 1) \cdot 2 + 3 = 9"),
    (
        {"kernel_size": 2, "stride": 3, "padding_before": 1, "padding_after": 1}
        | {"output_padding": 1},
        10,
        (),
        (1, 4, 7),
        r"(4 - 1) \cdot 3 + 2 - 2 \cdot 1 + 1 = 10",
    ),
    (
        {"kernel_size": 2, "dilation": 2, "stride": 1, "padding_before": 3, "padding_after": 0},
        3,
        (0,),
        (),
        r"(4 - 1) \cdot 1 + (2 \cdot (2 - 1) + 1) - 3 - 0 = 3",
    ),
]


@pytest.mark.parametrize(("settings", "output", "unread", "unwritten", "latex"), STEPS)
def test_a_step_shows_every_number(
    settings: dict[str, int],
    output: int,
    unread: tuple[int, ...],
    unwritten: tuple[int, ...],
    latex: str,
) -> None:
    step = transposed_step(TransposedAxis("width", input=4, **settings))
    assert (step.output, step.unread, step.unwritten) == (output, unread, unwritten)
    assert step.latex == latex
    assert step.as_dict()["unwritten"] == list(unwritten)
    options: dict[str, Any] = {"stride": [1, 1], "dilation": [1, 1], "output_padding": [0, 0]}
    options |= {name: [1, settings[name]] for name in options.keys() & settings.keys()}
    options |= {"output_padding": [0, settings.get("output_padding", 0)], "groups": 1}
    before, after = settings.get("padding_before", 0), settings.get("padding_after", 0)
    options |= {"padding": {"top": 0, "bottom": 0, "left": before, "right": after}}
    kernel = torch.ones(1, 1, 1, settings["kernel_size"])
    made = convolve_transposed(torch.ones(1, 1, 4), kernel, None, options)
    assert made.shape[-1] == output
    assert tuple((made[0, 0] == 0).nonzero().flatten().tolist()) == unwritten


def test_the_same_size_stays_and_words_are_read() -> None:
    for word, size in (("same", (5, 6)), ("valid", (8, 7))):
        spec = ConvTranspose2dSpec.of(1, 1, (4, 2), padding=word)
        assert tuple(step.output for step in spec.output_size(5, 6)) == size


def test_settings_and_traces_as_json() -> None:
    spec = ConvTranspose2dSpec.of(2, 4, 3, stride=2, padding=1, output_padding=1, groups=2)
    assert spec.as_dict() == {
        "in_channels": 2,
        "out_channels": 4,
        "kernel_size": [3, 3],
        "stride": [2, 2],
        "padding": [1, 1],
        "output_padding": [1, 1],
        "dilation": [1, 1],
        "groups": 2,
    }
    flipped = ConvTranspose2dSpec.of(1, 1, 1, flip_kernel=True)
    assert flipped.as_dict()["flip_kernel"] is True
    trace = trace_conv_transpose2d(tensor(1, 2, 3, 3), tensor(2, 2, 2, 3, 3), None, spec, 0, 0, 0)
    assert trace.as_dict()["kind"] == "ConvTranspose2d"
    stamp = trace_stamp(tensor(1, 2, 3, 3), tensor(2, 2, 2, 3, 3), spec, 1, 0, 0)
    assert stamp.as_dict()["rows"] == [None, 0, 1]
    assert stamp.as_dict()["output_channels"] == [2, 3]


def one(**options: Any) -> ConvTranspose2dSpec:
    return ConvTranspose2dSpec.of(1, 1, **({"kernel_size": 3} | options))


@pytest.mark.parametrize(
    ("call", "field", "sentence"),
    [
        (
            lambda: one(stride=2, output_padding=(1, 2)),
            "output_padding",
            "output_padding width 2 is below neither the stride 2 nor the dilation 1. "
            "Use an output_padding of at most 1.",
        ),
        (lambda: one(output_padding=-1), "output_padding", "0 or more; got -1"),
        (lambda: one(kernel_size=0), "kernel_size", "1 or more; got 0"),
        (lambda: one(padding_mode="reflect"), "padding_mode", "no padding_mode but zeros"),
        (
            lambda: one(padding=3).axes(2, 2),
            "padding",
            "2 rows spread over 4, and a padding of 3 [+] 3 takes 6 away. "
            "Use 3 less of padding in all.",
        ),
        (lambda: one().axes(1, 0), "input", "0 columns"),
        (lambda: one().axes(1, 2)[1].targets(2), "column", "the input has 2 columns"),
        (lambda: one().axes(1, 2)[0].targets(-1), "row", "no row -1"),
        (lambda: one().axes(1, 2)[0].writers(3), "row", "the output has 3 rows"),
        (lambda: one().axes(1, 2)[1].writers(4), "column", "the output has 4 columns"),
        (lambda: one().output_channels(1), "channel", "the input has 1 channels"),
        (lambda: one().input_channels(1), "channel", "the output has 1 channels"),
    ],
)
def test_what_is_impossible_is_named(call: Any, field: str, sentence: str) -> None:
    with pytest.raises(MechanicsError, match=sentence) as refused:
        call()
    assert refused.value.field == field
