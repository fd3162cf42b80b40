"""What is told of an update, as plain values and tensors."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.json_number import number
from app.web.wire.tensors import NamedTensor, named

if TYPE_CHECKING:
    import torch

    from app.networks.architecture import Architecture
    from app.training.updates.update import Cell, Line, Update

MOST_SHOWN = 64


def document_of(update: Update, architecture: Architecture) -> dict[str, Any]:
    """An update but for what its recipe says, as plain values and tensors."""
    watched, weight = update.watched, f"{update.cell.layer}.weight"
    return {
        "network": architecture.title,
        "epoch": watched.epoch,
        "classes": list(architecture.classes),
        "lr": number(watched.lr),
        "batch_size": len(watched.labels),
        "normalization": asdict(architecture.normalization),
        **_batch(update),
        "layers": _layers(update),
        "left_out": _left_out(update),
        "normalized": _normalized(update),
        "weights": _tensor("weights", watched.before[weight]),
        "gradients": _tensor("gradients", watched.gradients[weight]),
        "weights_after": _tensor("weights_after", watched.after[weight]),
        "cell": _cell(update.cell),
    }


def _batch(update: Update) -> dict[str, Any]:
    """The images and what the network made of them: PyTorch's numbers, held to ours."""
    from torch.nn import functional

    watched = update.watched
    logits, labels, shown = watched.logits, watched.labels, slice(MOST_SHOWN)
    probabilities, ours = logits.softmax(dim=1), logits.double().softmax(dim=1)
    losses = functional.cross_entropy(logits, labels, reduction="none")
    our_losses = logits.double().logsumexp(dim=1) - logits.double().gather(1, labels[:, None])[:, 0]
    mean = float(our_losses.mean())
    return {
        "images": _tensor("images", watched.images[shown]),
        "labels": labels[shown].tolist(),
        "logits": _tensor("logits", logits[shown]),
        "probabilities": _tensor("probabilities", probabilities[shown]),
        "losses": _tensor("losses", losses[shown]),
        "probability_difference": number(float((ours - probabilities).abs().max())),
        "loss_difference": number(float((our_losses - losses).abs().max())),
        "loss": {
            "before": number(watched.loss),
            "ours": number(mean),
            "difference": number(mean - watched.loss),
            "after": number(watched.loss_after),
        },
    }


def _layers(update: Update) -> list[dict[str, Any]]:
    """Every layer in the order in which they were called."""
    rows, known = [], update.watched.before
    for seen in update.watched.layers:
        change = update.change_of(seen.name)
        has_weights = any(f"{seen.name}.{each}" in known for each in ("weight", "slices"))
        rows.append(
            {
                "name": seen.name,
                "kind": seen.kind,
                "shape": list(seen.shape),
                "output_rms": number(seen.output_rms),
                "gradient_rms": number(seen.gradient_rms),
                "is_frozen": has_weights and change is None,
                "gradient_norm": number(change.gradient) if change else None,
                "weight_norm": number(change.before) if change else None,
                "change_norm": number(change.change) if change else None,
            }
        )
    return rows


def _left_out(update: Update) -> dict[str, Any] | None:
    """The units that were left out by chance, where some may be."""
    if (found := update.watched.left_out) is None:
        return None
    units = found.units[:MOST_SHOWN].flatten(1)
    return {"layer": found.layer, "share": found.share, "units": _tensor("units", units)}


def _normalized(update: Update) -> dict[str, Any] | None:
    """The statistics of a batch normalization, where there is one."""
    if (found := update.watched.normalized) is None:
        return None
    layer, *spread = found
    return {
        "layer": layer,
        **{name: _tensor(name, each) for name, each in zip(found._fields[1:], spread, strict=True)},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    """One weight on its way."""
    gradient = cell.gradient
    before = {name: number(value) for name, value in cell.before.state.items()}
    products = [each._asdict() for each in gradient.largest]
    for each in products:
        each |= {name: number(each[name]) for name in ("input", "output_gradient", "product")}
    return {
        "layer": cell.layer,
        "index": list(cell.index),
        "before": {
            "value": number(cell.before.value),
            "steps": cell.before.steps,
            "state": before,
        },
        "lines": [_line(each) for each in cell.lines],
        "largest": products,
        "pictured": list(gradient.pictured),
        "image_sums": _tensor("image_sums", gradient.image_sums),
        "inputs": _tensor("inputs", gradient.input),
        "output_gradients": _tensor("output_gradients", gradient.output_gradient),
        "products": _tensor("products", gradient.products),
    }


def _line(line: Line) -> dict[str, Any]:
    """One number of the step."""
    torch_value, difference = line.torch, line.difference
    return {
        "name": line.name,
        "ours": number(line.ours),
        "torch": None if torch_value is None else number(torch_value),
        "difference": None if difference is None else number(difference),
    }


def _tensor(name: str, values: torch.Tensor) -> NamedTensor:
    """Values under their name."""
    return named(name, values.detach().numpy())
