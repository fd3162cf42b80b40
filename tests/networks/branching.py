"""A small digit network with everything that a row of layers has not: branches, joins, repetition.

A residual sum, a concatenation, a module that is called twice, functions that forward calls itself,
normalization, dropout, two kinds of averages, and one layer (Mish) that nothing here explains.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.networks.checkpoint import CARD_FILE
from app.networks.normalization import MNIST_NORMALIZATION
from app.networks.registry import ARCHITECTURES, DIGITS, Architecture
from app.training.candidates import run_candidate
from app.training.datasets import load_subset
from app.training.publish import publish
from app.training.recipe import OptimizerRecipe, Recipe
from tests.places import ARTIFACTS, ROOT

EPOCHS = 6


class Branching(nn.Module):
    """Logits of a digit, by two branches.

    Shape:
        input (N, 1, 28, 28) → stem (N, 8, 14, 14) → sum (N, 8, 14, 14) → branches (N, 16, 14, 14)
        → average (N, 16, 3, 3) → (N, 10)
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(inplace=True)
        )
        self.pool = nn.MaxPool2d(3, stride=2, padding=1)
        self.shared = nn.Conv2d(8, 8, 3, padding=1)
        self.narrow = nn.Conv2d(8, 8, 1)
        self.wide = nn.Conv2d(8, 8, 5, padding=2, groups=2)
        self.mish = nn.Mish()
        self.average = nn.AdaptiveAvgPool2d(3)
        self.dropout = nn.Dropout(0.1)
        self.fc = nn.Linear(16 * 3 * 3, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized digits."""
        x = self.pool(self.stem(images))
        branch = self.shared(F.relu(self.shared(x)))
        x = F.relu(x + branch)
        x = torch.cat([self.narrow(x), self.wide(x)], dim=1)
        x = F.avg_pool2d(self.mish(x), 2)
        x = self.average(x)
        logits: Tensor = self.fc(self.dropout(x.flatten(1)))
        return logits


def initialize(model: nn.Module) -> None:
    """Leave PyTorch's own starting weights."""


BRANCHING = Architecture(
    name="branching",
    title="Branching",
    source="The tests of this program",
    dataset="mnist-subset",
    classes=DIGITS,
    input_shape=(1, 28, 28),
    normalization=MNIST_NORMALIZATION,
    preparation="digit",
    build=Branching,
    initialize=initialize,
)


def register() -> None:
    """Let this process know the network."""
    ARCHITECTURES[BRANCHING.name] = BRANCHING


def train(folder: Path, epochs: int = EPOCHS) -> None:
    """Train it on the digits that ship, with the program's own loop; half a minute on one core."""
    training, test = load_subset(ROOT / "models" / "mnist-subset")
    recipe = Recipe(
        network=BRANCHING.name,
        dataset=training.name,
        epochs=epochs,
        optimizer=OptimizerRecipe(lr=5e-3),
        initialization="default",
    )
    cpu = torch.device("cpu")
    candidate = run_candidate(BRANCHING, recipe, training, cpu, lambda *_: None)
    publish(BRANCHING, [candidate], test, cpu, folder, "python -m tests.serve_branching")


def models_folder(parent: Path = ARTIFACTS) -> Path:
    """A folder with all that models/ has and this network, trained once a state of this file."""
    digest = sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    folder = parent / f"branching-{digest}"
    shutil.copytree(ROOT / "models", folder, dirs_exist_ok=True)
    if not (folder / BRANCHING.name / CARD_FILE).is_file():
        train(folder / BRANCHING.name)
    return folder
