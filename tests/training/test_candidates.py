"""The weights that a run begins with are those of its seed, whoever else draws by chance."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from app.networks.registry import ARCHITECTURES
from app.training.candidates import build_model
from app.training.recipe import Recipe

MYCNN = ARCHITECTURES["mycnn"]


@pytest.mark.parametrize("disturbed", [{0}, {1}, {0, 1, 2}])
def test_draws_of_another_thread_do_not_change_the_weights_of_a_seed(disturbed: set[int]) -> None:
    count = 0

    def build() -> nn.Module:
        nonlocal count
        if count in disturbed:
            torch.rand(count + 1)  # as a thread does that loads a network
        count += 1
        return MYCNN.build()

    recipe = Recipe(seed=3)
    found = build_model(replace(MYCNN, build=build), recipe)
    torch.manual_seed(recipe.seed)
    wanted = MYCNN.build()
    MYCNN.initialize(wanted)
    for name, value in wanted.state_dict().items():
        assert torch.equal(found.state_dict()[name], value), name
    assert count == max(disturbed) + 3, "two in a row are the same, and no more are built"


def test_weights_that_never_come_twice_are_none() -> None:
    def build() -> nn.Module:
        torch.seed()
        return MYCNN.build()

    with pytest.raises(RuntimeError, match="never came twice"):
        build_model(replace(MYCNN, build=build), Recipe(seed=3))


def test_the_global_generator_is_left_as_it_was() -> None:
    torch.manual_seed(11)
    before = torch.get_rng_state()
    build_model(MYCNN, Recipe(seed=3))
    assert torch.equal(torch.get_rng_state(), before)
