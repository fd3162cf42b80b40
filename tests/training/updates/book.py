"""The training loop by the book, up to and with one step: the oracle of an update."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from app.training.candidates import build_model
from app.training.datasets import Dataset, shuffled_batches, split
from app.training.recipe import OptimizerRecipe, Recipe
from app.training.variant import architecture_of

CPU = torch.device("cpu")


def torch_optimizer(model: nn.Module, recipe: OptimizerRecipe) -> torch.optim.Optimizer:
    if recipe.name == "sgd":
        return torch.optim.SGD(
            model.parameters(), recipe.lr, recipe.momentum, weight_decay=recipe.weight_decay
        )
    return torch.optim.Adam(
        model.parameters(),
        recipe.lr,
        recipe.betas,
        recipe.eps,
        recipe.weight_decay,
        amsgrad=recipe.amsgrad,
    )


class Book:
    """A tutorial's loop up to and with one step."""

    def __init__(self, recipe: Recipe, subset: tuple[Dataset, Dataset], step: int) -> None:
        architecture = architecture_of(recipe)
        training, _ = split(subset[0], recipe.split, recipe.split_seed)
        self.model = build_model(architecture, recipe)
        self.optimizer = torch_optimizer(self.model, recipe.optimizer)
        order = torch.Generator().manual_seed(recipe.seed)
        batches = shuffled_batches(
            training, recipe.batch_size, architecture.normalization, order, CPU
        )
        for _ in range(step):
            self.images, self.labels = next(batches)
            self.before = {k: v.clone() for k, v in self.model.state_dict().items()}
            self.state_before = self.state()
            self.optimizer.zero_grad()
            self.logits = self.model(self.images)
            self.losses = nn.functional.cross_entropy(self.logits, self.labels, reduction="none")
            self.losses.mean().backward()  # type: ignore[no-untyped-call]  # torch's own
            self.optimizer.step()

    def state(self) -> dict[str, dict[str, Tensor]]:
        return {
            name: {k: v.clone() for k, v in self.optimizer.state[p].items() if v is not None}
            for name, p in self.model.named_parameters()
            if p in self.optimizer.state
        }
