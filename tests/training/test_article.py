"""The article's own code beside ours: same seed, same losses."""

from __future__ import annotations

import pytest
import torch

from app.networks.registry import ARCHITECTURES
from app.training.candidates import build_model
from app.training.datasets import Dataset, split
from app.training.events import EpochEvent, StepEvent
from app.training.loop import train
from app.training.recipe import Recipe
from tests.training import article

EPOCHS = 2
DIGITS = 800


def test_the_articles_code_and_ours_have_the_same_losses(
    subset: tuple[Dataset, Dataset],
) -> None:
    digits = subset[0].subset(torch.arange(DIGITS))
    with torch.random.fork_rng():
        theirs = article.train(article.normalized(digits.images[:, 0], digits.labels), EPOCHS)
    mycnn, recipe = ARCHITECTURES["mycnn"], Recipe(epochs=EPOCHS)
    parts = split(digits, recipe.split, recipe.split_seed)
    model = build_model(mycnn, recipe)
    events = list(train(model, recipe, *parts, mycnn.normalization, torch.device("cpu")))
    steps = [event for event in events if isinstance(event, StepEvent)]
    epochs = [event for event in events if isinstance(event, EpochEvent)]
    # The first losses are those of the same weights on the same digits, to the last bit but one;
    # later ones drift by what fused steps round otherwise.
    assert steps[0].loss == pytest.approx(theirs.train_losses[0], rel=1e-6)
    assert [each.loss for each in steps] == pytest.approx(theirs.train_losses, rel=1e-5)
    norms = [each.gradient_norm for each in steps]
    assert norms == pytest.approx(theirs.gradient_norms, rel=1e-4)
    assert [each.val_loss for each in epochs] == pytest.approx(theirs.val_losses, rel=1e-5)
    assert theirs.val_losses[1] < theirs.val_losses[0]
    named = dict(theirs.model.named_parameters())
    for name, value in model.named_parameters():
        torch.testing.assert_close(value, named[name], rtol=1e-3, atol=1e-3)
