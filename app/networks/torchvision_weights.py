"""Weights that torchvision publishes: where their file may lie, and what makes it the right one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from app.networks.checkpoint import CheckpointError, check_weights

HUB_FOLDER = "checkpoints"
"""Where in its cache torch.hub keeps what it fetched."""


@dataclass(frozen=True)
class TorchvisionWeights:
    """What one of torchvision's enumerations of weights says of a file.

    Args:
        enum: its name, as `ResNet18_Weights.IMAGENET1K_V1`.
        file: its file's name, which has the beginning of its SHA-256 between `-` and the dot.
    """

    enum: str
    file: str

    @property
    def digest(self) -> str:
        """What the SHA-256 of the file begins with."""
        return self.file.rpartition("-")[2].partition(".")[0]

    def find(self, weights_dir: Path | None) -> Path | None:
        """The file, if it is there: in the folder that the user names, or in torch.hub's cache."""
        for folder in (weights_dir, Path(torch.hub.get_dir()) / HUB_FOLDER):
            if folder is not None and (folder / self.file).is_file():
                return folder / self.file
        return None

    def load(self, path: Path, model: nn.Module) -> dict[str, Any]:
        """Fill `model` with the weights of a file, once it is the published one, and say which.

        Args:
            model: may be on the device "meta": it is given the file's tensors themselves.

        Raises: CheckpointError when the file cannot be read, its SHA-256 is another, or a tensor
            is not what the model needs.
        """
        digest = self.check(path)
        weights = _read(path)
        check_weights(weights, model)
        model.load_state_dict(weights, assign=True)
        return {"weights": {"file": self.file, "sha256": digest, "enum": self.enum}}

    def check(self, path: Path) -> str:
        """The file's SHA-256. Raises: CheckpointError when it is not that of the published one."""
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise CheckpointError(f"{self.file} cannot be read.") from None
        if not digest.startswith(self.digest):
            raise CheckpointError(
                f"{self.file} is damaged or another file: its SHA-256 begins with "
                f"{digest[: len(self.digest)]}, and not with {self.digest}. Fetch it anew; a "
                "network with weights of your own is named with --network."
            )
        return digest


def _read(path: Path) -> dict[str, Tensor]:
    """The tensors of a file of PyTorch's, and nothing that could run."""
    try:
        found = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # a file may make PyTorch raise anything
        raise CheckpointError(f"{path.name} is no file of PyTorch's weights.") from error
    if not isinstance(found, dict) or not all(isinstance(each, Tensor) for each in found.values()):
        raise CheckpointError(f"{path.name} holds something else than weights.")
    return dict(found)
