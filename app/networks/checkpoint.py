"""Weights on disk: safetensors and nothing else, beside a card that says what they are.

A network's folder holds `weights.safetensors` and `card.json`. The card has the SHA-256 of the
weights, which is compared on every load: a flipped bit loads silently in every format.

Two files cannot be renamed at once, so the new card is first written as `card.next.json`, then the
weights are renamed, then the card. Whenever a kill comes, one of the two cards fits the weights.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from app.networks.misfit import Misfit

WEIGHTS_FILE = "weights.safetensors"
CARD_FILE = "card.json"
NEXT_CARD_FILE = "card.next.json"


class CheckpointError(ValueError):
    """Weights that cannot be used; the message is a sentence that names no path."""


class NotFiniteError(CheckpointError):
    """Weights that fit, but are not all finite numbers."""


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path` so that there is at every moment either the old file or the new one.

    Written aside, flushed to the disk, then renamed: a kill or a full disk in between leaves the
    old file whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def copy_weights(model: nn.Module) -> dict[str, Tensor]:
    """The model's weights as they are now, on the CPU."""
    return {name: value.detach().cpu().clone() for name, value in model.state_dict().items()}


def narrowed(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights with float32 rounded to float16, which takes half the room."""
    return {
        name: tensor.half() if tensor.dtype == torch.float32 else tensor
        for name, tensor in weights.items()
    }


def widened(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights as they are computed with: what is kept as float16 becomes float32."""
    return {
        name: tensor.float() if tensor.dtype == torch.float16 else tensor
        for name, tensor in weights.items()
    }


def save_checkpoint(folder: Path, weights: Mapping[str, Tensor], card: Mapping[str, Any]) -> str:
    """Write weights and card into `folder`, and return the weights' SHA-256.

    The card gets a `weights` entry: file name, SHA-256, size, and the type the numbers are kept as.
    """
    data = save({name: tensor.contiguous().cpu() for name, tensor in weights.items()})
    digest = sha256(data)
    document = {
        **card,
        "weights": {
            "file": WEIGHTS_FILE,
            "sha256": digest,
            "bytes": len(data),
            "dtype": dtype_of(weights),
        },
    }
    next_card = folder / NEXT_CARD_FILE
    write_atomically(next_card, json.dumps(document, indent=1).encode() + b"\n")
    write_atomically(folder / WEIGHTS_FILE, data)
    next_card.replace(folder / CARD_FILE)
    return digest


def dtype_of(weights: Mapping[str, Tensor]) -> str:
    """The type that the numbers with a fraction are kept as."""
    types = {str(t.dtype).removeprefix("torch.") for t in weights.values() if t.is_floating_point()}
    return ", ".join(sorted(types))


def load_checkpoint(folder: Path, model: nn.Module) -> dict[str, Any]:
    """Fill `model` with the weights of `folder` after checking them, and return the card.

    Raises: CheckpointError when the file is missing, its SHA-256 is not the card's, or a tensor's
    name, shape, dtype or values are not what the model needs. The model is then unchanged.
    """
    data, card = read_checked(folder)
    try:
        weights = load(data)
    except SafetensorError:
        raise CheckpointError("The weights are not a safetensors file.") from None
    weights = widened(weights)
    check_weights(weights, model)
    model.load_state_dict(weights)
    return card


def read_checked(folder: Path) -> tuple[bytes, dict[str, Any]]:
    """The weights' file and the card that gives its SHA-256.

    Raises: CheckpointError when one of them is missing, or they are not of each other.
    """
    try:
        data = (folder / WEIGHTS_FILE).read_bytes()
    except OSError:
        raise CheckpointError("The weights are missing.") from None
    return data, _card_of(folder, sha256(data))


def _card_of(folder: Path, digest: str) -> dict[str, Any]:
    """The card, of the one or two there are, that gives this SHA-256."""
    cards = [card for name in (CARD_FILE, NEXT_CARD_FILE) if (card := _read_card(folder / name))]
    if not cards:
        raise CheckpointError("The weights have no card beside them that can be read.")
    for card in cards:
        if card["weights"].get("sha256") == digest:
            return card
    raise CheckpointError("The weights are damaged: their SHA-256 is not the one their card gives.")


def _read_card(path: Path) -> dict[str, Any] | None:
    """The card at `path`, or nothing where there is none that says which weights it means."""
    try:
        card = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(card, dict) or not isinstance(card.get("weights"), dict):
        return None
    return card


def check_weights(weights: Mapping[str, Tensor], model: nn.Module) -> None:
    """Make sure that `weights` are exactly the tensors `model` needs, and finite.

    Raises: CheckpointError, naming all that is wrong; NotFiniteError where all fit.
    """
    if misfit := Misfit.of(weights, model.state_dict()):
        raise CheckpointError(str(misfit))
    for name, tensor in weights.items():
        if not is_finite(tensor):
            raise NotFiniteError(f"{name} holds a value that is not finite.")


def is_finite(tensor: Tensor) -> bool:
    """Whether all of a tensor's values are finite numbers."""
    return not tensor.is_floating_point() or bool(torch.isfinite(tensor).all())
