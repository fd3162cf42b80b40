"""Cells that hang together, against SciPy's labels."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from scipy import ndimage

from app.imaging.cells import Cells, Region, reduced

masks = arrays.arrays(np.bool_, st.tuples(st.integers(1, 20), st.integers(1, 20)))
NEIGHBOURS = np.ones((3, 3))


@given(masks)
def test_a_mask_comes_back(mask: NDArray[np.bool_]) -> None:
    cells = Cells.of(mask)
    np.testing.assert_array_equal(cells.mask, mask)
    assert cells.area == mask.sum()


@given(masks)
def test_cells_begin_where_none_was_before(mask: NDArray[np.bool_]) -> None:
    wanted = []
    for lines in (mask.T, mask):
        padded = np.pad(lines.astype(int), ((0, 0), (1, 0)))
        wanted.append(np.count_nonzero(np.diff(padded, axis=1) > 0) / len(lines))
    assert Cells.of(mask).beginnings == tuple(wanted)


@given(masks)
def test_components_are_scipy_s(mask: NDArray[np.bool_]) -> None:
    labels, count = ndimage.label(mask, NEIGHBOURS)
    found = list(Cells.of(mask).components())
    assert len(found) == count
    expected = {(labels == number).tobytes() for number in range(1, count + 1)}
    assert {part.mask.tobytes() for part in found} == expected


@given(masks)
def test_boxes_are_scipy_s(mask: NDArray[np.bool_]) -> None:
    labels, _ = ndimage.label(mask, NEIGHBOURS)
    expected = {
        Region(rows.start, columns.start, rows.stop, columns.stop)
        for rows, columns in ndimage.find_objects(labels)
    }
    assert {part.box for part in Cells.of(mask).components()} == expected


@given(masks)
def test_widened_is_scipy_s_dilation(mask: NDArray[np.bool_]) -> None:
    expected = ndimage.binary_dilation(mask, NEIGHBOURS)
    np.testing.assert_array_equal(Cells.of(mask).widened().mask, expected)


@given(masks, st.integers(1, 6))
def test_a_cell_is_true_where_one_of_its_pixels_is(mask: NDArray[np.bool_], factor: int) -> None:
    found = reduced(mask, factor)
    height, width = mask.shape
    assert found.shape == (-(-height // factor), -(-width // factor))
    for (row, column), value in np.ndenumerate(found):
        top, left = row * factor, column * factor
        assert value == mask[top : top + factor, left : left + factor].any()


def test_the_end_of_a_row_is_no_neighbour_of_the_next_one_s_beginning() -> None:
    mask = np.zeros((3, 4), dtype=np.bool_)
    mask[0, 3] = mask[1, 0] = True
    assert len(list(Cells.of(mask).components())) == 2
