"""Tensors of other types and of more axes, as real numbers of at most four, and back to the bit."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from app.mechanics.errors import MechanicsError
from app.networks.encoding import Encoding

DTYPES = (
    *(torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
    *(torch.complex64, torch.complex128, torch.float32, torch.float64, torch.bfloat16),
)
ODD_VALUES = (math.nan, math.inf, -math.inf, -0.0)


def made(shape: tuple[int, ...], dtype: torch.dtype, seed: int) -> Tensor:
    """Values of any type, with what is no number among those that have such."""
    generator = torch.Generator().manual_seed(seed)
    if not (dtype.is_floating_point or dtype.is_complex):
        return torch.randint(0, 100, shape, generator=generator).to(dtype)
    values = torch.randn(shape, generator=generator, dtype=dtype.to_real())
    count = min(len(ODD_VALUES), values.numel())
    values.view(-1)[:count] = torch.tensor(ODD_VALUES[:count], dtype=values.dtype)
    return torch.complex(torch.ones_like(values), values) if dtype.is_complex else values


def bits(value: Tensor) -> list[str]:
    """Each value as text, zero with its sign."""
    parts = torch.view_as_real(value) if value.is_complex() else value
    return [str(part) for part in parts.double().flatten().tolist()]


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=6),
    st.sampled_from(DTYPES),
    st.data(),
)
def test_what_is_encoded_is_decoded_to_the_bit_and_lies_as_it_lay(
    sizes: list[int], dtype: torch.dtype, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(1, len(sizes) + 1)))
    value = made((1, *sizes), dtype, seed=sum(sizes)).permute(0, *order)
    encoding = Encoding.of(value)
    if dtype.is_floating_point and len(sizes) < 4:
        assert encoding is None, "it is shown as it is"
        return
    assert encoding is not None
    shown = encoding.encode(value)
    assert shown.is_floating_point()
    assert shown.dim() <= 4
    assert tuple(shown.shape) == (1, *encoding.shown)
    found = encoding.decode(shown)
    assert (found.shape, found.dtype) == (value.shape, value.dtype)
    assert bits(found) == bits(value)
    long = [axis for axis, size in enumerate(value.shape) if size > 1]
    assert [found.stride(axis) for axis in long] == [value.stride(axis) for axis in long]


def test_each_map_of_complex_numbers_is_two() -> None:
    value = torch.complex(torch.randn(1, 3, 2, 4), torch.randn(1, 3, 2, 4))
    encoding = Encoding.of(value)
    assert encoding is not None
    (shown,) = encoding.encode(value)
    assert torch.equal(shown[0::2], value.real[0])
    assert torch.equal(shown[1::2], value.imag[0])
    assert torch.equal(encoding.encode(value.conj())[0, 1::2], -value.imag[0])
    assert str(encoding) == (
        "It gives 3×2×4 complex numbers (complex64): of each map the imaginary part follows the "
        "real."
    )


def test_axes_before_the_last_two_become_channels() -> None:
    value = torch.randn(1, 2, 3, 4, 5, 6)
    encoding = Encoding.of(value)
    assert encoding is not None
    assert torch.equal(encoding.encode(value), value.flatten(1, 3))
    assert str(encoding) == (
        "It gives 2×3×4×5×6 numbers (float32): its first 3 axes are laid end to end."
    )


def test_truth_is_one() -> None:
    value = torch.randn(1, 3, 4) > 0
    encoding = Encoding.of(value)
    assert encoding is not None
    assert torch.equal(encoding.encode(value), torch.where(value, 1.0, 0.0))
    assert str(encoding) == "It gives 3×4 truth values (bool): 1 is true, 0 false."


@pytest.mark.parametrize(
    "value",
    [
        torch.zeros(1),
        torch.zeros(2, 3, dtype=torch.int64),
        torch.zeros(1, 0, 3, dtype=torch.bool),
        torch.zeros(3, 1, 2, 2, 2),
        torch.full((1, 2), 2**24 + 1),
        torch.zeros(1, 3, dtype=torch.int64).to_sparse(),
    ],
    ids=["one axis", "several", "none", "not first", "too large", "sparse"],
)
def test_what_has_no_encoding(value: Tensor) -> None:
    assert Encoding.of(value) is None


def test_another_image_may_bring_larger_integers_up_to_float64s() -> None:
    encoding = Encoding.of(torch.zeros(1, 2, dtype=torch.int64))
    assert encoding is not None
    large = torch.tensor([[2**53, -(2**53)]])
    assert torch.equal(encoding.decode(encoding.encode(large)), large)
    with pytest.raises(MechanicsError, match="integers of this image that are too large"):
        encoding.encode(large + 1)
    with pytest.raises(MechanicsError, match="A value of 2 has become one of 3"):
        encoding.encode(torch.zeros(1, 3, dtype=torch.int64))
