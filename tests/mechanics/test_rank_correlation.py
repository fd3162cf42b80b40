import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from app.mechanics.rank_correlation import rank_correlation

# Few values, so that many are alike and share their ranks.
VALUES = st.lists(st.tuples(*2 * [st.integers(-3, 3)]), min_size=2, max_size=40)


@given(VALUES)
def test_it_is_spearmans(pairs: list[tuple[int, int]]) -> None:
    first, second = torch.tensor(pairs, dtype=torch.float32).T
    found = rank_correlation(first, second)
    if first.unique().numel() == 1 or second.unique().numel() == 1:
        assert found is None
    else:
        expected = spearmanr(first.numpy(), second.numpy()).statistic
        assert found == pytest.approx(expected, abs=1e-9)


def test_order_counts_and_size_does_not() -> None:
    values = torch.tensor([[0.1, -2.0], [5.0, 0.7]])
    assert rank_correlation(values, values.exp()) == pytest.approx(1)
    assert rank_correlation(values, -(values**3)) == pytest.approx(-1)
