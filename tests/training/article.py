"""The article's training as one would write it in a notebook: torch alone, nothing of ours.

Source: what "The Math Behind Convolutional Neural Networks" builds and trains in its section 3; the
lines are our own. `python tests/training/article.py DIGITS.npz` runs it on an archive of digits.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import Adam
from torch.optim.lr_scheduler import ReduceLROnPlateau
from torch.utils.data import DataLoader, Sampler, Subset, TensorDataset, random_split

MEAN, STD = 0.1307, 0.3081
Loader = DataLoader[tuple[Tensor, ...]]


class MyCNN(nn.Module):
    """Two convolutions with poolings, two dense layers: (N, 1, 28, 28) → (N, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3, stride=1, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, stride=1, padding=1)
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.fc2 = nn.Linear(128, 10)
        self.relu = nn.ReLU()

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch."""
        x = self.pool(self.relu(self.conv1(images)))
        x = self.pool(self.relu(self.conv2(x)))
        x = self.relu(self.fc1(x.view(-1, 64 * 7 * 7)))
        logits: Tensor = self.fc2(x)
        return logits


def init_weights(module: nn.Module) -> None:
    """Convolutions from normal(0, 0.01), dense layers by Xavier, biases 0."""
    if isinstance(module, nn.Conv2d):
        nn.init.normal_(module.weight, mean=0.0, std=0.01)
    elif isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
    if isinstance(module, nn.Conv2d | nn.Linear) and module.bias is not None:
        nn.init.zeros_(module.bias)


class Shuffle(Sampler[int]):
    """A new order for each epoch; torch's own RandomSampler draws one more than it gives."""

    def __init__(self, count: int, generator: torch.Generator) -> None:
        self.count, self.generator = count, generator

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[int]:
        return iter(torch.randperm(self.count, generator=self.generator).tolist())


class EarlyStopping:
    """Says when the validation loss has not fallen for a number of epochs."""

    def __init__(self, patience: int = 7) -> None:
        self.patience, self.best, self.waited = patience, math.inf, 0

    def __call__(self, loss: float) -> bool:
        """Whether to stop after an epoch with this validation loss."""
        if loss < self.best:
            self.best, self.waited = loss, 0
        else:
            self.waited += 1
        return self.waited >= self.patience


class Trainer:
    """Trains a model, and keeps its losses and gradient norms."""

    def __init__(self, model: nn.Module, train: Loader, val: Loader):
        self.model, self.train_loader, self.val_loader = model, train, val
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = Adam(model.parameters(), lr=1e-3, weight_decay=1e-5, amsgrad=True)
        self.scheduler = ReduceLROnPlateau(
            self.optimizer, mode="min", patience=3, factor=0.5, min_lr=1e-6
        )
        self.stopping = EarlyStopping()
        self.train_losses: list[float] = []
        self.val_losses: list[float] = []
        self.gradient_norms: list[float] = []

    def fit(self, epochs: int) -> None:
        """Trains for so many epochs, or until early stopping ends it."""
        for _ in range(epochs):
            self.model.train()
            for images, labels in self.train_loader:
                self.step(images, labels)
            loss = self.evaluate()
            self.val_losses.append(loss)
            self.scheduler.step(loss)
            if self.stopping(loss):
                return

    def step(self, images: Tensor, labels: Tensor) -> None:
        """Zero the gradients, forward, loss, backward, step."""
        self.optimizer.zero_grad()
        loss = self.criterion(self.model(images), labels)
        loss.backward()
        squares = [p.grad.norm() ** 2 for p in self.model.parameters() if p.grad is not None]
        self.optimizer.step()
        self.train_losses.append(loss.item())
        self.gradient_norms.append(math.sqrt(sum(square.item() for square in squares)))

    def evaluate(self) -> float:
        """The mean loss over the validation images."""
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for images, labels in self.val_loader:
                total += self.criterion(self.model(images), labels).item() * len(labels)
                count += len(labels)
        return total / count


def normalized(images: Tensor, labels: Tensor) -> TensorDataset:
    """Bytes (N, 28, 28) as numbers with mean 0 and standard deviation 1, beside their labels."""
    return TensorDataset((images[:, None].float() / 255 - MEAN) / STD, labels.long())


def train(digits: TensorDataset, epochs: int, seed: int = 0) -> Trainer:
    """The whole of it: split 80/20, shuffled batches of 64, training."""
    share = round(0.8 * len(digits))
    cut = torch.Generator().manual_seed(0)
    parts: list[Subset[tuple[Tensor, ...]]] = random_split(
        digits, [share, len(digits) - share], generator=cut
    )
    order = Shuffle(share, torch.Generator().manual_seed(seed))
    torch.manual_seed(seed)
    model = MyCNN()
    model.apply(init_weights)
    trainer = Trainer(
        model,
        DataLoader(parts[0], batch_size=64, sampler=order),
        DataLoader(parts[1], batch_size=500),
    )
    trainer.fit(epochs)
    return trainer


if __name__ == "__main__":
    archive = np.load(sys.argv[1])
    arrays = (archive["train_images"], archive["train_labels"])
    losses = train(normalized(*map(torch.from_numpy, arrays)), epochs=3).val_losses
    sys.stdout.write(f"validation losses: {losses}\n")
