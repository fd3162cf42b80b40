"""Bytes as numbers from 0 to 1 are torch's, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from app.imaging.byte_values import unit_values


@pytest.mark.parametrize("times", [1, 5000], ids=["few", "many"])
def test_every_byte_is_what_torch_makes_of_it(times: int) -> None:
    pixels = np.tile(np.arange(256, dtype=np.uint8), times)
    values = unit_values(pixels)
    assert values.dtype == np.float32
    np.testing.assert_array_equal(values, torch.from_numpy(pixels).float().div(255).numpy())
    exact = torch.from_numpy(pixels).double().div(255)
    np.testing.assert_array_equal(values, exact.float().numpy())


def test_what_lies_in_another_order_keeps_its_places() -> None:
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 3, 4).transpose(2, 0, 1)[:, ::-1]
    np.testing.assert_array_equal(unit_values(pixels), pixels / np.float32(255))
