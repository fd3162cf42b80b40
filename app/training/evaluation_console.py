"""Measuring networks again at the command line, and fetching weights, told in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from rich.console import Console

from app.networks.architecture import Architecture
from app.networks.checkpoint import CARD_FILE, load_checkpoint
from app.networks.device import resolve_device
from app.networks.registry import ARCHITECTURES
from app.training.console import UsageError, find_architecture, make_console
from app.training.datasets import Dataset, load_dataset
from app.training.photographs import Named, labels_of, name_photographs
from app.training.publish import differs, evaluate_published
from app.training.published_weights import get_weights, name_by_published


class CardError(ValueError):
    """A card that says something else than what was measured; the message is a sentence."""


def evaluate_command(
    networks: Sequence[str],
    device_name: str,
    data_dir: Path,
    models_dir: Path,
    weights_dir: Path | None,
) -> None:
    """Print how the weights of each network do on images they never learned from.

    Of weights that torchvision publishes there is no card: their file's SHA-256 is compared, and
    what they say of the photographs is printed.

    Raises: CardError when one does otherwise than its card says, after all have been measured.
    """
    device, console = resolve_device(device_name), make_console()
    wrong: list[str] = []
    for architecture in [find_architecture(name) for name in networks]:
        folder = models_dir / (architecture.weights_of or architecture.name)
        if architecture.published is not None:
            _evaluate_published(architecture, weights_dir, device, console)
            continue
        if architecture.dataset == "imagenet":
            is_right = _evaluate_photographs(architecture, folder, device, console)
        else:
            _, test = load_dataset(architecture.dataset, data_dir, models_dir)
            is_right = _evaluate_test(architecture, folder, test, device, console)
        if not is_right:
            wrong.append(architecture.title)
    if wrong:
        raise CardError(f"What was measured is not what the card says of {', '.join(wrong)}.")


def _evaluate_test(
    architecture: Architecture, folder: Path, test: Dataset, device: torch.device, console: Console
) -> bool:
    """Print how many test images are named rightly, and return whether the card says the same."""
    evaluation, card = evaluate_published(architecture, folder, test, device)
    console.print(
        f"{architecture.title}: {evaluation.correct:,} of {evaluation.count:,} test images of "
        f"{test.name} are right: {evaluation.accuracy:.2%} (mean loss {evaluation.loss:.4f})."
    )
    console.print(f"SHA-256 of the weights: {card['weights']['sha256']}")
    console.print(f"SHA-256 of the data:    {test.sha256}")
    return not differs(evaluation, card)


def _evaluate_photographs(
    architecture: Architecture, folder: Path, device: torch.device, console: Console
) -> bool:
    """Print what the photographs are taken for, and return whether the card says the same.

    The card is of the network whose weights they are; of another one with them it says nothing.
    """
    model = architecture.build()
    card = load_checkpoint(folder, model)
    named = name_photographs(architecture, model.eval().to(device))
    _print_named(architecture, named, card["weights"]["sha256"], console)
    return architecture.weights_of is not None or labels_of(named) == labels_of(card["top5"])


def _evaluate_published(
    architecture: Architecture, weights_dir: Path | None, device: torch.device, console: Console
) -> None:
    """Print what the photographs are taken for by weights that are the published ones."""
    card, named = name_by_published(architecture, weights_dir, device)
    _print_named(architecture, named, card["weights"]["sha256"], console)


def _print_named(architecture: Architecture, named: Named, digest: str, console: Console) -> None:
    """What the photographs are taken for, and by which weights."""
    console.print(f"{architecture.title}, of the photographs that ship:")
    for name, rows in named.items():
        told = ", ".join(f"{row['label']} {row['probability']:.1%}" for row in rows)
        console.print(f"  {name}: {told}")
    console.print(f"SHA-256 of the weights: {digest}")


def weights_command(network: str, weights_dir: Path | None, device_name: str) -> None:
    """Fetch the published weights of a network, and print what they take the photographs for."""
    architecture, console = find_architecture(network), make_console()
    device = resolve_device(device_name)
    file = get_weights(architecture, weights_dir, console.print)
    console.print(f"{file.name} is in {file.parent}.")
    _evaluate_published(architecture, weights_dir, device, console)


def chosen_networks(
    network: str | None, every: bool, models_dir: Path, weights_dir: Path | None
) -> list[str]:
    """The network that was named, or every one whose weights are here; the others are named.

    Raises: UsageError when both were asked for, or neither.
    """
    if every == (network is not None):
        raise UsageError("Name one network, or give --all.")
    if network is not None:
        return [network]
    here = {
        name: _is_here(architecture, models_dir, weights_dir)
        for name, architecture in ARCHITECTURES.items()
    }
    missing = [name for name, is_here in here.items() if not is_here]
    if missing:
        make_console().print(f"Without weights here: {', '.join(missing)}.")
    return [name for name, is_here in here.items() if is_here]


def _is_here(architecture: Architecture, models_dir: Path, weights_dir: Path | None) -> bool:
    """Whether a network's weights are here."""
    if architecture.published is not None:
        return architecture.published.find(weights_dir) is not None
    folder = models_dir / (architecture.weights_of or architecture.name)
    return (folder / CARD_FILE).is_file()
