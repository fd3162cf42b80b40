"""Getting the weights that torchvision publishes, and looking at what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError

import torch

from app.networks.architecture import Architecture
from app.networks.torchvision_weights import HUB_FOLDER, TorchvisionWeights
from app.training.photographs import name_photographs

Say = Callable[[str], object]


class WeightsError(ValueError):
    """Published weights that could not be had; the message is a sentence."""


def published_weights(architecture: Architecture) -> TorchvisionWeights:
    """What torchvision publishes for a network. Raises: WeightsError when it is nothing."""
    if architecture.published is None:
        raise WeightsError(
            f"The weights of {architecture.title} are in models/: none are published elsewhere."
        )
    return architecture.published


def get_weights(architecture: Architecture, weights_dir: Path | None, say: Say) -> Path:
    """The file of a network's published weights, fetched where it is not there yet.

    Args:
        weights_dir: where it is looked for and put; torch.hub's cache where it is None.

    Raises: WeightsError when it cannot be fetched; CheckpointError when it is another file.
    """
    published = published_weights(architecture)
    found = published.find(weights_dir)
    if found is None:
        folder = weights_dir or Path(torch.hub.get_dir()) / HUB_FOLDER
        found = _fetch(published, folder, say)
    published.check(found)
    return found


def _fetch(published: TorchvisionWeights, folder: Path, say: Say) -> Path:
    """The file out of the network, in a folder."""
    from torchvision.models import get_weight

    address = get_weight(published.enum).url
    say(f"Fetching {published.file} …")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / published.file
    try:
        torch.hub.download_url_to_file(address, str(file), published.digest, progress=False)
    except (URLError, OSError, RuntimeError) as error:
        raise WeightsError(
            f"{published.file} could not be fetched ({type(error).__name__}). Where the network "
            f"does not allow it, bring the file from {address} and name its folder with "
            "--weights-dir."
        ) from error
    return file


def name_by_published(
    architecture: Architecture, weights_dir: Path | None, device: torch.device
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """The card of the weights that are there, and what the network takes the photographs for.

    Raises: WeightsError when there are none; CheckpointError when they do not fit.
    """
    published = published_weights(architecture)
    file = published.find(weights_dir)
    if file is None:
        raise WeightsError(f"{published.file} is not here.")
    model = architecture.build()
    card = published.load(file, model)
    return card, name_photographs(architecture, model.eval().to(device))
