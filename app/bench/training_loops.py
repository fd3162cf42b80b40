"""What a training is held against: a bare loop on tensors made before, and the article's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

    from app.training.datasets import Dataset
    from app.training.loop import Training
    from app.training.recipe import Recipe

NETWORK = "mycnn"
SPLIT = 0.99


def recipe_of_bench() -> Recipe:
    """The article's recipe on the digits that ship, nearly all of them learned from, for ever."""
    from app.training.recipe import Recipe

    return Recipe(
        NETWORK, "mnist-subset", epochs=1_000, split=SPLIT, scheduler=None, early_stopping=None
    )


def parts_of(recipe: Recipe, models_dir: Path) -> tuple[Dataset, Dataset]:
    """What is learned from, and what it is judged by."""
    from app.training.datasets import load_subset, split

    images, _ = load_subset(models_dir / "mnist-subset")
    return split(images, recipe.split, recipe.split_seed)


def own_training(recipe: Recipe, models_dir: Path) -> Training:
    """The program's loop."""
    import torch

    from app.networks.registry import ARCHITECTURES
    from app.training.candidates import build_model
    from app.training.loop import Training

    architecture, parts = ARCHITECTURES[NETWORK], parts_of(recipe, models_dir)
    model, cpu = build_model(architecture, recipe), torch.device("cpu")
    return Training(model, recipe, *parts, architecture.normalization, cpu)


class BareLoop:
    """Zero the gradients, forward, loss, backward, step: as any tutorial has it, nothing more.

    Args:
        batches: images, normalized, and their labels, without end.
    """

    def __init__(self, recipe: Recipe, batches: Iterator[tuple[Tensor, Tensor]]) -> None:
        import torch

        from app.networks.registry import ARCHITECTURES
        from app.training.candidates import build_model

        self.model = build_model(ARCHITECTURES[NETWORK], recipe)
        self.optimizer = torch.optim.Adam(
            self.model.parameters(), lr=1e-3, weight_decay=1e-5, amsgrad=True
        )
        self.batches = batches

    def steps(self, count: int) -> None:
        """So many batches; the loss of each is looked at."""
        from torch.nn.functional import cross_entropy

        for _ in range(count):
            images, labels = next(self.batches)
            self.optimizer.zero_grad()
            loss = cross_entropy(self.model(images), labels)
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward untyped
            self.optimizer.step()
            loss.item()


def preloaded(training: Dataset, batch_size: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Shuffled batches of tensors that were normalized beforehand, epoch after epoch."""
    import torch

    from app.networks.registry import ARCHITECTURES

    images = ARCHITECTURES[NETWORK].normalization(training.images.float() / 255)
    order = torch.Generator().manual_seed(0)
    while True:
        for chosen in torch.split(torch.randperm(len(images), generator=order), batch_size):
            yield images[chosen], training.labels[chosen]


def as_the_article_loads_them(
    training: Dataset, batch_size: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Shuffled batches as the article has them: torchvision's MNIST, its transforms, a loader."""
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    from app.networks.registry import ARCHITECTURES

    as_digits = ARCHITECTURES[NETWORK].normalization
    digits = datasets.MNIST.__new__(datasets.MNIST)  # with these digits, and without its files
    digits.data, digits.targets = training.images[:, 0], training.labels
    digits.transform = transforms.Compose(
        [transforms.ToTensor(), transforms.Normalize(as_digits.mean, as_digits.std)]
    )
    digits.target_transform = None
    while True:
        yield from DataLoader(digits, batch_size=batch_size, shuffle=True)
