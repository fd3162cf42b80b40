"""Shares in an experiment's sentence, rounded as the page's tables round them."""

from __future__ import annotations

import pytest

from app.training.experiment_outcomes import percent_text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.8725, "87.3 %"), (0.5, "50.0 %"), (0.93249, "93.2 %"), (0.0625, "6.3 %"), (1.0, "100.0 %")],
)
def test_a_half_is_rounded_up_as_on_the_page(share: float, text: str) -> None:
    assert percent_text(share) == text
